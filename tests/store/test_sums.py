"""Sums over many rows, against the rows themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from onrecord.held import Wanted
from onrecord.record import Entity, Event, Reading, Report, Source, Span, Where
from onrecord.store import Store
from onrecord.store.sums import Act

TEXT = "Peru and Chile met in Lima. Peru warned Chile and Bolivia, Ana Sol said. Peru praised itself. Rebels fired on Chile in Lima."
WANTED = (
    Wanted(),
    Wanted(since="2024-05-02"),
    Wanted(until="2024-05-01"),
    Wanted(types=("CONSULT",)),
    Wanted(publisher="wire"),
    Wanted(confidence=0.9),
)


def span(words: str, start: int = 0) -> Span:
    at = TEXT.index(words, start)
    return Span.of(TEXT, at, at + len(words))


def party(name: str, code: str | None, sector: str | None = None) -> Entity:
    return Entity(span(name), name, code, sector)


def reading(id_: str, published: str, publisher: str) -> Reading:
    peru, chile, bolivia = party("Peru", "PER", "GOV"), party("Chile", "CHL"), party("Bolivia", "BOL")
    lima, here = Where(span("Lima"), "Lima", "PER", -12.05, -77.05), span(TEXT)
    said = Source(Entity(span("Ana Sol"), "Ana Sol", "PER", "GOV", kind="person"), span("said"))
    return Reading(
        Report(TEXT, id=id_, published=published, publisher=publisher),
        (
            Event(id_, "CONSULT", span("met"), here, actors=(peru, chile), place=lima, score=2.5),
            Event(
                id_, "THREATEN", span("warned"), here, actors=(peru,), recipients=(chile, bolivia), source=said, score=-4.0, confidence=0.95
            ),
            Event(id_, "SUPPORT", span("praised"), here, actors=(peru,), recipients=(peru,), score=4.0),
            Event(
                id_, "ASSAULT", span("fired"), here, actors=(Entity(span("Rebels"), None, None, "REB"),), recipients=(chile,), place=lima
            ),
        ),
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    with Store(tmp_path / "r.db") as made:
        made.put(reading("a", "2024-05-01", "Wire"))
        made.put(reading("b", "2024-05-03", "Post"))
        yield made


def counted(acts: list[Act]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for act in acts:
        for pair in act.pairs():
            counts[pair] += act.times
    return counts


@pytest.mark.parametrize("wanted", WANTED)
def test_who_acts_on_whom_is_counted_as_the_rows_are(store: Store, wanted: Wanted):
    from dataclasses import replace

    counts = counted(store.acts(wanted))
    for one in ("PER", "CHL", "BOL"):
        for other in ("PER", "CHL", "BOL"):
            if one != other:
                assert counts[one, other] == store.count(replace(wanted, actor=one, recipient=other))
    assert ("PER", "PER") not in counts


def test_acts_sum_the_scores_that_are_there(store: Store):
    (act,) = [act for act in store.acts(Wanted(until="2024-05-01")) if act.type == "THREATEN"]
    assert (act.actors, act.recipients, act.times, act.total, act.scored) == (("PER",), ("BOL", "CHL"), 1, -4.0, 1)


def test_a_party_deals_with_others_each_way(store: Store):
    found = {(one.other, one.way): (one.times, one.mean) for one in store.dealings("CHL")}
    assert found == {("PER", "mutual"): (2, 2.5), ("PER", "from"): (2, -4.0), (".REB", "from"): (2, None)}
    assert {(one.other, one.way) for one in store.dealings(".REB")} == {("CHL", "to")}
    assert {one.other for one in store.dealings("PER.GOV")} == {"CHL", "BOL"}


def test_places_are_counted_with_their_positions(store: Store):
    (lima,) = store.places()
    assert (lima.name, lima.country, lima.lat, lima.lon, lima.times, lima.total, lima.scored) == ("Lima", "PER", -12.05, -77.05, 4, 5.0, 2)


def test_who_is_quoted_comes_with_the_row_and_the_publisher(store: Store):
    found = sorted(store.quoted(), key=lambda one: one.report)
    assert [(one.report, one.publisher, one.party, one.source["name"]) for one in found] == [
        ("a", "Wire", "PER.GOV", "Ana Sol"),
        ("b", "Post", "PER.GOV", "Ana Sol"),
    ]


def test_what_was_judged_wrong_counts_nowhere(store: Store):
    from onrecord.held import Judgement

    for told in list(store.events()):
        store.judge(Judgement(told.id, "wrong", "me", "2024-05-04T00:00:00Z"))
    assert store.acts() == store.dealings("CHL") == store.places() == list(store.quoted()) == []


def test_the_newest_reports_and_the_days_of_all(store: Store):
    assert store.published() == ("2024-05-01", "2024-05-03")
    assert [head.id for head in store.newest(1)] == ["b"]


def test_who_stands_in_the_record(store: Store):
    assert all(store.stands(party) for party in ("CHL", "PER.GOV", ".REB"))
    assert not any(store.stands(party) for party in ("chl", "Lima", "CHL.GOV", ""))


def test_an_empty_record_has_no_days(tmp_path: Path):
    with Store(tmp_path / "none.db") as none:
        assert none.published() is None and none.newest(3) == [] and none.acts() == []
