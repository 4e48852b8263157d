"""Curves of tension and figures of forces."""

import pytest

from onrecord.ledger import Tension
from onrecord.web.drawing import axes, curves, forces
from onrecord.web.drawing.curves import Curve, Point
from onrecord.web.drawing.forces import Amount

PERIOD = ("2022-01-03", "2022-02-06")


def week(day, mean, count=1, href=None):
    first = axes.day_of(day)
    return Point(day, first.fromordinal(first.toordinal() + 6).isoformat(), mean, count, href)


CURVE = Curve("Northland → Southland", (week("2022-01-03", 4.0, 9), week("2022-01-10", -6.0), week("2022-01-24", -2.0)), "/tension")


def of_class(drawn, name):
    return [e for e in drawn.walk() if name in (e.get("class") or "").split()]


def test_the_ledgers_tension_becomes_a_curve_a_pair_the_busiest_first():
    told = [
        Tension("USA", "RUS", "2022-01-03", "2022-01-09", -2.0, -2.0, 1),
        Tension("NATO", "RUS", "2022-01-03", "2022-01-09", 1.0, 5.0, 5),
    ]
    assert [(c.name, c.points[0].count) for c in curves.between(told)] == [("NATO → Russia", 5), ("United States → Russia", 1)]


@pytest.mark.parametrize("draw", [curves.small, curves.spark, lambda c, *p: curves.curves([c], *p)])
def test_each_drawing_tells_its_curve_in_words(draw):
    says = next(draw(CURVE, *PERIOD).walk("desc")).text
    assert "last −2, lowest −6 (10 Jan to 16 Jan 2022), highest +4 (3 Jan to 9 Jan 2022), of 11 events" in says


def test_cooperation_is_drawn_above_zero_and_conflict_below_in_their_colours():
    dots = of_class(curves.small(CURVE, *PERIOD), "d-dot")
    heights = [float(dot.get("cy")) for dot in dots]
    assert heights[0] < 76 < heights[2] < heights[1]
    assert [dot.get("class") for dot in dots] == ["d-dot d-cooperation", "d-dot d-conflict", "d-dot d-conflict"]


def test_a_period_without_events_breaks_the_line():
    gaps = of_class(curves.small(CURVE, *PERIOD), "d-gap")
    assert [gap.get("d").count("M") for gap in gaps] == [1]


def test_a_step_over_zero_is_cut_there():
    above = of_class(curves.small(CURVE, *PERIOD), "d-field")[0]
    ys = [float(part) for part in above.get("d").replace("M", "").replace("L", "").replace("Z", "").split()][1::2]
    assert max(ys) == pytest.approx(76.0)


def test_a_point_says_its_days_its_score_and_of_how_many_events():
    (title, *_) = [e.text for e in curves.small(CURVE, *PERIOD).walk("title")][2:]
    assert title == "Northland → Southland, 3 Jan to 9 Jan 2022: +4, 9 events"


def test_a_point_with_an_address_is_a_link_and_one_without_is_not():
    drawn = curves.small(Curve("a", (week("2022-01-03", 1.0, 1, "/events"), week("2022-01-10", 1.0))), *PERIOD)
    assert [a.get("href") for a in drawn.walk("a")] == ["/events"]


def test_more_curves_than_can_be_told_apart_are_counted():
    drawn = curves.curves([CURVE] * 9, *PERIOD)
    assert "3 more pairs not drawn" in next(drawn.walk("desc")).text
    assert len(list(drawn.walk("a"))) == 6


def test_names_at_the_ends_of_equal_curves_do_not_cover_each_other():
    drawn = curves.curves([CURVE] * 6, *PERIOD)
    heights = sorted(float(t.get("y")) for t in of_class(drawn, "d-name"))
    assert all(b - a >= 16 for a, b in zip(heights, heights[1:], strict=False))


def test_points_outside_the_period_are_not_drawn_and_none_at_all_is_said():
    assert len(of_class(curves.small(CURVE, "2022-01-10", "2022-01-16"), "d-dot")) == 1
    assert "nothing told" in next(curves.spark(Curve("a", ()), *PERIOD).walk("desc")).text


# ---------------------------------------------------------------- forces


def amounts():
    return [Amount("2022-01-05", 1000, 1000, "1,000 troops", "actual", "/a"), Amount("2022-01-09", 1500, 2000, "up to 2,000", "planned")]


def test_a_range_is_a_bar_and_a_number_a_dot_on_one_scale_from_zero():
    drawn = forces.forces("Northland, people", amounts(), *PERIOD)
    (dot,), (bar,) = of_class(drawn, "d-actual"), of_class(drawn, "d-planned")
    assert dot.get("width") == dot.get("height")
    assert float(bar.get("height")) == pytest.approx(9 + 500 / 2000 * (forces.FRAME.bottom - forces.FRAME.top), abs=0.1)
    assert {"0", "1k", "2k"} <= {t.text for t in drawn.walk("text")}


def test_the_figures_are_told_in_words_and_those_outside_counted():
    drawn = forces.forces("Northland, people", [*amounts(), Amount("2023-01-01", 5, 5, "5")], *PERIOD)
    assert next(drawn.walk("desc")).text == "2 figures, from 1,000 to 2,000. 1 figure outside the period not drawn."


def test_no_figure_at_all_is_said():
    assert next(forces.forces("x", [], *PERIOD).walk("desc")).text == "No figure in the period."
