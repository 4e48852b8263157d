"""The list of events: filters, words, facets, order, pages, downloads; all by the address."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.held import Wanted
from onrecord.record import Event, Reading, Report, Span
from onrecord.store import Store


def page(client: TestClient, address: str) -> html.HtmlElement:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def shown(client: TestClient, address: str) -> list[str]:
    """The ids of the rows that a page of the list links to."""
    return [link.rpartition("#row-")[2] for link in page(client, address).xpath("//table//a[contains(@class, 'quote')]/@href")]


def held(path: Path, wanted: Wanted) -> list[str]:
    """The ids of the rows that the record has."""
    with Store(path, readonly=True) as store:
        return [told.id for told in store.events(wanted)]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("", Wanted()),
        ("actor=BGR", Wanted(actor="BGR")),
        ("actor=SRB&recipient=BGR", Wanted(actor="SRB", recipient="BGR")),
        ("type=CONSULT&type=agree&status=planned", Wanted(types=("CONSULT", "AGREE"), statuses=("planned",))),
        ("source=SRB.GOV", Wanted(source="SRB.GOV")),
        ("since=2024-03-20&until=2024-03-31", Wanted(since="2024-03-20", until="2024-03-31")),
        ("place=Vienna", Wanted(place="Vienna")),
        ("confidence=0.9", Wanted(confidence=0.9)),
        ("publisher=danube post (invented)", Wanted(publisher="Danube Post (invented)")),
        ('q="military exercise"', Wanted(words='"military exercise"')),
    ],
)
def test_the_list_is_what_the_address_asks_for(client: TestClient, record_path: Path, asked: str, wanted: Wanted) -> None:
    expected = held(record_path, wanted)
    assert expected
    assert shown(client, f"/events?{asked}") == expected


def test_found_words_are_marked_and_only_they(client: TestClient) -> None:
    marks = page(client, "/events?q=gradina+crossing").xpath("//td[contains(@class, 'words')]//mark")
    assert {mark.text_content().lower() for mark in marks} == {"gradina", "crossing"}


def test_the_best_match_comes_first_when_it_is_asked_for(client: TestClient, record_path: Path) -> None:
    with Store(record_path, readonly=True) as store:
        best = [hit.told.id for hit in store.search("troops border") if hit.told]
    assert shown(client, "/events?q=troops+border&order=best") == best
    assert sorted(shown(client, "/events?q=troops+border")) == sorted(best)


def test_the_newest_can_come_first(client: TestClient, record_path: Path) -> None:
    days = page(client, "/events?order=newest&since=2024-03-01").xpath("//td[@class='day']/time[1]/@datetime")
    assert days == sorted(days, reverse=True)
    assert sorted(shown(client, "/events?order=newest")) == sorted(held(record_path, Wanted()))


@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_the_pages_of_a_list_are_the_list(client: TestClient, order: str) -> None:
    asked = f"/events?q=troops&order={order}"
    assert [*leafed(client, f"{asked}&size=3")] == shown(client, asked)


def leafed(client: TestClient, address: str) -> Iterator[str]:
    """The rows of a page and of all that follow."""
    while True:
        yield from shown(client, address)
        following = page(client, address).xpath("//a[@rel='next']/@href")
        if not following:
            return
        address = following[0]


def test_a_facet_counts_what_its_link_finds(client: TestClient) -> None:
    sections = page(client, "/events?q=troops").xpath("//aside//section")
    assert [section.findtext("h2") for section in sections][:3] == ["Type", "Status", "Party"]
    for section in sections:
        for item in section.xpath(".//li"):
            count = int(item.find_class("count")[0].text_content())
            (link,) = item.xpath(".//a/@href")
            assert len(shown(client, link)) >= count if section.findtext("h2") in ("Toward", "Place") else len(shown(client, link)) == count


def test_what_is_chosen_can_be_put_to_another_and_let_go(client: TestClient) -> None:
    chosen = page(client, "/events?type=CONSULT&status=planned")
    links = chosen.xpath("//aside//a[contains(., 'draws back')]/@href")
    assert parse_qs(urlsplit(links[0]).query) == {"type": ["CONSULT", "RETREAT"], "status": ["planned"]}
    gone = chosen.xpath("//ul[@class='chosen']//a/@href")
    assert [parse_qs(urlsplit(link).query) for link in gone] == [{"status": ["planned"]}, {"type": ["CONSULT"]}]
    assert parse_qs(urlsplit(chosen.xpath("//aside//li[@class='chosen-value']//a/@href")[0]).query) == {"status": ["planned"]}


def test_one_of_two_types_is_let_go_alone(client: TestClient) -> None:
    links = page(client, "/events?type=CONSULT&type=AGREE").xpath("//ul[@class='chosen']//a/@href")
    assert [parse_qs(urlsplit(link).query) for link in links] == [{"type": ["AGREE"]}, {"type": ["CONSULT"]}]


def test_the_form_keeps_what_was_asked(client: TestClient) -> None:
    form = page(client, "/events?type=CONSULT&type=AGREE&actor=BGR&order=newest&confidence=0.2").get_element_by_id("filters")
    empty = [(name, "") for name in ("q", "recipient", "source", "place", "publisher", "since", "until")]
    given = [("order", "newest"), ("actor", "BGR"), ("confidence", "0.2"), ("type", "AGREE"), ("type", "CONSULT")]
    assert sorted(form.form_values()) == sorted([*empty, *given])


def test_json_and_csv_have_the_rows_of_the_page(client: TestClient) -> None:
    ids = shown(client, "/events?actor=BGR&q=vienna")
    assert [row["id"] for row in client.get("/events.json?actor=BGR&q=vienna").json()["items"]] == ids
    table = csv.DictReader(io.StringIO(client.get("/events.csv?actor=BGR&q=vienna").text))
    assert [row["id"] for row in table] == ids


@pytest.mark.parametrize(
    "asked", ["since=tomorrow", "type=PARTY", "confidence=2", "order=random", "after=xyz", "size=0", "colour=red", "q=%00"]
)
def test_a_parameter_that_says_nothing_is_told(client: TestClient, asked: str) -> None:
    answer = client.get(f"/events?{asked}")
    assert answer.status_code == 400
    assert asked.partition("=")[0] in answer.text
    assert client.get(f"/events.json?{asked}").json()["error"]["parameter"] == asked.partition("=")[0]


def test_an_empty_list_says_what_to_do(client: TestClient) -> None:
    text = page(client, "/events?q=zeppelin").get_element_by_id("list").text_content()
    assert "No event fits" in text
    assert page(client, "/events?q=zeppelin").xpath("//*[@id='list']//a[@href='/reports?q=zeppelin']")


def test_an_empty_record_names_the_command(desk: Callable[[Path], TestClient], tmp_path: Path) -> None:
    Store(tmp_path / "empty.db").close()
    assert "onrecord add" in desk(tmp_path / "empty.db").get("/events").text


def test_a_part_of_the_list_is_taken_from_the_whole_page(client: TestClient) -> None:
    results = page(client, "/events").get_element_by_id("results")
    assert results.get("hx-select") == results.get("hx-target") == "#results"
    assert results.xpath(".//form[@id='filters']") and results.xpath(".//table") and results.xpath(".//aside")
    assert [link for link in results.xpath(".//a[contains(@href, '/report/')]") if not link.xpath("ancestor::*[@hx-boost='false']")] == []


@pytest.mark.parametrize("order", ["oldest", "newest", "best"])
def test_a_csv_has_the_whole_list_in_its_order(desk: Callable[[Path], TestClient], tmp_path: Path, order: str) -> None:
    with Store(tmp_path / "many.db") as store:
        text = "Ruritania met Elbonia. " * 120
        meetings = [Event("r", "CONSULT", Span.of(text, at + 10, at + 13), Span.of(text, at, at + 22)) for at in range(0, 23 * 120, 23)]
        store.put(Reading(Report(text, id="r", published="2024-01-01"), tuple(meetings)))
    asking = desk(tmp_path / "many.db")
    table = list(csv.DictReader(io.StringIO(asking.get(f"/events.csv?q=elbonia&order={order}").text)))
    assert [row["id"] for row in table] == [*leafed(asking, f"/events?q=elbonia&order={order}")]
    assert len(table) == 120
    assert len(asking.get("/events.csv?q=elbonia&size=7").text.splitlines()) == 8
