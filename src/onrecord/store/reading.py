"""Asking a record: rows, searches, counts; all from columns and indices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, product
from typing import Any, Final, NamedTuple

import apsw

from onrecord.held import Head, Told, Wanted
from onrecord.record import Note, Reading, Report, Span, Statement
from onrecord.store import excerpts, sql, wanting
from onrecord.store.excerpts import Excerpt
from onrecord.store.judging import Said, history
from onrecord.store.values import (
    HEAD,
    TOLD,
    event_of,
    head_of,
    loads,
    packed,
    statement_of,
    told_of,
    unlisted,
    unpacked,
    unpacked_or_none,
)
from onrecord.store.writing import contents, report_of

CHUNK: Final = 500
"""Rows that are fetched at once, in the order that was asked for."""


class Dyad(NamedTuple):
    """One country toward another in one event, from columns only: what sums over many rows are made of.

    Of an event without recipients (talks), every two of its actors' countries make one, in the order of their codes.
    """

    actor: str
    recipient: str
    day: str | None
    score: float | None
    voice: str
    type: str
    status: str
    report: str
    event: str
    mutual: bool = False
    """True for what the two do together: each does it to the other."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement as a record holds it, under the head of its report; ``speaker`` in the notation of parties."""

    id: str
    head: Head
    speaker: str | None
    row: str

    @property
    def statement(self) -> Statement:
        """The whole statement."""
        return statement_of(loads(self.row))


@dataclass(frozen=True, slots=True)
class Hit:
    """What a search found: the event (None where a whole report was asked for), and the words around what was found."""

    head: Head
    excerpt: Excerpt
    told: Told | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready: the event's row (for a whole report its id and title), and the words with what was found in brackets."""
        row = self.told.to_dict() if self.told else {"report": self.head.id, "title": self.head.title, "published": self.head.published}
        return {**row, "excerpt": self.excerpt.marked()}


@dataclass(frozen=True, slots=True)
class Version:
    """Earlier contents of a report, with its rows as exports show them."""

    report: Report
    rows: tuple[Mapping[str, Any], ...]
    added: str
    replaced: str
    raw: str | None = None
    """The SHA-256 (hex) of the bytes that it was taken from, where it was given."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A report with all that the record has of it."""

    head: Head
    report: Report
    events: tuple[Told, ...]
    statements: tuple[Spoken, ...]
    notes: tuple[Note, ...]
    """What the reader noted, then what intake noted."""
    judgements: tuple[Said, ...]
    versions: tuple[Version, ...]
    where: str | None
    fingerprint: str
    added: str
    copies: tuple[str, ...] = ()
    """The ids of the other reports that tell this story."""


_FROM: Final = "FROM events AS e JOIN reports AS r USING (rid)"
_ORDER: Final = "ORDER BY e.day NULLS LAST, r.id, e.start, e.n"
_HEAD: Final = ", ".join(f"r.{name}" for name in HEAD)
# A row as bytes is not decoded before somebody asks for the whole event.
_TOLD: Final = ", ".join("CAST(coalesce(e.corrected, e.row) AS BLOB)" if name == "row" else f"e.{name}" for name in TOLD)


def events(db: apsw.Connection, wanted: Wanted) -> Iterator[Told]:
    """The events that are wanted, by day (those without a day last), report and place in the text."""
    where = wanting.of_events(wanted)
    limit = "" if wanted.limit is None else f"LIMIT {int(wanted.limit)}"
    numbers = [eid for (eid,) in sql.stream(db, f"SELECT e.eid {_FROM} WHERE {where.sql} {_ORDER} {limit}", where.values)]
    return told_by_number(db, numbers)


def all_events(db: apsw.Connection, wanted: Wanted) -> list[Told]:
    """As ``events``, but all in memory: faster for who compares them all, since the file is read from its beginning to its end."""
    where = wanting.of_events(wanted)
    limit = "" if wanted.limit is None else f"LIMIT {int(wanted.limit)}"
    order = [eid for (eid,) in sql.stream(db, f"SELECT e.eid {_FROM} WHERE {where.sql} {_ORDER} {limit}", where.values)]
    if len(order) > SCANNED:
        heads = {rid: head_of(columns) for rid, *columns in sql.stream(db, f"SELECT r.rid, {_HEAD} FROM reports AS r")}
        query = f"SELECT e.eid, e.rid, {_TOLD} FROM whole_events AS e JOIN reports AS r USING (rid) WHERE {where.sql} ORDER BY e.eid"
        found = {eid: told_of(heads[rid], columns) for eid, rid, *columns in sql.stream(db, query, where.values) if rid in heads}
        return [found[eid] for eid in order if eid in found]
    return list(told_by_number(db, order))


SCANNED: Final = 20_000
"""From so many rows on, to go through the whole file is faster than to fetch each row."""


def told_by_number(db: apsw.Connection, numbers: Sequence[int]) -> Iterator[Told]:
    """The events with these numbers, in their order; one that is gone meanwhile is left out."""
    heads: dict[int, Head] = {}
    todo = iter(numbers)
    while chunk := list(islice(todo, CHUNK)):
        blanks = ", ".join("?" * len(chunk))
        query = f"SELECT e.eid, e.rid, {_TOLD} FROM whole_events AS e WHERE e.eid IN ({blanks})"
        found = {columns[0]: columns for columns in sql.stream(db, query, chunk)}
        _fetch_heads(db, {columns[1] for columns in found.values()} - heads.keys(), heads)
        for eid in chunk:
            if (columns := found.get(eid)) is not None:
                yield told_of(heads[columns[1]], columns[2:])


def event(db: apsw.Connection, id_: str) -> Told | None:
    """One event by its id."""
    numbers = [eid for (eid,) in sql.stream(db, "SELECT eid FROM events WHERE id = ? ORDER BY eid LIMIT 1", (packed(id_),))]
    return next(told_by_number(db, numbers), None)


def event_ids(db: apsw.Connection, start: str, most: int) -> list[str]:
    """The ids of events that begin so, at most so many."""
    query = "SELECT DISTINCT id FROM events WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
    return [id_ for (id_,) in sql.stream(db, query, (packed(start), packed(start) + "\U0010ffff", most))]


def statements(db: apsw.Connection, wanted: Wanted) -> Iterator[Spoken]:
    """The statements that are wanted, by day, report and place in the text."""
    where = wanting.of_statements(wanted)
    limit = "" if wanted.limit is None else f"LIMIT {int(wanted.limit)}"
    query = f"SELECT {_HEAD}, s.id, s.speaker, s.row FROM statements AS s JOIN reports AS r USING (rid) WHERE {where.sql}"
    for *head, id_, speaker, row in sql.stream(db, f"{query} ORDER BY s.day NULLS LAST, r.id, s.start, s.n {limit}", where.values):
        yield Spoken(id_, head_of(head), unpacked_or_none(speaker), row)


def dyads(db: apsw.Connection, wanted: Wanted) -> Iterator[Dyad]:
    """Who acts on whom, country by country, without rows judged wrong, in the order of ``events``."""
    where = wanting.of_events(wanted)
    columns = "e.actors, e.recipients, e.day, e.score, r.voice, e.type, e.status, r.id, e.id"
    query = f"SELECT {columns} {_FROM} WHERE e.verdict IS NOT 'wrong' AND {where.sql} {_ORDER}"
    for actors, recipients, *rest in sql.stream(db, query, where.values):
        for pair in _pairs(actors, recipients):
            yield Dyad._make((*pair, *rest, recipients == "[]"))


@lru_cache(maxsize=65_536)
def _pairs(actors: str, recipients: str) -> tuple[tuple[str, str], ...]:
    """Which countries meet in an event; most columns come again and again."""
    here, there = _countries(actors), _countries(recipients)
    return tuple(product(here, there) if recipients != "[]" else combinations(here, 2))


def _countries(column: str) -> list[str]:
    """The countries and organisations of a column of parties, each once, sorted."""
    codes = {_code(party) for party in unlisted(column)}
    return sorted(codes - {""})


def _code(party: str) -> str:
    """``RUS`` of ``RUS.GOV``; nothing of a quoted name."""
    return "" if party.startswith('"') else party.partition(".")[0]


# ---------------------------------------------------------------- searching


def search(db: apsw.Connection, typed: str, wanted: Wanted) -> Iterator[Hit]:
    """The events whose title or sentence has these words, the best first."""
    words = wanting.words(typed)
    if not words:
        return
    where = wanting.of_events(wanted)
    limit = "" if wanted.limit is None else f"LIMIT {int(wanted.limit)}"
    found = "JOIN event_words AS w ON w.rowid = e.eid WHERE event_words MATCH ?"
    query = f"SELECT e.eid {_FROM} {found} AND {where.sql} ORDER BY w.rank, e.day DESC NULLS LAST, r.id, e.start, e.n {limit}"
    numbers = [eid for (eid,) in sql.stream(db, query, (words, *where.values))]
    for told in told_by_number(db, numbers):
        yield Hit(told.head, excerpts.around(db, words, loads(told.row)["sentence"]["text"], told.head.title), told)


def excerpt(db: apsw.Connection, typed: str, told: Told) -> Excerpt:
    """The words of an event's sentence, else of its report's title, around those that were typed; these marked."""
    return excerpts.around(db, wanting.words(typed), loads(told.row)["sentence"]["text"], told.head.title)


def search_reports(db: apsw.Connection, typed: str, limit: int | None = None) -> Iterator[Hit]:
    """The reports whose title or text has these words, the best first."""
    words = wanting.words(typed)
    if not words:
        return
    query = f"""
        SELECT {_HEAD}, t.text FROM report_words AS w JOIN reports AS r ON r.rid = w.rowid JOIN texts AS t USING (rid)
        WHERE report_words MATCH ? ORDER BY w.rank, r.published DESC NULLS LAST, r.id LIMIT ?
    """
    for *columns, text in sql.stream(db, query, (words, -1 if limit is None else limit)):
        head = head_of(columns)
        yield Hit(head, excerpts.around(db, words, unpacked(text), head.title))


# ---------------------------------------------------------------- reports


def heads(db: apsw.Connection) -> Iterator[Head]:
    """All reports, by day and id, without their texts."""
    return (head_of(columns) for columns in sql.stream(db, f"SELECT {_HEAD} FROM reports AS r ORDER BY r.published NULLS LAST, r.id"))


def sizes(db: apsw.Connection) -> dict[str, tuple[int, int]]:
    """How many events and how many statements each report has that has any."""
    query = """
        SELECT r.id, sum(k.events), sum(k.statements) FROM reports AS r JOIN (
            SELECT rid, count(*) AS events, 0 AS statements FROM events GROUP BY rid
            UNION ALL SELECT rid, 0, count(*) FROM statements GROUP BY rid
        ) AS k USING (rid) GROUP BY rid
    """
    return {unpacked(id_): (int(events), int(said)) for id_, events, said in sql.stream(db, query)}


def report(db: apsw.Connection, id_: str) -> Kept | None:
    """One report with all that the record has of it; None when it is not there."""
    found = sql.maybe(db, f"SELECT r.rid, r.origin, r.fingerprint, r.added, {_HEAD} FROM reports AS r WHERE r.id = ?", (packed(id_),))
    if found is None:
        return None
    rid, where, fingerprint, added, *columns = found
    head, text = head_of(columns), report_of(db, rid)
    numbers = [eid for (eid,) in sql.stream(db, "SELECT eid FROM events WHERE rid = ? ORDER BY n", (rid,))]
    spoken = db.execute("SELECT id, speaker, row FROM statements WHERE rid = ? ORDER BY n", (rid,))
    others = db.execute("SELECT id FROM reports WHERE voice = ? AND rid <> ? ORDER BY published NULLS LAST, id", (packed(head.voice), rid))
    return Kept(
        head,
        text,
        tuple(told_by_number(db, numbers)),
        tuple(Spoken(id_, head, unpacked_or_none(speaker), row) for id_, speaker, row in spoken),
        tuple(note for _, note in notes(db, rid, text.text)),
        tuple(history(db, "j.report = ?", packed(id_))),
        tuple(versions(db, id_)),
        unpacked_or_none(where),
        unpacked(fingerprint),
        added,
        tuple(unpacked(other) for (other,) in others),
    )


def reading(db: apsw.Connection, id_: str) -> Reading | None:
    """A report's reading just as it was put in, judgements left out; None when it is not there."""
    found = sql.maybe(db, "SELECT rid FROM reports WHERE id = ?", (packed(id_),))
    if found is None:
        return None
    told, said = contents(db, found[0])
    text = report_of(db, found[0])
    own = tuple(note for mine, note in notes(db, found[0], text.text) if mine)
    return Reading(text, tuple(event_of(row) for row in told), tuple(statement_of(row) for row in said), own)


def notes(db: apsw.Connection, rid: int, text: str) -> Iterator[tuple[bool, Note]]:
    """A report's notes, each with whether it is the reading's own."""
    for own, code, message, start, end in sql.stream(
        db, 'SELECT own, code, message, start, "end" FROM notes WHERE rid = ? ORDER BY n', (rid,)
    ):
        yield bool(own), Note(unpacked(code), unpacked(message), None if start is None else Span.of(text, start, end))


def versions(db: apsw.Connection, id_: str) -> Iterator[Version]:
    """The earlier contents of a report, the oldest first."""
    query = "SELECT report, rows, added, replaced, raw FROM versions WHERE id = ? ORDER BY rowid"
    for report_, rows, added, replaced, held in sql.stream(db, query, (packed(id_),)):
        # Only a line feed ends a row: JSON escapes it, and leaves the other ends of lines that Python knows.
        kept = tuple(loads(row) for row in rows.split("\n") if row)
        yield Version(Report(**loads(report_)), kept, added, replaced, unpacked_or_none(held))


def conflicts(db: apsw.Connection) -> Iterator[tuple[Head, int]]:
    """The reports whose id came with several contents, each with how many earlier ones are kept."""
    query = f"SELECT {_HEAD}, count(*) FROM versions AS v JOIN reports AS r USING (id) GROUP BY r.id ORDER BY r.id"
    return ((head_of(columns), count) for *columns, count in sql.stream(db, query))


def raw(db: apsw.Connection, id_: str) -> str | None:
    """The SHA-256 (hex) of the bytes that a report was taken from; None where none was given."""
    found = sql.maybe(db, "SELECT raw FROM reports WHERE id = ?", (packed(id_),))
    return None if found is None else unpacked_or_none(found[0])


def _fetch_heads(db: apsw.Connection, rids: Iterable[int], into: dict[int, Head]) -> None:
    missing = sorted(rids)
    if missing:
        query = f"SELECT r.rid, {_HEAD} FROM reports AS r WHERE r.rid IN ({', '.join('?' * len(missing))})"
        into.update((rid, head_of(columns)) for rid, *columns in sql.stream(db, query, missing))


# ---------------------------------------------------------------- counts

_COUNTED: Final[Mapping[str, str]] = {
    "reports": "reports",
    "events": "events",
    "statements": "statements",
    "notes": "notes",
    "failures": "failures",
    "judgements": "judgements",
    "versions": "versions",
}


def counts(db: apsw.Connection) -> dict[str, int]:
    """How much of everything is there; ``voices`` are the stories that reports tell, their copies counted once."""
    found = {name: int(sql.one(db, f"SELECT count(*) FROM {table}")[0]) for name, table in _COUNTED.items()}
    return found | {"voices": int(sql.one(db, "SELECT count(DISTINCT voice) FROM reports")[0])}


def count(db: apsw.Connection, wanted: Wanted) -> int:
    """How many events are wanted, the limit left out."""
    where = wanting.of_events(wanted)
    return int(sql.one(db, f"SELECT count(*) {_FROM} WHERE {where.sql}", where.values)[0])


_FACETS: Final[Mapping[str, tuple[str, str]]] = {
    "type": ("e.type", ""),
    "mode": ("e.type || '/' || e.mode", ""),
    "status": ("e.status", ""),
    "publisher": ("e.publisher", ""),
    "language": ("e.language", ""),
    "month": ("substr(e.day, 1, 7)", ""),
    "verdict": ("e.verdict", ""),
    "actor": ("p.country", "p.side = 'actor'"),
    "party": ("p.country", "p.side IN ('actor', 'recipient')"),
    "recipient": ("p.country", "p.side = 'recipient'"),
    "source": ("p.country", "p.side = 'source'"),
    "place": ("p.party", "p.side = 'place'"),
}
FACETS: Final = tuple(_FACETS)
"""By what the events of a record can be counted."""
Values = list[tuple[str, int]]


def facet(db: apsw.Connection, name: str, wanted: Wanted) -> Values:
    """The values of one facet among the events that are wanted, the most frequent first; an event counts once a value."""
    return facets(db, (name,), wanted)[1][name]


def facets(db: apsw.Connection, names: Sequence[str], wanted: Wanted) -> tuple[int, dict[str, Values]]:
    """How many events are wanted, and the values of some facets among them: they are looked for once, and then counted."""
    where = wanting.of_events(wanted)
    found = f"SELECT e.eid, e.type, e.mode, e.status, e.day, e.verdict, r.publisher, r.language {_FROM} WHERE {where.sql}"
    counts = " UNION ALL ".join(("SELECT '' AS f, '' AS v, count(*) AS k FROM found", *map(_counted, names)))
    # Without MATERIALIZED each facet would look for the events anew, which costs most where parties are asked for.
    query = f"WITH found AS MATERIALIZED ({found}) {counts} ORDER BY f, k DESC, v"
    (_, _, count), *rows = sql.every(db, query, where.values)
    values: dict[str, Values] = {name: [] for name in names}
    for name, value, times in rows:
        values[name].append((unpacked(value), int(times)))
    return int(count), values


def _counted(name: str) -> str:
    """The values of a facet among the events found, each with how many there are."""
    value, side = _FACETS[name]
    if not side:
        return f"SELECT '{name}', {value} AS w, count(*) FROM found AS e WHERE w IS NOT NULL GROUP BY w"
    joined = f"found AS e CROSS JOIN parties AS p ON p.eid = e.eid AND {side}"
    return f"SELECT '{name}', {value} AS w, count(DISTINCT e.eid) FROM {joined} WHERE w IS NOT NULL GROUP BY w"
