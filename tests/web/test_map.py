"""The map and its list of places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sourced_reports
from lxml import html
from starlette.testclient import TestClient

from onrecord import web
from onrecord.held import Wanted
from onrecord.keeping import Record
from onrecord.web.filters import query
from onrecord.web.views import map as view


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sourced_reports.record_of(tmp_path_factory.mktemp("map") / "sourced.db")


@pytest.fixture(scope="module")
def asked(path: Path) -> Iterator[TestClient]:
    with TestClient(web.make(path, warm=False), base_url="http://localhost") as asking:
        yield asking


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def test_places_have_their_positions_and_as_many_events_as_their_link_leads_to(asked: TestClient, path: Path):
    items = asked.get("/map.json").json()["items"]
    assert {item["name"] for item in items} == {"Goris", "Paris", "Tbilisi", "Yerevan"}
    (tbilisi,) = [item for item in items if item["name"] == "Tbilisi"]
    assert (tbilisi["country"], tbilisi["country_name"]) == ("GEO", "Georgia")
    assert abs(tbilisi["lat"] - 41.7) < 0.1 and abs(tbilisi["lon"] - 44.8) < 0.1
    with Record(path, readonly=True) as record:
        assert all(item["count"] == record.store.count(Wanted(place=item["name"])) for item in items)


def test_each_place_is_a_circle_and_a_row_and_leads_to_its_events(asked: TestClient):
    shown = page(asked, "/map?region=world")
    circles = {link.get("href") for link in shown.xpath("//svg//a[.//circle]")}
    rows = {link.get("href") for link in shown.xpath("//tbody/tr/th/a")}
    assert circles == rows == {f"/events?place={name}" for name in ("Goris", "Paris", "Tbilisi", "Yerevan")}
    assert all(asked.get(link).status_code == 200 for link in rows)


def test_it_is_filtered_by_type_party_and_period(asked: TestClient):
    def names(address: str) -> set[str]:
        return {item["name"] for item in asked.get(f"/map.json?{address}").json()["items"]}

    assert names("type=ASSAULT") == {"Goris"} and names("actor=FRA") == {"Paris"}
    assert names("since=2023-06-10&until=2023-06-30") == {"Tbilisi"} and names("since=2031-01-01") == set()


def test_parts_of_the_world_are_links(asked: TestClient):
    shown = page(asked, "/map?region=arm")
    (here,) = shown.xpath("//nav[@class='ways']//a[@aria-current]")
    assert here.text == "Armenia"
    links = shown.xpath("//nav[@class='ways']//a/@href")
    assert "/map" in links and "/map?region=world" in links and all(asked.get(link).status_code == 200 for link in links)


def test_a_country_without_places_shows_the_world(asked: TestClient):
    assert page(asked, "/map?region=FJI").xpath("//svg[@aria-label='Map of events']")


@pytest.mark.parametrize("region", ["atlantis", "12", "%3Cb%3E", "A.B"])
def test_a_region_that_is_none_is_refused(asked: TestClient, region: str):
    answer = asked.get(f"/map?region={region}")
    assert answer.status_code == 400 and "region" in answer.text


def test_a_record_without_places_says_so(client: TestClient):
    assert "No event here is told with its place" in page(client, "/map?since=2031-01-01").text_content()


def test_without_outlines_the_places_are_drawn_all_the_same(
    path: Path, desk: Callable[[Path], TestClient], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(view, "OUTLINES", tmp_path / "none.json")
    shown = page(desk(path), "/map")
    assert len(shown.xpath("//svg//circle")) >= 1 and "The outlines of countries are no part" in shown.text_content()


def test_where_most_is_holds_most_of_the_events():
    places = [view.Sited(str(n), "AAA", float(n), 0.0, count, None, "") for n, count in enumerate((50, 20, 20, 5, 5))]
    assert [place.name for place in view._most(places)] == ["0", "1"]


def test_a_whole_country_does_not_widen_the_part_that_is_shown():
    town = view.Sited("Moscow", "RUS", 55.75, 37.62, 5, 1.0, "")
    country = view.Sited("Russia", "RUS", 60.0, 100.0, 50, 1.0, "")
    window = view._window([town, country], view.MAIN)
    assert window is not None and window.east < 60


def test_the_window_of_nothing_is_the_world():
    assert view._window([], view.ALL) is None and view._window([], "RUS") is None
    assert view.sited(query([]), []) == []
