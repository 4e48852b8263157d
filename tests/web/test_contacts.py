"""The log of contacts, and one contact as its tellers tell it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from onrecord.keeping import Record
from onrecord.web.views.contacts import length


def page(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return html.fromstring(answer.text)


def entries(shown: html.HtmlElement) -> list[str]:
    return [" ".join(entry.text_content().split()) for entry in shown.find_class("entry")]


def test_the_log_has_each_contact_once_by_month_and_day_the_newest_first(client: TestClient) -> None:
    shown = page(client, "/contacts")
    assert [title.text_content() for title in shown.xpath("//section[contains(@class, 'month')]/h2")] == ["April 2024", "March 2024"]
    assert shown.xpath("//h3[contains(@class, 'day')]/time/@datetime") == ["2024-04-09", "2024-03-20", "2024-03-13"]
    visit, meeting, call = entries(shown)
    assert "Visit" in visit and "planned" in visit and "in Sofia" in visit
    assert "Meeting" in meeting and "in Vienna" in meeting and "planned" not in meeting
    for words in (
        "Phone call",
        "Marko Ilic",
        "President of Serbia",
        "40 minutes",
        "asked for by Bulgaria",
        "told by 2 publishers",
        "energy",
    ):
        assert words in call
    assert entries(page(client, "/contacts?order=oldest")) == [call, meeting, visit]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=phone", 1),
        ("sort=video", 0),
        ("standing=planned", 1),
        ("standing=held&told=2", 2),
        ("told=3", 1),
        ("told=4", 0),
        ("about=energy+serbia", 1),
        ("about=Vienna", 1),
        ("about=ILIC", 2),
        ("about=nobody", 0),
        ("since=2024-04-01", 1),
        ("until=2024-03-13&sort=phone", 1),
        ("actor=FRA", 0),
        ("status=planned", 2),
    ],
)
def test_filters_narrow_the_log_down(client: TestClient, query: str, found: int) -> None:
    shown = page(client, f"/contacts?{query}")
    assert len(entries(shown)) == found == client.get(f"/contacts.json?{query}").json()["found"]
    assert bool(found) is not bool(shown.find_class("empty"))


@pytest.mark.parametrize(
    "query",
    ["sort=fax", "standing=over", "told=many", "told=0", "told=²", "page=0", "page=2", "page=x", "order=best", "colour=red", "about=a%00"],
)
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    answer = client.get(f"/contacts?{query}")
    assert answer.status_code == 400
    assert query.partition("=")[0] in html.fromstring(answer.text).find_class("empty")[0].text_content()
    assert client.get(f"/contacts.json?{query}").json()["error"]["parameter"] == query.partition("=")[0]


def test_the_form_sends_each_field_once_and_keeps_what_is_set(client: TestClient) -> None:
    shown = page(client, "/contacts?sort=phone&about=energy&type=CONSULT&size=10")
    form = next(form for form in shown.forms if form.action == "/contacts")
    names = [name for name, value in form.form_values() if value]
    assert sorted(names) == ["about", "sort", "type"]
    assert client.get("/contacts", params=[(name, value) for name, value in form.form_values() if value]).status_code == 200


def test_what_is_judged_wrong_is_found_no_more(desk: Callable[[Path], TestClient], own_record: Path) -> None:
    asking = desk(own_record)
    [call] = asking.get("/contacts.json?about=energy").json()["items"]
    with Record(own_record) as record:
        for row in call["rows"]:
            record.judge(row, "wrong", by="a reader")
    assert asking.get("/contacts.json?about=energy").json()["found"] == 0
    assert call["id"] not in asking.get("/contacts.csv?about=serbia").text


def test_a_long_log_goes_on_on_the_next_page(client: TestClient) -> None:
    seen, address = [], "/contacts?size=1"
    for number in (1, 2, 3):
        shown = page(client, address)
        seen += shown.xpath("//p[contains(@class, 'who')]/a/@href")
        assert f"Page {number} of 3" in shown.find_class("pager")[0].text_content()
        address = next(iter(shown.xpath("//a[@rel='next']/@href")), "")
    assert len(set(seen)) == 3 and not address
    months = page(client, "/contacts?size=1").xpath("//section[contains(@class, 'calendar')]//a/@href")
    assert months == ["/contacts?size=1#m-2024-04", "/contacts?size=1&page=2#m-2024-03"]


def test_json_is_the_contact_whole_and_knows_the_next_page(client: TestClient, record_path: Path) -> None:
    with Record(record_path, readonly=True) as record:
        whole = [contact.to_dict() for contact in reversed(record.contacts())]
    answer = client.get("/contacts.json").json()
    assert answer == {"items": whole, "found": 3, "page": 1, "pages": 1, "next": None}
    assert client.get("/contacts.json?size=2").json()["next"] == 2


def test_csv_has_the_whole_list(client: TestClient) -> None:
    answer = client.get("/contacts.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["sort"] for row in rows] == ["visit", "meeting", "phone"]
    assert rows[2]["duration"] == "PT40M" and rows[2]["initiator"] == "BGR" and "energy" in rows[2]["topics"]
    assert len(list(csv.DictReader(io.StringIO(client.get("/contacts.csv?size=2").text)))) == 2


# ---------------------------------------------------------------- one contact


def the_call(client: TestClient) -> str:
    return str(client.get("/contacts.json?sort=phone").json()["items"][0]["id"])


def facts(shown: html.HtmlElement) -> dict[str, str]:
    pairs = shown.xpath("//div[contains(@class, 'facts')]//dl/div")
    return {pair.find("dt").text_content(): " ".join(pair.find("dd").text_content().split()) for pair in pairs}


def test_a_contact_shows_its_tellers_side_by_side(client: TestClient) -> None:
    shown = page(client, f"/contact/{the_call(client)}")
    cards = {card.find("h3").text_content(): card for card in shown.find_class("teller-card")}
    assert set(cards) == {"Presidency of Bulgaria (invented)", "Presidency of Serbia (invented)"}
    alone = {name: [thing.text_content() for thing in card.find_class("alone")] for name, card in cards.items()}
    assert any("energy" in thing for thing in alone["Presidency of Bulgaria (invented)"])
    assert any("human rights" in thing for thing in alone["Presidency of Serbia (invented)"])
    assert not any("energy" in thing for thing in alone["Presidency of Serbia (invented)"])
    assert all("only here" in thing for things in alone.values() for thing in things), "said in words, not by colour alone"
    assert facts(shown) == {
        "Day": "13 Mar 2024",
        "Length": "40 minutes",
        "Asked for by": "Bulgaria",
        "Told by": "2 publishers in 2 reports",
    }


def test_topics_stand_beside_each_other(client: TestClient) -> None:
    table = page(client, f"/contact/{the_call(client)}").find_class("by-teller")[0]
    heads = [head.text_content() for head in table.xpath(".//thead/tr/th")]
    rows = {row.find("th").text_content().split(" only")[0].strip(): row for row in table.xpath(".//tbody/tr")}
    shared = [cell.text_content() for cell in rows["military build-up"].iterfind("td")]
    assert all("says nothing of it" not in cell for cell in shared)
    energy = rows["energy"]
    cells = dict(zip(heads[1:], (cell.text_content() for cell in energy.iterfind("td")), strict=True))
    assert "says nothing of it" in cells["Presidency of Serbia (invented)"]
    assert "gas" in cells["Presidency of Bulgaria (invented)"]
    assert "only Presidency of Bulgaria (invented)" in energy.find("th").text_content()


def test_each_thing_told_leads_to_its_words(client: TestClient) -> None:
    shown = page(client, f"/contact/{the_call(client)}")
    quotes = shown.find_class("quote")
    assert quotes and all(quote.get("href").startswith("/report/crisis-") and "#row-" in quote.get("href") for quote in quotes)


def test_a_contact_is_found_by_its_first_letters(client: TestClient) -> None:
    whole = the_call(client)
    assert client.get(f"/contact/{whole[:6]}").text.partition("<main")[2] == client.get(f"/contact/{whole}").text.partition("<main")[2]
    assert client.get(f"/contact/{whole[:6]}.json").json()["id"] == whole


@pytest.mark.parametrize("id_", ["nothing-like-it", "%3Cscript%3E", "%E2%80%AE"])
def test_a_contact_that_is_not_there_is_not_found(client: TestClient, id_: str) -> None:
    answer = client.get(f"/contact/{id_}")
    assert answer.status_code == 404 and "no contacts" in answer.text and "<script>" not in answer.text.partition("<main")[2]
    assert client.get(f"/contact/{id_}.json").json()["error"]["code"] == "not-found"


def test_what_was_put_off_shows_its_earlier_day(more: TestClient) -> None:
    [moved] = more.get("/contacts.json?standing=moved").json()["items"]
    assert moved["planned_for"] == ["2024-05-10"]
    assert "planned for formerly 10 May 2024" in entries(page(more, "/contacts?standing=moved"))[0]
    shown = page(more, f"/contact/{moved['id']}")
    assert facts(shown)["Planned before for"] == "10 May 2024" and shown.xpath("//s/time/@datetime") == ["2024-05-10"]


def test_copies_are_marked_and_count_as_one_voice(more: TestClient) -> None:
    copies = [item for item in more.get("/contacts.json").json()["items"] if item["voices"] < len(item["accounts"])]
    assert copies, "the reports hold a contact that a copy tells"
    shown = page(more, f"/contact/{copies[0]['id']}")
    assert "repeats" in shown.find_class("copy")[0].text_content()
    assert facts(shown)["Told by"] == "2 publishers in 2 reports; with copies counted once, 1"


def test_an_empty_record_says_what_to_do(desk: Callable[[Path], TestClient], tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Record(path).close()
    for address in ("/contacts", "/demands", "/warnings", "/agenda", "/disputes", "/forces"):
        shown = page(desk(path), address)
        assert "onrecord add SOURCE --into empty.db" in shown.find_class("empty")[0].text_content()


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("PT40M", "40 minutes"),
        ("PT1H1M", "1 hour 1 minute"),
        ("P2D", "2 days"),
        ("P1Y", "P1Y"),
        (None, None),
        ("P", "P"),
        ("PT90S", "90 seconds"),
    ],
)
def test_a_length_is_said_in_words(iso: str | None, said: str | None) -> None:
    assert length(iso) == said


@given(st.text(max_size=12))
def test_any_length_is_said(iso: str) -> None:
    assert length(iso) is not None
