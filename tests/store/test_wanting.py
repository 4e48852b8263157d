"""Rows are found by what is asked of them, and nothing that is typed breaks the search."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import made

from onrecord.held import Wanted
from onrecord.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store(tmp_path_factory.mktemp("record") / "r.db") as store:
        store.put(made())
        yield store


def types(store: Store, wanted: Wanted) -> set[str]:
    found = {told.type for told in store.events(wanted)}
    assert wanted.limit is not None or store.count(wanted) == len(found)
    return found


ALL = {"SANCTION", "THREATEN", "CONSULT"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ALL - {"CONSULT"}),
        (Wanted(related=True), ALL),
        (Wanted(related=True, limit=2), {"SANCTION", "THREATEN"}),
        (Wanted(types=("SANCTION", "AID")), {"SANCTION"}),
        (Wanted(statuses=("planned",), related=True), {"CONSULT"}),
        (Wanted(since="2031-05-06", related=True), {"THREATEN", "CONSULT"}),
        (Wanted(until="2031-05-05"), {"SANCTION"}),
        (Wanted(confidence=0.8), {"SANCTION"}),
        (Wanted(actor="TAR", related=True), ALL),
        (Wanted(actor="tar.gov", recipient="NLD"), {"SANCTION"}),
        (Wanted(actor="TAR", recipient="NLD", related=True), {"SANCTION", "CONSULT"}),
        (Wanted(recipient="TAR", related=True), {"THREATEN", "CONSULT"}),
        (Wanted(actor="TAR", recipient="TAR", related=True), set()),
        (Wanted(actor="TAR.MIL"), set()),
        (Wanted(actor="norland", recipient="Tarvia"), {"THREATEN"}),
        (Wanted(actor="nor"), ALL - {"CONSULT"}),
        (Wanted(actor="land"), set()),
        (Wanted(actor="%"), set()),
        (Wanted(place="kalla", related=True), {"CONSULT"}),
        (Wanted(publisher="the courier"), {"SANCTION", "THREATEN"}),
        (Wanted(publisher="courier"), set()),
        (Wanted(words="port hemne"), {"THREATEN"}),
        (Wanted(words='"close the port"'), {"THREATEN"}),
        (Wanted(words='"port the close"'), set()),
        (Wanted(words="new row envoys"), {"SANCTION"}),
        (Wanted(words="?"), set()),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set | frozenset) else value),
)
def test_what_is_wanted_is_found(store: Store, wanted: Wanted, found: set[str]) -> None:
    assert types(store, wanted) == found


DAYS = (None, "2031-05-04", "2031-05-05", "2031-05-06", "2031-05-07", "2031-05-09", "2031-05-10")


@pytest.mark.parametrize(("since", "until"), list(itertools.product(DAYS, DAYS)))
def test_a_period_means_what_it_means_to_an_event(store: Store, since: str | None, until: str | None) -> None:
    found = [told.id for told in store.events(Wanted(since=since, until=until, related=True))]
    assert found == [told.id for told in store.events() if told.within(since, until)]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [(Wanted(), 1), (Wanted(actor="TAR"), 1), (Wanted(source="korvel"), 1), (Wanted(actor="NLD"), 0), (Wanted(words="envoys"), 1)],
    ids=str,
)
def test_statements_are_found_by_their_speaker(store: Store, wanted: Wanted, count: int) -> None:
    assert len(list(store.statements(wanted))) == count


def test_a_statement_comes_out_whole(store: Store) -> None:
    (spoken,) = store.statements()
    assert spoken.statement == made().statements[0] and spoken.speaker == "TAR.GOV"


def test_a_hit_shows_the_words_that_were_found(store: Store) -> None:
    (hit,) = store.search('pört "close the"')
    assert str(hit.excerpt) == "Norland threatened to [close] [the] [port] of Hemne in answer."
    assert hit.told is not None and hit.told.type == "THREATEN"


def test_what_stands_in_the_title_only_is_shown_in_the_title(store: Store) -> None:
    assert {str(hit.excerpt) for hit in store.search("row")} == {"Tarvia and Norland in new [row]"}


def test_a_report_is_found_by_any_of_its_words(store: Store) -> None:
    (hit,) = store.search_reports("kalla")
    assert hit.head.id == "r1" and "in [Kalla] on Friday" in str(hit.excerpt) and hit.told is None


@pytest.mark.parametrize(
    "typed",
    ['"', '""', "AND", "envoys AND", "NEAR(a b)", "title:row", "a*", "-envoys", "(", "^envoys", "'; DROP", "\x00", "\ud800", '"\ud800"'],
)
def test_no_typed_words_are_syntax(store: Store, typed: str) -> None:
    list(store.search(typed))
    list(store.search_reports(typed))


@given(st.text(max_size=30))
def test_anything_may_be_typed(store: Store, typed: str) -> None:
    for hit in (*store.search(typed), *store.search_reports(typed)):
        assert hit.excerpt.marked("", "") == hit.excerpt.words
    list(store.events(Wanted(actor=typed, recipient=typed, publisher=typed, source=typed, place=typed)))
