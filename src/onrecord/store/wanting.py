"""What is wanted, as SQL: the one place where a ``Wanted`` becomes a condition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.held import Wanted
from onrecord.store.values import folded, packed, searchable

CODE: Final = re.compile(r"[A-Za-z]*(?:\.[A-Za-z]+)?|\"[^\"]+\"")
"""What can be a party in notation; anything else is part of a name."""


@dataclass(slots=True)
class Condition:
    """An SQL condition in the making, with its values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        """Put one more condition that must hold."""
        self.parts.append(part)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        """All of them, joined."""
        return " AND ".join(self.parts) or "TRUE"


def of_events(wanted: Wanted) -> Condition:
    """The condition on events as e and their reports as r."""
    where = Condition()
    _days(where, wanted, "e")
    for column, allowed in (("e.type", wanted.types), ("e.status", wanted.statuses)):
        if allowed:
            where.add(f"{column} IN ({', '.join('?' * len(allowed))})", *allowed)
    _sides(where, wanted)
    if wanted.confidence > 0:
        where.add("e.confidence >= ?", wanted.confidence)
    if not wanted.related:
        where.add("NOT e.related")
    _heads(where, wanted)
    _words(where, wanted, "event_words", "e.eid")
    return where


def of_statements(wanted: Wanted) -> Condition:
    """The condition on statements as s and their reports as r: who speaks is ``actor`` or ``source``; types and statuses ask for none."""
    where = Condition()
    _days(where, wanted, "s")
    for speaker in (wanted.actor, wanted.source):
        if speaker is not None:
            sql, *values = _who(speaker, "s.speaker", "s.country", "s.name")
            where.add(sql, *values)
    _heads(where, wanted)
    _words(where, wanted, "statement_words", "s.sid")
    return where


def words(typed: str) -> str:
    """What a person typed as a query that FTS5 can read: every word is needed, words in double quotes stand together.

    Whatever else is typed is letters, never syntax; the empty string when no word is in it.
    """
    phrases = (part for i, part in enumerate(searchable(typed).split('"')) for part in ([part] if i % 2 else part.split()))
    return " ".join('"' + " ".join(_WORD.findall(phrase)) + '"' for phrase in phrases if _WORD.search(phrase))


# Letters, digits and the marks that stand on letters, as the tokenizer of the index cuts them.
_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")


def _days(where: Condition, wanted: Wanted, table: str) -> None:
    """As ``Told.within``: any day of the row lies in the period."""
    if wanted.until is not None:
        where.add(f"{table}.day <= ?", wanted.until)
    if wanted.since is not None:
        where.add(f"{table}.last >= ?", wanted.since)


def _heads(where: Condition, wanted: Wanted) -> None:
    if wanted.publisher is not None:
        named = "SELECT publisher FROM (SELECT DISTINCT publisher FROM reports) WHERE casefold(publisher) = ?"
        where.add(f"r.publisher IN ({named})", packed(wanted.publisher).casefold())


def _words(where: Condition, wanted: Wanted, table: str, key: str) -> None:
    if wanted.words is not None:
        query = words(wanted.words)
        if query:
            where.add(f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", query)
        else:
            where.add("FALSE")


def _sides(where: Condition, wanted: Wanted) -> None:
    """Who is wanted on which side; in a reciprocal row, which has no recipients, each actor is a recipient of the others."""
    if wanted.actor is not None and wanted.recipient is not None:
        _two(where, wanted.actor, wanted.recipient)
    elif wanted.actor is not None:
        where.add(*_party(wanted.actor, "actor", "recipient"))
    elif wanted.recipient is not None:
        acting, *who = _party(wanted.recipient, "actor")
        suffering, *same = _party(wanted.recipient, "recipient")
        where.add(f"({suffering} OR e.recipients = '[]' AND {acting})", *same, *who)
    if wanted.source is not None:
        where.add(*_party(wanted.source, "source"))
    if wanted.place is not None:
        where.add(*_party(wanted.place, "place"))


def _party(who: str, *sides: str) -> tuple[str, ...]:
    """Somebody on one of some sides of the event.  All such events are looked up once: to ask for each event costs more.

    A question for each column, since SQLite takes no index for several that are joined by OR with a part of a name.
    """
    on = " OR ".join(f"side = '{side}'" for side in sides)
    asked = f"SELECT eid FROM parties WHERE ({on}) AND"
    found = _columns(who, "party", "country", "name")
    return f"e.eid IN ({' UNION ALL '.join(f'{asked} {sql}' for sql, _ in found)})", *(value for _, values in found for value in values)


def _two(where: Condition, actor: str, recipient: str) -> None:
    """Two parties, one toward the other, or both in something mutual."""
    where.add(*_party(actor, "actor"))
    where.add(*_party(recipient, "actor", "recipient"))
    one, *mine = _who(actor, "a.party", "a.country", "a.name")
    other, *theirs = _who(recipient, "b.party", "b.country", "b.name")
    sides = "a.side = 'actor' AND (b.side = 'recipient' OR b.side = 'actor' AND b.k <> a.k AND e.recipients = '[]')"
    pair = f"SELECT 1 FROM parties AS a JOIN parties AS b USING (eid) WHERE a.eid = e.eid AND {sides} AND {one} AND {other}"
    where.add(f"EXISTS ({pair})", *mine, *theirs)


def _who(who: str, party: str, country: str, name: str) -> tuple[str, ...]:
    """A party in notation, or else part of a name, found from the beginning of a word."""
    found = _columns(who, party, country, name)
    return f"({' OR '.join(sql for sql, _ in found)})", *(value for _, values in found for value in values)


def _columns(who: str, party: str, country: str, name: str) -> list[tuple[str, tuple[str, ...]]]:
    """The conditions of which one must hold of a party, each on one column, with their values."""
    part = "% " + _plain(folded(who).strip()) + "%"
    by_name = f"{name} LIKE ? ESCAPE '\\'"
    if not CODE.fullmatch(who.strip()):
        return [(by_name, (part,))]
    code = packed(who.strip() if who.startswith('"') else who.strip().upper())
    known = "EXISTS (SELECT 1 FROM parties WHERE country = ? OR party = ?)"
    return [(f"{country} = ?", (code,)), (f"{party} = ?", (code,)), (f"(NOT {known} AND {by_name})", (code, code, part))]


def _plain(text: str) -> str:
    """A text in which LIKE finds no signs of its own."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
