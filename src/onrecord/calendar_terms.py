"""Words of time as letters: each token of a sentence is given one letter, so that a time expression
is a regular expression over a short string, and its offsets are token numbers, exact by construction.

Imports only knowledge and the page's types; the stage ``dates`` reads the letters.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from onrecord.intervals import duration
from onrecord.knowledge import table
from onrecord.page import Sentence, Token

LETTERS: Final[Mapping[str, str]] = {
    "the": "t", "a": "a", "this": "h", "current": "0", "last": "l", "past": "p", "next": "n", "that": "y", "recent": "V", "ago": "g",
    "earlier": "b", "later": "f", "of": "k", "in": "i", "on": "j", "every": "q", "to": "T", "and": "&", "or": "%", "vague": "v",
    "fiscal": "6", "comma": ",",
}  # fmt: skip
"""The letter of each class of function words in ``english/dates``."""

TRIGGERS: Final = re.compile("[MWwYXUGESFPDCLIJRQHdx0V78]")
"""Letters that can carry a time expression: a sentence with none of them has none."""


class Word(NamedTuple):
    """What a word of time says: its letter, a number or code, and the part of the period ("mid" in "mid-May")."""

    letter: str
    value: Any = None
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of ``english/dates`` by their dictionary form, and the small sets that rules ask for."""

    words: Mapping[str, Word]
    capital: frozenset[str]
    doubtful: frozenset[str]
    month_leads: frozenset[str]
    holidays: Mapping[tuple[str, ...], Any]
    named: Mapping[str, tuple[int, frozenset[str]]]
    """Days known by an event ("the October 7 attacks"): month-day to year and the event's words."""
    holiday_starts: frozenset[str]
    units: Mapping[str, str]
    plural: frozenset[str]
    numbers: Mapping[str, int]
    zones: frozenset[str]
    sets: Mapping[str, frozenset[str]]
    """Other lists by name: ``since``, ``until``, ``for`` …"""


UNIT_LETTERS: Final = {"quarter": "G", "half": "G", "century": "E"}


@functools.cache
def terms() -> Terms:
    """The table ``english/dates``, ready for look-ups."""
    data = table("english/dates")
    holidays: dict[tuple[str, ...], Any] = {tuple(name.replace("'s", " 's").split()): tuple(day) for name, day in data["holidays"].items()}
    holidays.update((tuple(name.split()), date.fromisoformat(str(day))) for name, day in data["named_days"].items())
    lists = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    lists.update((name, frozenset(words)) for part in ("future", "hosts", "words") for name, words in data[part].items())
    return Terms(
        words=_words(data),
        capital=lists["capital"],
        doubtful=lists["doubtful"],
        month_leads=lists["month_leads"],
        holidays=holidays,
        named={day: (event["year"], frozenset(event["words"])) for day, event in data["named_events"].items()},
        holiday_starts=frozenset(name[0] for name in holidays),
        units=data["units"],
        plural=lists["plural_units"],
        numbers=data["numbers"],
        zones=lists["zones"],
        sets=lists,
    )


def _words(data: Mapping[str, Any]) -> dict[str, Word]:
    """Every single word with its letter; a later table overrides an earlier one."""
    out = {word: Word(LETTERS[name], name) for name, words in data["words"].items() if name in LETTERS for word in words}
    out.update((word, Word(UNIT_LETTERS.get(unit, "U"), unit)) for word, unit in data["units"].items())
    for letter, name in (("M", "months"), ("W", "weekdays"), ("N", "numbers"), ("o", "ordinals"), ("S", "seasons")):
        out.update((word, Word(letter, value)) for word, value in data[name].items())
    out.update((word, Word("w", value)) for word, value in data["weekdays_plural"].items())
    for letter, name in (("P", "dayparts"), ("D", "day_words"), ("L", "clock_words"), ("d", "references"), ("x", "sets")):
        out.update((word, Word(letter, value)) for word, value in data[name].items())
    out.update((word, Word("X", value)) for word, value in data["decades"].items())
    out.update((word, Word("R", value)) for word, value in data["long_words"].items())
    for letter, name in (("e", "edges"), ("B", "edge_nouns")):
        out.update((word, Word(letter, value, value)) for word, value in data[name].items())
    for letter, name in (("A", "am"), ("A", "pm"), ("Z", "zones"), ("2", "zone_words"), ("3", "local_words")):
        out.update((word, Word(letter, name if letter == "A" else word)) for word in data[name])
    return out


# ---------------------------------------------------------------- the letters of a sentence


def letters(sentence: Sentence) -> tuple[str, list[Word]]:
    """One letter and one word a token; the letter is "." where the token says nothing of time."""
    known = terms()
    words = [_word(token, known) for token in sentence.tokens]
    if not known.holiday_starts.isdisjoint(token.lower for token in sentence.tokens):
        _mark_holidays(sentence, words, known)
    return "".join(word.letter for word in words), words


NOTHING: Final = Word(".")


def _word(token: Token, known: Terms) -> Word:
    word = known.words.get(token.lower)
    if word is None:
        return _shape(token.lower) if _SHAPED.search(token.lower) else NOTHING
    if token.lower in known.capital and (not token.text[0].isupper() or (token.i == 0 and token.pos in ("VERB", "AUX"))):
        return NOTHING
    if (word.letter == "Z" and not token.text.isupper()) or (word.letter == "y" and token.pos in ("SCONJ", "PRON")):
        return NOTHING
    return word


_SHAPED: Final = re.compile(r"[0-9-]")


def _mark_holidays(sentence: Sentence, words: list[Word], known: Terms) -> None:
    """Names of feasts run over several tokens: each of them gets the letter F."""
    lower = [token.lower for token in sentence.tokens]
    for i in range(len(lower)):
        name = next((n for size in (4, 3, 2, 1) if (n := tuple(lower[i : i + size])) in known.holidays and len(n) == size), None)
        if name and sentence.tokens[i].text[0] != lower[i][0] or name and lower[i][0].isdigit():
            for j in range(len(name)):
                words[i + j] = Word("F", known.holidays[name])


@functools.lru_cache(maxsize=8192)
def _shape(lower: str) -> Word:
    """Words with digits or hyphens: numbers, years, clock times, ISO dates, "five-day", "mid-January"."""
    return _numeric(lower) or (_compound(lower) if "-" in lower else None) or NOTHING


_ORDINAL: Final = re.compile(r"(\d{1,2})([^\W\d]{2})")
_DECADE: Final = re.compile(r"['’]?(\d\d|\d{3}0)['’]?s")
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?(?::[0-5]\d)?([^\W\d][^\W\d.]*\.?[^\W\d]?\.?)?")
_ISO: Final = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)|(\d{4})/(\d\d?)/(\d\d?)")
_SLASH: Final = re.compile(r"(\d\d?)[/.](\d\d?)[/.](\d{4}|\d\d)")
_YEARS: Final = re.compile(r"(1[5-9]\d\d|20\d\d)[-–/](\d\d|\d{4})")
_DAYS: Final = re.compile(r"(\d\d?)[-–](\d\d?)")


def _numeric(lower: str) -> Word | None:
    if not any(c.isascii() and c.isdigit() for c in lower):
        return None
    if lower.isdigit():
        return _number(lower)
    if (found := _ORDINAL.fullmatch(lower)) and found[2] in terms().sets["ordinal_endings"]:
        return Word("o", int(found[1]))
    if found := _DECADE.fullmatch(lower):
        return Word("X", int(found[1]))
    if (found := _CLOCK.fullmatch(lower)) and (found[2] or found[3]) and (":" in lower or found[3]):
        return _clock(int(found[1]), int(found[2] or 0), found[3])
    return _calendar(lower)


def _number(lower: str) -> Word | None:
    """Digits alone: a day of the month, a year, or another number."""
    if not lower.isascii():
        return None
    value = int(lower) if len(lower) < 10 else 0
    if len(lower) == 4 and (1000 <= value <= 2199 or lower.startswith("0")):
        return Word("Y", value)
    return Word("u" if 1 <= value <= 31 else "N", value)


def _clock(hour: int, minute: int, half: str | None) -> Word | None:
    if half:
        word = terms().words.get(half, NOTHING)
        if word.letter != "A":
            return None
        hour = hour % 12 + (12 if word.value == "pm" else 0)
    return Word("C", f"{hour:02d}:{minute:02d}", half) if hour < 24 else None


def _calendar(lower: str) -> Word | None:
    """Dates and ranges in digits; month before day, unless that is no date (30/12/2021)."""
    if found := _ISO.fullmatch(lower):
        year, month, day = (int(part) for part in found.groups() if part)
        return _whole(year, month, day)
    if found := _SLASH.fullmatch(lower):
        first, second, year = (int(part) for part in found.groups())
        year += 0 if year > 99 else 2000 if year < 70 else 1900
        return _whole(year, second, first) if "." in lower else _whole(year, first, second) or _whole(year, second, first)
    if found := _YEARS.fullmatch(lower):
        first, last = int(found[1]), int(found[2]) if len(found[2]) == 4 else int(found[1][:2] + found[2])
        return Word("H", (first, last)) if first < last else None
    if (found := _DAYS.fullmatch(lower)) and 1 <= int(found[1]) < int(found[2]) <= 31:
        return Word("J", (int(found[1]), int(found[2])))
    return None


def _whole(year: int, month: int, day: int) -> Word | None:
    try:
        return Word("I", date(year, month, day))
    except ValueError:
        return None


def _compound(lower: str) -> Word | None:
    """Hyphened words: a part of a period, an ordinal quarter, or a length of time."""
    known = terms()
    left, _, right = lower.partition("-")
    head, tail = known.words.get(left) or _numeric(left) or NOTHING, known.words.get(right) or _numeric(right) or NOTHING
    if head.letter == "e" and tail.letter in "MSXYW":
        return tail._replace(edge=head.edge)
    if head.letter == "o" and tail.letter == "G":
        return Word("Q", (head.value, tail.value))
    if tail.edge == "end" and head.letter == "U":
        return Word("8", head.value)
    if left in known.numbers and right in known.numbers:
        return Word("N", known.numbers[left] + known.numbers[right])
    return _length(lower.split("-"), known)


def _length(parts: list[str], known: Terms) -> Word | None:
    """ "five-day", "year-long", "two-year-old", "decades-long"; "year-earlier" and "year-ago" are last year."""
    ending = parts[-1]
    if len(parts) == 2 and ending in known.sets["ago_endings"] and parts[0] in known.units:
        return Word("7", known.units[parts[0]])
    if ending in known.sets["long_endings"]:
        parts = parts[:-1]
    elif len(parts) < 2:
        return None
    unit = known.units.get(parts[-1])
    if unit is None or len(parts) > 3:
        return None
    count = _count(parts[:-1], known, 1 if ending in known.sets["long_endings"] else None)
    vague = parts[-1] in known.plural
    return Word("R", duration(None if vague else count, unit)) if count is not None else None


def _count(parts: list[str], known: Terms, default: float | None) -> float | None:
    """The number that the words before a unit make."""
    if not parts:
        return default
    values = [known.numbers.get(part, int(part) if part.isascii() and part.isdigit() and len(part) < 6 else 0) for part in parts]
    return float(sum(values)) if all(values) else None
