"""Judging rows at the desk: what is taken, what is refused, and that nothing writes where it may not."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import hostile
import pytest
from lxml import html
from starlette.testclient import TestClient

from onrecord import web
from onrecord.held import Told
from onrecord.keeping import Record
from onrecord.store import Store, files

DENIAL = "d91d4fa8a0e5066f"
"""REJECT/change actual SRB.GOV "rejected", of crisis-belgrade-call."""
MEETING = "6499f3c6b0644936"
"""CONSULT planned BGR.GOV + SRB.GOV on 2024-03-20 in "Vienna" "meet", of the same report."""


def token(client: TestClient) -> str:
    """What the desk gives to its own pages."""
    found = re.search(r'name="token" value="([^"]+)"', client.get("/report/crisis-belgrade-call").text)
    assert found
    return found[1]


def send(client: TestClient, row: str = DENIAL, **fields: str) -> Any:
    """A judgement as a form sends it, not followed."""
    headers = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    return client.post(f"/judge/{row}", data={"token": token(client), "by": "Ada", **fields}, headers=headers, follow_redirects=False)


def told(path: Path, row: str = DENIAL) -> Told:
    """The row as it counts."""
    with Store(path, readonly=True) as store:
        found = store.event(row)
    assert found
    return found


def form(client: TestClient, row: str) -> dict[str, str]:
    """The form in which a row is corrected, as the desk fills it in."""
    answer = client.get(f"/judge/{row}")
    assert answer.status_code == 200
    return {name: str(value) for name, value in html.fromstring(answer.text).forms[-1].form_values() if name != "token"}


@pytest.mark.parametrize("verdict", ["right", "wrong"])
def test_a_row_is_judged_and_shown_so(judging: TestClient, own_record: Path, verdict: str) -> None:
    answer = send(judging, verdict=verdict, by="Ada L.", remark="seen")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/report/crisis-belgrade-call?row={DENIAL}#row-{DENIAL}"
    assert told(own_record).verdict == verdict
    row = html.fromstring(judging.get(answer.headers["location"]).text).get_element_by_id(f"row-{DENIAL}")
    assert "Ada L." in row.find_class("verdict")[0].text_content()
    assert ("judged-wrong" in row.get("class")) is (verdict == "wrong")
    assert "seen" in row.find_class("history")[0].text_content()


def test_every_event_has_its_buttons_and_one_form(judging: TestClient) -> None:
    page = html.fromstring(judging.get("/report/crisis-belgrade-call").text)
    for row in page.xpath("//li[contains(@class, 'row') and .//details[contains(., 'status')]]"):
        id_ = row.get("id").removeprefix("row-")
        buttons = row.xpath(".//button[@form='judging' and @name='verdict']")
        assert [(one.get("value"), one.get("formaction")) for one in buttons] == [("right", f"/judge/{id_}"), ("wrong", f"/judge/{id_}")]
    assert page.get_element_by_id("judging").method == "POST"


def test_enter_in_the_name_judges_nothing(judging: TestClient, own_record: Path) -> None:
    first = html.fromstring(judging.get("/report/crisis-belgrade-call").text).xpath(
        "//button[@form='judging' or ancestor::form[@id='judging']]"
    )[0]
    assert first.get("formaction") is None  # the button that Enter presses: it goes where the form goes, to remember the name
    answer = judging.post("/judge", data={"token": token(judging), "by": "Zoë", "report": "crisis-wire"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/report/crisis-wire")
    assert html.fromstring(judging.get("/report/crisis-wire").text).get_element_by_id("judge-by").value == "Zoë"
    with Store(own_record, readonly=True) as store:
        assert store.judgements() == ()


def test_a_judgement_is_taken_back_and_the_one_before_counts(judging: TestClient, own_record: Path) -> None:
    send(judging, verdict="right")
    send(judging, verdict="wrong")
    assert send(judging, verdict="undo", by="Ben").status_code == 303
    assert told(own_record).verdict == "right"
    with Store(own_record, readonly=True) as store:
        assert [(said.judgement.verdict, said.undone_by) for said in store.history(DENIAL)] == [("right", None), ("wrong", "Ben")]


def test_what_was_never_judged_cannot_be_taken_back(judging: TestClient) -> None:
    answer = send(judging, verdict="undo")
    assert answer.status_code == 422
    assert (
        "no judgement to take back"
        in html.fromstring(answer.text).get_element_by_id(f"row-{DENIAL}").find_class("trouble")[0].text_content()
    )


def test_judging_shows_on_the_list_at_once(judging: TestClient) -> None:
    assert "✗ wrong" not in judging.get("/events").text
    send(judging, verdict="wrong")
    assert "✗ wrong" in judging.get("/events").text


# ---------------------------------------------------------------- corrections


def corrected(client: TestClient, row: str, **fields: str) -> Any:
    """A correction of some fields in the form as it was filled in."""
    return send(client, row, **{**form(client, row), "verdict": "corrected", "by": "Ada", **fields})


def test_an_unchanged_form_changes_nothing(judging: TestClient, own_record: Path) -> None:
    answer = corrected(judging, MEETING)
    assert answer.status_code == 422
    assert "Nothing differs" in answer.text
    assert told(own_record, MEETING).verdict is None


@pytest.mark.parametrize(
    ("row", "fields", "notation"),
    [
        (DENIAL, {"type": "ACCUSE", "mode": ""}, 'ACCUSE actual SRB.GOV "rejected"'),
        (DENIAL, {"type": "ACCUSE"}, 'ACCUSE actual SRB.GOV "rejected"'),
        (DENIAL, {"mode": "yield", "status": "negated"}, 'REJECT/yield negated SRB.GOV "rejected"'),
        (DENIAL, {"recipients": "BGR"}, 'REJECT/change actual SRB.GOV > BGR "rejected"'),
        (DENIAL, {"recipients": 'BGR.MIL "Bulgarian side"'}, 'REJECT/change actual SRB.GOV > BGR.MIL "rejected"'),
        (DENIAL, {"actors": 'SRB.ELI "Marko Ilic" + .CVL “leaders”'}, 'REJECT/change actual SRB.ELI + .CVL "rejected"'),
        (DENIAL, {"actors": ""}, 'REJECT/change actual - "rejected"'),
        (DENIAL, {"source": "BGR.GOV"}, 'REJECT/change actual SRB.GOV says BGR.GOV "rejected"'),
        (DENIAL, {"date_words": "Wednesday", "earliest": "2024-03-13"}, 'REJECT/change actual SRB.GOV on 2024-03-13 "rejected"'),
        (MEETING, {"latest": "2024-03-22"}, 'CONSULT planned BGR.GOV + SRB.GOV on 2024-03-20..2024-03-22 in "Vienna" "meet"'),
        (MEETING, {"date_words": "", "earliest": "", "latest": ""}, 'CONSULT planned BGR.GOV + SRB.GOV in "Vienna" "meet"'),
        (MEETING, {"place_words": "", "place_name": "", "place_country": ""}, 'CONSULT planned BGR.GOV + SRB.GOV on 2024-03-20 "meet"'),
        (MEETING, {"place_words": "border", "place_name": "X"}, 'CONSULT planned BGR.GOV + SRB.GOV on 2024-03-20 in "X" "meet"'),
    ],
)  # fmt: skip
def test_fields_are_corrected(judging: TestClient, own_record: Path, row: str, fields: dict[str, str], notation: str) -> None:
    assert corrected(judging, row, **fields).status_code == 303
    assert str(told(own_record, row).event) == notation
    assert told(own_record, row).verdict == "corrected"
    with Store(own_record, readonly=True) as store:
        assert [*store.verify()] == []  # every party, day and place still points at words of the text


def test_a_second_correction_keeps_the_first(judging: TestClient, own_record: Path) -> None:
    corrected(judging, DENIAL, status="negated")
    corrected(judging, DENIAL, recipients="BGR")
    assert str(told(own_record).event) == 'REJECT/change negated SRB.GOV > BGR "rejected"'


def test_a_party_keeps_its_name_when_only_its_sector_changes(judging: TestClient, own_record: Path) -> None:
    corrected(judging, DENIAL, actors=form(judging, DENIAL)["actors"].replace("SRB.GOV", "SRB.LEG"))
    (actor,) = told(own_record).event.actors
    assert (actor.name, actor.country, actor.sector) == ("Marko Ilic", "SRB", "LEG")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"actors": "POL.GOV"}, "say by which words"),
        ({"actors": 'POL.GOV "Warsaw"'}, "does not say “Warsaw”"),
        ({"actors": "SRB.XYZ"}, "no sector XYZ"),
        ({"actors": "SRB.GOV + + BGR"}, "not a party"),
        ({"actors": "12 %"}, "not a party"),
        ({"type": "PARTY"}, "is none of"),
        ({"status": "maybe"}, "is none of"),
        ({"mode": "drone"}, "has no mode"),
        ({"earliest": "2024-03-20"}, "words of the date"),
        ({"date_words": "Wednesday", "earliest": "2024-02-30"}, "is not a day"),
        ({"date_words": "Wednesday", "earliest": "2024-03-20", "latest": "2024-03-01"}, "first and the last day"),
        ({"place_words": "Atlantis"}, "does not say"),
        ({"source": "SRB + BGR"}, "several"),
        ({"status": "negated", "by": ""}, "needs the name"),
    ],
)
def test_what_cannot_be_taken_is_told_in_the_form_and_nothing_is_lost(
    judging: TestClient, own_record: Path, fields: dict[str, str], said: str
) -> None:
    answer = corrected(judging, DENIAL, remark="my thoughts & yours", **fields)
    assert 400 <= answer.status_code < 500
    page = html.fromstring(answer.text)
    assert said in page.find_class("trouble")[0].text_content()
    kept = dict(page.forms[-1].form_values())
    assert kept["remark"].strip() == "my thoughts & yours"
    assert all(kept[name] == value for name, value in fields.items() if name not in ("type", "status", "mode"))
    assert told(own_record).verdict is None


# ---------------------------------------------------------------- who may


def test_without_judging_no_route_writes(client: TestClient, record_path: Path) -> None:
    before = record_path.read_bytes()
    for method in ("post", "put", "patch", "delete"):
        for address in (f"/judge/{DENIAL}", "/judge", "/report/crisis-wire", "/events", "/reports", "/failures", "/"):
            assert client.request(method, address, data={"verdict": "right", "by": "Ada"} if method == "post" else None).status_code in (
                404,
                405,
            )
    assert client.get(f"/judge/{DENIAL}").status_code == 404
    assert record_path.read_bytes() == before
    text = client.get("/report/crisis-wire").text
    assert "formaction" not in text and "/judge" not in text and 'name="token"' not in text


def test_without_judging_only_reading_of_texts_takes_a_post(record_path: Path) -> None:
    app = web.make(record_path, warm=False)
    writing = {str(route) for route in app.routes if set(getattr(route, "methods", None) or ()) - {"GET", "HEAD"}}
    assert writing == set()


@pytest.mark.parametrize("given", ["", "wrong", "Ünïcode", "a" * 32])
def test_a_wrong_token_is_refused_with_what_was_given(judging: TestClient, own_record: Path, given: str) -> None:
    answer = send(judging, token=given, verdict="right")
    assert answer.status_code == 403
    again = corrected(judging, DENIAL, token=given, status="negated", remark="kept")
    assert again.status_code == 403
    assert dict(html.fromstring(again.text).forms[-1].form_values())["remark"].strip() == "kept"
    assert judging.post("/judge", data={"token": given, "by": "Eve"}, follow_redirects=False).status_code == 403
    assert told(own_record).verdict is None


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example"},
    ],
)
def test_a_page_of_another_origin_is_refused(judging: TestClient, own_record: Path, headers: dict[str, str]) -> None:
    good = token(judging)
    answer = judging.post(f"/judge/{DENIAL}", data={"token": good, "by": "Eve", "verdict": "right"}, headers=headers)
    assert answer.status_code in (403, 421)
    assert told(own_record).verdict is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"verdict": "right", "by": ""}, 400),
        ({"verdict": "right", "by": "x" * 101}, 400),
        ({"verdict": "lovely"}, 400),
        ({"verdict": ""}, 400),
    ],
)
def test_a_judgement_needs_a_name_and_a_verdict(judging: TestClient, own_record: Path, fields: dict[str, str], status: int) -> None:
    answer = send(judging, **fields)
    assert answer.status_code == status
    assert html.fromstring(answer.text).get_element_by_id(f"row-{DENIAL}").find_class("trouble")
    assert told(own_record).verdict is None


def test_a_row_that_is_not_there_is_told(judging: TestClient) -> None:
    assert send(judging, "0000000000000000", verdict="right").status_code == 404
    assert judging.get("/judge/0000000000000000").status_code == 404


def test_only_forms_of_a_sensible_size_are_read(judging: TestClient) -> None:
    assert send(judging, verdict="right", remark="x" * 70_000).status_code == 413
    assert judging.post(f"/judge/{DENIAL}", json={"verdict": "right"}).status_code == 415
    assert judging.post(f"/judge/{DENIAL}", data={f"f{k}": "1" for k in range(200)}).status_code == 400


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, own_record: Path) -> Iterator[TestClient]:
    """A desk whose record does not wait long for another writer."""
    opened = files.opened
    monkeypatch.setattr(files, "opened", lambda path, *, readonly, patience: opened(path, readonly=readonly, patience=50))
    with TestClient(web.make(own_record, judge=True, warm=False), base_url="http://localhost") as asking:
        yield asking


def test_while_another_writes_it_is_told_in_place(impatient: TestClient, own_record: Path) -> None:
    row = form(impatient, DENIAL)
    other = apsw.Connection(str(own_record))
    other.execute("BEGIN IMMEDIATE")
    try:
        simple = send(impatient, verdict="right")
        fields = send(impatient, **{**row, "by": "Ada", "verdict": "corrected", "status": "negated", "remark": "kept"})
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (simple.status_code, fields.status_code) == (503, 503)
    assert "another process is writing" in html.fromstring(simple.text).get_element_by_id(f"row-{DENIAL}").text_content()
    assert dict(html.fromstring(fields.text).forms[-1].form_values())["remark"].strip() == "kept"
    assert send(impatient, verdict="right").status_code == 303


def test_two_may_judge_at_once(judging: TestClient, own_record: Path) -> None:
    given = token(judging)

    def judge(by: str) -> None:
        statuses.append(
            judging.post(f"/judge/{DENIAL}", data={"token": given, "by": by, "verdict": "right"}, follow_redirects=False).status_code
        )

    statuses: list[int] = []
    threads = [threading.Thread(target=judge, args=(f"J{k}",)) for k in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * 6
    with Record(own_record, readonly=True) as record:
        assert {said.judgement.by for said in record.judgements()} == {f"J{k}" for k in range(6)}


def test_a_name_is_remembered_as_it_is(judging: TestClient) -> None:
    name = 'Ada; "<script>alert(1)</script>", Đặng\u202e'
    send(judging, verdict="right", by=name)
    page = html.fromstring(judging.get("/report/crisis-wire").text)
    assert page.get_element_by_id("judge-by").value == name.replace("\u202e", "\ufffd")
    assert [script.text for script in page.iter("script") if script.text] == []


def test_hostile_words_in_a_form_and_its_row_stay_words(tmp_path: Path, desk: Callable[[Path], TestClient]) -> None:
    path = hostile.record(tmp_path / "hostile.db")
    with TestClient(web.make(path, judge=True, warm=False), base_url="http://localhost") as asking:
        with Store(path, readonly=True) as store:
            rows = [event.id for event in store.events()]
        given = re.search(r'name="token" value="([^"]+)"', asking.get(f"/judge/{rows[0]}").text)
        assert given
        for row in rows[:8]:
            for answer in (
                asking.get(f"/judge/{row}"),
                asking.post(f"/judge/{row}", data={"token": given[1], "by": hostile.ALL[:90], "verdict": "right", "remark": hostile.ALL}),
                asking.post(
                    f"/judge/{row}",
                    data={"token": given[1], "by": "x", "verdict": "corrected", "actors": hostile.ALL, "remark": hostile.ALL},
                ),
                asking.post(f"/judge/{row}", data={"token": given[1], "by": "x", "verdict": hostile.ALL}),
            ):
                assert answer.status_code in (200, 400, 422), answer.text
                page = html.fromstring(answer.text)
                assert [
                    node.tag
                    for node in page.iter("script", "img", "svg", "iframe", "style")
                    if node.text or not str(node.get("src")).startswith("/static/")
                ] == []
                assert [name for node in page.iter() for name in node.attrib if name.startswith("on") or name == "style"] == []
                assert [sign for sign in hostile.CONTROLS if sign in answer.text] == []
                assert hostile.RUN not in answer.text
