"""Which reports speak with one voice: the groups of copies and updates, kept as reports come and go.

A group is what the relation ``copies.same_story`` connects, and its voice is the report that came out
first (by day, then id): neither depends on the order in which reports are added.  The exceptions are
bounds on the work: a mark that stands in more than ``COMMON`` places by the time a report comes is
boilerplate and is not looked up, so that a footer under every report does not cost a comparison with
each; and of a very large group only the first ``MEMBERS`` are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

import apsw

from onrecord.store import copies, sql
from onrecord.store.values import unpacked

COMMON: Final = 32
"""A mark in more groups than this is boilerplate."""

CLOSE: Final = 3
"""Days within which copies of one story come out."""

LIKELY: Final = 0.25
"""The part of the shorter text's marks that a group shares before texts are compared."""

MEMBERS: Final = 64
"""Reports of one group that a report is compared with at most, the first of them first: a copy is like most of its group."""

CANDIDATES: Final = 16
"""Groups that a report is compared with at most, the likeliest first."""


def enter(db: apsw.Connection, rid: int, text: str) -> str:
    """Put a report that is in the tables already into its group; the group's voice."""
    marks = sorted(_print(text).marks())
    db.execute("UPDATE reports SET marks = ? WHERE rid = ?", (len(marks), rid))
    kin = {voice for voice in _candidates(db, rid, marks) if _tells_the_same(db, rid, text, voice)}
    voice = _joined(db, rid, kin)
    known = _marks_of(db, voice, rid, marks) if kin else frozenset()
    db.executemany("INSERT INTO marks (hash, rid) VALUES (?, ?)", ((mark, rid) for mark in marks if mark not in known))
    return voice


def leave(db: apsw.Connection, rid: int) -> None:
    """Take a report out of its group; the others of the group are grouped anew, since they may have met through it."""
    (voice,) = sql.one(db, "SELECT voice FROM reports WHERE rid = ?", (rid,))
    members = [r for (r,) in sql.stream(db, "SELECT rid FROM reports WHERE voice = ? ORDER BY published, id", (voice,))]
    for member in members:
        db.execute("DELETE FROM marks WHERE rid = ?", (member,))
        db.execute("UPDATE reports SET voice = id, marks = 0 WHERE rid = ?", (member,))
    for member in members:
        if member != rid:
            enter(db, member, _text(db, member))


@lru_cache(maxsize=512)
def _print(text: str) -> copies.Print:
    """The prints of the latest texts: what is compared once is often compared again."""
    return copies.print_of(text)


def _candidates(db: apsw.Connection, rid: int, marks: Sequence[int]) -> list[str]:
    """The groups that share so many marks with a report that they may tell the same story, likeliest first."""
    shared: Counter[str] = Counter()
    for mark in marks:
        holders = sql.every(db, _HOLDERS, (mark, rid, COMMON + 1))
        if len(holders) <= COMMON:
            shared.update({voice for (voice,) in holders})
    likely = [voice for voice, hits in shared.items() if hits >= LIKELY * min(len(marks), _least(db, voice))]
    return sorted(likely, key=lambda voice: (-shared[voice], voice))[:CANDIDATES]


# The limit comes before anything else: a mark under every report must cost no more than a rare one.
_HOLDERS: Final = """
    SELECT r.voice FROM (SELECT rid FROM marks WHERE hash = ? AND rid <> ? LIMIT ?) JOIN reports AS r USING (rid)
"""


def _least(db: apsw.Connection, voice: str) -> int:
    """How many marks the shortest report of a group has."""
    return int(sql.one(db, "SELECT min(marks) FROM reports WHERE voice = ?", (voice,))[0])


def _tells_the_same(db: apsw.Connection, rid: int, text: str, voice: str) -> bool:
    """True when a report is a copy of any report in a group that came out near its day."""
    (published,) = sql.one(db, "SELECT published FROM reports WHERE rid = ?", (rid,))
    mine = _print(text)
    members = sql.stream(db, _MEMBERS, (voice, rid, MEMBERS))
    return any(_near(published, day) and copies.same_story(mine, _print(unpacked(other))) for day, other in members)


_MEMBERS: Final = """
    SELECT r.published, t.text FROM reports AS r JOIN texts AS t USING (rid)
    WHERE r.voice = ? AND r.rid <> ? ORDER BY r.published, r.id LIMIT ?
"""


def _joined(db: apsw.Connection, rid: int, kin: set[str]) -> str:
    """Make one group of a report and those it belongs to; the voice is whoever came out first."""
    (own,) = sql.one(db, "SELECT id FROM reports WHERE rid = ?", (rid,))
    if not kin:
        return str(own)
    voices = sorted({own, *kin})
    blanks = ", ".join("?" * len(voices))
    # Each voice is the first of its own group already.
    first = sql.one(db, f"SELECT id FROM reports WHERE id IN ({blanks}) ORDER BY published NULLS LAST, id LIMIT 1", voices)[0]
    others = [voice for voice in voices if voice != first]
    db.execute(f"UPDATE reports SET voice = ? WHERE voice IN ({', '.join('?' * len(others))})", (first, *others))
    return str(first)


def _marks_of(db: apsw.Connection, voice: str, rid: int, marks: Iterable[int]) -> frozenset[int]:
    """Which of the marks other reports of the group have already: one of a group is enough to be found by."""
    return frozenset(mark for mark in marks if (voice,) in sql.every(db, _HOLDERS, (mark, rid, COMMON + 1)))


def _near(one: str | None, other: str | None) -> bool:
    """True when two reports came out within the days of one story; an unknown day may be any."""
    days = _day(one), _day(other)
    return None in days or abs((days[0] - days[1]).days) <= CLOSE  # type: ignore[operator]  # neither is None here


@lru_cache(maxsize=1024)
def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _text(db: apsw.Connection, rid: int) -> str:
    return unpacked(sql.one(db, "SELECT text FROM texts WHERE rid = ?", (rid,))[0])
