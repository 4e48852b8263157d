"""Page after page, every row once, in one order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made import made

from onrecord.held import Wanted
from onrecord.store import Place, Store

REPORTS = 7
ALL = Wanted(related=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "paged.db") as opened:
        for number in range(REPORTS):
            opened.put(made(f"r{number}", published=None if number % 3 == 0 else f"2031-05-{number + 1:02d}"))
        yield opened


def leaves(store: Store, size: int, newest: bool, wanted: Wanted = ALL) -> Iterator[tuple[str, str]]:
    after: Place | None = None
    while True:
        leaf = store.page(wanted, size, after, newest)
        assert len(leaf.rows) <= size
        yield from ((told.head.id, told.id) for told in leaf.rows)
        after = leaf.last
        if after is None:
            return


@pytest.mark.parametrize("size", [1, 2, 3, 20, 21, 22])
@pytest.mark.parametrize("newest", [False, True])
def test_the_pages_together_are_all_rows_each_once(store: Store, size: int, newest: bool) -> None:
    whole = list(leaves(store, 500, newest))
    assert list(leaves(store, size, newest)) == whole
    assert sorted(whole) == sorted((told.head.id, told.id) for told in store.events(ALL))


def test_the_order_is_that_of_events(store: Store) -> None:
    assert list(leaves(store, 4, newest=False)) == [(told.head.id, told.id) for told in store.events(ALL)]


def test_newest_first_puts_rows_without_a_day_last_all_the_same(store: Store) -> None:
    days = [told.day for told in store.page(ALL, 500, newest=True).rows]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert all(day is None for day in days[len(known) :])
    assert len(known) < len(days)


def test_only_what_is_wanted_is_paged(store: Store) -> None:
    wanted = Wanted(types=("SANCTION",))
    assert len(list(leaves(store, 2, False, wanted))) == REPORTS
    assert store.page(Wanted(types=("AID",)), 2) == ((), None)


def test_a_row_added_meanwhile_moves_no_other_to_a_second_page(store: Store) -> None:
    first = store.page(ALL, 5)
    store.put(made("r00", published="2031-01-01"))
    rest = store.page(ALL, 500, first.last)
    assert {(told.head.id, told.id) for told in first.rows}.isdisjoint((told.head.id, told.id) for told in rest.rows)


def test_the_ids_are_those_of_the_events(store: Store) -> None:
    wanted = Wanted(types=("CONSULT", "THREATEN"), related=True)
    assert store.ids(wanted) == {told.id for told in store.events(wanted)}


def test_changes_are_noticed_where_another_writes(store: Store, tmp_path: Path) -> None:
    with Store(tmp_path / "paged.db", readonly=True) as reader:
        before = reader.changes()
        assert reader.changes() == before
        store.put(made("another"))
        assert reader.changes() != before


def test_the_best_are_those_of_a_search_page_after_page(store: Store) -> None:
    word = next(store.events(ALL)).event.trigger.text
    wanted = Wanted(words=word, related=True)
    whole = [hit.told.id for hit in store.search(word, ALL) if hit.told]
    paged: list[str] = []
    more = True
    while more:
        rows, more = store.best(wanted, 2, len(paged))
        paged += [told.id for told in rows]
    assert paged == whole
    assert len(whole) > 2
    assert store.best(Wanted(), 5) == ((), False)


def test_an_excerpt_is_that_of_the_search(store: Store) -> None:
    word = next(store.events(ALL)).event.trigger.text
    for hit in store.search(word, ALL):
        assert hit.told is not None
        assert store.excerpt(word, hit.told) == hit.excerpt


def test_the_size_of_a_report_is_how_many_rows_it_has(store: Store) -> None:
    sizes = store.sizes()
    for head in store.reports():
        kept = store.report(head.id)
        assert kept is not None
        assert sizes[head.id] == (len(kept.events), len(kept.statements))


@pytest.mark.parametrize("facet", ["party", "type", "status", "publisher"])
def test_a_facet_counts_what_is_found_by_it(store: Store, facet: str) -> None:
    asked = {"party": "actor", "type": "types", "status": "statuses", "publisher": "publisher"}[facet]
    counts = store.facet(facet, ALL)
    assert counts
    for value, count in counts:
        assert store.count(Wanted(related=True, **{asked: (value,) if asked.endswith("s") else value})) == count  # type: ignore[arg-type]
