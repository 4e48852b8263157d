"""The network of actors, and the page of one."""

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

from onrecord.held import Wanted
from onrecord.keeping import Record
from onrecord.store.sums import Dealing
from onrecord.web.views.actor import counterparts, posts
from onrecord.web.views.periods import Period


def page(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def card(shown: html.HtmlElement, title: str) -> html.HtmlElement:
    (found,) = [one for one in shown.xpath("//section[contains(@class, 'card')]") if words(one.xpath("./h2")[0]).startswith(title)]
    return found


@pytest.mark.parametrize(
    "wanted",
    [Wanted(), Wanted(since="2024-03-14", until="2024-03-20"), Wanted(types=("CONSULT", "REQUEST")), Wanted(statuses=("planned",))],
)
def test_an_arrow_has_as_many_events_as_its_link_leads_to(client: TestClient, record_path: Path, wanted: Wanted):
    pairs = [
        ("since", wanted.since),
        ("until", wanted.until),
        *(("type", one) for one in wanted.types),
        *(("status", one) for one in wanted.statuses),
    ]
    items = client.get("/actors.json", params=[pair for pair in pairs if pair[1]]).json()["items"]
    assert items
    with Record(record_path, readonly=True) as record:
        for item in items:
            asked = Wanted(wanted.since, wanted.until, item["source"], item["target"], wanted.types, wanted.statuses)
            assert item["count"] == record.store.count(asked)
            assert client.get(item["url"]).status_code == 200


def test_its_mean_is_that_of_the_rows(client: TestClient, record_path: Path):
    (item,) = [one for one in client.get("/actors.json").json()["items"] if (one["source"], one["target"]) == ("SRB", "BGR")]
    with Record(record_path, readonly=True) as record:
        scores = [told.score for told in record.events(actor="SRB", recipient="BGR") if told.score is not None]
    assert item["mean"] == round(sum(scores) / len(scores), 2)
    assert (item["source_name"], item["target_name"]) == ("Serbia", "Bulgaria")


def test_the_page_has_a_drawing_and_a_table_of_the_same(client: TestClient):
    shown = page(client, "/actors")
    names = [words(one) for one in shown.xpath("//tbody/tr/*[1]")]
    assert names[:2] == ["Serbia", "Bulgaria"]
    arrows = shown.xpath("//*[@id='network']//svg//a/@href")
    assert "/events?actor=SRB&recipient=BGR" in arrows and "/actor/SRB" in arrows
    assert shown.xpath("//*[@id='slider']/@hidden") and shown.xpath("//*[@id='slider']/@data-first") == ["2024-03-13"]


def test_the_csv_has_all_pairs(client: TestClient):
    rows = list(csv.DictReader(io.StringIO(client.get("/actors.csv").text)))
    assert rows[0] == {
        "source": "SRB",
        "source_name": "Serbia",
        "target": "BGR",
        "target_name": "Bulgaria",
        "count": "20",
        "mean": rows[0]["mean"],
    }


def test_a_period_without_events_says_so(client: TestClient):
    assert "Nobody does anything to anybody" in words(page(client, "/actors?since=2031-01-01"))


# ---------------------------------------------------------------- one actor


def test_an_actors_page_tells_with_whom_it_deals_and_what_it_did(client: TestClient):
    shown = page(client, "/actor/BGR")
    assert words(shown.xpath("//h1")[0]) == "Bulgaria BGR"
    assert "Serbia" in words(card(shown, "Allies")) and "withdraw its troops" in words(card(shown, "Demands by it"))
    assert "NATO" in words(card(shown, "Demands of it")) and "13 Mar 2024 phone: Bulgaria, Serbia" in words(card(shown, "Contacts"))
    assert "Petar Kolev" in words(card(shown, "How it is quoted"))
    assert "cancelled the military exercise" in words(card(shown, "Last events"))


def test_counts_of_a_counterpart_are_those_of_the_lists_behind(client: TestClient, record_path: Path):
    links = card(page(client, "/actor/BGR"), "Allies").xpath(".//tbody//td[@class='day']/a")
    with Record(record_path, readonly=True) as record:
        for link, (actor, recipient) in zip(links[:2], (("BGR", "SRB"), ("SRB", "BGR")), strict=True):
            assert link.text == str(record.store.count(Wanted(actor=actor, recipient=recipient)))


@pytest.mark.parametrize("code", ["SRB.GOV", "srb.gov", "NATO", "EU", ".GOV", "FJI", "FJI.MIL"])
def test_parties_that_the_record_or_the_world_knows_have_a_page(client: TestClient, code: str):
    assert words(page(client, f"/actor/{code}").xpath("//h1/code")[0]) == code.upper()


def test_an_organisation_has_its_full_name(client: TestClient):
    assert "North Atlantic Treaty Organization" in words(page(client, "/actor/NATO").xpath("//h1")[0])


def test_a_state_that_is_only_known_to_the_world_says_that_nothing_is_told(client: TestClient):
    assert "The record tells nothing of Fiji" in words(page(client, "/actor/FJI"))


@pytest.mark.parametrize("code", ["XYZ", "SRB.XYZ", "SRB.", ".", "%22Nobody%22", "a/b", "%3Cscript%3E", "%25", "'"])
def test_who_is_known_to_neither_is_not_found(client: TestClient, code: str):
    answer = client.get(f"/actor/{code}")
    assert answer.status_code == 404 and "<script>" not in answer.text and "know" in answer.text


def test_a_name_in_quotes_has_a_page(tmp_path: Path, desk: Callable[[Path], TestClient]):
    from onrecord.record import Entity, Event, Reading, Report, Span

    text = 'The "Night/Wolves" attacked a camp.'
    who, what = Span.of(text, 5, 17), Span.of(text, 19, 27)
    event = Event("r", "ASSAULT", what, Span.of(text, 0, len(text)), actors=(Entity(who),), score=-9.0)
    with Record(tmp_path / "odd.db") as record:
        record.store.put(Reading(Report(text, id="r", published="2024-01-02"), (event,)))
    client = desk(tmp_path / "odd.db")
    (party,) = client.get("/events.json").json()["items"]
    assert party["actors"][0]["name"] is None
    (link,) = page(client, "/events").xpath("//a[starts-with(@href, '/actor/')]/@href")[:1]
    assert words(page(client, link).xpath("//h1")[0]).startswith("Night/Wolves")
    assert "attacked a camp" in words(card(page(client, link), "Last events"))


def test_the_offices_are_those_of_the_records_days():
    found = {(post.role, post.holder) for post in posts("USA.GOV", Period("2021-10-01", "2022-02-28"))}
    assert ("President", "Joe Biden") in found and not any(holder == "Barack Obama" for _, holder in found)
    assert ("President", "Barack Obama") in {(post.role, post.holder) for post in posts("USA", Period("2014-01-01", "2014-01-02"))}
    assert posts(".GOV", Period("2021-10-01", "2022-02-28")) == []


dealt = st.builds(
    Dealing, st.sampled_from(["A", "B"]), st.sampled_from(["to", "from", "mutual"]), st.integers(1, 9), st.none() | st.floats(-10, 10)
)


@given(st.lists(dealt, max_size=8))
def test_counterparts_sum_what_passes(dealings: list[Dealing]):
    found = counterparts(dealings)
    assert sum(one.count for one in found) == sum(one.times for one in dealings)
    for one in found:
        mutual = sum(d.times for d in dealings if d.other == one.other and d.way == "mutual")
        assert one.by + one.toward == one.count + mutual
        assert one.mean is None or -10 <= one.mean <= 10
