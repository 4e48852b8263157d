"""The fields ``contact`` and ``answers``: how the rows of one report hang together."""

from __future__ import annotations

import pytest

import rows
from onrecord.record import Event, Reading

CASES = rows.load("links")
SAME = [(case["text"], *pair) for case in CASES for pair in case.get("same", ())]
APART = [(case["text"], *pair) for case in CASES for pair in case.get("apart", ())]
ANSWERS = [(case["text"], *pair) for case in CASES for pair in case.get("answers", {}).items()]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return rows.read(CASES)


def told(reading: Reading, trigger: str) -> Event:
    """The event whose trigger has that word; "met#2" is the second one."""
    word, _, number = trigger.partition("#")
    found = [event for event in reading.events if word in event.trigger.text.split()]
    assert len(found) >= int(number or 1), [str(event) for event in reading.events]
    return found[int(number or 1) - 1]


@pytest.mark.parametrize(("text", "one", "other"), SAME)
def test_rows_of_one_contact_share_its_id(text: str, one: str, other: str, readings: dict[str, Reading]) -> None:
    contact = told(readings[text], one).contact
    assert contact is not None and contact == told(readings[text], other).contact


@pytest.mark.parametrize(("text", "one", "other"), APART)
def test_rows_of_two_contacts_have_two_ids(text: str, one: str, other: str, readings: dict[str, Reading]) -> None:
    assert told(readings[text], one).contact != told(readings[text], other).contact


@pytest.mark.parametrize(("text", "answer", "asked"), ANSWERS)
def test_an_answer_points_at_what_it_answers(text: str, answer: str, asked: str | None, readings: dict[str, Reading]) -> None:
    want = None if asked is None else told(readings[text], asked).id
    assert told(readings[text], answer).answers == want


def test_only_contacts_have_a_contact(readings: dict[str, Reading]) -> None:
    events = [event for reading in readings.values() for event in reading.events]
    assert all((event.contact is not None) == (event.type == "CONSULT") for event in events)


def test_the_same_words_in_two_reports_are_two_contacts() -> None:
    one, other = rows.read([{"text": "Peru met Chile."}, {"text": "Peru met Chile. "}]).values()
    assert one.events[0].contact != other.events[0].contact


def test_the_talks_take_their_sides_from_the_meeting(readings: dict[str, Reading]) -> None:
    talks = told(readings["Sudan and Chad met in Doha. The talks ended on Friday."], "talks")
    assert sorted(str(e.country) for e in talks.actors) == ["SDN", "TCD"]


def test_a_side_taken_over_points_at_the_word_that_stands_for_it(readings: dict[str, Reading]) -> None:
    talks = told(readings["Sudan and Chad met in Doha. The talks ended on Friday."], "talks")
    assert {e.span for e in talks.actors} == {talks.trigger}


def test_talks_of_nobody_are_no_row() -> None:
    (reading,) = rows.read([{"text": "The talks ended on Friday."}]).values()
    assert reading.events == ()
