"""Two who read and one who writes at once: nobody sees an error, and what was written shows."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord import web
from onrecord.keeping import Record
from onrecord.reader import read_many
from onrecord.record import Report
from onrecord.store import Arrival

PAGES = (
    "/", "/events", "/events?actor=SRB", "/events?q=talks&order=best", "/events.csv", "/reports", "/contacts", "/demands", "/warnings",
    "/agenda", "/agenda.ics", "/disputes", "/forces", "/actors", "/map", "/sources", "/timeline", "/tension", "/failures",
    "/api/v1/", "/api/v1/events", "/api/v1/contacts",
)  # fmt: skip
ROUNDS = 12


def write(path: Path) -> None:
    """Judge, take back, add a report, replace it, note a failure: all that changes a record, again and again."""
    texts = ("Chile met Peru in Lima on Monday.", "Chile warned Peru on Monday. Peru rejected the warning.")
    versions = [*read_many(Report(text, id="told", title="Talks", published="2024-03-14", publisher="Gazette") for text in texts)]
    with Record(path) as record:
        first = next(record.events()).id
        for n in range(ROUNDS):
            record.judge(first, "wrong" if n % 2 else "right", by="a writer")
            record.store.put_many([Arrival(versions[n % 2], f"edition {n}", where="told")])
            record.store.fail(f"place {n}", "no report")
            record.undo(first, by="a writer")
            list(record.lines("contacts"))


@pytest.mark.parametrize("warm", [False, True])
def test_two_readers_and_a_writer_see_no_error(own_record: Path, warm: bool) -> None:
    faults: list[object] = []
    done = threading.Event()

    def read(client: TestClient, pages: tuple[str, ...]) -> None:
        asked = 0
        while not done.is_set() or asked < len(pages):
            page = pages[asked % len(pages)]
            answer = client.get(page)
            asked += 1
            if answer.status_code != 200:
                faults.append((page, answer.status_code, answer.text[:200]))

    def guarded(path: Path) -> None:
        try:
            write(path)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test is to tell it
            faults.append(error)
        finally:
            done.set()

    with TestClient(web.make(own_record, warm=warm), base_url="http://localhost", raise_server_exceptions=False) as client:
        threads = [threading.Thread(target=read, args=(client, pages)) for pages in (PAGES, PAGES[::-1])]
        threads.append(threading.Thread(target=guarded, args=(own_record,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert not faults
        assert not any(thread.is_alive() for thread in threads)
        # What was written last is what the next reader sees, the failures too.
        assert client.get("/api/v1/").json()["counts"]["failures"] == ROUNDS
        assert f">{ROUNDS}<" in client.get("/").text
        found = client.get("/events.json", params={"publisher": "Gazette"}).json()["items"]
        with Record(own_record, readonly=True) as record:
            assert [item["id"] for item in found] == [told.id for told in record.events(publisher="Gazette")]
        assert found
