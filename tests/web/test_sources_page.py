"""Who is quoted, how, and how it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sourced_reports
from lxml import html
from starlette.testclient import TestClient

from onrecord import web
from onrecord.held import Wanted
from onrecord.keeping import Record
from onrecord.store.sums import Quoted
from onrecord.web.filters import query
from onrecord.web.views.sources import Standing, cast, how_of


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sourced_reports.record_of(tmp_path_factory.mktemp("sources") / "sourced.db")


@pytest.fixture(scope="module")
def asked(path: Path) -> Iterator[TestClient]:
    with TestClient(web.make(path, warm=False), base_url="http://localhost") as asking:
        yield asking


def by_name(client: TestClient, address: str = "/sources.json") -> dict[str, dict[str, Any]]:
    return {item["name"]: item for item in client.get(address).json()["items"]}


def test_a_claim_that_another_denies_counts_on_both_sides(asked: TestClient):
    found = by_name(asked)
    assert (found["Aram Terzian"]["denied"], found["Aram Terzian"]["denies"]) == (1, 0)
    assert (found["Rashad Velizade"]["denied"], found["Rashad Velizade"]["denies"]) == (0, 1)


def test_what_another_voice_tells_too_is_borne_out(asked: TestClient):
    found = by_name(asked)
    assert found["Claire Morel"]["borne_out"] == 1 and found["Aram Terzian"]["borne_out"] == 0


def test_copies_of_one_story_bear_nothing_out(client: TestClient):
    found = by_name(client)
    assert found["Petar Kolev"]["events"] == 2 and found["Petar Kolev"]["borne_out"] == 0


def test_who_only_tells_of_anothers_denial_denies_nothing(client: TestClient):
    found = by_name(client)
    assert found["Bulgaria (government)"]["denies"] == 0


def test_who_is_not_named_is_listed_by_party(asked: TestClient):
    found = by_name(asked, "/sources.json?how=unnamed")
    assert list(found) == ["Georgia (government)"]
    assert found["Georgia (government)"]["role"] == "senior Georgian official" and found["Georgia (government)"]["how"] == "unnamed"


def test_it_is_filtered_by_publisher_and_by_source(asked: TestClient):
    assert set(by_name(asked, "/sources.json?publisher=Caucasus Wire (invented)")) == {"Aram Terzian", "Claire Morel"}
    assert set(by_name(asked, "/sources.json?source=FRA")) == {"Claire Morel"}


def test_the_page_tells_how_publishers_quote(asked: TestClient):
    shown = html.fromstring(asked.get("/sources").text)
    (row,) = [row for row in shown.xpath("//table[@class='habits']/tbody/tr") if "Caspian Daily" in row.text_content()]
    assert " ".join(" ".join(row.itertext()).split()).endswith("2 50 % 50 % 0 %")


def test_a_source_leads_to_as_many_events_as_it_has(asked: TestClient, path: Path):
    with Record(path, readonly=True) as record:
        for name, item in by_name(asked).items():
            asking = Wanted(source=name if item["how"] == "named" else item["party"])
            assert item["events"] == record.store.count(asking)
            assert asked.get(item["url"]).status_code == 200


def test_the_csv_has_the_same(asked: TestClient):
    rows = list(csv.DictReader(io.StringIO(asked.get("/sources.csv?by=denied").text)))
    assert rows[0]["name"] == "Aram Terzian" and rows[0]["publishers"] == "Caucasus Wire (invented) (1)"


@pytest.mark.parametrize("bad", ["how=loud", "by=name", "page=0", "since=x"])
def test_what_it_does_not_know_is_said(asked: TestClient, bad: str):
    assert asked.get(f"/sources?{bad}").status_code == 400


def test_nobody_quoted_is_said(asked: TestClient):
    assert "Nobody is quoted here" in asked.get("/sources?since=2031-01-01").text


def source(**given: Any) -> dict[str, Any]:
    return {"name": None, "country": None, "sector": None, "role": None, "anonymous": False, "text": "I", **given}


def test_words_that_name_nobody_are_not_counted_as_a_name():
    assert how_of(source()) == "unclear"
    assert how_of(source(anonymous=True)) == "unnamed" and how_of(source(name="X")) == how_of(source(country="FRA")) == "named"


def test_one_name_in_two_posts_is_one_source():
    rows = [
        Quoted(str(n), "r", None, None, party, source(name="Ada Lo", country="FRA", sector=party[4:]))
        for n, party in enumerate(["FRA.GOV"] * 2 + ["FRA.OPP"])
    ]
    (found,) = cast(query([]), rows, Standing(frozenset({"0"}), {}, {})).sources
    assert (found.name, found.party, found.events, found.reports, found.borne_out) == ("Ada Lo", "FRA.GOV", 3, 1, 1)
