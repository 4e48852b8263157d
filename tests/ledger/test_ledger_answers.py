"""Answers as lines: what has not changed is not written anew, and what has changed is."""

from __future__ import annotations

import pytest
from ledger_rows import call, meeting, told

from onrecord.held import Told
from onrecord.ledger.answers import QUESTIONS, Compared, holding, line, lines
from onrecord.record import to_json


def rows() -> list[Told]:
    """Two reports of one call, a meeting to come, a demand with its refusal, a move of troops, and a threat."""
    return [
        call("r1", "2024-03-05"),
        call("r2", "2024-03-06"),
        meeting("r3", "2024-03-07", status="planned", days="2024-03-20"),
        told("Germany demanded access to the port.", "demanded", ("DEU",), ("USA",), report="r4", type="REQUEST"),
        told("The USA refused access to the port.", "refused", ("USA",), ("DEU",), report="r5", type="REJECT", published="2024-03-08"),
        told("France threatened to close the port.", "threatened", ("FRA",), ("USA",), report="r4", type="THREATEN", start=90),
        told(
            "France moved 400 troops.", "moved", ("FRA",), report="r6", type="MOBILIZE", quantities=((400.0, "troops", "400 troops"),)
        ),
    ]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_lines_are_the_items_as_json(question: str) -> None:
    compared = Compared(rows())
    items = QUESTIONS[question].items(compared)
    found = list(lines(question, compared, {}, frozenset()))
    assert [one.text for one in found] == [to_json(item.to_dict()).encode() for item in items]
    assert [one.rows for one in found] == [item.rows for item in items]
    assert [line(item).text for item in items] == [one.text for one in found]


def test_the_rows_give_an_item_to_every_question_but_disputes() -> None:
    assert {question for question in QUESTIONS if not list(lines(question, Compared(rows()), {}, frozenset()))} == {"disputes"}


KNOWN_AGAIN = sorted(question for question, asked in QUESTIONS.items() if asked.gist is not None)


@pytest.mark.parametrize("question", KNOWN_AGAIN)
def test_what_has_not_changed_is_taken_over(question: str) -> None:
    first = list(lines(question, Compared(rows()), {}, frozenset()))
    known = {one.gist: b"as it was" for one in first}
    assert len(known) == len(first), "a gist means one item"
    assert {one.text for one in lines(question, Compared(rows()), known, frozenset())} == {b"as it was"}


@pytest.mark.parametrize("question", KNOWN_AGAIN)
def test_what_rests_on_a_changed_report_is_written_anew(question: str) -> None:
    first = list(lines(question, Compared(rows()), {}, frozenset()))
    known = {one.gist: b"as it was" for one in first}
    again = list(lines(question, Compared(rows()), known, frozenset({"r2"})))
    anew = [one for one, before in zip(again, first, strict=True) if one.text == before.text]
    assert len(anew) == 1 and len(anew[0].rows) == 2, "the call, which two reports tell of"
    assert {one.text for one in again} - {anew[0].text} == {b"as it was"}


@pytest.mark.parametrize("question", KNOWN_AGAIN)
def test_what_is_joined_otherwise_is_written_anew(question: str) -> None:
    """Another report tells of the call: the reports of before are the same, and their item is not."""
    known = {one.gist: b"as it was" for one in lines(question, Compared(rows()), {}, frozenset())}
    more = Compared([*rows(), call("r7", "2024-03-05")])
    assert [len(one.rows) for one in lines(question, more, known, frozenset({"r7"})) if one.text != b"as it was"] == [3]


def test_what_a_refusal_elsewhere_does_to_a_plan_is_written_anew() -> None:
    known = {one.gist: b"as it was" for one in lines("contacts", Compared(rows()), {}, frozenset())}
    refusal = told("Germany called off the meeting with the United States.", "called off", ("DEU",), ("USA",),
                   report="r8", type="REJECT", mode="meet", published="2024-03-15")  # fmt: skip
    (anew,) = [one.text for one in lines("contacts", Compared([*rows(), refusal]), known, frozenset({"r8"})) if one.text != b"as it was"]
    assert b'"status": "cancelled"' in anew


def test_accounts_that_were_known_are_the_same_accounts() -> None:
    first = Compared(rows())
    known = {one.gist: one.text for one in first.account_lines()}
    again = Compared(rows(), known=known)
    assert len(known) == 3 and again.contacts == first.contacts
    assert [contact.told for contact in again.contacts] == [contact.told for contact in first.contacts]
    assert list(again.account_lines()) == list(first.account_lines())


def test_what_is_known_is_not_found_out_again() -> None:
    """Else it would save nothing: an account that is said to be of a letter is taken at its word."""
    known = {one.gist: one.text.replace(b'"phone"', b'"letter"') for one in Compared(rows()).account_lines()}
    assert "letter" in {contact.sort for contact in Compared(rows(), known=known).contacts}
    left = holding(known, ["r1", "r2"])
    assert "letter" not in {contact.sort for contact in Compared(rows(), known=left).contacts} and len(left) == 1
