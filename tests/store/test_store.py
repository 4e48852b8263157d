"""What is put into a record stays there, once, whole, and as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made import AT, TEXT, made, reread

from onrecord.held import Head, Told, Wanted
from onrecord.record import Entity, Note, Reading, Report, Span, to_json
from onrecord.store import Arrival, Store, StoreError, Tally, Validators


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crisis.db"


def size(path: Path) -> bytes:
    return path.read_bytes()


def test_a_reading_comes_out_as_it_went_in(path: Path) -> None:
    with Store(path) as store:
        outcome = store.put(made(), fingerprint="1")
        assert (outcome.what, outcome.events, outcome.statements, outcome.copy) == ("added", 3, 1, False)
        assert store.reading("r1") == made()


def test_the_same_again_writes_no_byte(path: Path) -> None:
    with Store(path) as store:
        store.put(made(), fingerprint="1", at=AT)
    before = size(path)
    with Store(path) as store:
        assert store.put(made(), fingerprint="1").what == "unchanged"
    assert size(path) == before


def test_told_comes_from_columns_as_from_the_event(path: Path) -> None:
    with Store(path) as store:
        store.put(made())
        told = list(store.events())
    head = Head("r1", "r1", "Tarvia and Norland in new row", "2031-05-06", "The Courier")
    wanted = {event.id: Told.of(event, head) for event in made().events}
    for one in told:
        assert one.event == wanted[one.id].event
        assert replace(one, row="") == replace(wanted[one.id], row="")


def test_events_come_by_day_then_report_then_place(path: Path) -> None:
    with Store(path) as store:
        for id_ in ("b", "a"):
            store.put(made(id_))
        store.put(made("c", published=None))
        order = [(told.head.id, told.type, told.day) for told in store.events()]
    assert order == [
        ("a", "SANCTION", "2031-05-05"), ("b", "SANCTION", "2031-05-05"), ("c", "SANCTION", "2031-05-05"),
        ("a", "THREATEN", "2031-05-06"), ("b", "THREATEN", "2031-05-06"),
        ("a", "CONSULT", "2031-05-09"), ("b", "CONSULT", "2031-05-09"), ("c", "CONSULT", "2031-05-09"),
        ("c", "THREATEN", None),
    ]  # fmt: skip


def test_another_reader_replaces_the_rows(path: Path) -> None:
    with Store(path) as store:
        store.put(made(), fingerprint="1")
        assert store.put(reread(made()), fingerprint="2").what == "reread"
        assert [told.confidence for told in store.events()] == [0.95, 0.5]
        assert store.counts()["events"] == 2 and store.counts()["versions"] == 0
        assert not list(store.search("port"))
        assert not list(store.verify())


CHANGED = TEXT + "\n\nA third envoy left on Tuesday."


def test_another_text_under_the_same_id_keeps_both(path: Path) -> None:
    with Store(path) as store:
        store.put(made(), fingerprint="1", raw="first")
        assert store.put(made(text=CHANGED), fingerprint="1").what == "replaced"
        kept = store.report("r1")
        assert kept is not None and "third envoy" in kept.report.text
        (version,) = kept.versions
        assert version.report == made().report and version.raw == "first" and store.raw("r1") is None
        assert [dict(row) for row in version.rows] == made().to_dicts()
        assert [(head.id, count) for head, count in store.conflicts()] == [("r1", 1)]
        assert {told.head.id for told in store.events()} == {"r1"} and store.counts()["events"] == 3


def test_an_earlier_text_that_comes_again_changes_nothing(path: Path) -> None:
    with Store(path) as store:
        for text in (TEXT, CHANGED):
            store.put(made(text=text))
        assert store.put(made()).what == "superseded"
        assert store.counts()["versions"] == 1
        found = store.standing(made().report, "")
        assert found is not None and found.what == "superseded"


def test_another_head_is_another_version(path: Path) -> None:
    with Store(path) as store:
        store.put(made(published=None))
        assert store.put(made()).what == "replaced"
        (head,) = store.reports()
        assert head.published == "2031-05-06"


def test_the_bytes_of_a_report_stay_when_it_is_read_anew(path: Path) -> None:
    with Store(path) as store:
        store.put(made(), fingerprint="1", raw="<html>")
        store.put(made(), fingerprint="2")
        assert store.raw("r1") == "<html>" and store.raw("r2") is None


def test_standing_tells_what_need_not_be_read(path: Path) -> None:
    report = made().report
    with Store(path) as store:
        assert store.standing(report, "1") is None
        done = store.put(made(), fingerprint="1")
        assert store.standing(report, "1") == replace(done, what="unchanged")
        assert store.standing(report, "2") is None
        assert store.standing(replace(report, text="Other"), "1") is None


def test_a_batch_is_in_whole_or_not_at_all(path: Path) -> None:
    bad = replace(made("bad"), events=(replace(made("bad").events[0], trigger=Span("invaded", 3, 10)),))
    with Store(path) as store:
        with pytest.raises(StoreError, match="'invaded', which does not stand at 3:10"):
            store.put_many([Arrival(made("good")), Arrival(bad)])
        assert store.counts()["reports"] == 0
        store.put(made("good"))
        assert store.counts()["reports"] == 1


def test_a_row_of_another_report_is_refused(path: Path) -> None:
    with Store(path) as store, pytest.raises(StoreError, match="of another report"):
        store.put(replace(made("a"), events=made("b").events))


def test_a_failure_is_kept_once_and_cleared_by_success(path: Path) -> None:
    with Store(path) as store:
        for at in (AT, "2032-01-01"):
            store.fail("a.jsonl:3", "not JSON", at)
        store.fail("a.jsonl:4", "no text", AT)
        assert [str(failed) for failed in store.failures()] == ["a.jsonl:3: not JSON", "a.jsonl:4: no text"]
        assert next(store.failures()).at == AT
        store.put(made(), where="a.jsonl:3")
        assert [failed.where for failed in store.failures()] == ["a.jsonl:4"]
        store.standing(made().report, "", "a.jsonl:4")
        assert not list(store.failures())


def test_notes_of_intake_stand_beside_those_of_the_reading(path: Path) -> None:
    with Store(path) as store:
        store.put(made(), notes=[Note("encoding", "read as Latin-1")])
        kept, reading = store.report("r1"), store.reading("r1")
    assert kept is not None and reading is not None
    assert [note.code for note in kept.notes] == ["test", "encoding"]
    assert reading.notes == made().notes


def test_validators_are_kept_for_asking_again(path: Path) -> None:
    with Store(path) as store:
        assert store.validators("https://example.org/") is None
        store.keep_validators("https://example.org/", Validators('"abc"', None))
        store.keep_validators("https://example.org/", Validators('"def"', "Mon, 05 May 2031 10:00:00 GMT"))
        assert store.validators("https://example.org/") == Validators('"def"', "Mon, 05 May 2031 10:00:00 GMT")


def test_what_utf8_cannot_carry_comes_back(path: Path) -> None:
    text = "Odd \ud800 text\x00 of Tarvia"
    report = Report(text, id="odd\udfff", title="\x00", publisher="\ud801")
    entity = Entity(Span.of(text, 4, 10), "\ud800", None)
    event = replace(made().events[0], report=report.id, actors=(entity,), recipients=(), date=None, statement=None)
    event = replace(event, trigger=Span.of(text, 0, 3), sentence=Span.of(text, 0, len(text)))
    with Store(path) as store:
        store.put(Reading(report, (event,)), where="\ud800")
        assert store.reading(report.id) == Reading(report, (event,))
        (told,) = store.events()
        assert told.actors == ('"\ud800 text"',) and told.head.id == report.id and told.event == event
        assert not list(store.verify())


def test_rows_come_out_with_the_same_bytes_however_often_they_are_put(tmp_path: Path) -> None:
    def rows(path: Path, times: int) -> list[str]:
        with Store(path) as store:
            for n in range(times):
                store.put(made(), fingerprint=str(n))
            reading = store.reading("r1")
            assert reading is not None
            return [to_json(told.event.to_dict()) for told in store.events()] + [reading.to_jsonl()]

    assert rows(tmp_path / "a.db", 1) == rows(tmp_path / "b.db", 3)


def test_verify_finds_what_was_tampered_with(path: Path) -> None:
    with Store(path) as store:
        store.put(made())
        tally = Tally()
        assert not list(store.verify(tally))
        assert (tally.reports, tally.rows) == (1, 4) and tally.spans > 15
        store._db.execute("UPDATE texts SET text = replace(text, 'envoys', 'judges')")
        store._db.execute("UPDATE events SET status = 'negated' WHERE type = 'THREATEN'")
        store._db.execute("DELETE FROM event_words WHERE rowid = 1")
        found = "\n".join(map(str, store.verify()))
    assert "not what was entered" in found
    assert "which does not stand at" in found
    assert "its column status is 'negated', and the row says 'actual'" in found
    assert "cannot be searched" in found


def test_counts_and_facets(path: Path) -> None:
    with Store(path) as store:
        store.put(made("a"))
        store.put(made("b", publisher="The Post"))
        assert store.counts() | {"voices": 0} == {
            "reports": 2, "events": 6, "statements": 2, "notes": 2, "failures": 0, "judgements": 0, "versions": 0, "voices": 0,
        }  # fmt: skip
        assert store.facet("type") == [("CONSULT", 2), ("SANCTION", 2), ("THREATEN", 2)]
        assert store.facet("publisher", Wanted(types=("SANCTION",))) == [("The Courier", 1), ("The Post", 1)]
        assert store.facet("actor") == [("NLD", 4), ("TAR", 4)]
        assert store.facet("place") == [("Kalla", 2)]
        assert store.facet("month") == [("2031-05", 6)]
        assert store.count(Wanted()) == 4  # without the related line


def test_a_report_tells_of_its_copies(path: Path) -> None:
    with Store(path) as store:
        store.put(made("a"))
        store.put(made("b"))
        kept = store.report("b")
        assert kept is not None and kept.head.voice == "a" and kept.copies == ("a",)
        assert store.counts()["voices"] == 1


def test_dyads_are_country_toward_country(path: Path) -> None:
    with Store(path) as store:
        store.put(made())
        found = {(d.actor, d.recipient, d.day, d.score, d.voice, d.type, d.status, d.report) for d in store.dyads()}
    assert found == {
        ("TAR", "NLD", "2031-05-05", -5.0, "r1", "SANCTION", "actual", "r1"),
        ("NLD", "TAR", "2031-05-06", -4.4, "r1", "THREATEN", "actual", "r1"),
        ("NLD", "TAR", "2031-05-09", 2.5, "r1", "CONSULT", "planned", "r1"),
    }
