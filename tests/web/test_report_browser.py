"""A report in a real browser: walking its rows, judging them in two keys, and all of it without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest
from playwright.sync_api import Browser

from onrecord import web
from onrecord.store import Store

ROW = "d91d4fa8a0e5066f"
LOOKS = ({}, {"color_scheme": "dark"}, {"viewport": {"width": 390, "height": 844}})


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for the module."""
    with browser.chromium() as chrome:
        yield chrome


@pytest.fixture
def address(own_record: Path) -> Iterator[str]:
    """A desk that may judge."""
    with browser.serving(web.make(own_record, judge=True, warm=False)) as address:
        yield address


def verdict(path: Path, row: str) -> str | None:
    """What counts of a row."""
    with Store(path, readonly=True) as store:
        told = store.event(row)
    assert told
    return told.verdict


@pytest.mark.parametrize("look", LOOKS, ids=["light", "dark", "phone"])
def test_the_judging_pages_are_open_to_everybody(chrome: Browser, address: str, look: dict[str, object]) -> None:
    with browser.watched(chrome, address, **look) as watch:
        for path in ("/report/crisis-belgrade-call", f"/judge/{ROW}", "/events?q=border", "/reports?q=border", "/failures"):
            watch.goto(path)
            assert browser.axe(watch) == [], path
            assert watch.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_row_is_judged_in_two_keys(chrome: Browser, address: str, own_record: Path) -> None:
    with browser.watched(chrome, address) as watch:
        watch.goto("/report/crisis-belgrade-call")
        watch.page.keyboard.press("j")
        watch.page.keyboard.press("w")  # nobody has said yet who judges: the field for it is gone to
        assert watch.page.evaluate("document.activeElement.id") == "judge-by"
        watch.page.keyboard.type("Ada")
        watch.page.locator("h1").click()
        watch.page.keyboard.press("j")
        row = watch.page.evaluate("document.activeElement.id")
        watch.page.keyboard.press("w")
        watch.page.locator(f"#{row}.judged-wrong").wait_for()
        assert watch.page.evaluate("document.activeElement.id") == row
        assert verdict(own_record, row.removeprefix("row-")) == "wrong"
        watch.page.keyboard.press("u")
        watch.page.locator(f"#{row}:not(.judged-wrong)").wait_for()
        assert verdict(own_record, row.removeprefix("row-")) is None


def test_enter_goes_to_the_words_and_back(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address) as watch:
        watch.goto("/report/crisis-belgrade-call")
        watch.page.keyboard.press("j")
        watch.page.keyboard.press("j")
        row = watch.page.evaluate("document.activeElement.id")
        assert watch.page.locator(".text .lit").count() > 0
        watch.page.keyboard.press("Enter")
        assert watch.page.url.endswith("#" + row.replace("row-", "words-"))
        watch.page.keyboard.press("Enter")
        assert watch.page.url.endswith("#" + row)


def test_a_correction_is_made_beside_its_row(chrome: Browser, address: str, own_record: Path) -> None:
    with browser.watched(chrome, address, check=False) as watch:  # the refusal is logged by the browser itself
        watch.goto(f"/report/crisis-belgrade-call#row-{ROW}")
        watch.page.fill("#judge-by", "Ada")
        watch.page.click(f"#row-{ROW} [data-correct]")
        watch.page.fill("#correct [name=recipients]", "POL.GOV")
        watch.page.click("#correct button[type=submit]")
        watch.page.locator("#correct .trouble").wait_for()
        assert watch.page.input_value("#correct [name=recipients]") == "POL.GOV"
        watch.page.fill("#correct [name=recipients]", "BGR")
        watch.page.click("#correct button[type=submit]")
        watch.page.locator(f"#row-{ROW} .row-head .verdict.corrected").wait_for()
        assert [fault for fault in watch.faults if "422" not in fault] == []
    assert verdict(own_record, ROW) == "corrected"


def test_all_of_it_goes_without_a_script(chrome: Browser, address: str, own_record: Path) -> None:
    with browser.watched(chrome, address, java_script_enabled=False) as watch:
        page = watch.page
        page.goto(f"{address}/report/crisis-belgrade-call")
        page.fill("#judge-by", "Ben")
        page.click(f"#row-{ROW} button[value=wrong]")
        page.wait_for_url(re.compile("#row-" + ROW))
        assert verdict(own_record, ROW) == "wrong"
        assert page.input_value("#judge-by") == "Ben"
        page.click(f"#row-{ROW} button[value=undo]")
        page.wait_for_url(re.compile("#row-" + ROW))
        page.click(f"#row-{ROW} [data-correct]")
        page.select_option("[name=status]", "negated")
        page.click(".correction button[type=submit]")
        page.wait_for_url(re.compile("#row-" + ROW))
    assert verdict(own_record, ROW) == "corrected"


def test_a_link_to_a_row_of_a_long_list_lights_its_words(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address) as watch:
        watch.goto("/events?q=military+exercise")
        watch.page.locator("td.words a").first.click()
        watch.page.locator(".row:target").wait_for()
        assert "military exercise" in watch.page.locator(".text .lit").all_inner_texts()


def test_a_filter_changes_the_list_and_the_address_without_another_page(chrome: Browser, address: str) -> None:
    with browser.watched(chrome, address) as watch:
        watch.goto("/events")
        if watch.page.evaluate("typeof htmx") == "undefined":
            pytest.skip("the front end's bundles are not built")
        watch.page.evaluate("window.same = true")
        watch.page.locator(".facets a", has_text="requests").first.click()
        watch.page.wait_for_url(re.compile("type=REQUEST"))
        watch.page.locator(".chosen a", has_text="type").wait_for()
        assert watch.page.evaluate("window.same") is True
        assert watch.page.locator("tbody tr").count() == int(watch.page.locator(".found strong").inner_text())
