"""Events as a typed table in memory: Arrow, and through it pandas and polars.  Needs the extra ``frames``.

The columns are those of the CSV export, then ``publisher``, ``voice`` (the report that this one copies,
or its own id) and ``verdict``.  Days are dates, offsets integers, scores floats; a list is one text, joined with "; ".
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from onrecord.export import csv
from onrecord.held import Told
from onrecord.record import OnrecordError, Reading, Report

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

DAYS: Final = frozenset({"published", "earliest", "latest"})
FLOATS: Final = frozenset({"lat", "lon", "score", "confidence"})
TRUTHS: Final = frozenset({"source_anonymous", "source_quoted"})
OFFSETS: Final = ("_start", "_end")
UNCARRIED: Final = re.compile("[\ud800-\udfff]")
"""Lone surrogates: UTF-8, and so Arrow, has no place for them."""


class MissingExtraError(OnrecordError):
    """A library that only an extra brings is not installed."""


def to_arrow(rows: Iterable[Told]) -> pa.Table:
    """The events as a pyarrow Table, one line an event, in the order given.  MissingExtraError without pyarrow."""
    arrow = library("pyarrow")
    columns: dict[str, list[Any]] = {name: [] for name in (*csv.COLUMNS, "publisher", "voice", "verdict")}
    for told in rows:
        for name, value in _cells(told).items():
            columns[name].append(value)
    return arrow.table({name: arrow.array(values, type=_kind(name, arrow)) for name, values in columns.items()})


def to_pandas(rows: Iterable[Told]) -> pd.DataFrame:
    """The events as a pandas DataFrame; texts and days keep Arrow's types, so that nothing missing becomes NaN text."""
    frames = library("pandas")
    return to_arrow(rows).to_pandas(types_mapper=frames.ArrowDtype)


def to_polars(rows: Iterable[Told]) -> pl.DataFrame:
    """The events as a polars DataFrame."""
    frame: pl.DataFrame = library("polars").from_arrow(to_arrow(rows))
    return frame


def library(name: str, extra: str = "frames") -> Any:
    """A library that an extra brings, imported when it is first asked for; MissingExtraError says how to install it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise MissingExtraError(f"{name} is not installed: pip install 'onrecord[{extra}]'") from None


def _cells(told: Told) -> dict[str, Any]:
    """One event's values by column, each of its column's type."""
    head, event = told.head, told.event
    reading = Reading(Report("", id=head.id, title=head.title, published=head.published, url=head.url))
    cells = {name: _value(name, cell(event, reading)) for name, cell in csv.COLUMNS.items()}
    more = {"publisher": head.publisher, "voice": head.voice, "verdict": told.verdict}
    return cells | {name: _value(name, cell) for name, cell in more.items()}


def _value(name: str, cell: csv.Cell) -> Any:
    if cell is None:
        return None
    if name in DAYS:
        return _day(str(cell))
    if name in TRUTHS:
        return cell == "true"
    return UNCARRIED.sub("\N{REPLACEMENT CHARACTER}", cell) if isinstance(cell, str) else cell


def _day(text: str) -> date | None:
    """A day of the calendar; what is none (a report may bear any date) is missing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _kind(name: str, arrow: Any) -> Any:
    """The Arrow type of a column."""
    if name in DAYS:
        return arrow.date32()
    if name in FLOATS:
        return arrow.float64()
    if name in TRUTHS:
        return arrow.bool_()
    return arrow.int64() if name.endswith(OFFSETS) or name == "geonames" else arrow.string()
