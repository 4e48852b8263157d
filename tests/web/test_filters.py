"""The address as what is wanted, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.held import Wanted
from onrecord.store import Place
from onrecord.web.filters import BadQueryError, cursor, place, query


def test_every_filter_arrives_where_the_record_takes_it() -> None:
    asked = query([
        ("since", "2024-03-01"), ("until", "2024-03-31"), ("actor", "BGR"), ("recipient", "SRB"), ("type", "request"), ("type", "REJECT"),
        ("status", "actual"),
        ("source", "SRB"), ("place", "Vienna"), ("publisher", "The Wire"), ("q", "border troops"), ("confidence", "0.8"),
    ])  # fmt: skip
    assert asked.wanted == Wanted(
        since="2024-03-01",
        until="2024-03-31",
        actor="BGR",
        recipient="SRB",
        types=("REQUEST", "REJECT"),
        statuses=("actual",),
        source="SRB",
        place="Vienna",
        publisher="The Wire",
        words="border troops",
        confidence=0.8,
    )


def test_empty_fields_of_a_form_ask_for_nothing() -> None:
    assert query([("since", ""), ("actor", "  "), ("type", "")]).wanted == Wanted()


@pytest.mark.parametrize(
    ("given_", "name"),
    [
        ([("colour", "red")], "colour"),
        ([("since", "yesterday")], "since"),
        ([("since", "2024-02-30")], "since"),
        ([("type", "SHOUT")], "type"),
        ([("status", "maybe")], "status"),
        ([("confidence", "nan")], "confidence"),
        ([("confidence", "1.5")], "confidence"),
        ([("actor", "RUS"), ("actor", "USA")], "actor"),
        ([("q", "x" * 401)], "q"),
        ([("q", "a\x00b")], "q"),
        ([("since", "2024-03-02"), ("until", "2024-03-01")], "until"),
        ([("size", "0")], "size"),
        ([("size", "²")], "size"),
        ([("size", "9" * 30)], "size"),
        ([("order", "upwards")], "order"),
        ([("after", "WyJh")], "after"),
        ([("after", "W10")], "after"),
    ],
)
def test_what_says_nothing_is_named(given_: list[tuple[str, str]], name: str) -> None:
    with pytest.raises(BadQueryError) as caught:
        query(given_, paged=True)
    assert caught.value.name == name


def test_paging_is_no_parameter_of_a_page_without_pages() -> None:
    with pytest.raises(BadQueryError):
        query([("size", "10")])


@given(st.one_of(st.none(), st.dates().map(str)), st.text(max_size=60), st.integers(0, 2**53 - 1), st.integers(0, 2**53 - 1))
def test_a_place_comes_back_from_its_cursor(day: str | None, report: str, start: int, n: int) -> None:
    at = Place(day, report, start, n)
    assert place(cursor(at)) == at


@given(st.text(max_size=80))
def test_any_letters_as_a_cursor_are_a_place_or_refused(letters: str) -> None:
    try:
        found = place(letters)
    except BadQueryError:
        return
    assert isinstance(found, Place)


def test_a_link_keeps_the_rest_of_the_query_and_begins_at_the_beginning() -> None:
    asked = query([("actor", "BGR"), ("type", "CONSULT"), ("after", cursor(Place("2024-03-13", "a", 1, 0)))], paged=True)
    assert asked.url("/events", type="REJECT", status=None) == "/events?actor=BGR&type=REJECT"
    assert asked.url("/events", "actor") == "/events?type=CONSULT"
    assert asked.chosen == (("actor", "BGR"), ("type", "CONSULT"))
