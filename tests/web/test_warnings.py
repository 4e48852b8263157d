"""Warnings: condition, consequence, and whether they were carried out."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html
from starlette.testclient import TestClient


def claims(client: TestClient, query: str = "") -> list[html.HtmlElement]:
    answer = client.get(f"/warnings?{query}")
    assert answer.status_code == 200, answer.text
    found: list[html.HtmlElement] = html.fromstring(answer.text).find_class("claim")
    return found


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def parts(claim: html.HtmlElement) -> dict[str, str]:
    return {words(pair.find("dt")): words(pair.find("dd")) for pair in claim.xpath(".//dl/div")}


def test_a_warning_has_its_condition_and_its_consequence(client: TestClient) -> None:
    [claim] = claims(client)
    assert parts(claim) == {
        "Condition": "if Bulgaria held the military exercise planned for April",
        "Consequence": "that Serbia would close the border",
    }
    said = words(claim)
    assert "not so far" in said and "since 14 Mar 2024" in said and "Told 2 times, by 1 voice" in said
    assert {quote.get("href").partition("#")[0] for quote in claim.find_class("quote")} == {
        "/report/crisis-wire",
        "/report/crisis-wire-copy",
    }


def test_one_that_was_carried_out_shows_by_which_words(more: TestClient) -> None:
    [claim] = claims(more, "done=yes")
    assert "carried out" in words(claim) and "Bulgaria imposed sanctions on Serbia" in words(claim.find_class("replies")[0])
    [deed] = claim.xpath(".//ul[@class='replies']//a[@class='quote']/@href")
    assert deed.startswith("/report/threat-carried-out#row-")


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 2), ("by=SRB", 1), ("by=Serbia&against=BGR", 1), ("against=-", 0), ("done=no", 1), ("since=2024-05-01", 1), ("actor=NATO", 0)],
)
def test_filters(more: TestClient, query: str, found: int) -> None:
    assert len(claims(more, query)) == found == more.get(f"/warnings.json?{query}").json()["found"]


@pytest.mark.parametrize("query", ["done=perhaps", "page=2", "kind=x"])
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    assert client.get(f"/warnings?{query}").status_code == 400


def test_the_newest_comes_first_unless_asked(more: TestClient) -> None:
    said = [words(claim.find_class("claim-day")[0]) for claim in claims(more)]
    assert said == ["since 3 May 2024", "since 14 Mar 2024"]
    assert [words(claim.find_class("claim-day")[0]) for claim in claims(more, "order=oldest")] == said[::-1]


def test_csv_and_json(more: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(more.get("/warnings.csv").text)))
    assert [(row["by"], row["against"]) for row in rows] == [("BGR", "SRB"), ("SRB", "BGR")]
    assert rows[0]["carried_out"] == "SANCTION 2024-05-21" and rows[1]["carried_out"] == ""
    first = more.get("/warnings.json").json()["items"][0]
    assert first["condition"]["text"] == rows[0]["condition"]
