"""A chat assistant's questions: each answer cites words that stand in the report, bad questions are told, and nothing is obeyed."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.held import Head, Wanted
from onrecord.keeping import Record
from onrecord.mcp import citing, tools
from onrecord.mcp.pages import Page
from onrecord.mcp.shelf import Shelf
from onrecord.record import InputError, Reading, Report, Span
from onrecord.store import Store

CRISIS = Path(__file__).parents[1] / "examples" / "crisis.jsonl"
CITE = {"report", "publisher", "published", "url", "text", "start", "end", "citation"}
ALL, FIRST = Wanted(), Page()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "crisis.db"
    with Record(path) as record:
        record.add(CRISIS)
    return path


@pytest.fixture
def shelf(made: Path) -> Iterator[Shelf]:
    with Record(made, readonly=True) as record:
        yield Shelf(record)


def cites(answer: Any) -> Iterator[dict[str, Any]]:
    """Every citation in an answer, however deep."""
    if isinstance(answer, dict):
        if answer.keys() >= CITE:
            yield answer
        for value in answer.values():
            yield from cites(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from cites(value)


LISTS = {
    "search_events": lambda shelf, page: tools.search_events(shelf, "troops", ALL, page),
    "list_events": lambda shelf, page: tools.list_events(shelf, ALL, page),
    "newest_first": lambda shelf, page: tools.list_events(shelf, ALL, page, newest_first=True),
    "contacts": lambda shelf, page: tools.contacts(shelf, ALL, page),
    "demands": lambda shelf, page: tools.demands(shelf, ALL, page),
    "warnings": lambda shelf, page: tools.warnings(shelf, ALL, page),
    "agenda": lambda shelf, page: tools.agenda(shelf, "2024-03-14", ALL, page),
    "disputes": lambda shelf, page: tools.disputes(shelf, ALL, page),
    "forces": lambda shelf, page: tools.forces(shelf, ALL, page),
    "timeline": lambda shelf, page: tools.timeline(shelf, ALL, page),
    "tension": lambda shelf, page: tools.tension(shelf, ALL, page),
    "tension_both": lambda shelf, page: tools.tension(shelf, ALL, page, per="day", both=True),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_item_cites_the_very_words_of_a_report(shelf: Shelf, name: str) -> None:
    answer = LISTS[name](shelf, Page(200))
    assert answer["items"] and answer["total"] == len(answer["items"]) and answer["next_cursor"] is None
    for item in answer["items"]:
        assert item["cite"].keys() >= CITE
    for cite in cites(answer):
        assert shelf.record.report(cite["report"]).report.text[cite["start"] : cite["end"]] == cite["text"]
        assert str(cite["start"]) in cite["citation"] and cite["report"] in cite["citation"]
    json.dumps(answer)


@pytest.mark.parametrize("name", LISTS)
def test_pages_together_are_the_whole_list(shelf: Shelf, name: str) -> None:
    whole = LISTS[name](shelf, Page(200))
    items, cursor = [], None
    while True:
        answer = LISTS[name](shelf, Page(3, cursor))
        assert len(answer["items"]) <= 3 and answer["total"] == whole["total"]
        items += answer["items"]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert items == whole["items"]


def test_one_contact_shows_what_only_one_side_says(shelf: Shelf) -> None:
    call = next(item for item in tools.contacts(shelf, ALL, FIRST)["items"] if item["sort"] == "phone")
    whole = tools.contact(shelf, call["id"][:8])
    alone = {side["publisher"]: {say["label"] for say in side["says"] if say["only_here"]} for side in whole["accounts"]}
    assert "energy" in alone["Presidency of Bulgaria (invented)"] and "human rights" in alone["Presidency of Serbia (invented)"]
    for cite in cites(whole):
        assert cite["text"] in shelf.record.report(cite["report"]).report.text


def test_a_demand_comes_with_the_words_of_its_answers(shelf: Shelf) -> None:
    demand = next(item for item in tools.demands(shelf, ALL, FIRST)["items"] if item["by"] == ["BGR"])
    assert [one["verdict"] for one in demand["answers"]][0] == "refused"
    assert "rejected the demand" in demand["answers"][0]["cite"]["text"]


def test_filters_narrow(shelf: Shelf) -> None:
    planned = tools.list_events(shelf, Wanted(statuses=("planned",), actor="BGR"), FIRST)
    assert planned["items"] and {item["status"] for item in planned["items"]} == {"planned"}
    assert tools.contacts(shelf, Wanted(since="2024-04-01"), FIRST)["total"] < tools.contacts(shelf, ALL, FIRST)["total"]


def test_the_summary_counts(shelf: Shelf) -> None:
    told = tools.record_summary(shelf)
    assert told["counts"]["reports"] == 5 and told["counts"]["voices"] == 4
    assert told["published"] == {"first": "2024-03-13", "last": "2024-03-27"}
    assert {"name": "Danube Post (invented)", "events": 6} in told["publishers"]


def test_a_row_judged_wrong_is_not_told(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "judged.db"
    path.write_bytes(made.read_bytes())
    with Record(path) as record:
        before = tools.list_events(Shelf(record), ALL, Page(200))
        record.judge(before["items"][0]["id"], "wrong", "tester")
        after = tools.list_events(Shelf(record), ALL, Page(200))
    assert after["items"] == before["items"][1:] and after["total"] == before["total"] - 1


def test_what_somebody_else_adds_is_seen(made: Path, tmp_path: Path) -> None:
    path = tmp_path / "grows.db"
    path.write_bytes(made.read_bytes())
    with Record(path, readonly=True) as record, Record(path) as writer:
        shelf = Shelf(record)
        demand = next(item for item in tools.demands(shelf, ALL, FIRST)["items"] if item["by"] == ["NATO"])
        rows = [told.id for told in record.events(actor="NATO")]
        for row in rows:
            writer.judge(row, "wrong", "tester")
        assert demand["id"] not in [item["id"] for item in tools.demands(shelf, ALL, FIRST)["items"]]


# ---------------------------------------------------------------- reports and quotations


def test_a_report_comes_in_stretches_that_join(shelf: Shelf) -> None:
    text = shelf.record.report("crisis-wire").report.text
    start, parts, rows = 0, [], []
    while start is not None:
        answer = tools.get_report(shelf, "crisis-wire", start, 100)
        parts.append(answer["cite"]["text"])
        rows += [event["id"] for event in answer["events"]]
        start = answer["next_start"]
    assert "".join(parts) == text and len(parts) > 4 and all(len(part) <= 100 for part in parts)
    assert sorted(rows) == sorted(told.id for told in shelf.record.report("crisis-wire").events)
    assert all(not part[-1].isalnum() for part in parts[:-1])


@pytest.mark.parametrize(
    ("quotation", "verdict", "words"),
    [
        ("NATO urged both sides", "exact", "NATO urged both sides"),
        ("NATO  urged\nboth sides", "near", "NATO urged both sides"),
        ("“NATO urged both sides to show restraint.”", "near", "NATO urged both sides to show restraint."),
        ("SOFIA - Serbia has massed", "near", "SOFIA — Serbia has massed"),
        ("NATO urged all sides", "not found", None),
        ("Serbia … near the Gradina crossing", "not found", None),
    ],
)
def test_a_quotation_is_checked(shelf: Shelf, quotation: str, verdict: str, words: str | None) -> None:
    answer = tools.check_quote(shelf, "crisis-wire", quotation)
    assert answer["verdict"] == verdict
    assert (answer["cite"] and answer["cite"]["text"]) == words
    for cite in cites(answer):
        assert shelf.record.report("crisis-wire").report.text[cite["start"] : cite["end"]] == cite["text"]


@pytest.mark.parametrize(
    ("text", "quotation", "words"),
    [
        ("He said: “We’ll go”. She left.", 'He said: "We\'ll go".', "He said: “We’ll go”."),
        ("They don’t agree.", "They don't agree", "They don’t agree"),
        ("A co\u00adoperative stance", "cooperative", "co\u00adoperative"),
        ("Wait… what?", "Wait... what", "Wait… what"),
        ("``Go'' he said", '"Go" he said', "``Go'' he said"),
    ],
)
def test_signs_written_otherwise_are_found_and_shown_as_they_stand(text: str, quotation: str, words: str) -> None:
    found = citing.check(text, quotation)
    assert found.verdict == "near" and found.spans[0].text.strip("\"'`") == words.strip("\"'`")
    assert found.spans[0].matches(text)


def test_all_places_of_a_quotation_are_counted(shelf: Shelf) -> None:
    text = shelf.record.report("crisis-wire").report.text
    answer = tools.check_quote(shelf, "crisis-wire", "Serbia")
    assert answer["places"] == text.count("Serbia") and len(answer["others"]) == citing.FOUND - 1


# ---------------------------------------------------------------- a text of one's own


def test_a_given_text_is_read_and_not_kept(shelf: Shelf) -> None:
    text = "Portugal rejected an offer of talks from Spain on Monday. Lisbon may recall its ambassador."
    answer = tools.read_text(shelf, text, FIRST, "2024-03-14")
    first = answer["items"][0]
    assert first["type"] == "REJECT" and first["when"]["earliest"] == "2024-03-11" and answer["total"] == len(answer["items"])
    for cite in cites(answer):
        assert text[cite["start"] : cite["end"]] == cite["text"] and tools.GIVEN in cite["citation"]
    assert tools.record_summary(shelf)["counts"]["reports"] == 5
    assert any("publication date" in note for note in tools.read_text(shelf, text, FIRST)["notes"])


# ---------------------------------------------------------------- wrong questions


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda s: tools.list_events(s, Wanted(since="2024-02-30"), FIRST), "since: '2024-02-30' is no day"),
        (lambda s: tools.list_events(s, Wanted(until="20240301"), FIRST), "until: '20240301' is no day"),
        (lambda s: tools.list_events(s, Wanted(since="2024-03-02", until="2024-03-01"), FIRST), "is after until"),
        (lambda s: tools.list_events(s, Wanted(types=("TALK",)), FIRST), "types: 'TALK' is none of AGREE"),
        (lambda s: tools.contacts(s, Wanted(statuses=("held",)), FIRST), "statuses: 'held' is none of actual"),
        (lambda s: tools.list_events(s, Wanted(confidence=2), FIRST), "confidence is from 0 to 1"),
        (lambda s: tools.search_events(s, "…", ALL, FIRST), "no word to search for"),
        (lambda s: tools.agenda(s, "today", ALL, FIRST), "after: 'today' is no day"),
        (lambda s: tools.contact(s, "zzz"), "no contact has an id that starts with 'zzz'"),
        (lambda s: tools.contact(s, ""), "no contact has an id"),
        (lambda s: tools.get_report(s, "nowhere"), "there is no report 'nowhere'"),
        (lambda s: tools.get_report(s, "crisis-wire", 10_000), "start is from 0 to"),
        (lambda s: tools.get_report(s, "crisis-wire", 0, 0), "limit is from 1 to"),
        (lambda s: tools.check_quote(s, "crisis-wire", "“…”"), "holds no word"),
        (lambda s: tools.read_text(s, "  \n", FIRST), "nothing to read"),
        (lambda s: tools.read_text(s, "a" * 100_001, FIRST), "100,001 characters are too many"),
        (lambda s: tools.read_text(s, "A text.", FIRST, "Monday"), "published: 'Monday' is no day"),
        (lambda s: Page(0), "limit is from 1 to 200"),
        (lambda s: Page(201), "limit is from 1 to 200"),
        (lambda s: tools.demands(s, ALL, Page(20, "x")), "this is no cursor"),
        (lambda s: tools.demands(s, ALL, Page(20, "é")), "this is no cursor"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(shelf: Shelf, ask: Any, says: str) -> None:
    with pytest.raises(InputError, match=says.replace("(", r"\(")):
        ask(shelf)


def test_a_cursor_is_good_for_its_own_question_only(shelf: Shelf) -> None:
    cursor = tools.timeline(shelf, ALL, Page(1))["next_cursor"]
    for ask in (tools.demands, tools.contacts):
        with pytest.raises(InputError, match="belongs to another question"):
            ask(shelf, ALL, Page(1, cursor))
    with pytest.raises(InputError, match="belongs to another question"):
        tools.timeline(shelf, Wanted(actor="BGR"), Page(1, cursor))


def test_a_cursor_that_was_changed_is_refused(shelf: Shelf) -> None:
    cursor = tools.list_events(shelf, ALL, Page(1))["next_cursor"]
    mark, place = json.loads(base64.urlsafe_b64decode(cursor))
    for other in (5, [*place, 1], None, "x"):
        changed = base64.urlsafe_b64encode(json.dumps([mark, other]).encode()).decode()
        with pytest.raises(InputError, match="belongs to another question"):
            tools.list_events(shelf, ALL, Page(1, changed))


# ---------------------------------------------------------------- what reports may bear


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/a/path", "https://", "http://a b/", "https://a\u202e.example/", ""],
)
def test_only_web_addresses_are_given(url: str) -> None:
    found = citing.cite(Head("r", "r", url=url), Span("words", 0, 5))
    assert found["url"] is None and (not url or url not in found["citation"])


def test_a_web_address_is_given_as_it_is() -> None:
    assert citing.link("https://balkanwire.example/a?b=c") == "https://balkanwire.example/a?b=c"


HIDDEN = "Fra\u202ence\ud800 reje\x1bcted the off\U000e0041er.\n"


def test_what_nobody_sees_is_replaced_one_for_one(tmp_path: Path) -> None:
    report = Report(HIDDEN * 3, id="odd\u202e", title="ti\u202etle", publisher="pub\nlisher\x07", published="2024-03-14")
    path = tmp_path / "odd.db"
    with Store(path) as store:
        store.put(Reading(report))
    with Record(path, readonly=True) as record:
        answer = tools.get_report(Shelf(record), "odd\ufffd")
        assert len(answer["cite"]["text"]) == len(report.text) and answer["cite"]["publisher"] == "pub lisher\ufffd"
        assert not citing.UNSEEN.search(json.dumps(answer, ensure_ascii=False))
        json.dumps(answer, ensure_ascii=False).encode()
        found = tools.check_quote(Shelf(record), "odd\ufffd", "rejected")
        assert found["verdict"] == "not found"
        assert tools.check_quote(Shelf(record), "odd\ufffd", answer["cite"]["text"][:10])["verdict"] == "exact"
