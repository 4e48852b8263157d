"""All reports, searched by their words; and what could not be taken in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.record import Reading, Report
from onrecord.store import Store

Desk = Callable[[Path], TestClient]


def titles(client: TestClient, address: str) -> list[str]:
    """The titles of the reports on a page."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return [cell.xpath("string(./a)") for cell in html.fromstring(answer.text).find_class("title")]


def test_every_report_is_listed_with_its_rows_counted(client: TestClient, record_path: Path) -> None:
    with Store(record_path, readonly=True) as store:
        kept = [report for head in store.reports() if (report := store.report(head.id))]
    items = client.get("/reports.json").json()["items"]
    assert [(item["id"], item["events"], item["statements"]) for item in items] == [
        (one.head.id, len(one.events), len(one.statements)) for one in kept
    ]
    assert titles(client, "/reports") == [one.head.title for one in kept]


def test_words_are_searched_in_whole_texts_and_marked(client: TestClient) -> None:
    page = html.fromstring(client.get("/reports?q=supply+of+gas").text)
    assert {mark.text_content() for mark in page.xpath("//mark")} == {"supply", "of", "gas"}
    assert titles(client, "/reports?q=supply+of+gas") == ["President Dragov speaks by phone with President of Serbia Marko Ilic"]


def test_reports_of_a_time_and_a_publisher(client: TestClient) -> None:
    assert titles(client, "/reports?since=2024-03-15") == ["Serbia begins to withdraw troops from Bulgarian border"]
    assert titles(client, "/reports?publisher=danube+post+(INVENTED)") == ["Serbia masses troops near border, says Sofia"]
    assert titles(client, "/reports?order=newest") == titles(client, "/reports")[::-1]


def test_the_list_is_paged(client: TestClient) -> None:
    assert [title for page in (1, 2, 3) for title in titles(client, f"/reports?size=2&page={page}")] == titles(client, "/reports")
    assert client.get("/reports?size=2&page=4").status_code == 400


def test_a_copy_is_called_one(client: TestClient) -> None:
    page = html.fromstring(client.get("/reports?publisher=Danube+Post+(invented)").text)
    assert page.xpath("//td[contains(@class, 'title')]//*[text()='copy']")


def test_csv_has_every_report(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/reports.csv").text)))
    assert [row["title"] for row in rows] == titles(client, "/reports")


@pytest.mark.parametrize("asked", ["actor=SRB", "type=CONSULT", "order=loudest", "page=x", "since=2024"])
def test_what_reports_cannot_be_asked_for_by_is_told(client: TestClient, asked: str) -> None:
    assert client.get(f"/reports?{asked}").status_code == 400
    assert client.get(f"/reports.json?{asked}").json()["error"]["parameter"] == asked.partition("=")[0]


def test_a_new_report_is_listed_at_once(own_record: Path, desk: Desk) -> None:
    asking = desk(own_record)
    assert "Fresh" not in asking.get("/reports").text
    with Store(own_record) as store:
        store.put(Reading(Report("Fresh news.", id="fresh", title="Fresh news", published="2025-01-01")))
    assert titles(asking, "/reports")[-1] == "Fresh news"


def test_failures_are_listed_with_their_reasons(own_record: Path, desk: Desk) -> None:
    with Store(own_record) as store:
        store.fail("news/<b>bold</b>.html", "the page holds no article")
    asking = desk(own_record)
    page = html.fromstring(asking.get("/failures").text)
    assert [code.text_content() for code in page.xpath("//td//code")] == ["news/<b>bold</b>.html"]
    assert "the page holds no article" in page.xpath("string(//table)")
    assert asking.get("/failures.json").json()["items"][0]["reason"] == "the page holds no article"
    assert "the page holds no article" in asking.get("/failures.csv").text


def test_no_failure_is_good_news(client: TestClient) -> None:
    assert "could be taken in" in client.get("/failures").text
    assert client.get("/failures.json").json()["items"] == []


def test_the_list_is_linked_from_the_events(client: TestClient) -> None:
    assert html.fromstring(client.get("/events").text).xpath("//main//a[@href='/reports']")
