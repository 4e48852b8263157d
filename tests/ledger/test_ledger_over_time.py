"""Forces, tension and the timeline."""

import pytest
from ledger_rows import LEROY, MERTEN, ROE, call, told

from onrecord.ledger import Deed, forces, tension, timeline


def buildup(text, words=None, value=None, unit=None, report="a", **fields):
    quantities = ((value, unit, words),) if words else ()
    return told(text, "moved", ("TUR.MIL",), report=report, type="MOBILIZE", quantities=quantities, **fields)


def test_figures_stand_by_owner_place_and_kind_with_who_says_so():
    rows = [
        buildup("Ankara moved 4,000 troops to Van.", "4,000 troops", 4000, "troops", place="Van", source="GRC.GOV"),
        buildup("Ankara moved 6,000 soldiers to Van.", "6,000 soldiers", 6000, "soldiers", "b", place="Van", published="2024-03-09"),
        buildup("Ankara moved 12 frigates to Van.", "12 frigates", 12, "frigates", "c", place="Van"),
        buildup("Ankara moved 300 troops to Izmir.", "300 troops", 300, "troops", "d", place="Izmir"),
    ]
    found = {(force.owner, force.place, force.kind): [(f.value, f.says) for f in force.figures] for force in forces(reversed(rows))}
    assert found == {
        ("TUR", "Van", "people"): [(4000, "GRC"), (6000, "b")],
        ("TUR", "Van", "vessels"): [(12, "c")],
        ("TUR", "Izmir", "people"): [(300, "d")],
    }


def test_days_and_money_are_no_forces_and_a_row_without_a_number_is_still_told():
    [force] = forces([buildup("It moved forces for 30 days.", "30 days", 30, "days")])
    assert (force.kind, force.figures, len(force.tellings)) == ("forces", (), 1)


def test_what_is_denied_is_no_build_up():
    assert not forces([buildup("It never moved troops.", status="negated")])


def deed(day="2024-03-05", actors=("IRN.GOV",), recipients=("IRQ.GOV",), type_="ACCUSE", score=-3.0, voice="v", status="actual"):
    return Deed(day, actors, recipients, type_, score, voice, status)


def scored(rows, **fields):
    return [(t.source, t.target, t.first, t.mean, t.sum, t.count) for t in tension(rows, **fields)]


def test_tension_is_the_mean_the_sum_and_the_count_of_a_pairs_week():
    rows = [deed(), deed("2024-03-10", type_="ASSAULT", score=-9.0), deed("2024-03-11", score=-1.0)]
    assert scored(rows) == [("IRN", "IRQ", "2024-03-04", -6.0, -12.0, 2), ("IRN", "IRQ", "2024-03-11", -1.0, -1.0, 1)]
    assert [t.last for t in tension(rows)] == ["2024-03-10", "2024-03-17"]


def test_one_voice_counts_once_a_type_pair_and_day():
    assert scored([deed(), deed(score=-4.0), deed(voice="w")], per="day") == [("IRN", "IRQ", "2024-03-05", -3.5, -7.0, 2)]


def test_either_direction_is_one_pair_when_asked():
    rows = [deed(), deed(actors=("IRQ",), recipients=("IRN",), type_="AGREE", score=5.0)]
    assert scored(rows) == [("IRN", "IRQ", "2024-03-04", -3.0, -3.0, 1), ("IRQ", "IRN", "2024-03-04", 5.0, 5.0, 1)]
    assert scored(rows, ordered=False) == [("IRN", "IRQ", "2024-03-04", 1.0, 2.0, 2)]


def test_what_is_done_together_counts_both_ways():
    assert [(s, t) for s, t, *_ in scored([deed(actors=("IRN", "IRQ"), recipients=(), score=4.0)])] == [("IRN", "IRQ"), ("IRQ", "IRN")]


@pytest.mark.parametrize("fields", [{"status": "planned"}, {"day": None}, {"day": "soon"}, {"score": None}, {"recipients": ()}])
def test_plans_and_what_has_no_day_score_or_other_side_do_not_count(fields):
    assert not scored([deed(**fields)])
    if fields == {"status": "planned"}:
        assert scored([deed(**fields)], statuses=("planned",))


def test_tension_reads_whole_rows_too_and_leaves_out_the_wrong_ones():
    row = {"type": "ACCUSE", "score": -3.0}
    right = told("Iran blamed Iraq.", "blamed", ("IRN",), ("IRQ",), **row)
    wrong = told("Iran blamed Iraq.", "blamed", ("IRN",), ("IRQ",), report="z", verdict="wrong", **row)
    assert scored([right, wrong]) == [("IRN", "IRQ", "2024-03-04", -3.0, -3.0, 1)]


def test_tension_holds_at_the_ends_of_the_calendar():
    assert len(scored([deed("0001-01-01"), deed("9999-12-31")])) == 2


def strike(report, published="2024-03-06", **fields):
    given = {"type": "ASSAULT", "days": "2024-03-05", "report": report, "published": published, **fields}
    return told("Raiders struck the port.", "struck", ("YEM.REB",), ("SAU",), **given)


def test_the_timeline_tells_each_event_once_by_day():
    rows = [call("b", "2024-03-07"), strike("a"), strike("c"), strike("d", days="2024-03-06"), call("a", "2024-03-07", start=50)]
    items = timeline(rows)
    assert [(item.type, item.first, len(item.rows)) for item in items] == [
        ("ASSAULT", "2024-03-05", 2),
        ("ASSAULT", "2024-03-06", 1),
        ("CONSULT", "2024-03-07", 2),
    ]
    assert items[2].contact is not None
    assert [telling.report for telling in items[0].tellings] == ["a", "c"]


def test_copies_of_one_story_are_one_voice_in_the_timeline():
    [item] = timeline([strike("a"), strike("c", voice="a")])
    assert (len(item.rows), item.voices) == (2, 1)


def test_other_parties_and_another_status_are_other_events():
    other = told("Raiders struck the port.", "struck", ("YEM.REB",), ("OMN",), type="ASSAULT", days="2024-03-05", report="e")
    assert len(timeline([strike("a"), other, strike("f", status="negated")])) == 3


def test_what_nothing_dates_comes_last_and_is_not_joined():
    rows = [strike("a", None, days=None), strike("b", None, days=None), call("c", "2024-03-07", (ROE, MERTEN, LEROY))]
    items = timeline(rows)
    assert [item.first for item in items] == ["2024-03-07", None, None]
    assert items[0].to_dict()["contact"] == items[0].id
