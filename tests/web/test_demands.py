"""Demands by party, and each with its answers."""

from __future__ import annotations

import csv
import io

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.ledger import Demand
from onrecord.record import Span
from onrecord.web.views.demands import ACROSS, ROWS, matrix


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def cells(shown: html.HtmlElement) -> dict[tuple[str, str], html.HtmlElement]:
    table = shown.find_class("matrix")[0]
    of = [words(head).removeprefix("of ") for head in table.xpath(".//thead//th")]
    return {
        (words(row.find("th")).removesuffix(" demands"), name): cell
        for row in table.xpath(".//tbody/tr")
        for name, cell in zip(of, row.iterfind("td"), strict=True)
    }


def test_the_matrix_counts_what_became_of_each_partys_demands(client: TestClient) -> None:
    found = {pair: words(cell) for pair, cell in cells(page(client, "/demands")).items()}
    assert found == {
        ("Bulgaria", "Serbia"): "✓1 accepted",
        ("Bulgaria", "Bulgaria"): "",
        ("NATO", "Bulgaria"): "○1 open",
        ("NATO", "Serbia"): "○1 open",
    }


def test_a_cell_opens_its_demands(client: TestClient) -> None:
    [link] = cells(page(client, "/demands?since=2024-01-01"))[("Bulgaria", "Serbia")].iterfind("a")
    assert link.get("href") == "/demands?since=2024-01-01&by=BGR&of=SRB#list"
    shown = page(client, link.get("href").partition("#")[0])
    assert len(shown.find_class("claim")) == 1 and words(shown.get_element_by_id("list")) == "Bulgaria of Serbia"
    assert [words(cell) for cell in shown.find_class("here")] == ["✓1 accepted"], "the matrix stays whole and marks the cell"
    assert len(cells(shown)) == 4


def test_a_demand_is_quoted_with_its_answers_in_the_order_of_their_days(client: TestClient) -> None:
    [claim] = page(client, "/demands?by=BGR").find_class("claim")
    assert words(claim.find_class("claim-words")[0]) == "that Serbia withdraw its troops from the border"
    assert "since 13 Mar 2024" in words(claim) and "Presidency of Bulgaria" in words(claim)
    replies = [words(reply) for reply in claim.find_class("replies")[0]]
    assert replies[0].startswith("✗ refused by Serbia, 13 Mar 2024: Marko Ilic rejected the demand")
    assert replies[1].startswith("✓ accepted by Serbia, 18 Mar 2024: ") and len(replies) == 2
    assert all("#row-" in quote.get("href") for quote in claim.find_class("quote"))


def test_a_demand_told_again_says_where(client: TestClient) -> None:
    [claim] = page(client, "/demands?by=NATO").find_class("claim")
    [told] = claim.find_class("tellings")
    assert "Told 2 times, by 1 voice" in words(told) and "Danube Post (invented)" in words(told)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("outcome=open", 1),
        ("outcome=accepted", 1),
        ("outcome=refused", 0),
        ("by=bulgaria", 1),
        ("of=SRB", 2),
        ("of=-", 0),
        ("by=nobody", 0),
        ("actor=NATO", 1),
        ("until=2024-03-13", 1),
    ],
)
def test_filters(client: TestClient, query: str, found: int) -> None:
    assert len(page(client, f"/demands?{query}").find_class("claim")) == found == client.get(f"/demands.json?{query}").json()["found"]


@pytest.mark.parametrize("query", ["outcome=none", "page=7", "by=a&by=b", "of=%00"])
def test_what_is_not_understood_is_said(client: TestClient, query: str) -> None:
    assert client.get(f"/demands?{query}").status_code == 400
    assert client.get(f"/demands.csv?{query}").json()["error"]["parameter"] == query.partition("=")[0]


def test_csv_has_every_demand(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/demands.csv?order=oldest").text)))
    assert [(row["by"], row["of"], row["outcome"]) for row in rows] == [("BGR", "SRB", "accepted"), ("NATO", "BGR; SRB", "open")]
    assert "refused by SRB 2024-03-13" in rows[0]["answers"]


def test_a_large_matrix_shows_the_busiest_and_counts_the_rest() -> None:
    def demand(by: str, of: tuple[str, ...]) -> Demand:
        return Demand(f"{by}{of}", (by,), of, Span("x", 0, 1), None, "none yet", (), ())

    many = [demand(f"A{n:02}", (f"B{m:02}",)) for n in range(ROWS + 4) for m in range(ACROSS + 2)]
    made = matrix([*many, demand("A19", ()), demand("A19", ("B11",))])
    assert made.rows[0] == "A19" and len(made.rows) == ROWS
    assert made.columns[0] == "B11" and made.columns[-1] == "-" and len(made.columns) == ACROSS + 1
    assert made.left_out == (4, 2)
    assert made.cells[("A19", "B11")].marks == (("open", 2),)
