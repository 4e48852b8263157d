"""The agenda: by month, as a list, and as a calendar to subscribe to."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import icalendar
import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.keeping import Record
from onrecord.ledger import Item
from onrecord.web.views.agenda import month, plain, weeks


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_it_begins_after_the_last_report(client: TestClient) -> None:
    shown = page(client, "/agenda")
    assert "after 27 Mar 2024, the day of the record's last report" in words(shown.find_class("lead")[0])
    assert words(shown.get_element_by_id("month-name")) == "April 2024"
    table = shown.find_class("month-table")[0]
    assert [words(head) for head in table.xpath(".//thead//th")] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    [busy] = table.find_class("busy")
    assert busy.find("time").get("datetime") == "2024-04-09" and "visit: Goran Savic, Bulgaria" in words(busy)
    assert busy.getparent().index(busy) == 1, "a Tuesday"
    [slot] = busy.find_class("slot")
    assert words(shown.get_element_by_id(slot.get("href")[1:])).startswith("9 Apr 2024 ◷ planned visit")


def test_another_day_can_be_asked_for(more: TestClient) -> None:
    shown = page(more, "/agenda?from=2024-05-02")
    [row] = shown.xpath("//table[contains(@class, 'agenda-list')]/tbody/tr")
    assert "moved" in words(row) and row.xpath(".//s/time/@datetime") == ["2024-05-10"] and "17 May 2024" in words(row)
    assert not page(more, "/agenda?from=2024-06-30").find_class("month-table")


def test_what_was_moved_is_marked_in_the_month_too(more: TestClient) -> None:
    [slot] = page(more, "/agenda?from=2024-05-02").find_class("slot")
    assert words(slot.find_class("slot-standing")[0]) == "moved" and words(slot.find_class("mark")[0]) == "↷"


@pytest.mark.parametrize("after", ["2024-01-01", "2024-03-13", "2024-05-02", "2024-12-31"])
def test_it_has_what_the_record_gives(more: TestClient, more_path: Path, after: str) -> None:
    with Record(more_path, readonly=True) as record:
        items = [item.to_dict() for item in record.agenda(after)]
        of_one = [item.to_dict() for item in record.agenda(after, actor="BGR")]
    assert sorted(more.get(f"/agenda.json?from={after}").json()["items"], key=str) == sorted(items, key=str)
    assert sorted(more.get(f"/agenda.json?from={after}&actor=BGR").json()["items"], key=str) == sorted(of_one, key=str)


def test_months_lead_to_each_other(more: TestClient) -> None:
    shown = page(more, "/agenda?from=2024-03-14")
    assert words(shown.get_element_by_id("month-name")) == "April 2024"
    [later] = shown.xpath("//nav[@aria-label='Months']/a")
    assert (later.get("rel"), later.get("href")) == ("next", "/agenda?from=2024-03-14&month=2024-05")
    shown = page(more, later.get("href"))
    assert words(shown.get_element_by_id("month-name")) == "May 2024" and shown.find_class("busy")
    [earlier] = shown.xpath("//nav[@aria-label='Months']/a")
    assert (earlier.get("rel"), earlier.get("href")) == ("prev", "/agenda?from=2024-03-14&month=2024-04")


@pytest.mark.parametrize(
    "query", ["from=tomorrow", "from=2024-02-30", "month=2024-13", "month=0000-01", "month=2024-1", "standing=held", "page=9"]
)
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    answer = client.get(f"/agenda?{query}")
    assert answer.status_code == 400 and query.partition("=")[0] in answer.text


def test_it_can_be_subscribed_to(client: TestClient) -> None:
    answer = client.get("/agenda.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    assert event["SUMMARY"] == "visit: Goran Savic, Bulgaria" and event["DTSTART"].dt == date(2024, 4, 9)
    assert answer.text.count("\r\n") == answer.text.count("\n")
    assert client.get("/agenda.ics").content == answer.content


def test_the_subscription_takes_the_filters(more: TestClient) -> None:
    every = icalendar.Calendar.from_ical(more.get("/agenda.ics?from=2024-03-01").text).walk("VEVENT")
    moved = icalendar.Calendar.from_ical(more.get("/agenda.ics?from=2024-03-01&standing=moved").text).walk("VEVENT")
    assert len(every) > len(moved) == 1 and moved[0]["DTSTART"].dt == date(2024, 5, 17)
    assert more.get("/agenda.ics?actor=FRA").text.count("BEGIN:VEVENT") == 0
    assert more.get("/agenda.ics?colour=red").status_code == 400
    [link] = page(more, "/agenda?from=2024-03-01&standing=moved").xpath("//a[starts-with(@href, 'webcal:')]/@href")
    assert link == "webcal://localhost/agenda.ics?from=2024-03-01&standing=moved"


def test_a_judgement_counts_at_once(desk: Callable[[Path], TestClient], own_record: Path) -> None:
    asking = desk(own_record)
    assert asking.get("/agenda.ics").text.count("BEGIN:VEVENT") == asking.get("/agenda.json").json()["found"] == 1
    [item] = asking.get("/agenda.json").json()["items"]
    with Record(own_record) as record:
        for row in item["rows"]:
            record.judge(row, "wrong", by="a reader")
    assert asking.get("/agenda.json").json()["items"] == []
    assert "BEGIN:VEVENT" not in asking.get("/agenda.ics").text
    assert asking.get(f"/contact/{item['id']}").status_code == 404


def test_csv(client: TestClient) -> None:
    [row] = csv.DictReader(io.StringIO(client.get("/agenda.csv").text))
    assert (row["first"], row["type"], row["standing"], row["place"]) == ("2024-04-09", "CONSULT", "planned", "Sofia")


def item(first: str, last: str, what: str = "talks") -> Item:
    return Item(f"{first}{last}", "CONSULT", what, (), "planned", first, last, None, None, None, (), ())


def test_what_has_no_fixed_day_stands_below_the_month_and_draws_no_month_to_itself() -> None:
    made = month([item("2024-01-01", "2024-12-31"), item("2024-03-30", "2024-04-01")], "2024-02-15")
    assert made.month == "2024-03" and [one.first for one in made.whole] == ["2024-01-01"]
    assert [square.day for week in made.weeks for square in week if square.items] == ["2024-03-30", "2024-03-31"]
    assert (made.before, made.next) == (None, "2024-04")
    assert month([], "2024-02-15").month == "2024-02"


@pytest.mark.parametrize(("year", "number", "count"), [(2024, 2, 29), (2023, 2, 28), (9999, 12, 31), (1, 1, 31)])
def test_a_month_has_its_days_once(year: int, number: int, count: int) -> None:
    days = [day for week in weeks(year, number) for day in week if day]
    assert len(days) == count and days == sorted(set(days)) and all(len(week) == 7 for week in weeks(year, number))


def test_a_calendar_holds_no_characters_that_steer() -> None:
    made = plain(item("2024-03-30", "2024-03-30", "talks\u202e\x07\ud800 end"))
    assert made.what == "talks\ufffd\ufffd\ufffd end"
