"""What one says happened and another denies."""

from ledger_rows import told

from onrecord.ledger import disputes

HIT = "Tunisian boats shelled a lighthouse near Bari harbour."
NOT = "Tunis denied that its boats shelled the Bari lighthouse."


def claim(report="a", text=HIT, actors=("TUN.MIL",), recipients=("ITA",), **fields):
    return told(text, "shelled", actors, recipients, **{"type": "ASSAULT", "report": report, "source": "ITA.GOV", **fields})


def denial(report="b", text=NOT, **fields):
    given = {"type": "ASSAULT", "status": "negated", "report": report, "source": "TUN.GOV", "published": "2024-03-06", **fields}
    return told(text, "shelled", ("TUN.MIL",), ("ITA",), **given)


def test_an_event_asserted_and_denied_is_a_dispute_with_both_sides_words():
    [dispute] = disputes([claim(), denial()])
    assert (dispute.kind, dispute.type, dispute.actors, dispute.recipients) == ("event", "ASSAULT", ("TUN",), ("ITA",))
    assert [(v.by, v.telling.sentence.text) for v in dispute.asserted] == [("ITA", HIT)]
    assert [(v.by, v.telling.sentence.text) for v in dispute.denied] == [("TUN", NOT)]
    assert dispute.since == "2024-03-05"


def test_several_reports_of_one_dispute_are_one():
    [dispute] = disputes([claim(), claim("c"), denial(), denial("d")])
    assert (len(dispute.asserted), len(dispute.denied)) == (2, 2)


def test_nobody_disputes_with_himself():
    assert not disputes([claim(source="TUN.GOV"), denial()])


def test_a_press_office_speaks_for_its_state():
    assert not disputes([claim(source=None, publisher="Kremlin"), denial(source="RUS.GOV")])


def test_other_days_places_victims_and_matters_are_no_dispute():
    assert not disputes([claim(days="2024-03-01"), denial(days="2024-03-04")])
    assert not disputes([claim(place="Bari"), denial(place="lighthouse")])
    assert not disputes([claim(recipients=("GRC",)), denial()])
    assert not disputes([claim(text="Tunisian boats shelled fishing nets at dawn."), denial()])
    assert not disputes([claim(published="2023-11-01"), denial()])


def test_the_same_victim_on_the_same_day_is_enough():
    other = claim(text="Boats shelled the coast.", days="2024-03-04")
    assert len(disputes([other, denial(days="2024-03-04")])) == 1


def accusation(**fields):
    given = {"type": "ACCUSE", "content": "of arming smugglers off Sicily", **fields}
    return told("Rome accused Tunis of arming smugglers off Sicily.", "accused", ("ITA.GOV",), ("TUN.GOV",), **given)


def rebuff(text="Tunis rejected the tale of arming smugglers off Sicily.", **fields):
    given = {"type": "REJECT", "report": "b", "published": "2024-03-07", **fields}
    return told(text, "rejected", ("TUN.GOV",), ("ITA.GOV",), **given)


def test_an_accusation_turned_down_is_a_dispute():
    [dispute] = disputes([accusation(), rebuff()])
    assert (dispute.kind, dispute.asserted[0].by, dispute.denied[0].by) == ("accusation", "ITA", "TUN")


def test_a_linked_refusal_turns_an_accusation_down_whatever_its_words():
    blame = accusation()
    assert len(disputes([blame, rebuff("Tunis rejected this.", report="r1", published="2024-03-05", answers=blame.id)])) == 1


def test_the_accused_ones_own_denial_turns_it_down_but_nobody_elses():
    fields = {"type": "AID", "status": "negated", "content": "arming smugglers off Sicily", "report": "b", "published": "2024-03-07"}
    text = "Tunis is not arming smugglers off Sicily, it said."
    assert len(disputes([accusation(), told(text, "arming", ("TUN.GOV",), source="TUN.GOV", **fields)])) == 1
    assert not disputes([accusation(), told(text, "arming", ("TUN.GOV",), source="FRA.GOV", **fields)])


def test_a_refusal_of_something_else_is_no_dispute():
    assert not disputes([accusation(), rebuff("Tunis rejected a loan for its railways.")])


def test_a_dispute_is_json_ready():
    assert disputes([claim(), denial()])[0].to_dict()["denied"][0]["telling"]["row"] == denial().id
