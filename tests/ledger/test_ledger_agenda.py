"""What is to come, and as a calendar."""

import icalendar
import pytest
from ledger_rows import MERTEN, ROE, meeting, told

from onrecord.ledger import agenda, ics


def plan(report="p", published="2024-03-05", days="2024-03-08", text="They will meet in Lyon.", **fields):
    return told(text, "meet", (ROE, MERTEN), report=report, published=published, status="planned", days=days, **fields)


def drill(report="d", status="planned", **fields):
    given = {"type": "MOBILIZE", "days": ("2024-03-10", "2024-03-12"), **fields}
    return told("Spain will hold a naval exercise.", "exercise", ("ESP.MIL",), report=report, status=status, **given)


def entries(text):
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_what_is_planned_after_a_day_is_on_the_agenda_by_day():
    items = agenda([drill(), plan(), plan("x", days="2024-03-05", contact="x")], after="2024-03-05")
    assert [(item.type, item.first, item.last, item.status) for item in items] == [
        ("CONSULT", "2024-03-08", "2024-03-08", "planned"),
        ("MOBILIZE", "2024-03-10", "2024-03-12", "planned"),
    ]


def test_a_plan_that_several_reports_tell_is_one_item():
    [item] = agenda([plan(), plan("q"), drill(), drill("e")], after="2024-03-05")[:1]
    assert [telling.report for telling in item.tellings] == ["p", "q"]
    assert len(agenda([plan(), plan("q"), drill(), drill("e")], after="2024-03-05")) == 2


def test_what_was_held_is_no_longer_on_the_agenda():
    assert not agenda([plan(), meeting("h", "2024-03-08")], after="2024-03-05")


def test_what_was_moved_or_called_off_is_marked():
    moved = plan("m", "2024-03-07", "2024-03-12", "They will meet later: it was put off.")
    off = drill("f", "negated", published="2024-03-06")
    items = agenda([plan(), moved, drill(), off], after="2024-03-05")
    assert [(item.first, item.status, item.planned_for) for item in items] == [
        ("2024-03-10", "cancelled", ()),
        ("2024-03-12", "moved", ("2024-03-08",)),
    ]


def test_after_must_be_a_day():
    with pytest.raises(ValueError, match="tomorrow"):
        agenda([], after="tomorrow")


def test_the_calendar_has_whole_days_where_only_the_day_is_known():
    [entry] = entries(ics(agenda([drill()], after="2024-03-05")))
    assert (str(entry["dtstart"].to_ical(), "ascii"), str(entry["dtend"].to_ical(), "ascii")) == ("20240310", "20240313")
    assert str(entry["status"]) == "TENTATIVE"


def test_the_calendar_has_times_in_utc_where_time_and_zone_are_known():
    rows = [plan(time="15:30", timezone="Moscow")]
    [entry] = entries(ics(agenda(rows, after="2024-03-05")))
    assert entry["dtstart"].to_ical() == b"20240308T123000Z"


def test_a_time_in_an_unknown_zone_is_a_whole_day():
    [entry] = entries(ics(agenda([plan(time="15:30", timezone="local")], after="2024-03-05")))
    assert entry["dtstart"].to_ical() == b"20240308"


def test_the_calendar_is_the_same_every_time_and_stamped_by_its_reports():
    items = agenda([plan(), drill()], after="2024-03-05")
    assert ics(items) == ics(agenda([drill(), plan()], after="2024-03-05"))
    assert {entry["dtstamp"].to_ical() for entry in entries(ics(items))} == {b"20240305T000000Z"}
    assert len({str(entry["uid"]) for entry in entries(ics(items))}) == 2


def test_what_is_called_off_is_cancelled_in_the_calendar_too():
    items = agenda([drill(), drill("f", "negated", published="2024-03-06")], after="2024-03-05")
    assert [str(entry["status"]) for entry in entries(ics(items))] == ["CANCELLED"]


def test_words_of_a_report_cannot_break_the_calendar():
    nasty = "They will meet; in Lyon,\nEND:VEVENT\r\nBEGIN:VEVENT\nof course."
    text = ics(agenda([plan(text=nasty)], after="2024-03-05"))
    assert len(entries(text)) == 1
    assert nasty.replace("\r\n", "\n") in str(entries(text)[0]["description"])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_an_empty_agenda_is_a_calendar_without_entries():
    assert entries(ics([])) == []
