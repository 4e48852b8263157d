"""PLOVER: a record an event, in the field names of PLOVER's own records."""

from __future__ import annotations

import json

import pytest
import writing
from hypothesis import given

from onrecord.record import Reading


def records(*readings: Reading) -> list[dict]:
    return [json.loads(line) for line in writing.written("plover", readings).split("\n")[:-1]]


def test_a_record_says_who_did_what_to_whom(reading: Reading) -> None:
    want = {
        "id": reading.events[0].id, "date": "2024-03-11", "event": "REJECT", "mode": "meet", "eventText": "rejected", "intensity": -3.0,
        "actor": [{"actorText": "Portugal", "name": "Portugal", "code": "PRT", "cow": 235}], "publication": "By hand", "coder": "onrecord",
        "recipient": [{"actorText": "Spain", "name": "Spain", "code": "ESP", "cow": 230, "sector": "GOV"}],
    }  # fmt: skip
    record = records(reading)[0]
    assert {name: record.get(name) for name in want} == want


def test_a_place_is_the_events_location(reading: Reading) -> None:
    place = {"placeText": "Faro", "name": "Faro", "country": "PRT", "lat": 37.02, "lon": -7.93, "geonames": 2268339}
    assert records(reading)[1]["eventLoc"] == place


def test_the_words_behind_each_field_are_where_it_says(reading: Reading) -> None:
    for record in records(reading):
        for span in record["textInfo"]["spans"]:
            assert reading.report.text[span["start"] : span["end"]] == span["text"]


def test_the_sentence_is_where_it_says(reading: Reading) -> None:
    record = records(reading)[0]
    assert reading.report.text[record["textInfo"]["start"] : record["textInfo"]["end"]] == record["text"]


def test_planned_cooperation_is_an_agreement_that_tells_of_the_plan(reading: Reading) -> None:
    (record,) = records(writing.changed(reading, 0, type="CONSULT", mode="visit", status="planned"))
    plan = {"event": "CONSULT", "mode": "visit", "dateRange": ["2024-03-11", "2024-03-11"]}
    assert (record["event"], record["planned"], record.get("mode"), record.get("date")) == ("AGREE", plan, None, None)


def test_what_is_only_possible_is_hypothetical(reading: Reading) -> None:
    assert records(reading)[1]["auxiliary"] == ["hypothetical"]


@pytest.mark.parametrize("fields", [{"status": "negated"}, {"flags": ("related-link",)}])
def test_denied_events_and_other_stories_are_left_out(reading: Reading, fields: dict) -> None:
    assert records(writing.changed(reading, 0, **fields)) == []


@given(writing.readings())
def test_any_words_read_back_exactly(reading: Reading) -> None:
    assert [record["text"] for record in records(reading)] == [event.sentence.text for event in reading.events]
