"""Asking SQLite, with types: a row is a tuple of whatever its columns are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import apsw

Columns = tuple[Any, ...]
Values = Sequence[Any] | Mapping[str, Any]


def stream(db: apsw.Connection, query: str, values: Values = ()) -> Iterator[Columns]:
    """The rows of a query as they come; write nothing to its tables meanwhile."""
    return iter(db.execute(query, values))


def every(db: apsw.Connection, query: str, values: Values = ()) -> list[Columns]:
    """All rows of a query at once."""
    return list(db.execute(query, values))


def maybe(db: apsw.Connection, query: str, values: Values = ()) -> Columns | None:
    """The first row of a query, if it has one."""
    return next(stream(db, query, values), None)


def one(db: apsw.Connection, query: str, values: Values = ()) -> Columns:
    """The first row of a query that always has one."""
    return next(stream(db, query, values))
