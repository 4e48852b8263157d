"""The timeline: every mark in its lane, in the sign of its status, once; too many are stacked and none is lost."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import STATUSES, TYPES, InputError
from onrecord.web.drawing import stacks
from onrecord.web.drawing.axes import Days
from onrecord.web.drawing.timeline import Mark, Tally, tallied, timeline

FAMILY = {"CONSULT": "verbal-cooperation", "AID": "material-cooperation", "ACCUSE": "verbal-conflict", "ASSAULT": "material-conflict"}


def mark(first="2022-01-05", type_="CONSULT", status="actual", last=None, label="Northland calls Southland", href="/report/a"):
    return Mark(first, last, type_, status, label, href)


def classes(drawn):
    return Counter(name for e in drawn.walk() for name in (e.get("class") or "").split())


def links(drawn):
    return list(drawn.walk("a"))


def drawn_in(lane, drawn):
    return [a for g in drawn.walk("g") if g.get("class") == f"d-{lane}" for a in g.walk("a")]


@pytest.mark.parametrize("type_", FAMILY)
def test_a_mark_stands_in_the_lane_of_its_family(type_):
    drawn = timeline([mark(type_=type_)], "2022-01-01", "2022-01-31")
    assert [len(drawn_in(lane, drawn)) for lane in FAMILY.values()] == [int(lane == FAMILY[type_]) for lane in FAMILY.values()]


@pytest.mark.parametrize("status", STATUSES)
def test_a_mark_has_the_sign_of_its_status_and_only_what_is_denied_is_crossed(status):
    (a,) = links(timeline([mark(status=status)], "2022-01-01", "2022-01-31"))
    found = classes(a)
    assert found[f"d-{status}"] == 1
    assert found["d-cross"] == (status == "negated")


def test_a_mark_says_its_days_its_label_and_its_status():
    (a,) = links(timeline([mark(last="2022-01-07", status="planned")], "2022-01-01", "2022-01-31"))
    assert a.get("aria-label") == "5 Jan to 7 Jan 2022: Northland calls Southland (planned)"
    assert a.get("href") == "/report/a"


def test_marks_without_a_day_or_outside_are_counted_not_drawn():
    drawn = timeline([mark(), mark("2023-01-01"), mark(""), mark("in spring")], "2022-01-01", "2022-01-31")
    assert len(links(drawn)) == 1
    assert "3 events without a day or outside the period not drawn" in next(drawn.walk("desc")).text


def test_what_began_before_the_period_and_goes_on_in_it_is_drawn_from_its_edge():
    drawn = timeline([mark("2014-01-01", last="2022-01-10")], "2022-01-01", "2022-01-31")
    (box,) = [rect for a in links(drawn) for rect in a.walk("rect")]
    assert float(box.get("x")) >= 150
    assert float(box.get("width")) > 100


def test_marks_of_one_day_do_not_cover_each_other():
    drawn = timeline([mark(label=f"call {i}") for i in range(12)], "2022-01-01", "2022-01-31")
    boxes = [(rect.get("x"), rect.get("y")) for a in links(drawn) for rect in a.walk("rect")]
    assert len(boxes) == len(set(boxes)) == 12


def test_few_marks_have_their_labels_beside_them_and_many_do_not():
    few = timeline([mark()] * 3, "2022-01-01", "2022-01-31")
    many = timeline([mark(f"2022-01-{i % 28 + 1:02}") for i in range(60)], "2022-01-01", "2022-01-31")
    assert sum("Northland" in t.text for t in few.walk("text")) == 3
    assert not any("Northland" in t.text for t in many.walk("text"))


def test_many_marks_are_stacked_each_bar_a_link_to_its_days():
    asked = []

    def address(family, since, until):
        asked.append((family, since, until))
        return f"/events?since={since}"

    given = [mark(f"2022-01-{i % 20 + 1:02}") for i in range(500)]
    drawn = timeline(given, "2022-01-01", "2022-01-31", address=address)
    assert len(links(drawn)) == 20
    assert ("verbal-cooperation", "2022-01-03", "2022-01-03") in asked
    assert links(drawn)[0].get("aria-label") == "1 Jan 2022: words of cooperation: 25 actual"


def test_a_lane_that_would_be_too_high_is_stacked():
    drawn = timeline([mark(label=f"{i}") for i in range(90)], "2022-01-01", "2022-01-31")
    assert "Stacked by day" in next(drawn.walk("desc")).text


TALLIES = st.lists(
    st.builds(
        Tally,
        st.dates(date(2021, 1, 1), date(2023, 1, 1)).map(date.isoformat),
        st.sampled_from(TYPES),
        st.sampled_from(STATUSES),
        st.integers(1, 50),
    ),
    max_size=30,
)


@given(TALLIES, st.integers(0, 900))
def test_stacking_loses_nothing(tallies, length):
    since = date(2021, 3, 1)
    until = since + timedelta(length)
    drawn = tallied(tallies, since.isoformat(), until.isoformat(), address=lambda *_: "/events")
    said = sum(int(part.split()[0]) for a in links(drawn) for part in a.get("aria-label").rpartition(": ")[2].split(", "))
    assert said == sum(t.count for t in tallies if since.isoformat() <= t.day <= until.isoformat())


@given(st.dates(), st.dates())
def test_stretches_cover_the_period_without_gap_and_are_not_many(one, other):
    days = Days(min(one, other), max(one, other), 0, 800)
    found = stacks.stretches(days)
    assert found[0][0] == days.since
    assert found[-1][1] == days.until
    assert all(b[0].toordinal() == a[1].toordinal() + 1 for a, b in zip(found, found[1:], strict=False))
    assert all(first <= last for first, last in found)
    assert len(found) <= stacks.MOST + 2


def test_weeks_of_a_long_period_begin_on_mondays():
    found = stacks.stretches(Days.of("2021-01-06", "2021-12-31", 0, 800))
    assert stacks.each(found) == "week"
    assert all(first.weekday() == 0 for first, _ in found[1:])


def test_the_day_of_the_last_report_is_marked_only_when_it_is_seen():
    assert classes(timeline([], "2022-01-01", "2022-01-31", latest="2022-01-20"))["d-now"] == 1
    assert classes(timeline([], "2022-01-01", "2022-01-31", latest="2022-03-20"))["d-now"] == 0
    assert classes(timeline([], "2022-01-01", "2022-01-31"))["d-now"] == 0


def test_an_unknown_type_gets_a_lane_of_its_own_and_an_unknown_status_claims_the_least():
    drawn = timeline([mark(type_="DANCE", status="sure")], "2022-01-01", "2022-01-31")
    assert len(drawn_in("other", drawn)) == 1
    assert "other: 1 possible" in next(drawn.walk("desc")).text


def test_a_period_that_runs_backwards_is_refused():
    with pytest.raises(InputError, match="2022-02-01"):
        timeline([], "2022-02-01", "2022-01-01")


def test_the_same_marks_in_another_order_give_the_same_drawing():
    marks = [mark(f"2022-01-{i % 9 + 1:02}", type_, label=f"{i}") for i in range(30) for type_ in FAMILY][:90]
    assert str(timeline(marks, "2022-01-01", "2022-01-31")) == str(timeline(marks[::-1], "2022-01-01", "2022-01-31"))
