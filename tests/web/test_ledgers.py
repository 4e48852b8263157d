"""What is derived is kept until the record changes, and never longer than it says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.held import Wanted
from onrecord.keeping import Record
from onrecord.web import ledgers
from onrecord.web.ledgers import Ledgers


@pytest.fixture
def kept(own_record: Path) -> Iterator[Ledgers]:
    made = Ledgers(own_record)
    yield made
    made.close()


def test_an_answer_is_derived_once(kept: Ledgers) -> None:
    assert kept.get("contacts") is kept.get("contacts")


def test_it_is_what_the_record_answers(kept: Ledgers, own_record: Path) -> None:
    with Record(own_record) as record:
        assert [item.id for item in kept.get("demands")] == [item.id for item in record.demands()]
        wanted = Wanted(actor="SRB", since="2024-03-13")
        assert [item.id for item in kept.get("contacts", wanted)] == [item.id for item in record.contacts(actor="SRB", since="2024-03-13")]
        assert kept.get("tension", per="day", ordered=True) == record.tension("day")


def test_a_judgement_shows_at_once_where_deriving_is_quick(kept: Ledgers, own_record: Path) -> None:
    before = kept.get("contacts")
    with Record(own_record) as record:
        record.judge(before[0].rows[0], "wrong", by="a reader")
        expected = [item.rows for item in record.contacts()]
    assert kept.edition == 1
    assert [item.rows for item in kept.get("contacts")] == expected
    assert expected != [item.rows for item in before]


def test_what_is_slow_is_shown_as_it_was_while_it_is_made_anew(kept: Ledgers, own_record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "PATIENCE", -1.0)
    begun, go = threading.Event(), threading.Event()

    def derive(record: Record) -> int:
        count = len(record.judgements())
        if count:
            begun.set()
            go.wait(10)
        return count

    assert kept.kept("count", derive) == 0
    with Record(own_record) as record:
        record.judge(next(record.events()).id, "right", by="a reader")
    assert kept.kept("count", derive) == 0
    assert begun.wait(10)
    assert not kept.fresh("count")
    go.set()
    for thread in [one for one in threading.enumerate() if one.name == "onrecord-ledger"]:
        thread.join(10)
    assert kept.kept("count", derive) == 1
    assert kept.fresh("count")


def test_many_who_ask_at_once_get_one_answer(kept: Ledgers) -> None:
    derived: list[int] = []

    def derive(record: Record) -> list[int]:
        derived.append(1)
        return derived

    threads = [threading.Thread(target=kept.kept, args=("one", derive)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert derived == [1]


def test_only_the_last_answers_are_kept(kept: Ledgers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "KEPT", 3)
    for number in range(5):
        kept.kept(number, lambda _: object())
    assert list(kept._kept) == [2, 3, 4]
