"""Forces: figures as they are told, by whose they are, where and of what kind."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html
from starlette.testclient import TestClient


def page(client: TestClient, query: str = "") -> html.HtmlElement:
    answer = client.get(f"/forces?{query}")
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def force(shown: html.HtmlElement, name: str) -> html.HtmlElement:
    [found] = shown.xpath(f"//article[@aria-label={name!r}]")
    return found


def test_each_figure_leads_to_its_words_and_says_who_says_so(client: TestClient) -> None:
    counted = force(page(client), "Serbia: people")
    rows = [[words(cell) for cell in row] for row in counted.xpath(".//tbody/tr")]
    assert [row[:2] for row in rows] == [["1 Feb 2024", "2,000 troops"], ["14 Mar 2024", "2,000 troops"]]
    assert ", says Bulgaria" in rows[0][2] and "Danube Post (invented)" in rows[0][2], "the copy is told too, and not added up"
    assert all(quote.get("href").startswith("/report/crisis-wire") for quote in counted.find_class("quote"))


def test_a_build_up_is_drawn_over_time_with_its_range(more: TestClient) -> None:
    grown = force(page(more), "Serbia: people, Dimitrovgrad")
    assert words(grown.find_class("range")[0]) == "3,000 to 5,500 troops"
    [drawing] = grown.xpath(".//*[local-name()='svg']")
    points = [link.get("href").partition("#")[0] for link in drawing.xpath(".//*[local-name()='a']")]
    assert points == ["/report/build-up-early", "/report/build-up-late"]
    assert "2 figures" in words(drawing)


def test_what_has_no_figure_is_told_in_words(client: TestClient) -> None:
    told = force(page(client), "Bulgaria: forces")
    assert not told.xpath(".//table") and "possible" in words(told) and told.find_class("quote")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("owner=SRB", 2),
        ("owner=serbia&kind=people", 1),
        ("kind=PEOPLE", 1),
        ("kind=ships", 0),
        ("figures=yes", 1),
        ("figures=no", 2),
        ("actor=NATO", 0),
    ],
)
def test_filters(client: TestClient, query: str, found: int) -> None:
    assert len(page(client, query).find_class("force")) == found == client.get(f"/forces.json?{query}").json()["found"]


@pytest.mark.parametrize("query", ["figures=some", "page=2", "order=newest", "owner=%00"])
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    assert client.get(f"/forces?{query}").status_code == 400


def test_csv_has_a_line_a_figure(more: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(more.get("/forces.csv?owner=SRB").text)))
    assert [(row["place"], row["value"], row["unit"], row["says"]) for row in rows if row["place"]] == [
        ("Dimitrovgrad", "3000.0", "troops", "BGR"),
        ("Dimitrovgrad", "5500.0", "troops", "BGR"),
    ]
    assert any(row["value"] == "" and row["words"] for row in rows), "what is told without a figure is there too"
    assert len({(row["row"], row["words"]) for row in rows}) == len(rows)
