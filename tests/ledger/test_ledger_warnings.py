"""Threats, their conditions, and whether they were carried out."""

import pytest
from ledger_rows import told

from onrecord.ledger import warnings
from onrecord.ledger.warnings import split
from onrecord.record import Span

TEXT = "Rome threatened to impose sanctions on Cairo unless the pipeline is reopened."
WHAT = "to impose sanctions on Cairo unless the pipeline is reopened"


def threat(report="a", published="2024-03-01", text=TEXT, what=WHAT, **fields):
    given = {"type": "THREATEN", "content": what, "report": report, "published": published, **fields}
    return told(text, "threatened", ("ITA.GOV",), ("EGY.GOV",), **given)


def deed(
    type_="SANCTION", text="Rome imposed sanctions on Cairo.", trigger="imposed", actors=("ITA.GOV",), recipients=("EGY.GOV",), **fields
):
    return told(text, trigger, actors, recipients, **{"type": type_, "report": "d", "published": "2024-03-20", **fields})


def test_a_threat_is_cut_into_condition_and_consequence():
    [found] = warnings([threat()])
    assert found.consequence.text == "to impose sanctions on Cairo"
    assert found.condition.text == "unless the pipeline is reopened"
    assert TEXT[found.condition.start : found.condition.end] == found.condition.text


def test_a_condition_that_the_content_leaves_out_is_found_in_the_sentence():
    [found] = warnings([threat(what="to impose sanctions on Cairo")])
    assert found.condition.text == "unless the pipeline is reopened."


@pytest.mark.parametrize(
    ("text", "condition", "consequence"),
    [
        ("they will strike if the fleet sails", "if the fleet sails", "they will strike"),
        ("if the fleet sails, they will strike", "if the fleet sails", "they will strike"),
        ("strikes would follow in the event of an invasion", "in the event of an invasion", "strikes would follow"),
        ("harsh measures", None, "harsh measures"),
    ],
)
def test_conditions_before_and_after(text, condition, consequence):
    got, then = split(Span(text, 50, 50 + len(text)))
    assert (got.text if got else None, then.text) == (condition, consequence)
    assert text[then.start - 50 : then.end - 50] == consequence


def test_the_same_threat_told_again_is_one():
    again = threat("b", "2024-03-05", "It threatened again to impose pipeline sanctions.", "to impose pipeline sanctions")
    [found] = warnings([threat(), again])
    assert [telling.report for telling in found.tellings] == ["a", "b"]


def test_another_threat_is_another():
    other = threat("b", "2024-03-05", "It threatened to recall its ambassador.", "to recall its ambassador")
    assert len(warnings([threat(), other])) == 2


def test_a_later_deed_of_the_kind_carries_it_out():
    done = deed()
    [found] = warnings([threat(), done])
    assert [telling.row for telling in found.carried_out] == [done.id]


def test_the_mode_tells_what_carries_a_threat_out():
    strike = deed("ASSAULT", "Rome struck a depot near Cairo.", "struck")
    vague = threat(text="Rome threatened to act with all its strength.", what="to act with all its strength", mode="violence")
    assert len(warnings([vague, strike])[0].carried_out) == 1
    assert not warnings([vague, deed()])[0].carried_out


@pytest.mark.parametrize(
    "fields",
    [
        {"published": "2024-02-01"},
        {"status": "planned"},
        {"actors": ("FRA.GOV",)},
        {"recipients": ("TUR.GOV",)},
        {"type_": "MOBILIZE"},
        {"published": "2026-01-01"},
    ],
)
def test_earlier_planned_others_and_other_deeds_do_not_carry_it_out(fields):
    assert not warnings([threat(), deed(**fields)])[0].carried_out


def test_a_threat_is_json_ready():
    data = warnings([threat(), deed()])[0].to_dict()
    assert data["condition"]["text"] == "unless the pipeline is reopened"
    assert len(data["rows"]) == 2
