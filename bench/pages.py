"""How fast the desk answers on a big record, and whether two readers and one writer get in each other's way.

    python bench/pages.py RECORD [--floors] [--times 7]

Asks every page of a copy of RECORD (see bench/ledger.py for one of 100,000 rows), first once, until its ledgers are
derived, then ``--times`` times; prints the median in milliseconds.  Then two readers walk the pages while a writer
judges rows.  With ``--floors`` exit status 1 when a page takes more than 300 ms or one answer is an error.
"""

from __future__ import annotations

import argparse
import shutil
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

import uvicorn

from onrecord import web
from onrecord.held import Wanted
from onrecord.keeping import Record

LIMIT = 300.0
"""Milliseconds, median of a page that was asked for before."""
JUDGED = 40
PLAIN = (
    "/", "/events", "/events?actor=RUS&type=CONSULT", "/events?q=troops+border", "/events.json?size=50", "/reports", "/contacts",
    "/demands",
    "/warnings", "/agenda", "/disputes", "/forces", "/actors", "/actor/RUS", "/map", "/sources", "/timeline", "/tension", "/failures",
    "/contacts?actor=USA", "/api/v1/events", "/api/v1/contacts", "/api/v1/reports",
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
        print(f"  {page[:50]:<52} first {first:8.0f} ms, then {median:6.0f} ms{mark}")
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
    with Record(path) as record:
        for told in record.events(limit=JUDGED):
            record.judge(told.id, "right", by="bench")
            time.sleep(0.25)
        count = len(record.judgements())
    done.set()
    for reader in readers:
        reader.join()
    print(f"two readers and a writer of {count} judgements: {len(faults)} errors {faults[:3] or ''}")
    return not faults and count == JUDGED


def main() -> int:
    """Serve a copy, ask, print; 1 with ``--floors`` when something was late or wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("record", type=Path)
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--times", type=int, default=7)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(args.record, Path(folder) / "pages.db"))
        with Record(path) as record:
            print(f"{record.store.count(Wanted(related=True)):,} rows")
        with served(path) as base:
            pages = addresses(path)
            good = timed(base, pages, args.times)
            good = together(base, path, pages) and good
    return 1 if args.floors and not good else 0


if __name__ == "__main__":
    sys.exit(main())
