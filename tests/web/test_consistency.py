"""What all pages have in common: one way to write a day, filters that stay set, lists that come along whole."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from onrecord.record import Span, When
from onrecord.web import answers

PAGES = (
    "/", "/events", "/reports", "/contacts", "/demands", "/warnings", "/agenda", "/disputes", "/forces", "/actors", "/actor/SRB",
    "/sources", "/timeline", "/tension", "/failures", "/report/crisis-wire",
)  # fmt: skip
UNDATED = ("/failures", "/disputes", "/warnings", "/contacts", "/actors")
"""Pages that show no full day of this record: nothing fits, or the month stands above."""
SEEN = re.compile(r"<title>.*?</title>|>[^<]*<", re.DOTALL)
ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


@pytest.mark.parametrize("path", PAGES)
def test_a_reader_sees_days_in_one_way(client: TestClient, path: str) -> None:
    page = client.get(path).text
    assert re.search(r"\b\d{1,2} \w{3} 2024\b", page) or path in UNDATED
    assert [found for found in SEEN.findall(page) if ISO.search(found)] == []


def test_days_and_moments_in_words() -> None:
    assert answers.day("2021-12-07") == "7 Dec 2021"
    assert answers.day(None) == ""
    assert answers.day("last winter") == "last winter"
    assert answers.moment("2021-12-07T08:30:59Z") == "7 Dec 2021 08:30 UTC"
    span = Span("Tuesday", 0, 7)
    assert answers.when(When(span, "2021-12-07", "2021-12-07", time="15:30")) == "7 Dec 2021 15:30"
    assert answers.when(When(Span("2021-12-07", 0, 10), None, None)) == "“2021-12-07”"


def test_a_menu_of_one_type_keeps_the_others(client: TestClient) -> None:
    form = client.get("/map?type=ACCUSE&type=REQUEST").text
    form = form[form.index("data-filters") : form.index("</form>", form.index("data-filters"))]
    assert '<option value="ACCUSE" selected>' in form
    assert '<option value="REQUEST" selected>' not in form
    assert '<input type="hidden" name="type" value="REQUEST">' in form


def test_the_json_beside_a_page_is_that_page(client: TestClient) -> None:
    page = client.get("/events?size=3").text
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    page = client.get(following[1].replace("&amp;", "&")).text
    link = re.search(r'href="([^"]+)" download>JSON', page)
    assert link
    ids = [item["id"] for item in client.get(link[1].replace("&amp;", "&")).json()["items"]]
    assert ids == re.findall(r"#row-([^\"]+)\"", page)
    assert len(ids) == 3
    csv = re.search(r'href="([^"]+)" download>CSV', page)
    assert csv
    lines = client.get(csv[1].replace("&amp;", "&")).text.splitlines()
    assert len(lines) > 4
