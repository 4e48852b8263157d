"""Answers of the ledger that a record keeps: the second is as the first, and none is given that no longer holds."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from made import AT, made, reread

from onrecord import keeping
from onrecord.held import Judgement, Line, Wanted
from onrecord.keeping import Record
from onrecord.record import Reading, to_json
from onrecord.store import Answer, RecordReadOnlyError, Store, answers, files

DAY = "2031-01-01"
FIRST_FORMAT = Path(__file__).with_name("version-1.db.gz")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crisis.db"


@pytest.fixture
def record(path: Path) -> Iterator[Record]:
    with Record(path) as opened:
        opened.store.put(_counted(made("r1")), fingerprint="1", at=AT)
        opened.store.put(_counted(made("r2", published="2031-05-20")), fingerprint="1", at=AT)
        yield opened


def _counted(reading: Reading) -> Reading:
    """With its meeting in the report's own words, not in a line about other reports: it is then in the ledger."""
    *others, meet = reading.events
    return replace(reading, events=(*others, replace(meet, flags=())))


def derived(record: Record, question: str, **wanted: str) -> list[bytes]:
    """What a question's items are when they are derived from the rows."""
    ask = getattr(record, question)
    items = ask(DAY, **wanted) if question == "agenda" else ask(**wanted)
    return [to_json(item.to_dict()).encode() for item in items]


QUESTIONS = ("contacts", "timeline", "agenda", "demands", "warnings", "disputes", "forces")


def answered(record: Record, question: str, **wanted: str) -> list[bytes]:
    return list(record.lines(question, DAY if question == "agenda" else None, **wanted))


def meet(record: Record) -> str:
    return next(told.id for told in record.events() if told.type == "CONSULT")


CHANGES: dict[str, Callable[[Record], object]] = {
    "a report is added": lambda record: record.store.put(_counted(made("r3", published="2031-06-20"))),
    "a copy is added": lambda record: record.store.put(_counted(made("r0", published="2031-05-05"))),
    "a report is read anew": lambda record: record.store.put(reread(_counted(made("r1"))), fingerprint="2"),
    "a report comes with another head": lambda record: record.store.put(_counted(made("r1", publisher="The Post")), fingerprint="1"),
    "a row is judged wrong": lambda record: record.judge(meet(record), "wrong", "Ann"),
    "a row is judged right": lambda record: record.judge(meet(record), "right", "Ann"),
    "a row is corrected": lambda record: record.judge(meet(record), "corrected", "Ann", {"status": "actual"}),
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_no_answer_outlives_a_change(record: Record, question: str, change: str) -> None:
    answered(record, question)
    CHANGES[change](record)
    assert answered(record, question) == derived(record, question)
    assert answered(record, question) == derived(record, question)


def test_the_changes_change_answers(record: Record) -> None:
    """Else the test above would show nothing."""
    before = {question: answered(record, question) for question in QUESTIONS}
    assert all(before[question] for question in ("contacts", "timeline", "agenda", "warnings"))
    record.judge(meet(record), "wrong", "Ann")
    assert {question for question in QUESTIONS if answered(record, question) != before[question]} >= {"contacts", "timeline", "agenda"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_outlives_no_judgement_that_is_taken_back(record: Record, question: str) -> None:
    before = answered(record, question)
    record.judge(meet(record), "wrong", "Ann")
    answered(record, question)
    record.undo(meet(record), "Ann")
    assert answered(record, question) == before == derived(record, question)


def test_what_another_process_writes_counts_at_once(record: Record, path: Path) -> None:
    answered(record, "contacts")
    with Store(path) as other:
        other.judge(Judgement(meet(record), "wrong", "Ann", AT))
    assert answered(record, "contacts") == derived(record, "contacts")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "wanted", [{"actor": "NLD"}, {"since": "2031-05-08"}, {"until": "2031-05-06", "actor": "TAR"}, {"actor": "Nobody"}]
)
def test_a_period_and_a_party_are_answered_from_what_is_kept(record: Record, question: str, wanted: dict[str, str]) -> None:
    answered(record, question)
    assert answered(record, question, **wanted) == derived(record, question, **wanted)


@pytest.fixture
def underived(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and nothing can be derived any more."""

    def refuse(*_: object) -> Iterator[Line]:
        raise AssertionError("it was derived again")

    return lambda: monkeypatch.setattr(keeping, "lines", refuse)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_second_time_nothing_is_derived(record: Record, question: str, underived: Callable[[], None]) -> None:
    first = answered(record, question)
    underived()
    assert answered(record, question) == first


def test_the_same_report_again_leaves_answers_standing(record: Record, underived: Callable[[], None]) -> None:
    first = answered(record, "contacts")
    assert record.store.put(_counted(made("r1")), fingerprint="1").what == "unchanged"
    record.store.fail("news.jsonl:3", "cut off")
    underived()
    assert answered(record, "contacts") == first


def test_another_edition_answers_anew(record: Record, monkeypatch: pytest.MonkeyPatch, underived: Callable[[], None]) -> None:
    answered(record, "contacts")
    monkeypatch.setattr(keeping, "edition", lambda: "another")
    underived()
    with pytest.raises(AssertionError, match="derived again"):
        answered(record, "contacts")


def test_a_record_that_may_only_be_read_gives_what_is_kept_and_keeps_nothing(
    record: Record, path: Path, underived: Callable[[], None]
) -> None:
    first = answered(record, "contacts")
    with Record(path, readonly=True) as read:
        assert answered(read, "timeline") == derived(record, "timeline")
        assert "timeline" not in read.store.answered()
        underived()
        assert answered(read, "contacts") == first


def test_an_answer_is_given_also_while_another_process_writes(record: Record, path: Path) -> None:
    with Store(path) as other, other._writing():
        assert answered(record, "contacts") == derived(record, "contacts")
    assert "contacts" not in record.store.answered()


def test_an_answer_over_rows_that_have_changed_meanwhile_is_not_kept(record: Record) -> None:
    age = record.store.age()
    assert age is not None
    record.judge(meet(record), "wrong", "Ann")
    assert not record.store.keep_answer("contacts", "1", Answer(age, 0.1, ()))
    assert record.store.answer("contacts", "1") is None


def test_what_breaks_off_leaves_the_age_as_it_was(record: Record, path: Path) -> None:
    age = record.store.age()
    with pytest.raises(KeyboardInterrupt), record.store._writing():
        record.store._db.execute("UPDATE events SET verdict = 'wrong'")
        raise KeyboardInterrupt
    assert record.store.age() == age and not any(told.verdict for told in record.events())


def test_every_way_to_change_a_row_or_a_head_is_counted(record: Record, path: Path) -> None:
    db = apsw.Connection(str(path))
    statements = (
        "UPDATE events SET status = 'possible'",
        "UPDATE event_rows SET corrected = row",
        "UPDATE reports SET voice = 'r1' WHERE id = 'r2'",
        "DELETE FROM event_rows WHERE eid = 1; DELETE FROM parties WHERE eid = 1; DELETE FROM events WHERE eid = 1",
    )
    for statement in statements:
        age = record.store.age()
        db.execute(statement)
        assert age is not None and (record.store.age() or 0) > age, statement


def test_it_is_told_which_reports_have_changed(record: Record) -> None:
    age = record.store.age()
    assert age is not None
    record.judge(meet(record), "wrong", "Ann")
    assert record.store.changed(age) == {next(told.head.id for told in record.events() if told.id == meet(record))}


def test_comparing_prepares_every_answer(record: Record, underived: Callable[[], None]) -> None:
    assert set(record.comparing(60)) == set(keeping.QUESTIONS)
    first = {question: derived(record, question) for question in QUESTIONS}
    assert not list(record.comparing(60))
    underived()
    assert {question: answered(record, question) for question in QUESTIONS} == first


def test_comparing_leaves_what_would_take_too_long(record: Record) -> None:
    assert not list(record.comparing(0))
    assert not record.store.answered()


# ---------------------------------------------------------------- the file


def test_an_older_format_is_answered_from_without_being_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with gzip.open(FIRST_FORMAT) as old, path.open("wb") as new:
        shutil.copyfileobj(old, new)
    db = apsw.Connection(str(path))
    for step in files.STEPS[1:3]:
        db.execute(step.read_text(encoding="utf-8"))
    db.pragma("user_version", 3)
    db.close()
    with Record(path, readonly=True) as read:
        assert read.store.age() is None
        assert answered(read, "timeline") == derived(read, "timeline")
    with Record(path) as written:
        assert answered(written, "timeline") == derived(written, "timeline")
        assert "timeline" in written.store.answered()


def test_a_kept_record_is_whole(record: Record) -> None:
    list(record.comparing(60))
    assert not list(record.verify())


def test_a_record_for_reading_keeps_no_answer(record: Record, path: Path) -> None:
    with Store(path, readonly=True) as store, pytest.raises(RecordReadOnlyError):
        store.keep_answer("contacts", "1", Answer(store.age() or 0, 0.0, ()))


def test_lines_come_out_of_parts_as_they_went_in() -> None:
    made_up = [Line(f'{{"n": {n}}}'.encode(), (f"row{n}", f"row{n + 1}"), f"gist{n}") for n in range(600)]
    parts = tuple(answers.parted(made_up))
    assert len(parts) == 3 and list(answers.texts(parts)) == [line.text for line in made_up]
    assert list(answers.texts(parts, {"row300"})) == [b'{"n": 299}', b'{"n": 300}']
    assert answers.by_gist(parts)["gist42"] == b'{"n": 42}'
    assert not list(answers.texts(tuple(answers.parted([]))))


def test_no_rows_wanted_means_no_lines(record: Record) -> None:
    assert record.store.ids(Wanted(actor="Nobody")) == frozenset()
    assert not answered(record, "contacts", actor="Nobody")
