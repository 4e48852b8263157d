"""TimelineJS: dated events as lines of a sheet."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
import writing
from hypothesis import given

from onrecord.record import Reading, When

HEAD = (
    "Year, Month, Day, Time, End Year, End Month, End Day, End Time, Display Date, Headline, Text, Media, Media Credit, Media Caption, "
    "Media Thumbnail, Alt Text, Type, Group, Background"
)


class Tags(HTMLParser):
    """The tags of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.found.append(tag)


def tags(text: str) -> set[str]:
    parser = Tags()
    parser.feed(text)
    parser.close()
    return set(parser.found)


def lines(*readings: Reading) -> list[dict[str, str]]:
    return writing.table(writing.written("timelinejs", readings), ",")


def test_the_head_line_has_timelines_columns() -> None:
    assert writing.written("timelinejs", []) == HEAD.replace(", ", ",") + "\n"


def test_a_line_says_what_happened_when(reading: Reading) -> None:
    (line,) = lines(reading)
    want = {
        "Year": "2024", "Month": "3", "Day": "11", "End Year": "", "Display Date": "2024-03-11",
        "Headline": "Portugal → Spain (government): rejects", "Group": "Words of conflict",
    }  # fmt: skip
    assert {name: line[name] for name in want} == want and "Portugal rejected" in line["Text"]


@pytest.mark.parametrize(
    ("first", "last", "want"),
    [
        ("2014-01-01", "2014-12-31", ("2014", "", "", "", "", "")),
        ("2024-02-01", "2024-02-29", ("2024", "2", "", "", "", "")),
        ("2024-03-04", "2024-03-10", ("2024", "3", "4", "2024", "3", "10")),
        ("2024-03-04", None, ("2024", "3", "4", "", "", "")),
    ],
)
def test_a_longer_time_stands_as_it_is_meant(reading: Reading, first: str, last: str | None, want: tuple[str, ...]) -> None:
    (line,) = lines(writing.changed(reading, 0, date=When(reading.events[0].trigger, first, last)))
    assert tuple(line[name] for name in ("Year", "Month", "Day", "End Year", "End Month", "End Day")) == want


def test_a_plan_says_that_it_is_one(reading: Reading) -> None:
    (line,) = lines(writing.changed(reading, 0, status="planned"))
    assert "<em>scheduled, expected, intended or promised</em>" in line["Text"]


@pytest.mark.parametrize(("url", "linked"), [("https://example.org/a?b=1&c=2", True), ("javascript:alert(1)", False)])
def test_only_an_address_of_the_web_is_a_link(reading: Reading, url: str, linked: bool) -> None:
    (line,) = lines(replace(reading, report=replace(reading.report, url=url)))
    assert ("<a href" in line["Text"]) == linked and "By hand" in line["Text"]


def test_events_without_a_date_are_left_out(reading: Reading) -> None:
    assert lines(writing.changed(reading, 1)) == []


@given(writing.readings())
def test_any_words_are_tame_and_no_html(reading: Reading) -> None:
    found = lines(reading)
    assert writing.cells_are_tame(found)
    assert all(tags(line["Text"]) <= {"p", "em", "a"} and not tags(line["Headline"]) for line in found)
