"""Whether a record is whole: the file, the links in it, and every span of every row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import apsw

from onrecord.store import sql
from onrecord.store.values import TOLD, digest_of, event_columns, loads, spans, unpacked, unpacked_or_none
from onrecord.store.writing import report_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a record that is not as it must be: where it stands and what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(slots=True)
class Tally:
    """How much was checked."""

    reports: int = 0
    rows: int = 0
    spans: int = 0


def verify(db: apsw.Connection, tally: Tally) -> Iterator[Problem]:
    """Everything that is wrong with a record; ``tally`` counts what was looked at."""
    yield from _file(db)
    yield from _links(db)
    for (rid,) in sql.every(db, "SELECT rid FROM reports ORDER BY id"):
        tally.reports += 1
        yield from _report(db, rid, tally)


def _file(db: apsw.Connection) -> Iterator[Problem]:
    for (found,) in sql.every(db, "PRAGMA integrity_check"):
        if found != "ok":
            yield Problem("file", str(found))
    for table, number, parent, _ in sql.every(db, "PRAGMA foreign_key_check"):
        yield Problem("file", f"row {number} of {table} belongs to nothing in {parent}")


_LINKS: Final = (
    ("a report without its text", "SELECT id FROM reports WHERE rid NOT IN (SELECT rid FROM texts)"),
    (
        "an event of it without its row",
        "SELECT r.id FROM reports AS r JOIN events USING (rid) WHERE eid NOT IN (SELECT eid FROM event_rows)",
    ),
    ("its voice is no report", "SELECT id FROM reports WHERE voice NOT IN (SELECT id FROM reports)"),
    ("its voice speaks with another's", "SELECT r.id FROM reports AS r JOIN reports AS v ON v.id = r.voice WHERE v.voice <> v.id"),
    ("it cannot be searched", "SELECT id FROM reports WHERE rid NOT IN (SELECT rowid FROM report_words)"),
    (
        "an event of it cannot be searched",
        "SELECT r.id FROM reports AS r JOIN events USING (rid) WHERE eid NOT IN (SELECT rowid FROM event_words)",
    ),
    (
        "a statement of it cannot be searched",
        "SELECT r.id FROM reports AS r JOIN statements USING (rid) WHERE sid NOT IN (SELECT rowid FROM statement_words)",
    ),
    ("an event of it is there twice", "SELECT r.id FROM reports AS r JOIN events AS e USING (rid) GROUP BY e.id HAVING count(*) > 1"),
)


def _links(db: apsw.Connection) -> Iterator[Problem]:
    for what, query in _LINKS:
        for (id_,) in sql.every(db, f"{query} ORDER BY 1"):
            yield Problem(f"report {unpacked(id_)!r}", what)


def _report(db: apsw.Connection, rid: int, tally: Tally) -> Iterator[Problem]:
    """What is wrong with one report and its rows."""
    digest, published = sql.one(db, "SELECT digest, published FROM reports WHERE rid = ?", (rid,))
    report = report_of(db, rid)
    if digest_of(report) != digest:
        yield Problem(f"report {report.id!r}", "its text or head is not what was entered")
    for table in ("whole_events", "statements"):
        for id_, row in sql.every(db, f"SELECT id, row FROM {table} WHERE rid = ? ORDER BY n", (rid,)):
            tally.rows += 1
            yield from _row(f"report {report.id!r}, row {id_}", row, report.text, tally)
    yield from _columns(db, rid, f"report {report.id!r}", report.text, unpacked_or_none(published), tally)


def _row(where: str, row: str, text: str, tally: Tally) -> Iterator[Problem]:
    """Every span of a row against the text."""
    try:
        for span in spans(loads(row)):
            tally.spans += 1
            if text[span.start : span.end] != span.text:
                yield Problem(where, f"quotes {span.text!r}, which does not stand at {span.start}:{span.end}")
    except (ValueError, KeyError, TypeError) as error:
        yield Problem(where, f"cannot be read ({type(error).__name__}: {error})")


_CHECKED: Final = (*(name for name in TOLD if name not in ("id", "verdict", "row")), "day", "last", "related")


def _columns(db: apsw.Connection, rid: int, where: str, text: str, published: str | None, tally: Tally) -> Iterator[Problem]:
    """Whether the columns say what the rows say, and whether corrections quote the text too."""
    query = f"SELECT id, coalesce(corrected, row), corrected, {', '.join(_CHECKED)} FROM whole_events WHERE rid = ? ORDER BY n"
    for id_, row, corrected, *columns in sql.every(db, query, (rid,)):
        place = f"{where}, row {id_}"
        if corrected is not None:
            yield from _row(f"{place}, corrected", corrected, text, tally)
        try:
            told: dict[str, Any] = event_columns(loads(row), published)
        except (ValueError, KeyError, TypeError):
            continue  # said already, with the row's spans
        for name, column in zip(_CHECKED, columns, strict=True):
            if told[name] != column:
                yield Problem(place, f"its column {name} is {column!r}, and the row says {told[name]!r}")
