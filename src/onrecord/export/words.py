"""Rows in words for people: what the table and the page say of a party, a date, a source.

The words themselves are knowledge (``labels.yaml``, the names in ``world/states.yaml``); a code that
has none is shown as it is.
"""

from __future__ import annotations

import bisect
import functools
import re
from typing import Any, Final

from onrecord import knowledge
from onrecord.record import Entity, Event, KnowledgeError, Quantity, Source, Span, When, Where

UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, direction overrides and lone surrogates: never shown as they are."""


def clean(text: str) -> str:
    """The text on one line, with nothing in it that steers a terminal or a browser."""
    return " ".join(UNSEEN.sub("\N{REPLACEMENT CHARACTER}", text).split())


@functools.cache
def labels(kind: str) -> dict[str, Any]:
    """The words for one kind of code: ``types``, ``statuses``, ``sectors``, ``flags``, ``families``."""
    found: dict[str, Any] = knowledge.table("labels")[kind]
    return found


def country(code: str | None) -> str | None:
    """The state's name for its code; an organisation's acronym stays as it is."""
    if code is None:
        return None
    entry = _states().get(code)
    return str(entry["name"]) if entry else code


@functools.cache
def _states() -> dict[str, Any]:
    try:
        states: dict[str, Any] = knowledge.table("world/states")
    except KnowledgeError:  # an installation without the world's tables still shows codes
        return {}
    return states


def sector(code: str | None) -> str | None:
    """The sector in words."""
    return None if code is None else labels("sectors").get(code, code)


def code(entity: Entity) -> str:
    """``RUS.GOV``, ``NATO``, ``.REB``: country and sector as codes; empty when neither is known."""
    return f"{entity.country or ''}" + (f".{entity.sector}" if entity.sector else "")


def party(entity: Entity) -> str:
    """``Russia (government)``, ``Vladimir Putin (Russia, government)``, or the words of the text."""
    name = clean(entity.name or entity.span.text)
    extra = [part for part in (country(entity.country), sector(entity.sector)) if part and part != name]
    return f"{name} ({', '.join(extra)})" if extra else name


def parties(event: Event, arrow: str = " → ") -> str:
    """Who acts, and on or toward whom: ``Russia (government) → Ukraine``."""
    sides = [" + ".join(party(e) for e in side) for side in (event.actors, event.recipients)]
    if not sides[1]:
        return sides[0] or "nobody named"
    return arrow.join((sides[0] or "nobody named", sides[1]))


def when(date: When) -> str:
    """The days that are meant, else the words: ``2021-12-30 15:30 Moscow``, ``2014-01-01 to 2014-12-31``."""
    if date.earliest is None and date.latest is None:
        days = f"“{clean(date.span.text)}”"
    elif date.earliest == date.latest:
        days = date.earliest or ""
    else:
        days = f"{date.earliest or '…'} to {date.latest or '…'}"
    return " ".join(part for part in (days, date.time, clean(date.timezone or "")) if part)


def where(place: Where) -> str:
    """The place with its country: ``Geneva (Switzerland)``."""
    land = country(place.country)
    return clean(place.name) + (f" ({land})" if land and land != place.name else "")


def source(said: Source) -> str:
    """Who says so: ``Kremlin (Russia, government), quoted``."""
    parts = [party(said.entity)] + ["unnamed"] * said.anonymous + ["quoted"] * said.quoted
    return ", ".join(parts)


def quantity(amount: Quantity) -> str:
    """A number with its unit: ``100,000 troops``."""
    return f"{amount.value:,.10g} {amount.unit or ''}".strip()


def around(sentence: Span, trigger: Span, width: int) -> tuple[str, str, str]:
    """The sentence shortened around the trigger, on one line: (before, trigger, after)."""
    cut = (max(0, trigger.start - sentence.start), max(0, trigger.end - sentence.start))
    before, after = _line(sentence.text[: cut[0]]), _line(sentence.text[cut[1] :])
    word = clean(trigger.text)
    room = max(12, width - len(word))
    left = min(len(before), max(room // 2, room - len(after)))
    return _last_words(before, left), word, _first_words(after, room - left)


def _line(text: str) -> str:
    """Clean text on one line that keeps whether it began or ended with a space."""
    inner = clean(text)
    return " " * text[:1].isspace() + inner + " " * (text[-1:].isspace() and bool(inner))


def _last_words(text: str, width: int) -> str:
    """The last words that fit, with a mark of what was left out."""
    if len(text) <= width:
        return text.lstrip()
    return "… " + text[len(text) - max(1, width - 2) :].partition(" ")[2]


def _first_words(text: str, width: int) -> str:
    """The first words that fit, with a mark of what was left out."""
    if len(text) <= width:
        return text.rstrip()
    return text[: max(1, width - 2)].rpartition(" ")[0] + " …"


def circumstances(event: Event) -> list[str]:
    """What the sentence tells besides the parties: date, place, source, quantities, and the flags."""
    found = [] if event.date is None else [when(event.date)]
    found += [] if event.place is None else [f"in {where(event.place)}"]
    found += [] if event.source is None else [f"says {source(event.source)}"]
    found += [quantity(amount) for amount in event.quantities]
    return found + [f"[{labels('flags').get(flag, flag)}]" for flag in event.flags]


def paragraphs(text: str) -> list[int]:
    """Where the lines of a text that hold any word begin, in order."""
    return [found.start() for found in re.finditer(r"^[^\S\n]*\S", text, flags=re.MULTILINE)]


def paragraph(lines: list[int], offset: int) -> int:
    """The number of the line that holds an offset, from 0."""
    return max(0, bisect.bisect_right(lines, offset) - 1)
