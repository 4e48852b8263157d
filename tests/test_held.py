"""What a record holds: rows come back from their JSON as they were, and periods take in whole days."""

from __future__ import annotations

import json

import pytest

import onrecord
from onrecord.held import Head, Told, held_row
from onrecord.record import Event, Span, When, event_from, statement_from

TEXT = """Ankara and Athens hold talks
Turkey demanded on Friday that Greece withdraw 2,000 troops by next Tuesday, a Greek official said on condition of anonymity.
“We do not accept threats,” Greek Foreign Minister Nikos Dendias told reporters in Athens. Turkey denied that it threatened Greece.
"""


@pytest.fixture(scope="module")
def reading() -> onrecord.Reading:
    return onrecord.read(TEXT, published="2021-12-30")


def test_events_come_back_from_json(reading: onrecord.Reading) -> None:
    assert len(reading.events) >= 3
    for event in reading.events:
        assert event_from(json.loads(json.dumps(event.to_dict())), event.sentence.text) == event


def test_statements_come_back_from_json(reading: onrecord.Reading) -> None:
    assert len(reading.statements) >= 2
    for row in reading.statements:
        assert statement_from(json.loads(json.dumps(row.to_dict())), row.sentence.text) == row


def test_a_told_event_needs_no_text(reading: onrecord.Reading) -> None:
    head = Head("r", "r", published="2021-12-30")
    assert [Told.of(event, head).event for event in reading.events] == list(reading.events)


def test_a_held_row_keeps_its_sentence(reading: onrecord.Reading) -> None:
    row = held_row(reading.events[0])["sentence"]
    assert TEXT[row["start"] : row["end"]] == row["text"]


def _told(earliest: str | None, latest: str | None, published: str | None) -> Told:
    when = None if earliest is None else When(Span("then", 0, 4), earliest, latest)
    return Told.of(Event("r", "CONSULT", Span("met", 5, 8), Span("then met", 0, 8), date=when), Head("r", "r", published=published))


@pytest.mark.parametrize(
    ("told", "since", "until", "wanted"),
    [
        (_told("2021-12-20", "2021-12-26", "2021-12-30"), "2021-12-26", None, True),
        (_told("2021-12-20", "2021-12-26", "2021-12-30"), "2021-12-27", None, False),
        (_told("2021-12-20", "2021-12-26", "2021-12-30"), None, "2021-12-20", True),
        (_told("2021-12-20", "2021-12-26", "2021-12-30"), None, "2021-12-19", False),
        (_told(None, None, "2021-12-30"), "2021-12-30", "2021-12-30", True),
        (_told(None, None, None), "2021-12-30", None, False),
        (_told(None, None, None), None, None, True),
    ],
)
def test_a_period_takes_in_every_day_of_an_event(told: Told, since: str | None, until: str | None, wanted: bool) -> None:
    assert told.within(since, until) is wanted
