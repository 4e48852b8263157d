"""The whole flow: short texts to rows, what is known to fail, and what a reading as a whole promises."""

from __future__ import annotations

import re

import pytest

import rows
from onrecord import reader
from onrecord.reader import read, read_many
from onrecord.record import TYPES, Event, Reading, Report

CASES = rows.load("events")
KNOWN = rows.load("known_failures")
DAY = "2024-05-10"

STORY = """Chad accuses Togo of raid on border post

LOME — Chad attacked Togo on Monday, Togolese officials said. In 2014, Peru invaded Chile.

Read also: Kenya expels Ugandan envoy

“We condemn Chad,” Togolese President Faure Gnassingbe said on Tuesday. Peru met Chile on some other day and the the
"""


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return rows.read([*CASES, *KNOWN])


@pytest.fixture(scope="module")
def story() -> Reading:
    return read(Report(STORY, id="story", published=DAY))


@pytest.mark.parametrize("case", CASES, ids=rows.title)
def test_a_text_gives_its_rows(case: rows.Case, readings: dict[str, Reading]) -> None:
    assert rows.misses(case, readings[case["text"]]) == []


@pytest.mark.parametrize("case", [pytest.param(c, marks=pytest.mark.xfail(strict=True, reason=c["reason"])) for c in KNOWN], ids=rows.title)
def test_a_text_that_is_known_to_fail(case: rows.Case, readings: dict[str, Reading]) -> None:
    assert rows.misses(case, readings[case["text"]]) == []


def test_no_more_is_known_to_fail_than_is_allowed() -> None:
    assert len(KNOWN) <= 40 and all(case["reason"] for case in KNOWN)


def test_every_type_has_its_cases() -> None:
    told = [re.split("[ /]", row)[0] for case in CASES for row in case["rows"]]
    assert len(CASES) >= 220 and all(told.count(type_) >= 4 for type_ in TYPES)


def test_no_text_stands_in_two_cases() -> None:
    texts = [case["text"] for case in (*CASES, *KNOWN)]
    assert sorted(set(texts)) == sorted(texts)


# ---------------------------------------------------------------- what every reading promises


def everything(readings: dict[str, Reading]) -> list[tuple[Reading, Event]]:
    return [(reading, event) for reading in readings.values() for event in reading.events]


def test_every_span_quotes_the_report(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        reading.check()


def test_no_sentence_of_the_cases_breaks_a_stage(readings: dict[str, Reading]) -> None:
    assert [note for reading in readings.values() for note in reading.notes if note.code.endswith("-failed")] == []


def test_every_row_names_somebody(readings: dict[str, Reading]) -> None:
    assert [str(event) for _, event in everything(readings) if not event.actors and not event.recipients] == []


def test_every_trigger_lies_in_its_sentence(readings: dict[str, Reading]) -> None:
    assert all(event.sentence.contains(event.trigger) for _, event in everything(readings))


def test_no_two_rows_have_one_id(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        ids = [row.id for row in reading.rows()]
        assert len(set(ids)) == len(ids)


def test_rows_come_in_the_order_of_the_text(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        starts = [event.trigger.start for event in reading.events]
        assert [event.sentence.start for event in reading.events] == sorted(event.sentence.start for event in reading.events), starts


def test_one_sentence_does_not_tell_one_event_twice_by_the_same_trigger(readings: dict[str, Reading]) -> None:
    for reading in readings.values():
        triggers = [(event.trigger.start, event.trigger.end) for event in reading.events]
        assert len(set(triggers)) == len(triggers)


def test_a_rows_statement_and_answer_are_rows_of_the_same_reading(readings: dict[str, Reading]) -> None:
    for reading, event in everything(readings):
        ids = {row.id for row in reading.rows()}
        assert {event.statement, event.answers} - {None} <= ids


def test_confidence_lies_between_nought_and_one(readings: dict[str, Reading]) -> None:
    assert all(0 <= event.confidence <= 1 for _, event in everything(readings))


def test_a_reciprocal_event_has_actors_only(readings: dict[str, Reading]) -> None:
    assert [str(event) for _, event in everything(readings) if event.type in ("CONSULT", "COOPERATE") and event.recipients] == []


# ---------------------------------------------------------------- one story


def event(reading: Reading, word: str) -> Event:
    return next(event for event in reading.events if word in event.trigger.text)


def test_a_headline_makes_rows(story: Reading) -> None:
    assert event(story, "accuses").type == "ACCUSE" and event(story, "accuses").sentence.start == 0


def test_a_related_line_is_flagged(story: Reading) -> None:
    assert [e.trigger.text for e in story.events if "related-link" in e.flags] == ["expels"]


def test_what_ended_long_ago_is_flagged(story: Reading) -> None:
    assert [e.trigger.text for e in story.events if "historical" in e.flags] == ["invaded"]


def test_a_damaged_sentence_is_flagged_and_not_dropped(story: Reading) -> None:
    assert [e.trigger.text for e in story.events if "damaged-text" in e.flags] == ["met"]


def test_who_says_so_is_told(story: Reading) -> None:
    source = event(story, "attacked").source
    assert source is not None and (source.entity.country, source.entity.sector) == ("TGO", "GOV")


def test_a_row_inside_a_statement_points_at_it(story: Reading) -> None:
    said = {statement.id: statement for statement in story.statements}
    assert "condemn Chad" in said[event(story, "condemn").statement or ""].content[0].text


def test_nobody_reports_what_the_reporter_says(story: Reading) -> None:
    assert event(story, "invaded").source is None and event(story, "invaded").statement is None


def test_a_weekday_is_read_against_the_day_of_publication(story: Reading) -> None:
    when = event(story, "attacked").date
    assert when is not None and (when.earliest, when.latest) == ("2024-05-06", "2024-05-06")


def test_the_same_report_gives_the_same_bytes(story: Reading) -> None:
    assert read(Report(STORY, id="story", published=DAY)).to_jsonl() == story.to_jsonl()


def test_ids_depend_on_the_report(story: Reading) -> None:
    other = read(Report(STORY, id="another", published=DAY))
    assert not {e.id for e in other.events} & {e.id for e in story.events}


# ---------------------------------------------------------------- many reports


def test_reports_come_back_in_order_over_several_batches() -> None:
    reports = [Report("Peru met Chile.", id=str(n), published=DAY) for n in range(2 * reader.BATCH + 1)]
    assert [reading.report.id for reading in read_many(reports)] == [report.id for report in reports]


def test_reports_are_streamed() -> None:
    taken = []

    def reports():
        for n in range(10 * reader.BATCH):
            taken.append(n)
            yield Report("Peru met Chile.", id=str(n), published=DAY)

    next(read_many(reports()))
    assert len(taken) <= 2 * reader.BATCH


def test_no_reports_give_no_readings() -> None:
    assert list(read_many([])) == []


def test_one_report_does_not_name_the_people_of_another() -> None:
    texts = ["The envoy Rui Mota of Portugal condemned Spain.", "Mota condemned Spain."]
    named, bare = read_many(Report(text, published=DAY) for text in texts)
    assert [e.country for event in named.events for e in event.actors] == ["PRT"]
    assert [e.country for event in bare.events for e in event.actors if e.country] == []
