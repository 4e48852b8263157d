"""Disputed claims: both sides with their words."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.record import Span
from onrecord.web.views.disputes import around


def claims(client: TestClient, query: str = "") -> list[html.HtmlElement]:
    answer = client.get(f"/disputes?{query}")
    assert answer.status_code == 200, answer.text
    found: list[html.HtmlElement] = html.fromstring(answer.text).find_class("claim")
    return found


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def sides(claim: html.HtmlElement) -> list[tuple[str, str, str, str]]:
    """Of each side: its heading, who says it, the words marked, the report."""
    return [
        (
            words(half.find("h3")),
            words(half.find_class("by")[0]),
            words(half.xpath(".//mark")[0]),
            half.find_class("quote")[0].get("href").partition("#")[0],
        )
        for half in claim.find_class("half")
    ]


def test_an_accusation_stands_beside_its_rejection(client: TestClient) -> None:
    [claim] = claims(client)
    accused, rejected = sides(claim)
    assert accused == ("Accused", "Bulgaria", "jamming radio signals at the border", "/report/crisis-wire")
    assert rejected[:2] == ("Rejected", "Serbia") and rejected[3] == "/report/crisis-wire"


def test_a_claim_stands_beside_its_denial(more: TestClient) -> None:
    [claim] = claims(more, "kind=event")
    (heading, by, _, report), (denied, denier, _, other) = sides(claim)
    assert (heading, by, report) == ("Asserted", "Bulgaria", "/report/shelling")
    assert (denied, denier, other) == ("Denied", "Serbia", "/report/shelling-denied")


@pytest.mark.parametrize(
    ("query", "found"), [("", 2), ("kind=accusation", 1), ("kind=event", 1), ("since=2024-05-01", 1), ("actor=FRA", 0)]
)
def test_filters(more: TestClient, query: str, found: int) -> None:
    assert len(claims(more, query)) == found == more.get(f"/disputes.json?{query}").json()["found"]


@pytest.mark.parametrize("query", ["kind=lie", "page=2", "order=up"])
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    assert client.get(f"/disputes?{query}").status_code == 400


def test_csv_has_both_sides(more: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(more.get("/disputes.csv").text)))
    assert [row["kind"] for row in rows] == ["event", "accusation"]
    assert rows[0]["asserted"].startswith("BGR: Serbian forces shelled") and rows[0]["denied"].startswith("SRB: Serbia denied")


def test_words_outside_their_sentence_are_not_marked() -> None:
    sentence = Span("It rained.", 10, 20)
    assert around(sentence, Span("rained", 13, 19)) == ("It ", "rained", ".")
    assert around(sentence, Span("rained", 14, 20)) == ("It rained.", "", "")
    assert around(sentence, Span("It", 2, 4)) == ("It rained.", "", "")
