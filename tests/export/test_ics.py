"""iCalendar: what is planned, as a calendar reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import writing
from hypothesis import given

from onrecord.record import Reading, When


def entries(*readings: Reading) -> list[icalendar.Event]:
    text = writing.written("ics", readings)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def plan(reading: Reading, **fields: object) -> Reading:
    return writing.changed(reading, 0, **{"status": "planned", **fields})


def test_nothing_planned_is_an_empty_calendar(reading: Reading) -> None:
    assert entries(reading) == []


def test_a_plan_is_an_entry_of_its_day(reading: Reading) -> None:
    (entry,) = entries(plan(reading))
    assert (entry.decoded("dtstart"), entry.decoded("dtend"), entry["status"]) == (date(2024, 3, 11), date(2024, 3, 12), "CONFIRMED")
    assert entry["summary"] == "Portugal → Spain (government): rejects" and entry["uid"] == f"{reading.events[0].id}@onrecord"


def test_the_stamp_is_the_reports_day(reading: Reading) -> None:
    (entry,) = entries(plan(reading))
    assert entry.decoded("dtstamp") == datetime(2024, 3, 14, tzinfo=UTC)


def test_a_week_is_tentative(reading: Reading) -> None:
    (entry,) = entries(plan(reading, date=When(reading.events[0].trigger, "2024-03-18", "2024-03-24")))
    assert (entry.decoded("dtstart"), entry.decoded("dtend"), entry["status"]) == (date(2024, 3, 18), date(2024, 3, 25), "TENTATIVE")


def test_a_time_with_a_zone_is_a_moment(reading: Reading) -> None:
    (entry,) = entries(plan(reading, date=When(reading.events[0].trigger, "2024-03-18", "2024-03-18", "15:30", "Moscow time")))
    assert entry.decoded("dtstart") == datetime(2024, 3, 18, 12, 30, tzinfo=UTC)


def test_a_time_without_a_zone_is_only_a_day(reading: Reading) -> None:
    (entry,) = entries(plan(reading, date=When(reading.events[0].trigger, "2024-03-18", "2024-03-18", "15:30")))
    assert entry.decoded("dtstart") == date(2024, 3, 18)


def test_a_place_has_its_coordinates(reading: Reading) -> None:
    (entry,) = entries(plan(reading, place=reading.events[1].place))
    assert entry["location"] == "Faro (Portugal)" and entry.decoded("geo") == (37.02, -7.93)


def test_sentences_on_one_meeting_share_an_entry_by_the_narrowest_date(reading: Reading) -> None:
    base = replace(reading.events[0], status="planned", contact="c")
    loose = replace(base, trigger=reading.events[1].trigger, date=When(base.trigger, "2024-03-01", "2024-03-31"))
    (entry,) = entries(replace(reading, events=(loose, base)))
    assert entry.decoded("dtstart") == date(2024, 3, 11)


def test_a_copy_adds_no_entry_but_another_day_does(reading: Reading) -> None:
    other = replace(plan(reading), report=replace(reading.report, id="copy"))
    moved = plan(reading, date=When(reading.events[0].trigger, "2024-03-19", "2024-03-19"))
    assert [entry.decoded("dtstart").day for entry in entries(plan(reading), other, moved)] == [11, 19]


def test_the_last_day_of_the_calendar_is_its_own_end(reading: Reading) -> None:
    (entry,) = entries(plan(reading, date=When(reading.events[0].trigger, "9999-12-31", "9999-12-31")))
    assert entry.decoded("dtend") == date.max


@given(writing.readings())
def test_any_words_read_back_as_one_entry_a_plan(reading: Reading) -> None:
    plans = [event for event in reading.events if event.status == "planned" and event.date and event.date.earliest]
    assert len(entries(reading)) == len(plans)
