"""What people say of rows is added to, never lost, and counts until it is taken back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made import AT, TEXT, made, reread, span

from onrecord.held import Judgement, Told, Wanted
from onrecord.record import Reading
from onrecord.store import JudgementError, Store

EXPEL, THREAT, MEET = (event.id for event in made().events)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "r.db") as store:
        store.put(made(), fingerprint="1", at=AT)
        yield store
        assert not list(store.verify())


def said(row: str, verdict: Any, by: str = "Ada", **changes: Any) -> Judgement:
    return Judgement(row, verdict, by, AT, changes)


def told(store: Store, row: str) -> Told:
    found = store.event(row)
    assert found is not None
    return found


def entity(words: str, **fields: Any) -> dict[str, Any]:
    place = span(TEXT, words)
    return {"text": place.text, "start": place.start, "end": place.end, **fields}


def test_a_verdict_stands_beside_the_row(store: Store) -> None:
    store.judge(said(EXPEL, "right"))
    store.judge(said(THREAT, "wrong", "Ben"))
    assert [told(store, row).verdict for row in (EXPEL, THREAT, MEET)] == ["right", "wrong", None]
    assert {d.event for d in store.dyads()} == {EXPEL, MEET}
    assert store.facet("verdict") == [("right", 1), ("wrong", 1)]


def test_a_correction_counts_wherever_the_row_is_looked_at(store: Store) -> None:
    actors = [entity("Ana Korvel", country="TAR", sector="LEG")]
    store.judge(said(EXPEL, "corrected", status="possible", actors=actors, date=None))
    row = told(store, EXPEL)
    assert (row.verdict, row.status, row.actors, row.earliest, row.day) == ("corrected", "possible", ("TAR.LEG",), None, "2031-05-06")
    assert row.event.actors[0].span == span(TEXT, "Ana Korvel") and row.event.date is None
    assert [found.id for found in store.events(Wanted(actor="TAR.LEG"))] == [EXPEL]
    assert [found.id for found in store.events(Wanted(statuses=("possible",)))] == [EXPEL]
    assert store.reading("r1") == made()


def test_another_type_brings_its_score_and_drops_a_mode_it_has_not(store: Store) -> None:
    store.judge(said(EXPEL, "corrected", type="ACCUSE"))
    row = told(store, EXPEL)
    assert (row.type, row.mode, row.id) == ("ACCUSE", None, EXPEL)
    assert row.score is not None and row.score != made().events[0].score


def test_the_latest_that_is_not_taken_back_counts(store: Store) -> None:
    store.judge(said(EXPEL, "wrong", "Ada"))
    store.judge(said(EXPEL, "corrected", "Ben", status="negated"))
    assert told(store, EXPEL).status == "negated"
    assert store.undo(EXPEL, "Cleo", AT).by == "Ben"
    assert (told(store, EXPEL).verdict, told(store, EXPEL).status) == ("wrong", "actual")
    store.undo(EXPEL, "Cleo", AT)
    assert told(store, EXPEL).verdict is None
    with pytest.raises(JudgementError, match="no judgement to take back"):
        store.undo(EXPEL, "Cleo")


def test_the_history_keeps_everything(store: Store) -> None:
    store.judge(said(EXPEL, "wrong", "Ada"))
    store.judge(replace(said(EXPEL, "corrected", "Ben", status="negated"), remark="see line 3"))
    store.undo(EXPEL, "Cleo", AT)
    first, second = store.history(EXPEL)
    assert (first.judgement, first.undone_by, first.orphan) == (said(EXPEL, "wrong", "Ada"), None, False)
    assert second.judgement.changes == {"status": "negated"} and second.judgement.remark == "see line 3"
    assert (second.undone_by, second.undone_at) == ("Cleo", AT)


def test_reading_anew_keeps_judgements(store: Store) -> None:
    store.judge(said(EXPEL, "corrected", status="planned"))
    store.judge(said(THREAT, "wrong"))
    store.put(reread(made()), fingerprint="2")
    assert (told(store, EXPEL).status, told(store, EXPEL).confidence) == ("planned", 0.95)
    assert store.event(THREAT) is None
    assert [(found.judgement.row, found.orphan) for found in store.judgements()] == [(EXPEL, False), (THREAT, True)]
    store.put(made(), fingerprint="3")
    assert told(store, THREAT).verdict == "wrong" and not any(found.orphan for found in store.judgements())


def test_a_judgement_holds_on_a_new_text_only_where_the_sentence_is_the_same(store: Store) -> None:
    store.judge(said(EXPEL, "right"))
    store.put(made(text=TEXT + "\n\nMore follows."))
    assert told(store, EXPEL).verdict == "right"
    other = TEXT.replace("two envoys", "six envoys")
    sentence = span(other, "Tarvia expelled six envoys of Norland on Monday, Foreign Minister Ana Korvel said.")
    event = replace(made().events[0], sentence=sentence, statement=None)
    store.put(Reading(replace(made().report, text=other), (event,)))
    assert told(store, EXPEL).verdict is None
    assert [found.orphan for found in store.history(EXPEL)] == [True]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "must change something"),
        ({"sort": "AID"}, "sort: a row has no such field"),
        ({"id": "x"}, "id: a row has no such field"),
        ({"type": "RAIN"}, "type: 'RAIN' is none of AGREE"),
        ({"status": "maybe"}, "status: 'maybe' is none of actual"),
        ({"status": ["actual"]}, "status: ['actual'] is none of"),
        ({"mode": "phone"}, "mode: SANCTION has no mode 'phone'; it has convict"),
        ({"actors": "TAR"}, "actors: 'TAR' is not a list"),
        ({"actors": ["TAR"]}, "actors[0]: 'TAR' is not an object"),
        (
            {"actors": [entity("Tarvia") | {"text": "Estavia"}]},
            "actors[0]: 'Estavia' does not stand at 0:6, where the report says 'Tarvia'",
        ),
        ({"actors": [{"start": 5, "end": 9999}]}, "actors[0]: start 5 and end 9999 are not a place"),
        ({"actors": [{"start": 5.0, "end": 9}]}, "actors[0]: start 5.0"),
        ({"actors": [entity("Tarvia", land="TAR")]}, "actors[0]: no such field: land"),
        ({"actors": [entity("Tarvia", country=5)]}, "actors[0].country: 5 is not a text"),
        ({"date": entity("on Monday", earliest="2031-13-05", latest="2031-13-05")}, "date.earliest: '2031-13-05' is not a day"),
        ({"date": entity("on Monday", earliest="2031-05-05")}, "date: earliest '2031-05-05' and latest None"),
        ({"place": entity("Hemne")}, "place.name: None is not a text"),
        ({"quantities": [entity("two", value="two")]}, "quantities[0].value: 'two' is not a number"),
        ({"quantities": [entity("two", value=True)]}, "quantities[0].value: True is not a number"),
        ({"source": entity("Ana Korvel")}, "source: anonymous, quoted is missing"),
        ({"score": "high"}, "score: 'high' is not a number"),
        ({"flags": ["odd"]}, "flags[0]: 'odd' is none of related-link"),
        ({"trigger": entity("threatened")}, "trigger: it must stand in the row's sentence"),
    ],
    ids=str,
)
def test_a_correction_that_does_not_fit_is_refused(store: Store, changes: dict[str, Any], words: str) -> None:
    with pytest.raises(JudgementError) as refused:
        store.judge(said(EXPEL, "corrected", **changes))
    assert f"row {EXPEL}: " in str(refused.value) and words in str(refused.value)
    assert not store.judgements() and told(store, EXPEL).verdict is None


@pytest.mark.parametrize(
    ("judgement", "words"),
    [
        (said("nowhere", "right"), "no event with the id 'nowhere'"),
        (said(EXPEL, "fine"), "the verdict 'fine' is none of right, wrong, corrected"),
        (said(EXPEL, "right", " "), "needs the name"),
        (said(EXPEL, "wrong", status="planned"), "only the verdict 'corrected' changes fields"),
    ],
    ids=lambda value: "" if isinstance(value, str) else value.verdict,
)
def test_a_judgement_that_does_not_fit_is_refused(store: Store, judgement: Judgement, words: str) -> None:
    with pytest.raises(JudgementError, match=words):
        store.judge(judgement)


def test_gold_holds_what_was_judged_and_ignores_the_rest(store: Store) -> None:
    store.judge(said(EXPEL, "right"))
    store.judge(said(THREAT, "wrong"))
    (document,) = store.gold()
    assert document["report"]["id"] == "r1" and document["report"]["text"] == TEXT
    (event,) = document["events"]
    assert event | {"id": EXPEL} == event
    assert (event["types"], event["trigger"], event["actors"], event["recipients"]) == (["SANCTION"], "expelled", ["TAR"], ["NLD"])
    assert (event["status"], event["date"], event["source"]) == ("actual", ["2031-05-05", "2031-05-05"], None)
    assert event["sectors"] == [["NLD", "GOV"], ["TAR", "GOV"]] and event["reciprocal"] is False
    judged = [span(TEXT, "expelled"), span(TEXT, "threatened")]
    left = "".join(TEXT[start:end] for start, end in document["ignore"])
    assert len(left) == len(TEXT) - sum(map(len, judged)) and not any(word.text in left for word in judged)


def test_gold_has_the_corrected_values(store: Store) -> None:
    store.judge(said(MEET, "corrected", status="negated", recipients=[entity("Ana Korvel", country="TAR")]))
    ((event,),) = (document["events"] for document in store.gold())
    assert (event["status"], event["recipients"], event["reciprocal"], event["contact"]) == ("negated", ["TAR"], True, "c1")


def test_gold_files_are_named_for_their_reports(store: Store, tmp_path: Path) -> None:
    odd = "https://example.org/a/../b?c"
    store.put(made(odd))
    store.judge(said(EXPEL, "right"))
    store.judge(said(made(odd).events[0].id, "right"))
    paths = store.write_gold(tmp_path / "gold")
    assert sorted(path.name for path in paths) == sorted(path.name for path in (tmp_path / "gold").iterdir())
    assert paths[1].name == "r1.json" and paths[0].name.startswith("https-example.org-a-..-b-c-")


def test_the_shared_scorer_reads_the_gold(store: Store, tmp_path: Path, shared: Path) -> None:
    store.judge(said(EXPEL, "right"))
    store.judge(said(MEET, "corrected", status="possible"))
    store.judge(said(THREAT, "wrong"))
    store.write_gold(tmp_path / "gold")
    rows = tmp_path / "rows.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in made().to_dicts()), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, shared / "score.py", tmp_path / "gold", rows, "--json"], check=True, capture_output=True, text=True
    )
    figures = json.loads(done.stdout)
    assert figures["event"] == {"p": 0.5, "r": 0.5, "f1": 0.5}  # the meeting is flagged as a related line, which is not scored
