"""Who is who: the world's names, typed and indexed; a run of words in, the entries it can mean out.

Built once a process from the ``world/`` tables that are there; a missing table means fewer names,
not an error.  A *strong* name matches alone; a *weak* one ("Georgia", "Jordan", "May") needs company.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from onrecord import knowledge
from onrecord.knowledge import titles

Sort = Literal["state", "demonym", "capital", "seat", "body", "organisation", "group", "person", "surname", "place"]


class Office(NamedTuple):
    """A post held from a day to a day; an open end is an empty string, as is an unknown start."""

    role: str
    sector: str | None
    start: str
    end: str

    def holds(self, day: str) -> bool:
        """True when the office is held on that ISO day (dates may be as short as a year)."""
        return self.start[: len(day)] <= day[: len(self.start) or None] and (not self.end or day[: len(self.end)] <= self.end)

    def distance(self, day: str) -> int:
        """Rough number of days between the day and the office, 0 within it."""
        edges = [edge for edge in (self.start, self.end) if edge]
        if not edges or self.holds(day):
            return 0
        return min(abs(_days(day) - _days(edge)) for edge in edges)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a name means: whose it is (``country``, or an organisation's acronym) and which sector."""

    sort: Sort
    key: str
    name: str
    country: str | None
    sector: str | None = None
    weak: bool = False
    offices: tuple[Office, ...] = ()
    kind: str | None = None

    def office(self, day: str | None) -> Office | None:
        """The office on that day, else the one closest to it; without a day the last one."""
        if not self.offices:
            return None
        if day is None:
            return self.offices[-1]
        held = [office for office in self.offices if office.holds(day)]
        return held[-1] if held else min(self.offices, key=lambda office: office.distance(day))

    def sector_on(self, day: str | None) -> str | None:
        """The sector on that day: that of the office, ELI once every office has ended."""
        office = self.office(day)
        if office is None:
            return self.sector
        if day is not None and all(o.end and o.end < day[: len(o.end)] for o in self.offices):
            return "ELI"
        return office.sector

    def standing(self, day: str | None) -> Entry:
        """The same group with the sector that it had on that day, or without a day has now: the Taliban as a government."""
        held = next((o.sector for o in self.offices if (o.holds(day) if day else not o.end)), None) if self.sort == "group" else None
        return replace(self, sector=held, sort="body" if held == GOVERNMENT else "group") if held else self


GOVERNMENT: Final = "GOV"


class Found(NamedTuple):
    """A name found at tokens [first, last] and the entries that it can mean."""

    first: int
    last: int
    entries: tuple[Entry, ...]


class Register:
    """An index of names by their words.  Case counts, but for text in capitals; accents do not."""

    def __init__(self, entries: Iterable[tuple[str, Entry]] = ()) -> None:
        self._names: dict[str, tuple[Entry, ...]] = {}
        self._longest: dict[str, int] = {}
        self._capitals: Register | None = None
        self.holders: dict[tuple[str, str], list[Entry]] = {}
        self.first_names: set[str] = set()
        self.states: dict[str, Entry] = {}
        self.wars: dict[str, tuple[tuple[str, Office], ...]] = {}
        """By state those it is at war with, and when."""
        for name, entry in entries:
            self._enter(key_of(name), entry)
            self._describe(name, entry)

    def __len__(self) -> int:
        return len(self._names)

    def _enter(self, key: str, entry: Entry) -> None:
        if not key:
            return
        known = self._names.get(key)
        if known is None:
            self._names[key] = (entry,)
        elif entry not in known:
            self._names[key] = (*known, entry)
        first, _, rest = key.partition(" ")
        length = rest.count(" ") + 2 if rest else 1
        if self._longest.get(first, 0) < length:
            self._longest[first] = length

    def _describe(self, name: str, entry: Entry) -> None:
        if entry.sort == "state":
            self.states.setdefault(entry.key, entry)
        elif entry.sort == "person" and entry.country:
            if " " in name:
                self.first_names.add(fold(name.partition(" ")[0]))
            for office in entry.offices if name == entry.name else ():
                self.holders.setdefault((entry.country, office.role.lower()), []).append(entry)

    def names(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Every name as a string of tokens with what it can mean."""
        return iter(self._names.items())

    def get(self, words: str) -> tuple[Entry, ...]:
        """What these words mean as a whole; empty when they are no name."""
        return self._names.get(words, ())

    def holder(self, country: str, role: str, day: str | None) -> Entry | None:
        """Who holds that office of that state on that day, if the tables know."""
        people = self.holders.get((country, role.lower()), [])
        if day is None:
            return None
        return next((p for p in people for o in p.offices if o.role.lower() == role.lower() and o.holds(day)), None)

    def foe(self, country: str, day: str | None) -> Entry | None:
        """The one state that a state is at war with on that day; None without a day."""
        foes = [self.states.get(other) for other, time in self.wars.get(country, ()) if day is not None and time.holds(day)]
        return foes[0] if len(foes) == 1 else None

    def find(self, words: Sequence[str]) -> list[Found]:
        """The longest names in a sentence's words (already folded), left to right, without overlap."""
        found = []
        i, end = 0, len(words)
        longest, names = self._longest, self._names
        while i < end:
            size = min(longest.get(words[i], 0), end - i)
            while size:
                entries = names.get(words[i] if size == 1 else " ".join(words[i : i + size]))
                if entries:
                    found.append(Found(i, i + size - 1, entries))
                    break
                size -= 1
            i += size or 1
        return found

    def in_capitals(self) -> Register:
        """The same index for words written all in capitals."""
        if self._capitals is None:
            self._capitals = Register()
            for key, entries in self._names.items():
                for entry in entries:
                    self._capitals._enter(key.upper(), entry)
        return self._capitals


def fold(word: str) -> str:
    """A word without accents and with plain apostrophes, its case kept."""
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFKD", word.replace("\u2019", "'").replace("\u2018", "'").replace("\u0131", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def key_of(name: str) -> str:
    """A name as its folded tokens, joined by blanks: as the parser cuts words, without "the"."""
    key = fold(name)
    if key[:4] in ("the ", "The "):
        key = key[4:]
    if "'" in key:
        key = key.replace("'s ", " 's ").replace("s' ", "s ' ")
    return key.replace(",", " ,") if "," in key else key


@functools.cache
def load() -> Register:
    """The register of all world tables, built once a process."""
    register = Register(_entries())
    for key, row in _optional("world/states").items():
        register.wars[key] = tuple((war["with"], _office(war)) for war in row.get("at_war") or ())
    return register


def _entries() -> Iterator[tuple[str, Entry]]:
    for name in titles.load().words["strangers"]:
        yield name, Entry("body", name, name, None, weak=True)
    for name, read in _READERS.items():
        yield from read(_optional(name))
    for name in knowledge.names("world/people"):
        yield from _people(knowledge.table(name) or {})


def _optional(name: str) -> Mapping[str, Any]:
    """A table, or nothing while there is none."""
    return (knowledge.table(name) or {}) if name in knowledge.names(name) else {}


_Table = Mapping[str, Mapping[str, Any]]


def _states(table: _Table) -> Iterator[tuple[str, Entry]]:
    """Order matters: what a name means first stands first.  A former state's names mean its successor, where one is told."""
    for key, row in table.items():
        name = row["name"]
        iso = row.get("successor") or key
        weak = row.get("weak") or ()
        yield from _each((name, *(row.get("names") or ())), Entry("state", key, name, iso), weak)
        yield from _each(weak, Entry("state", key, name, iso, weak=True))
        yield from _each(row.get("demonyms") or (), Entry("demonym", iso, name, iso))
        yield from _each(row.get("weak_demonyms") or (), Entry("demonym", iso, name, iso, weak=True))
        yield from _each(row.get("capital") or (), Entry("capital", iso, name, iso, "GOV"))
        yield from _each(row.get("seats") or (), Entry("seat", iso, name, iso, "GOV"))
    for key, row in table.items():
        yield from _parts(row.get("successor") or key, row.get("regions") or {})


def _parts(iso: str, regions: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Entry]]:
    """A state's regions, with what their people are called."""
    for name, demonyms in regions.items():
        yield name, Entry("place", name, name, iso, kind="place")
        yield from _each(demonyms or (), Entry("demonym", name, name, iso))


def _bodies(table: _Table) -> Iterator[tuple[str, Entry]]:
    yield from _plain(table, "body")


def _groups(table: _Table) -> Iterator[tuple[str, Entry]]:
    yield from _plain(table, "group")


def _plain(table: _Table, sort: Sort) -> Iterator[tuple[str, Entry]]:
    for key, row in table.items():
        standing = tuple(_office(period) for period in row.get("standing") or ())
        strong = Entry(sort, key, row["name"], row.get("country"), row.get("sector"), offices=standing, kind=row.get("kind"))
        weak = row.get("weak") or ()
        yield from _each((row["name"], *(row.get("names") or ())), strong, weak)
        if weak:
            yield from _each(weak, replace(strong, weak=True))


def _organisations(table: _Table) -> Iterator[tuple[str, Entry]]:
    for acronym, row in table.items():
        name, sector, weak = row["name"], row.get("sector", "IGO"), row.get("weak") or ()
        strong = (name, *(row.get("names") or ()), *(row.get("bodies") or ()))
        yield from _each(strong, Entry("organisation", acronym, name, acronym, sector), weak)
        yield from _each(row.get("seats") or (), Entry("organisation", acronym, name, acronym, sector, weak=True, kind="seat"))
        yield from _each(weak, Entry("organisation", acronym, name, acronym, sector, weak=True))
        yield from _each(row.get("demonyms") or (), Entry("demonym", acronym, name, acronym, sector))


def _people(table: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, Entry]]:
    """Those of a state, of an organisation, or of a group, which then belong to the group's state."""
    groups, states = _optional("world/groups"), _optional("world/states")
    for key, rows in table.items():
        country = groups[key].get("country") if key in groups else states.get(key, {}).get("successor") or key
        for row in rows or ():
            name = row["name"]
            offices = tuple(sorted((_office(o) for o in row.get("offices") or ()), key=lambda o: o.start))
            sector = offices[-1].sector if offices else row.get("sector")
            yield from _each((name, *(row.get("names") or ())), Entry("person", key, name, country, sector, offices=offices))
            alone = Entry("surname", key, name, country, sector, bool(row.get("weak")), offices)
            yield from ((surname, alone) for surname in _surnames(row))


def _surnames(row: Mapping[str, Any]) -> Iterator[str]:
    """The surname, and its other spellings at the end of the person's other names ("Zelensky", "Zelenskyy")."""
    surname = row.get("surname")
    if not surname:
        return
    yield surname
    if row["name"].endswith(surname) and " " not in surname:
        last = {name.rsplit(" ", 1)[-1] for name in row.get("names") or () if " " in name}
        yield from sorted(other for other in last if other != surname and other[:2] == surname[:2] and len(other) > SHORT)


SHORT: Final = 3


def _office(row: Mapping[str, Any]) -> Office:
    return Office(str(row.get("role", "")), row.get("sector"), str(row.get("from") or ""), str(row.get("to") or ""))


def _each(names: Iterable[str], entry: Entry, but: Iterable[str] = ()) -> Iterator[tuple[str, Entry]]:
    return ((name, entry) for name in names if name not in but)


_READERS: Final = {
    "world/states": _states,
    "world/organisations": _organisations,
    "world/bodies": _bodies,
    "world/groups": _groups,
}


def day_of(published: str | None) -> str | None:
    """The ISO day on which a report came out; None where that is unknown or no date ("17 December 2016")."""
    try:
        return date.fromisoformat(published).isoformat() if published else None
    except ValueError:
        return None


def _days(day: str) -> int:
    """An ISO date, or the start of one, as a rough count of days."""
    year, month, date = (day.split("-") + ["1", "1"])[:3]
    return int(year) * 365 + int(month) * 30 + int(date)
