"""How fast the desk answers on a big record, and whether two readers and one writer get in each other's way.

    python bench/pages.py [RECORD] [--floors] [--times 7] [--rows 100000] [--shared ../shared]

Asks every page of a copy of RECORD (or of one of 100,000 rows, built as bench/store.py builds it), first once, until
its ledgers are derived, then ``--times`` times; prints the median in milliseconds.  Then two readers walk the pages
while a writer judges rows and adds reports.  With ``--floors`` exit status 1 when a page takes more than 300 ms or one
answer is an error.
"""

from __future__ import annotations

import argparse
import json
import socket
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import apsw
import uvicorn

import store
from onrecord import web
from onrecord.held import Wanted
from onrecord.keeping import Record

LIMIT = 300.0
"""Milliseconds, median of a page that was asked for before."""
JUDGED, ADDED = 40, 6
"""What the writer does while two read: rows that it judges, and batches of reports that it adds."""
ROOT = Path(__file__).parent.parent
PLAIN = (
    "/", "/?since=2022-01-01", "/events", "/events?actor=RUS&type=CONSULT", "/events?actor=RUS&recipient=UKR", "/events?recipient=UKR",
    "/events?actor=Putin", "/events?source=RUS&order=newest", "/events?q=troops+border", "/events?q=ukraine",
    "/events?q=president&order=best", "/events.json?size=50", "/reports", "/reports?q=president", "/contacts", "/contacts?actor=USA",
    "/contacts?about=gas", "/contacts?q=missile", "/demands", "/warnings", "/agenda", "/agenda?from=2018-01-01", "/agenda.ics",
    "/agenda.ics?from=2018-01-01", "/disputes", "/forces", "/actors", "/actor/RUS", "/actor/RUS.GOV", "/map", "/map?region=UKR",
    "/sources", "/sources?how=unnamed", "/timeline", "/timeline?actor=RUS", "/timeline.json?top=300", "/tension",
    "/tension?pair=RUS,UKR", "/failures", "/api/v1/", "/api/v1/events", "/api/v1/contacts", "/api/v1/reports", "/api/v1/timeline",
    "/api/v1/tension", "/api/v1/agenda?after_day=2020-01-01",
)  # fmt: skip


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The desk over a record, in a thread; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(web.make(path, warm=False), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def asked(url: str) -> tuple[int, float]:
    """The status of an answer, and the milliseconds until its end."""
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=300) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return status, (time.perf_counter() - begun) * 1000


def addresses(path: Path) -> list[str]:
    """Every kind of page, with a report that has many rows and a contact that many tell."""
    with Record(path, readonly=True) as record:
        report = max(record.reports(), key=lambda head: len(head.title or ""))
        contact = next(iter(record.contacts(actor="RUS")), None)
    return [*PLAIN, f"/report/{quote(report.id, safe='')}", *([f"/contact/{contact.id}"] if contact else [])]


def timed(base: str, pages: list[str], times: int) -> bool:
    """Ask every page and print how long it takes; whether all came in time and right."""
    good = True
    for page in pages:
        status, first = asked(base + page)
        spent = [asked(base + page)[1] for _ in range(times)]
        median = statistics.median(spent)
        bad = status != 200 or median > LIMIT
        good = good and not bad
        mark = f"  STATUS {status}" if status != 200 else "  TOO SLOW" if median > LIMIT else ""
        print(f"  {page[:50]:<52} first {first:8.0f} ms, then {median:6.0f} ms{mark}", flush=True)
    return good


def together(base: str, path: Path, pages: list[str]) -> bool:
    """Two readers and a writer at once: whether nobody saw an error."""
    faults: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            for page in pages:
                status, _ = asked(base + page)
                if status != 200:
                    faults.append(f"{page}: {status}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        written = write(path)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    print(f"two readers and a writer of {written}: {len(faults)} errors {faults[:3] or ''}")
    return not faults and written == (JUDGED, ADDED)


def write(path: Path) -> tuple[int, int]:
    """Judge rows, and add reports in between; how many of both are in the record then that were not before."""
    with Record(path) as record, tempfile.TemporaryDirectory() as folder:
        before, reports = len(record.judgements()), record.store.counts()["reports"]
        each = 0
        for n, told in enumerate(record.events(limit=JUDGED)):
            record.judge(told.id, "right", by="bench")
            if n % (JUDGED // ADDED) == 0 and n // (JUDGED // ADDED) < ADDED:
                each = record.add(examples(Path(folder) / f"{n}.jsonl", f"bench-{n}-")).reports
            time.sleep(0.25)
        return len(record.judgements()) - before, (record.store.counts()["reports"] - reports) // max(each, 1)


def examples(path: Path, prefix: str) -> Path:
    """The example crisis under other ids."""
    lines = map(json.loads, (ROOT / "examples" / "crisis.jsonl").read_text(encoding="utf-8").splitlines())
    path.write_text("".join(f"{json.dumps({**line, 'id': prefix + line['id']})}\n" for line in lines), encoding="utf-8")
    return path


def copied(record: Path, to: Path) -> None:
    """A record as it is now, also what its writer has not yet put into the file itself."""
    source = apsw.Connection(f"file:{quote(str(record.absolute()))}?mode=ro", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)
    target = apsw.Connection(str(to))
    with target.backup("main", source, "main") as backup:
        backup.step()
    target.close()
    source.close()


def main() -> int:
    """Serve a copy, ask, print; 1 with ``--floors`` when something was late or wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", type=Path, nargs="?")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.db"
        if args.record is None:
            print(f"built in {store.build(path, args.rows, store.readings(args.shared)):.0f} s")
        else:
            copied(args.record, path)
        with Record(path) as record:
            print(f"{record.store.count(Wanted(related=True)):,} rows", flush=True)
        with served(path) as base:
            pages = addresses(path)
            good = timed(base, pages, args.times)
            good = together(base, path, pages) and good
    return 1 if args.floors and not good else 0


if __name__ == "__main__":
    sys.exit(main())
