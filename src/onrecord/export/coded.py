"""Rows as coded data sets see them: which rows they hold, who does it to whom, codes of states, one day, a number for an id.

Shared by the formats of POLECAT, PLOVER, ICEWS, GDELT, ACLED and the like.  The codes are knowledge (``world/codes.yaml``,
``exports/``); a code that nobody knows is None, never a guess.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from itertools import permutations, product
from typing import Any, Final, NamedTuple, TextIO

from onrecord import knowledge
from onrecord.export.csv import Cell, safe
from onrecord.export.words import clean, paragraph, paragraphs
from onrecord.record import Entity, Event, Reading, digest

DIGITS: Final = 13
"""Hex digits of an id that make its number: 52 bits, which every reader of numbers keeps exactly."""
LEAD: Final = 1
"""The last line of a report (headline 0) that GDELT counts as its lead."""


class Pair(NamedTuple):
    """One party that does something to one other; None where nobody is named."""

    actor: Entity | None
    recipient: Entity | None


class Act(NamedTuple):
    """What an event is in a data set coded in CAMEO."""

    code: str
    label: str
    goldstein: float
    intensity: float
    quad: int

    @property
    def root(self) -> str:
        """The two figures of the root category."""
        return self.code[:2]

    @property
    def base(self) -> str:
        """The three figures of the category."""
        return self.code[:3]


def exported(name: str) -> Any:
    """The knowledge that one format needs: ``exports/<name>.yaml``."""
    return knowledge.table(f"exports/{name}")


def told(reading: Reading) -> Iterator[Event]:
    """The events that the report itself tells as its news: nothing denied, no links to other stories."""
    return (e for e in reading.events if e.status != "negated" and "related-link" not in e.flags)


def pairs(event: Event) -> list[Pair]:
    """Who does it to whom, each pair once; where all take part, each of them to each other, as CAMEO codes talks.

    One pair with None where a side names nobody; none where nobody is named at all.
    """
    if event.recipients or len(event.actors) < 2:
        sides: list[tuple[Entity | None, ...]] = [event.actors or (None,), event.recipients or (None,)]
        found = [Pair(*pair) for pair in product(*sides)]
    else:
        found = [Pair(*pair) for pair in permutations(event.actors, 2)] if _mutual(event) else [Pair(actor, None) for actor in event.actors]
    return [pair for pair in found if pair != (None, None)]


def _mutual(event: Event) -> bool:
    """True for a type in which all who take part are actors."""
    return bool(_ontology(event.type).get("reciprocal"))


@functools.cache
def _ontology(type_: str) -> dict[str, Any]:
    page: dict[str, Any] = knowledge.table(f"ontology/{type_.lower()}")
    return page


def quad(type_: str) -> int:
    """The class of a type: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return int(_ontology(type_)["quad"])


def score(type_: str) -> float:
    """The conflict–cooperation score of a type without a mode."""
    return float(_ontology(type_)["score"])


def acts(event: Event) -> list[tuple[Pair, Act]]:
    """Each pair of an event with what the one does to the other in CAMEO.

    None for what CAMEO has no code for: what has not happened, but for intended cooperation.
    """
    rule = exported("cameo")["types"][event.type]
    found = [(pair, _visit(event, pair, rule) or _code(event, rule)) for pair in pairs(event)]
    return [(pair, Act(code, **exported("cameo")["codes"][code])) for pair, code in found if code is not None]


def _code(event: Event, rule: dict[str, Any]) -> str | None:
    """The CAMEO code by status, mode and context; None where there is none."""
    if event.status != "actual":
        planned: str | None = rule.get("planned") if event.status == "planned" else None
        return planned
    by_context = (code for context, code in rule.get("contexts", {}).items() if context in event.contexts)
    code: str = rule.get("modes", {}).get(event.mode) or next(by_context, rule["code"])
    return code


def _visit(event: Event, pair: Pair, rule: dict[str, Any]) -> str | None:
    """The code of the guest or the host of a visit; None for no visit, or where the text does not tell who is at home."""
    roles = rule.get("visits", {}).get(event.mode)
    if roles is None or event.status != "actual":
        return None
    here, there = (entity is not None and _at_home(entity, event) for entity in pair)
    alone = pair.recipient is None
    code: str | None = roles["host"] if here and not there else roles["guest"] if there and not here or alone and not here else None
    return code


def _at_home(entity: Entity, event: Event) -> bool:
    """True when it happens in the party's own country, or the party is named by a place."""
    return entity.kind == "place" or (event.place is not None and entity.country is not None and entity.country == event.place.country)


# ---------------------------------------------------------------- states and parties


@functools.cache
def _codes() -> dict[str, dict[str, Any]]:
    codes: dict[str, dict[str, Any]] = knowledge.table("world/codes")
    return codes


def state(country: str | None) -> str | None:
    """The code itself when it is a state's or territory's, not an organisation's."""
    return country if country in _codes() else None


def state_name(country: str | None) -> str | None:
    """The state's name in English; None for what is no state."""
    return None if state(country) is None else str(knowledge.table("world/states")[country]["name"])


def code_of(country: str | None, system: str) -> Any:
    """A state's code in another system (``iso2``, ``numeric``, ``fips``, ``cow``, ``cameo``, ``region``); None where it has none."""
    return _codes().get(country or "", {}).get(system)


def name(entity: Entity) -> str:
    """The party's name, or its words where it has none, on one clean line."""
    return clean(entity.name or entity.span.text)


# ---------------------------------------------------------------- time, ids, cells


def day(event: Event) -> str | None:
    """The one day on which it happens (ISO); None when the text tells none, or a longer time."""
    if event.date is None or event.date.earliest is None or event.date.earliest != event.date.latest:
        return None
    return event.date.earliest


def done_on(event: Event) -> str | None:
    """The one day of what has happened; None for a plan, whose day is that of what is planned, not of the planning."""
    return day(event) if event.status == "actual" else None


def published(reading: Reading) -> str | None:
    """The day the report came out (ISO), without a time of day."""
    return reading.report.published[:10] if reading.report.published else None


def number(id_: str) -> int:
    """An id as a whole number: the first thirteen hex digits of its hash, so that ``f"{n:013x}"`` begins the id again."""
    try:
        return int(id_[:DIGITS], 16) if len(id_) >= DIGITS else int(digest(id_)[:DIGITS], 16)
    except ValueError:
        return int(digest(id_)[:DIGITS], 16)


def numbers(event: Event, count: int) -> list[int]:
    """So many numbers for the lines of one event: its own, then others that are as stable."""
    return [number(event.id if n == 0 else digest(event.id, n)) for n in range(count)]


def release() -> str:
    """The version of onrecord that codes."""
    return version("onrecord")


def sentence_number(event: Event, reading: Reading) -> int:
    """Which of the sentences with an event this is, in the order of the text, from 1."""
    starts = sorted({other.sentence.start for other in reading.events})
    return starts.index(event.sentence.start) + 1


def in_lead(event: Event, reading: Reading) -> bool:
    """True when the headline or the first line of the body tells of it."""
    return paragraph(paragraphs(reading.report.text), event.trigger.start) <= LEAD


def cell(value: object, missing: str) -> Cell:
    """A value for a table: numbers as they are, text on one clean line that no spreadsheet takes for a formula."""
    if value is None or value == "":
        return missing
    return value if isinstance(value, int | float) else safe(clean(str(value))) or missing


def write_table(stream: TextIO, lines: Iterable[Iterable[Cell]], delimiter: str = "\t") -> None:
    """Write lines; a cell with a quotation mark or the delimiter in it is quoted."""
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(lines)
