"""One invented crisis in five reports, from the text to the ledger, with the real reader."""

import pytest

import onrecord
from onrecord.held import Head, Told
from onrecord.ledger import agenda, contacts, demands, disputes, forces, warnings

REPORTS = [
    (
        "a",
        "2024-03-01",
        "Turkey demanded that Greece withdraw its soldiers from the island of Kos. Greece rejected the demand. "
        "Turkey warned that it would close the strait to Greek ships unless the soldiers left.",
    ),
    (
        "b",
        "2024-03-04",
        "Greek officials said Turkish boats fired on a fishing vessel near Kos on Sunday. "
        "Turkey has moved 4,000 troops and 20 ships to Bodrum, Greece said. "
        "The Turkish and Greek foreign ministers will meet in Geneva on March 12.",
    ),
    (
        "c",
        "2024-03-05",
        "Turkey denied that its boats fired on a fishing vessel near Kos on Sunday. "
        "Ankara again demanded that Greece withdraw soldiers from Kos.",
    ),
    (
        "d",
        "2024-03-09",
        "The meeting of the Turkish and Greek foreign ministers in Geneva, planned for March 12, was cancelled. "
        "Greece agreed to withdraw its soldiers from Kos by May.",
    ),
    ("e", "2024-03-15", "Turkey closed the strait to Greek ships on Thursday."),
]


@pytest.fixture(scope="module")
def rows():
    reports = [onrecord.Report(text, id=id_, published=day, publisher=f"Paper {id_}") for id_, day, text in REPORTS]
    read = zip(reports, onrecord.read_many(reports), strict=True)
    return [
        Told.of(event, Head(r.id, r.id, published=r.published, publisher=r.publisher)) for r, reading in read for event in reading.events
    ]


def test_every_span_of_the_ledger_stands_in_its_report(rows):
    texts = {id_: text for id_, _, text in REPORTS}
    items = [*contacts(rows), *demands(rows), *warnings(rows), *forces(rows)]
    told = [telling for item in items for telling in item.tellings]
    assert told
    assert all(span.matches(texts[t.report]) for t in told for span in (t.trigger, t.sentence, t.words))


def test_a_demand_is_followed_from_its_first_refusal_to_its_acceptance(rows):
    [demand] = demands(rows)
    assert (demand.by, demand.of, demand.since) == (("TUR",), ("GRC",), "2024-03-01")
    assert [telling.report for telling in demand.tellings] == ["a", "c"]
    assert [(answer.verdict, answer.telling.report) for answer in demand.answers] == [("refused", "a"), ("accepted", "d")]
    assert demand.outcome == "accepted"


def test_a_threat_is_followed_to_the_deed(rows):
    [threat] = warnings(rows)
    assert threat.condition is not None
    assert threat.condition.text == "unless the soldiers left"
    assert [telling.report for telling in threat.carried_out] == ["e"]


def test_both_sides_of_an_incident_are_told(rows):
    [dispute] = disputes(rows)
    assert ([v.by for v in dispute.asserted], [v.by for v in dispute.denied]) == (["GRC"], ["TUR"])


def test_a_meeting_that_was_called_off_stays_on_the_agenda_as_cancelled(rows):
    assert [(item.first, item.status) for item in agenda(rows, after="2024-03-10") if item.type == "CONSULT"] == [
        ("2024-03-12", "cancelled")
    ]


def test_forces_are_told_by_kind(rows):
    assert {(force.owner, force.kind): force.figures[0].value for force in forces(rows)} == {
        ("TUR", "people"): 4000,
        ("TUR", "vessels"): 20,
    }
