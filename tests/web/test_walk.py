"""Every page in a real browser, on the record of a real crisis: no error, no request elsewhere, nothing that bars a reader.

The record is that of ``bench/contacts.py`` (out/crisis-2021.db), brought up to date here; without ../shared the one of
the examples is walked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from onrecord import web
from onrecord.keeping import Record

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "crisis-2021.jsonl"
KEPT = ROOT / "out" / "crisis-2021.db"
PAGES = (
    "/", "/events", "/events?q=troops&status=actual", "/reports", "/contacts", "/demands", "/warnings", "/agenda", "/disputes", "/forces",
    "/actors", "/actor/RUS", "/map", "/sources", "/timeline", "/tension", "/failures", "/events?actor=nobody", "/nothing",
)  # fmt: skip
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1360, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1360, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture(scope="module")
def walked_record(record_path: Path) -> Path:
    if not CORPUS.exists():
        return record_path
    KEPT.parent.mkdir(exist_ok=True)
    with Record(KEPT) as record:
        record.add(CORPUS)
    return KEPT


@pytest.fixture(scope="module")
def address(walked_record: Path) -> Iterator[str]:
    with browser.serving(web.make(walked_record)) as served:
        yield served


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with browser.chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(walked_record: Path) -> list[str]:
    """Every kind of page; of reports the one with most rows, of contacts one that several tell."""
    with Record(walked_record, readonly=True) as record:
        told = max(record.contacts(), key=lambda contact: len(contact.accounts))
    return [*PAGES, f"/report/{told.reports[0]}", f"/contact/{told.id}"]


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_clean_and_open_to_everybody(chrome: Browser, address: str, pages: list[str], look: str) -> None:
    shots = os.environ.get("ONRECORD_SHOTS")
    issues: dict[str, list[browser.Issue]] = {}
    with browser.watched(chrome, address, **LOOKS[look]) as watch:
        for path in pages:
            status = watch.goto(path, wait_until="load").status
            assert status == (404 if path == "/nothing" else 200), path
            watch.page.wait_for_timeout(250)
            found = browser.axe(watch)
            if found:
                issues[path] = found
            if shots:
                name = path.strip("/").split("?")[0].replace("/", "-")[:24] or "overview"
                watch.page.screenshot(path=f"{shots}/{name}-{look}.png", full_page=look == "phone")
        watch.faults = [fault for fault in watch.faults if "/nothing" not in fault]
    assert issues == {}


def test_every_page_is_there_without_a_script(chrome: Browser, address: str, pages: list[str]) -> None:
    with browser.watched(chrome, address, java_script_enabled=False) as watch:
        for path in (page for page in pages if page != "/nothing"):
            watch.page.goto(address + path)
            assert watch.page.locator("h1").count() == 1, path
            assert watch.page.locator("main").inner_text().strip(), path


@pytest.mark.parametrize("width", [360, 768, 2560])
def test_no_page_is_wider_than_its_screen(chrome: Browser, address: str, pages: list[str], width: int) -> None:
    with browser.watched(chrome, address, check=False, viewport={"width": width, "height": 800}) as watch:
        wide = {}
        for path in pages:
            watch.goto(path, wait_until="load")
            over = watch.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if over > 1:
                wide[path] = over
    assert wide == {}


def test_the_call_of_7_december_stands_side_by_side(walked_record: Path) -> None:
    if not CORPUS.exists():
        pytest.skip("needs ../shared")
    with (
        TestClient(web.make(walked_record, warm=False), base_url="http://localhost") as client,
        Record(walked_record, readonly=True) as record,
    ):
        call = next(
            one for one in record.contacts(since="2021-12-07", until="2021-12-07") if {"RUS", "USA"} <= {*one.sides} and one.sort == "video"
        )
        page = client.get(f"/contact/{call.id}").text
    publishers = {side.publisher for side in call.accounts}
    assert len(publishers) >= 2
    assert all(publisher in page for publisher in publishers)
