"""Putting readings into a record: one transaction each, the same again changes no byte."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

import apsw

from onrecord.held import held_row
from onrecord.record import Note, Reading, Report
from onrecord.record import party as notation_of
from onrecord.store import journal, judging, sql, voices
from onrecord.store.errors import StoreError
from onrecord.store.values import (
    HEAD,
    digest_of,
    event_columns,
    exported,
    folded,
    loads,
    packed,
    packed_or_none,
    period,
    searchable,
    statement_row,
    unpacked,
    written,
)

What = Literal["added", "unchanged", "reread", "replaced", "superseded"]


def now() -> str:
    """This moment, in UTC: only for when things were entered, never for what they say."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A reading on its way into the record.

    ``fingerprint`` names what read it (version of onrecord and digest of its knowledge); ``where`` is the
    place it was taken from ("reports.jsonl:12"), ``raw`` the SHA-256 (hex) of the bytes found there; ``notes`` are those that
    intake made, beside the reading's own; ``at`` is when (ISO 8601, UTC), by default now.
    """

    reading: Reading
    fingerprint: str = ""
    where: str | None = None
    raw: str | None = None
    notes: tuple[Note, ...] = ()
    at: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report.

    ``added`` it is new; ``unchanged`` it was there, and nothing was written; ``reread`` its rows were read
    anew by another onrecord; ``replaced`` its id came with another text or head: the new one counts, the
    earlier one is kept among the versions; ``superseded`` this text is such an earlier version, and nothing
    was written.  ``voice`` is the id of the report that it is a copy or an update of, or its own.
    """

    report: str
    what: What
    voice: str
    events: int
    statements: int

    @property
    def copy(self) -> bool:
        """True when another report tells this story first."""
        return self.voice != self.report


def put(db: apsw.Connection, arrival: Arrival) -> Outcome:
    """Enter one reading; the caller holds the transaction.  StoreError when the reading does not fit its own text."""
    reading, report = arrival.reading, arrival.reading.report
    _check(reading)
    digest, known = digest_of(report), _known(db, report.id)
    changed: What = "added" if known is None else "reread" if known[1] == digest else "replaced"
    what = _standing(db, report.id, digest, arrival.fingerprint) or changed
    if arrival.where is not None:
        journal.clear(db, arrival.where)
    if what == "replaced" and known is not None:
        _archive(db, known[0], arrival.at)
    if what in ("added", "reread", "replaced"):
        _enter(db, arrival, digest, known[0] if known else None, moved=what != "reread")
    return Outcome(report.id, what, _voice(db, report.id), len(reading.events), len(reading.statements))


def standing(db: apsw.Connection, report: Report, fingerprint: str) -> Outcome | None:
    """What ``put`` would answer for a report that need not be read; None when it must be."""
    what = _standing(db, report.id, digest_of(report), fingerprint)
    if what is None:
        return None
    counted = "SELECT (SELECT count(*) FROM events WHERE rid = r.rid), (SELECT count(*) FROM statements WHERE rid = r.rid)"
    events, statements = sql.one(db, f"{counted} FROM reports AS r WHERE id = ?", (packed(report.id),))
    return Outcome(report.id, what, _voice(db, report.id), events, statements)


def _standing(db: apsw.Connection, report: str, digest: str, fingerprint: str) -> What | None:
    """``unchanged`` or ``superseded``, or None for a report that must be read."""
    known = _known(db, report)
    if known is None:
        return None
    if known[1] == digest:
        return "unchanged" if known[2] == fingerprint else None
    return "superseded" if _is_version(db, report, digest) else None


def contents(db: apsw.Connection, rid: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The events and the statements of a report as its reader wrote them, in their order."""
    rows = (
        [loads(row) for (row,) in sql.stream(db, f"SELECT row FROM {table} WHERE rid = ? ORDER BY n", (rid,))]
        for table in ("whole_events", "statements")
    )
    return next(rows), next(rows)


def report_of(db: apsw.Connection, rid: int) -> Report:
    """A report with its text."""
    columns = "r.id, r.title, r.published, r.url, r.publisher, r.language, r.author"
    found = sql.one(db, f"SELECT t.text, {columns} FROM reports AS r JOIN texts AS t USING (rid) WHERE rid = ?", (rid,))
    return Report(*(None if value is None else unpacked(value) for value in found))  # type: ignore[arg-type]  # text and id are never null


# ---------------------------------------------------------------- what is there


_Known = tuple[int, str, str]


def _known(db: apsw.Connection, report: str) -> _Known | None:
    """The number, digest and fingerprint of a report that is in the record."""
    found = sql.maybe(db, "SELECT rid, digest, fingerprint FROM reports WHERE id = ?", (packed(report),))
    return None if found is None else (found[0], found[1], unpacked(found[2]))


def _is_version(db: apsw.Connection, report: str, digest: str) -> bool:
    return sql.maybe(db, "SELECT 1 FROM versions WHERE id = ? AND digest = ?", (packed(report), digest)) is not None


def _voice(db: apsw.Connection, report: str) -> str:
    return unpacked(sql.one(db, "SELECT voice FROM reports WHERE id = ?", (packed(report),))[0])


def _check(reading: Reading) -> None:
    """Refuse rows that are another report's or that do not quote their text: they would be lies from then on."""
    report = reading.report
    for row in reading.rows():
        if row.report != report.id:
            raise StoreError(f"report {report.id!r}: its row {row.id} is of another report ({row.report!r})")
        for span in row.spans():
            if not span.matches(report.text):
                raise StoreError(
                    f"report {report.id!r}: its row {row.id} quotes {span.text!r}, which does not stand at {span.start}:{span.end}"
                )


# ---------------------------------------------------------------- what is written


def _archive(db: apsw.Connection, rid: int, at: str) -> None:
    """Keep a report as it is, with its rows, among the versions."""
    events, statements = contents(db, rid)
    rows = "\n".join(written(exported(row)) for row in (*events, *statements))
    digest, fingerprint, added, raw = sql.one(db, "SELECT digest, fingerprint, added, raw FROM reports WHERE rid = ?", (rid,))
    report = report_of(db, rid)
    values = (packed(report.id), digest, json.dumps(asdict(report)), rows, fingerprint, added, at, raw)
    db.execute("INSERT INTO versions (id, digest, report, rows, fingerprint, added, replaced, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    db.execute("UPDATE reports SET raw = NULL WHERE rid = ?", (rid,))


def _enter(db: apsw.Connection, arrival: Arrival, digest: str, rid: int | None, *, moved: bool) -> None:
    """Write a report with all that belongs to it, in the place of what was there; ``moved`` when its text is another."""
    report = arrival.reading.report
    if rid is not None:
        _clear(db, rid)
        if moved:
            voices.leave(db, rid)
    rid = _write_report(db, arrival, digest, rid)
    _write_events(db, rid, arrival.reading)
    _write_statements(db, rid, arrival.reading)
    _write_notes(db, rid, arrival.reading.notes, own=True)
    _write_notes(db, rid, arrival.notes, own=False)
    if moved:
        voices.enter(db, rid, report.text)
    judging.apply(db, rid)


def _clear(db: apsw.Connection, rid: int) -> None:
    """Take out what belongs to a report, but not the report, nor what people said of it."""
    for words, key, table in (("event_words", "eid", "events"), ("statement_words", "sid", "statements")):
        db.execute(f"DELETE FROM {words} WHERE rowid IN (SELECT {key} FROM {table} WHERE rid = ?)", (rid,))
    for table in ("parties", "event_rows"):
        db.execute(f"DELETE FROM {table} WHERE eid IN (SELECT eid FROM events WHERE rid = ?)", (rid,))
    db.execute("DELETE FROM report_words WHERE rowid = ?", (rid,))
    for table in ("events", "statements", "notes"):
        db.execute(f"DELETE FROM {table} WHERE rid = ?", (rid,))


_REPORT: Final = (*HEAD, "digest", "fingerprint", "origin", "raw", "added")


def _write_report(db: apsw.Connection, arrival: Arrival, digest: str, rid: int | None) -> int:
    """The report's own row, its text, its words for searching; its number."""
    r = arrival.reading.report
    heads = (r.title, r.published, r.publisher, r.url, r.language, r.author, digest, arrival.fingerprint, arrival.where, arrival.raw)
    values = (packed(r.id), packed(r.id), *(packed_or_none(value) for value in heads), arrival.at)
    if rid is None:
        blanks = ", ".join("?" * len(_REPORT))
        db.execute(f"INSERT INTO reports ({', '.join(_REPORT)}) VALUES ({blanks})", values)
        rid = db.last_insert_rowid()
    else:
        # The group that the report is in stays: a new text has left it already.  So does a hash that is not told again.
        stays = {"voice"} | ({"raw"} if arrival.raw is None else set())
        kept = {name: value for name, value in zip(_REPORT, values, strict=True) if name not in stays}
        db.execute(f"UPDATE reports SET {', '.join(f'{name} = :{name}' for name in kept)} WHERE rid = :rid", {**kept, "rid": rid})
    db.execute("INSERT INTO texts (rid, text) VALUES (?, ?) ON CONFLICT (rid) DO UPDATE SET text = excluded.text", (rid, packed(r.text)))
    db.execute("INSERT INTO report_words (rowid, title, words) VALUES (?, ?, ?)", (rid, searchable(r.title), searchable(r.text)))
    return rid


def _write_events(db: apsw.Connection, rid: int, reading: Reading) -> None:
    report = reading.report
    for n, event in enumerate(reading.events):
        row = held_row(event)
        columns = event_columns(row, report.published)
        given = {"rid": rid, "n": n, "id": event.id, "start": event.sentence.start, **columns}
        names, blanks = ", ".join(given), ", ".join(f":{name}" for name in given)
        db.execute(f"INSERT INTO events ({names}) VALUES ({blanks})", given)
        eid = db.last_insert_rowid()
        db.execute("INSERT INTO event_rows (eid, row) VALUES (?, ?)", (eid, written(row)))
        judging.enter_parties(db, eid, row)
        words = (eid, searchable(report.title), searchable(event.sentence.text))
        db.execute("INSERT INTO event_words (rowid, title, words) VALUES (?, ?, ?)", words)


def _write_statements(db: apsw.Connection, rid: int, reading: Reading) -> None:
    report = reading.report
    for n, statement in enumerate(reading.statements):
        speaker, when = statement.speaker, statement.date
        who = packed(notation_of(speaker)) if speaker else None
        name = folded(speaker.name, speaker.span.text, speaker.role) if speaker else None
        days = period(when.earliest if when else None, when.latest if when else None, report.published)
        country = speaker.country if speaker else None
        values = (rid, n, statement.id, statement.sentence.start, who, country, name, *days, written(statement_row(statement)))
        db.execute(_STATEMENT, values)
        words = (db.last_insert_rowid(), searchable(report.title), searchable(statement.sentence.text))
        db.execute("INSERT INTO statement_words (rowid, title, words) VALUES (?, ?, ?)", words)


_STATEMENT: Final = (
    "INSERT INTO statements (rid, n, id, start, speaker, country, name, day, last, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def _write_notes(db: apsw.Connection, rid: int, notes: Sequence[Note], *, own: bool) -> None:
    """Notes with their places; ``own`` for those of the reading, not of intake."""
    (first,) = sql.one(db, "SELECT count(*) FROM notes WHERE rid = ?", (rid,))
    db.executemany(
        'INSERT INTO notes (rid, n, code, message, start, "end", own) VALUES (?, ?, ?, ?, ?, ?, ?)', _note_values(rid, first, notes, own)
    )


def _note_values(rid: int, first: int, notes: Sequence[Note], own: bool) -> Iterable[tuple[Any, ...]]:
    for n, note in enumerate(notes, first):
        ends = (note.span.start, note.span.end) if note.span else (None, None)
        yield rid, n, packed(note.code), packed(note.message), *ends, int(own)
