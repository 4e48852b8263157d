"""The overview, and the timeline that it draws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord.keeping import Record
from onrecord.record import Reading, Report
from onrecord.web.filters import query
from onrecord.web.views import periods
from onrecord.web.views.periods import Period


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def section(shown: html.HtmlElement, id_: str) -> str:
    (found,) = shown.xpath(f"//section[@aria-labelledby='{id_}']")
    return words(found)


def test_its_numbers_are_those_of_the_record(client: TestClient, record_path: Path):
    with Record(record_path, readonly=True) as record:
        counts = record.store.counts()
    figures = words(page(client, "/").xpath("//dl[@class='figures']")[0])
    assert f"Reports {counts['reports']} {counts['voices']} voices" in figures
    assert f"Events {counts['events']}" in figures
    assert "13 Mar 2024 – 27 Mar 2024" in figures
    assert "4 publishers" in figures and "Balkan Wire (invented)" in figures


def test_it_tells_what_is_new_and_what_is_coming(client: TestClient):
    shown = page(client, "/")
    new = section(shown, "new")
    assert "27 Mar 2024 Serbia begins to withdraw troops from Bulgarian border" in new
    assert "Bulgaria, Serbia" in new and "demanded that Serbia withdraw its troops" in new
    assert "9 Apr 2024" in section(shown, "coming") and "Sofia" in section(shown, "coming")
    assert "Serbia rejected" in section(shown, "disputed")


def test_what_happened_is_drawn_and_each_mark_leads_to_words_or_to_a_contact(client: TestClient):
    (drawing,) = page(client, "/").xpath("//*[@id='timeline']//svg")
    links = drawing.xpath(".//a/@href")
    assert any(link.startswith("/contact/") for link in links) and any(link.startswith("/report/crisis-") for link in links)
    assert all(client.get(link.partition("#")[0]).status_code == 200 for link in links)


def test_a_pair_is_drawn_once_and_leads_to_the_events_of_both_directions(client: TestClient):
    shown = page(client, "/")
    names = [words(title) for title in shown.xpath("//section[@aria-labelledby='tension']//svg/title")]
    assert names[0] == "Bulgaria – Serbia" and len(names) == len(set(names))
    links = shown.xpath("//section[@aria-labelledby='tension']//p[@class='note']/a/@href")
    assert links[0].startswith("/events?actor=BGR&recipient=SRB&") and links[1].startswith("/events?actor=SRB&recipient=BGR&")


def test_a_period_cuts_what_is_shown_and_stays_in_the_links(client: TestClient):
    shown = page(client, "/?since=2024-03-25&until=2024-04-30")
    assert shown.xpath("//*[@id='timeline']/@data-first") == ["2024-03-25"]
    titles = [words(title) for title in shown.xpath("//*[@id='timeline']//svg//a/title")]
    assert titles and not any("13 Mar" in title for title in titles)
    assert "since=2024-03-25" in shown.xpath("//a[text()='whole agenda']/@href")[0]


@pytest.mark.parametrize(
    "address", ["/?since=2031-01-01", "/?until=1990-01-01", "/?actor=nobody", "/?since=0001-01-01", "/?until=9999-12-31"]
)
def test_a_period_or_party_without_events_is_no_error(client: TestClient, address: str):
    assert "Nobody denies" in section(page(client, address), "disputed") or "Serbia rejected" in section(page(client, address), "disputed")


def test_a_bad_day_is_said(client: TestClient):
    answer = client.get("/?since=yesterday")
    assert answer.status_code == 400 and "YYYY-MM-DD" in answer.text


def test_an_empty_record_says_what_to_do(tmp_path: Path, desk: Callable[[Path], TestClient]):
    Record(tmp_path / "none.db").close()
    shown = page(desk(tmp_path / "none.db"), "/")
    assert "holds no report yet" in words(shown) and "onrecord add" in words(shown)


def test_what_could_not_be_taken_in_is_counted(own_record: Path, desk: Callable[[Path], TestClient]):
    with Record(own_record) as record:
        record.store.fail("gone.html", "there is no such file")
    (link,) = page(desk(own_record), "/").xpath("//dl//a[@href='/failures']")
    assert words(link) == "1"


def test_reports_without_a_day_are_said_to_have_none(tmp_path: Path, desk: Callable[[Path], TestClient]):
    with Record(tmp_path / "undated.db") as record:
        record.store.put(Reading(Report(text="Nothing is told here.", id="undated")))
    assert "None of the reports tells its day" in words(page(desk(tmp_path / "undated.db"), "/"))


def test_a_row_judged_wrong_is_gone_at_once(judging: TestClient, own_record: Path):
    assert "demanded that Serbia withdraw its troops" in section(page(judging, "/"), "new")
    with Record(own_record) as record:
        for told in list(record.events(types=("REQUEST",), recipient="SRB")):
            record.judge(told.id, "wrong", by="reader")
    assert "demanded that Serbia withdraw its troops" not in section(page(judging, "/"), "new")


# ---------------------------------------------------------------- the timeline


def test_the_timeline_has_every_event_once(client: TestClient, record_path: Path):
    with Record(record_path, readonly=True) as record:
        told = record.timeline()
    answer = client.get("/timeline.json").json()
    assert [item["id"] for item in answer["items"]] == [one.id for one in told] and answer["found"] == len(told)
    assert len(client.get("/timeline.csv").text.splitlines()) == len(told) + 1


def test_the_timeline_goes_by_pages(client: TestClient):
    first = client.get("/timeline.json?size=10").json()
    second = client.get("/timeline.json?size=10&page=2").json()
    assert len(first["items"]) == 10 and first["next"] == 2
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert "Page 2 of" in words(page(client, "/timeline?size=10&page=2"))
    assert client.get("/timeline?size=10&page=99").status_code == 400


def test_a_period_holds_what_touches_it(client: TestClient):
    items = client.get("/timeline.json?since=2024-03-20&until=2024-03-24").json()["items"]
    assert {item["type"] for item in items} == {"AGREE", "CONSULT"}
    assert all(item["first"] <= "2024-03-24" and item["last"] >= "2024-03-20" for item in items)


def test_the_most_told_come_in_short_with_words_and_a_link(client: TestClient):
    answer = client.get("/timeline.json?top=2").json()
    assert [item["voices"] for item in answer["items"]] == [3, 2] and answer["found"] > 2
    assert answer["items"][0]["label"] == "Bulgaria + Serbia: consults"
    assert answer["items"][0]["status"] == "actual" and answer["items"][0]["url"].startswith("/contact/")
    assert "tellings" not in answer["items"][0]


@pytest.mark.parametrize("given", ["0", "-1", "x", "99999", "1e3"])
def test_another_number_of_them_is_refused(client: TestClient, given: str):
    assert client.get(f"/timeline.json?top={given}").status_code == 400


# ---------------------------------------------------------------- periods


def test_a_long_record_shows_its_last_year_unless_asked():
    whole = Period("2015-01-01", "2025-12-13")
    assert periods.shown(query([]), whole) == Period("2024-12-14", "2025-12-13")
    assert periods.shown(query([("since", "2016-01-01")]), whole) == Period("2016-01-01", "2025-12-13")
    assert periods.shown(query([("until", "2016-12-31")]), whole).last == "2016-12-31"
    assert periods.shown(query([]), whole, most=None).first == "2015-01-01"


def test_a_period_never_runs_backwards():
    whole = Period("2024-03-13", "2024-03-27")
    for pairs in ([("since", "2031-01-01")], [("until", "1990-01-01")], [("since", "9999-12-31")], [("until", "0001-01-01")]):
        found = periods.shown(query(pairs), whole, 7)
        assert found.first <= found.last
