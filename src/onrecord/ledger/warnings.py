"""Threats: what is threatened, on what condition, repeated where, and whether it was carried out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from onrecord.held import Told, Wanted
from onrecord.ledger import wording
from onrecord.ledger.tellings import Row, Telling, about, countries, first_day, order, row_of, span_dict, span_of, usable, voices
from onrecord.record import Span, digest

CARRIED_OUT: Final = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
"""The types by which threats are carried out."""
NEEDED: Final = (Wanted(types=("THREATEN", *sorted(CARRIED_OUT)), statuses=("actual",)),)
"""The rows that ``warnings`` looks at."""
REACH: Final = 365
"""Days: what happens later after a threat was last told does not carry it out."""


@dataclass(frozen=True, slots=True)
class Threat:
    """One threat, however often it is told.  ``condition`` and ``consequence`` are stretches of the first telling's words."""

    id: str
    by: tuple[str, ...]
    against: tuple[str, ...]
    mode: str | None
    consequence: Span
    condition: Span | None
    since: str | None
    tellings: tuple[Telling, ...]
    carried_out: tuple[Telling, ...]

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows that it rests on: the threat's, and those that carry it out."""
        return tuple(telling.row for telling in (*self.tellings, *self.carried_out))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, whole."""
        return {
            "id": self.id,
            "by": list(self.by),
            "against": list(self.against),
            "mode": self.mode,
            "consequence": span_dict(self.consequence),
            "condition": span_dict(self.condition),
            "since": self.since,
            "voices": voices(self.tellings),
            "tellings": [telling.to_dict() for telling in self.tellings],
            "carried_out": [telling.to_dict() for telling in self.carried_out],
            "rows": list(self.rows),
        }


@dataclass(slots=True)
class _Case:
    """A threat in the making."""

    by: frozenset[str]
    against: frozenset[str]
    mode: str | None
    rows: list[tuple[Told, Row]] = field(default_factory=list)
    stems: list[frozenset[str]] = field(default_factory=list)


def warnings(tolds: Iterable[Told]) -> list[Threat]:
    """Every threat and warning of consequences that was made, oldest first, with what carried it out."""
    threats: list[Told] = []
    deeds: dict[tuple[str, str], list[Told]] = {}
    for told in sorted(usable(tolds), key=first_day):
        if told.type == "THREATEN" and told.status == "actual" and countries(told.actors):
            threats.append(told)
        elif told.type in CARRIED_OUT and told.status == "actual":
            for pair in _pairs(told):
                deeds.setdefault(pair, []).append(told)
    return [_threat(case, deeds) for case in _cases(threats)]


def _pairs(told: Told) -> Iterator[tuple[str, str]]:
    for actor in sorted(countries(told.actors)):
        for recipient in sorted(countries(told.recipients)):
            yield actor, recipient


def _cases(threats: Iterable[Told]) -> list[_Case]:
    """The threats: rows of the same sides and mode with words alike are one."""
    cases: list[_Case] = []
    index: dict[tuple[frozenset[str], frozenset[str]], list[_Case]] = {}
    for told in threats:
        row = row_of(told)
        by, against = countries(told.actors), countries(told.recipients)
        stems = wording.stems(about(row).text)
        here = index.setdefault((by, against), [])
        case = next((case for case in here if _same_mode(case, told) and any(wording.alike(stems, own) for own in case.stems)), None)
        if case is None:
            case = _Case(by, against, told.mode)
            cases.append(case)
            here.append(case)
        case.rows.append((told, row))
        if stems not in case.stems:
            case.stems.append(stems)
        case.mode = case.mode or told.mode
    return cases


def _same_mode(case: _Case, told: Told) -> bool:
    return case.mode is None or told.mode is None or case.mode == told.mode


def _threat(case: _Case, deeds: Mapping[tuple[str, str], Sequence[Told]]) -> Threat:
    first, row = case.rows[0]
    condition, consequence = _told_in(row)
    return Threat(
        id=digest("threat", first.id),
        by=tuple(sorted(case.by)),
        against=tuple(sorted(case.against)),
        mode=case.mode,
        consequence=consequence,
        condition=condition,
        since=first.day,
        tellings=tuple(sorted((Telling.of(told, data) for told, data in case.rows), key=order)),
        carried_out=tuple(Telling.of(told) for told in _carried_out(case, consequence, deeds)),
    )


def _told_in(row: Row) -> tuple[Span | None, Span]:
    """Condition and consequence by the row's content, by its sentence where the content has no condition or is too short."""
    content, sentence = about(row), span_of(row["sentence"])
    for words in (content, sentence):
        condition, consequence = split(words)
        if condition is not None:
            return condition, consequence
    return None, content if len(content.text.split()) >= TELLING else sentence


TELLING: Final = 3
"""A consequence of fewer words ("sanctions", "clear") is read with its sentence."""


def split(words: Span) -> tuple[Span | None, Span]:
    """A threat's words as (condition, consequence): cut where a word of condition opens; no condition when none does."""
    found = min(
        (m for g in ("unless", "if") if (m := wording.phrases("conditions", g).search(words.text))), key=re.Match.start, default=None
    )
    if found is None:
        return None, words
    if found.start():
        return _part(words, found.start(), len(words.text)), _part(words, 0, found.start())
    comma = words.text.find(",")
    if comma < 0:
        return words, words
    return _part(words, 0, comma), _part(words, comma + 1, len(words.text))


def _part(words: Span, start: int, end: int) -> Span:
    """A stretch of a span without the blanks and commas at its ends."""
    text = words.text[start:end]
    left = len(text) - len(text.lstrip(" ,;\n"))
    text = text.strip(" ,;\n")
    return Span(text, words.start + start + left, words.start + start + left + len(text))


def _carried_out(case: _Case, consequence: Span, deeds: Mapping[tuple[str, str], Sequence[Told]]) -> list[Told]:
    """Later deeds of the threatener on the threatened, of the types that the threat's mode or words lead to expect."""
    types = frozenset(wording.words("carried_out").get(case.mode, ())) | wording.labels("consequences", consequence.text)
    first, last = case.rows[0][0], case.rows[-1][0]
    until = _later(last.day)
    found = {
        told.id: told
        for by in case.by
        for against in case.against
        for told in deeds.get((by, against), ())
        if told.type in types and first.day is not None and first.day < first_day(told) <= until and "historical" not in told.flags
    }
    return sorted(found.values(), key=lambda told: (first_day(told), told.id))


def _later(day: str | None) -> str:
    return "" if day is None else date.fromordinal(min(date.fromisoformat(day).toordinal() + REACH, date.max.toordinal())).isoformat()
