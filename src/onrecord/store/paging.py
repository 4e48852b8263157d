"""Asking a record for its rows page by page, in an order that does not move when rows are added elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

import apsw

from onrecord.held import Told, Wanted
from onrecord.store import sql, wanting
from onrecord.store.reading import told_by_number
from onrecord.store.values import packed, unpacked


class Place(NamedTuple):
    """Where a row stands in the order of ``events``: day (None: after all days), report, first letter, number in its report."""

    day: str | None
    report: str
    start: int
    n: int


class Leaf(NamedTuple):
    """One page of rows, and where the next begins after; None at the end."""

    rows: Sequence[Told]
    last: Place | None


_KEY: Final = "(e.day IS NULL, coalesce(e.day, ''), r.id, e.start, e.n)"
_FORWARDS: Final = "ORDER BY e.day NULLS LAST, r.id, e.start, e.n"
_BACKWARDS: Final = "ORDER BY e.day IS NULL, e.day DESC, r.id DESC, e.start DESC, e.n DESC"
_AFTER: Final = "(?, ?, ?, ?, ?)"


def page(db: apsw.Connection, wanted: Wanted, size: int, after: Place | None = None, newest: bool = False) -> Leaf:
    """At most ``size`` of the events that are wanted, those after a place; by day, or the newest first (rows without a day last)."""
    where = wanting.of_events(wanted)
    if after is not None:
        _beyond(where, after, newest)
    order = _BACKWARDS if newest else _FORWARDS
    query = f"SELECT e.eid, e.day, r.id, e.start, e.n FROM events AS e JOIN reports AS r USING (rid) WHERE {where.sql} {order} LIMIT ?"
    found = sql.every(db, query, (*where.values, size + 1))
    kept = found[:size]
    last = Place(kept[-1][1], unpacked(kept[-1][2]), *kept[-1][3:]) if len(found) > size else None
    return Leaf(tuple(told_by_number(db, [row[0] for row in kept])), last)


def best(db: apsw.Connection, wanted: Wanted, size: int, skip: int = 0) -> tuple[Sequence[Told], bool]:
    """At most ``size`` of the events with the words wanted, the best first, after ``skip`` better ones; and whether more follow."""
    query = wanting.words(wanted.words or "")
    if not query:
        return (), False
    where = wanting.of_events(replace(wanted, words=None))
    joined = "events AS e JOIN reports AS r USING (rid) JOIN event_words AS w ON w.rowid = e.eid"
    order = "ORDER BY w.rank, e.day DESC NULLS LAST, r.id, e.start, e.n LIMIT ? OFFSET ?"
    asked = f"SELECT e.eid FROM {joined} WHERE event_words MATCH ? AND {where.sql} {order}"
    numbers = [eid for (eid,) in sql.stream(db, asked, (query, *where.values, size + 1, skip))]
    return tuple(told_by_number(db, numbers[:size])), len(numbers) > size


def _beyond(where: wanting.Condition, after: Place, newest: bool) -> None:
    """The condition that a row stands after a place."""
    values: tuple[Any, ...] = (after.day is None, after.day or "", packed(after.report), after.start, after.n)
    if not newest:
        where.add(f"{_KEY} > {_AFTER}", *values)
    elif after.day is None:
        where.add(f"e.day IS NULL AND {_KEY} < {_AFTER}", *values)
    else:
        where.add(f"(e.day IS NULL OR {_KEY} < {_AFTER})", *values)


def ids(db: apsw.Connection, wanted: Wanted) -> frozenset[str]:
    """The ids of the events that are wanted, in no order."""
    where = wanting.of_events(wanted)
    query = f"SELECT e.id FROM events AS e JOIN reports AS r USING (rid) WHERE {where.sql}"
    return frozenset(unpacked(id_) for (id_,) in sql.stream(db, query, where.values))
