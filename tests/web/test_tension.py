"""The page of tension."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.keeping import Record


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def rows(shown: html.HtmlElement) -> list[list[str]]:
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./*")] for row in shown.xpath("//tbody/tr")]


@pytest.mark.parametrize("per", ["day", "week"])
def test_its_scores_are_the_ledgers(client: TestClient, record_path: Path, per: str):
    with Record(record_path, readonly=True) as record:
        expected = [one.to_dict() for one in record.tension(per=per)]  # type: ignore[arg-type]
    assert client.get(f"/tension.json?per={per}").json()["items"] == expected


def test_what_two_do_together_counts_for_each_toward_the_other(client: TestClient):
    items = client.get("/tension.json?type=CONSULT").json()["items"]
    scores = {(item["source"], item["target"]): item["sum"] for item in items if item["first"] == "2024-03-11"}
    assert scores["BGR", "SRB"] == scores["SRB", "BGR"] > 0


def test_each_pair_has_a_row_with_its_curve(client: TestClient):
    shown = page(client, "/tension")
    found = rows(shown)
    assert found[0][0] == "Serbia → Bulgaria" and found[0][3] == "9"
    assert len(shown.xpath("//tbody//svg[contains(@class, 'drawing-spark')]")) == len(found)
    assert len(shown.xpath("//svg[contains(@class, 'drawing-wide')]")) == 1


def test_a_pairs_link_leads_to_its_events(client: TestClient):
    (link,) = page(client, "/tension").xpath("//tbody/tr[1]//a[text()='events']/@href")
    assert "actor=SRB&recipient=BGR&status=actual" in link and client.get(link).status_code == 200


def test_one_pair_has_both_its_curves(client: TestClient):
    shown = page(client, "/tension?pair=srb,bgr")
    assert sorted(row[0] for row in rows(shown)) == ["Bulgaria → Serbia", "Serbia → Bulgaria"]
    assert "between Serbia and Bulgaria" in shown.xpath("//h1")[0].text_content()


def test_both_ways_can_be_one(client: TestClient):
    found = rows(page(client, "/tension?ways=both"))
    assert [row[0] for row in found if "Serbia" in row[0] and "Bulgaria" in row[0]] == ["Bulgaria + Serbia"]


@pytest.mark.parametrize("bad", ["per=year", "ways=none", "pair=RUS", "pair=RUS,RUS", "pair=a,b,c", "pair=,", "page=0"])
def test_what_it_does_not_know_is_said(client: TestClient, bad: str):
    answer = client.get(f"/tension?{bad}")
    assert answer.status_code == 400 and bad.partition("=")[0] in answer.text


def test_a_pair_that_never_met_is_an_empty_list(client: TestClient):
    assert "No pair has a score here" in page(client, "/tension?pair=FJI,TON").text_content()
    assert client.get("/tension.json?pair=FJI,TON").json()["items"] == []
