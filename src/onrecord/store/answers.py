"""Answers of the ledger as a record keeps them: each holds until a row or the head of a report changes.

What an answer says is the ledger's business; here it is lines of JSON with the rows that each rests on.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Final, NamedTuple

import apsw

from onrecord.held import Line
from onrecord.store import sql
from onrecord.store.values import unpacked

PART: Final = 256
"""Lines that are deflated together: enough to save four fifths of the room, few enough to look for some of them."""
FAST: Final = 1
"""The level of deflation: a higher one takes three times as long for a tenth less room."""


class Part(NamedTuple):
    """Some lines of an answer, as they are kept."""

    keys: str
    """A line for each: its gist (``-`` for none), then the ids of its rows."""
    lines: bytes
    """Their JSON, a line each, deflated."""


class Answer(NamedTuple):
    """An answer that is kept: ``age`` is that of the record when it was made, ``seconds`` what making it from the rows alone cost."""

    age: int
    seconds: float
    parts: tuple[Part, ...]


def age(db: apsw.Connection) -> int | None:
    """How often a row or a head has changed; None for a record of an older format, which keeps no answers."""
    if sql.maybe(db, "SELECT 1 FROM sqlite_schema WHERE name = 'answers'") is None:
        return None
    return int(sql.one(db, "SELECT n FROM changes")[0])


def changed(db: apsw.Connection, since: int) -> frozenset[str]:
    """The ids of the reports whose rows or heads changed after that age."""
    return frozenset(unpacked(id_) for (id_,) in sql.stream(db, "SELECT id FROM reports WHERE changed > ?", (since,)))


def answer(db: apsw.Connection, question: str, edition: str) -> Answer | None:
    """What was answered last, by this edition of onrecord; it holds as long as its age is the record's."""
    found = sql.maybe(db, "SELECT changes, seconds FROM answers WHERE question = ? AND edition = ?", (question, edition))
    if found is None:
        return None
    parts = sql.stream(db, "SELECT keys, lines FROM answer_parts WHERE question = ? ORDER BY n", (question,))
    return Answer(found[0], found[1], tuple(Part(*part) for part in parts))


def answered(db: apsw.Connection) -> dict[str, float]:
    """The questions that were ever answered, each with the seconds that it cost last."""
    return dict(sql.every(db, "SELECT question, seconds FROM answers ORDER BY seconds, question"))


def keep(db: apsw.Connection, question: str, edition: str, given: Answer) -> bool:
    """Write an answer in the place of the one before; False, and nothing is written, when the record has changed since."""
    if age(db) != given.age:
        return False
    db.execute("DELETE FROM answer_parts WHERE question = ?", (question,))
    db.execute("DELETE FROM answers WHERE question = ?", (question,))
    db.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", (question, edition, given.age, given.seconds))
    db.executemany("INSERT INTO answer_parts VALUES (?, ?, ?, ?)", ((question, n, *part) for n, part in enumerate(given.parts)))
    return True


# ---------------------------------------------------------------- lines and parts


def parted(lines: Iterable[Line]) -> Iterator[Part]:
    """Lines as they are kept."""
    todo = iter(lines)
    while some := list(islice(todo, PART)):
        keys = "\n".join(" ".join((line.gist or "-", *line.rows)) for line in some)
        yield Part(keys, zlib.compress(b"\n".join(line.text for line in some), FAST))


def texts(parts: Iterable[Part], rows: Set[str] | None = None) -> Iterator[bytes]:
    """The lines' JSON in their order; with ``rows``, of those lines that rest on any of them."""
    for part in parts:
        if rows is None:
            yield from _inflated(part)
        elif any(wanted := [not rows.isdisjoint(key.split(" ")[1:]) for key in part.keys.split("\n")]):
            yield from (text for text, is_wanted in zip(_inflated(part), wanted, strict=True) if is_wanted)


def by_gist(parts: Iterable[Part]) -> dict[str, bytes]:
    """The lines' JSON by what they are known again by."""
    return {key.partition(" ")[0]: text for part in parts for key, text in zip(part.keys.split("\n"), _inflated(part), strict=True)}


def _inflated(part: Part) -> list[bytes]:
    return zlib.decompress(part.lines).split(b"\n")
