"""Roles, organs and kinds of people as a typed table: a head noun in, its sector and kind out."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from onrecord import knowledge

INHERIT: Final = "of"
"""The sector of a noun that takes the sector of whom it belongs to."""


@dataclass(frozen=True, slots=True)
class Noun:
    """One head noun: its sector (``of``: inherited, with ``fallback`` where nothing is said), and what it is."""

    word: str
    sector: str
    kind: str
    title: bool = False
    domestic: bool = False
    fallback: str | None = None

    @property
    def inherits(self) -> bool:
        """True when the noun has the sector of whom it belongs to."""
        return self.sector == INHERIT


class Match(NamedTuple):
    """A noun found at tokens [first, last]."""

    first: int
    last: int
    noun: Noun


@dataclass(frozen=True, slots=True)
class Titles:
    """The whole table; every set is of lower-case words."""

    nouns: Mapping[str, Noun]
    longest: Mapping[str, int]
    modifiers: Mapping[str, str]
    combining: Mapping[str, str]
    homonyms: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    def has(self, kind: str, word: str) -> bool:
        """True when the lower-case word stands in the list of that name (``former``, ``honorifics``, …)."""
        return word in self.words.get(kind, frozenset())

    def at(self, lowers: Sequence[str], lemmas: Sequence[str], i: int) -> Match | None:
        """The longest noun or fixed phrase that begins at token ``i``."""
        longest = self.longest.get(lowers[i])
        if longest is None:  # no phrase begins so: the word alone, by its lemma or its bare plural
            noun = self.nouns.get(lemmas[i]) or self.nouns.get(lowers[i].removesuffix("s"))
            return Match(i, i, noun) if noun is not None else None
        for size in range(min(longest, len(lowers) - i), 0, -1):
            words = " ".join(lowers[i : i + size])
            base = " ".join((*lowers[i : i + size - 1], lemmas[i + size - 1]))
            noun = self.nouns.get(words) or self.nouns.get(base) or self.nouns.get(words.removesuffix("s"))
            if noun is not None:
                return Match(i, i + size - 1, noun)
        return None


@functools.cache
def load() -> Titles:
    """The table ``english/titles``, read once a process."""
    data = knowledge.table("english/titles")
    nouns = {word: _noun(word, row) for word, row in data["nouns"].items()}
    words = {name: frozenset(value) for name, value in data.items() if isinstance(value, list)}
    return Titles(nouns, _longest(nouns), data["modifiers"], data["combining"], data["homonyms"], words)


def _noun(word: str, row: Mapping[str, Any]) -> Noun:
    return Noun(word, row["sector"], row["kind"], bool(row.get("title")), bool(row.get("domestic")), row.get("else"))


def _longest(nouns: Mapping[str, Noun]) -> dict[str, int]:
    """By first word, the number of words in the longest phrase."""
    longest: dict[str, int] = {}
    for phrase in nouns:
        first, size = phrase.partition(" ")[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), size)
    return longest
