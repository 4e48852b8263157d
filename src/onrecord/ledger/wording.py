"""Words compared: which words of a span carry meaning, how alike two spans are, which listed phrases stand in a text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from onrecord.knowledge import table, whoswho

STEM: Final = 6
"""Letters by which words are compared: "withdraw", "withdrawal" and "withdrawing" are one."""
ALIKE: Final = 0.5
"""The share of the shorter span's words that the other must have for the two to be about the same."""


def words(name: str) -> Any:
    """A list or group of lists of ``english/ledger``."""
    return table("english/ledger")[name]


RUN: Final = re.compile(r"[\w-]+")
"""What a phrase that stands as whole words begins with and ends with."""


@functools.lru_cache(maxsize=1_000)
def _runs(text: str) -> frozenset[str]:
    """The words in a text, in small letters: one sentence is asked for many lists in turn."""
    return frozenset(RUN.findall(text.lower()))


class Phrases:
    """The phrases of a list, found in a text where they stand as whole words, letters' case ignored."""

    __slots__ = ("expression", "opening")

    def __init__(self, phrases: Iterable[str]) -> None:
        ordered = sorted((phrase.lower() for phrase in phrases), key=lambda phrase: (-len(phrase), phrase))
        body = "|".join(re.escape(phrase) for phrase in ordered)
        self.opening = frozenset(RUN.findall(phrase)[0] for phrase in ordered)
        self.expression = re.compile(rf"(?<![\w-])(?:{body})(?![\w-])", re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first phrase in the text, the longest where several begin."""
        if self.opening.isdisjoint(_runs(text)):  # as most texts are: to look for first words only is ten times faster
            return None
        return self.expression.search(text)

    def without(self, text: str) -> str:
        """The text with the phrases cut out."""
        return self.expression.sub("", text)

    def last(self, text: str) -> int:
        """Where the last phrase in the text ends; 0 when there is none."""
        return max((found.end() for found in self.expression.finditer(text)), default=0) if self.search(text) else 0


@functools.cache
def phrases(name: str, group: str | None = None) -> Phrases:
    """The phrases of a list, or of one list of a group."""
    return Phrases(words(name) if group is None else words(name)[group])


@functools.lru_cache(maxsize=20_000)
def says(name: str, text: str, group: str | None = None) -> bool:
    """True when one of the list's phrases stands in the text."""
    return phrases(name, group).search(text) is not None


@functools.cache
def groups(name: str) -> Mapping[str, Phrases]:
    """The lists of a group by their names."""
    return {group: Phrases(listed) for group, listed in words(name).items()}


def finds(name: str, text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The names of a group's lists of which a phrase stands in the text, in the group's order, each with its first place."""
    opening = _opening(name)
    maybe = {group for word in opening.keys() & _runs(text) for group in opening[word]}
    if maybe:
        for group, listed in groups(name).items():
            if group in maybe and (found := listed.expression.search(text)):
                yield group, found


@functools.cache
def _opening(name: str) -> Mapping[str, tuple[str, ...]]:
    """The first words of a group's phrases, each with the names of its lists."""
    found: dict[str, tuple[str, ...]] = {}
    for group, listed in groups(name).items():
        for word in sorted(listed.opening):
            found[word] = (*found.get(word, ()), group)
    return found


def labels(name: str, text: str) -> frozenset[str]:
    """The names of a group's lists of which a phrase stands in the text."""
    return frozenset(group for group, _ in finds(name, text))


WORD: Final = re.compile(r"[^\W\d_][\w'\u2019-]*|\d[\d,.]*\d|\d")


@functools.cache
def _empty() -> frozenset[str]:
    return frozenset((*words("empty"), *words("common")))


@functools.cache
def _untelling() -> frozenset[str]:
    """The stems of states' names, peoples and capitals."""
    fields = ("names", "demonyms", "capital")
    said = (name for state in table("world/states").values() for name in (state["name"], *(n for f in fields for n in state.get(f) or ())))
    return frozenset(word[:STEM] for name in said for word in whoswho.fold(name).lower().split() if len(word) > 2)


@functools.lru_cache(maxsize=50_000)
def stems(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, folded and cut to the letters by which they are compared.

    Names of states and peoples are none: who it is about, the parties of a row tell better.
    """
    found = (whoswho.fold(word).lower().removesuffix("'s") for word in WORD.findall(text))
    return frozenset(word[:STEM] for word in found if word not in _empty()) - _untelling()


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set's words that the other has too: 0 to 1; 0 when either has none."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when two spans' words are about the same thing: one word in common is enough only where there are no others."""
    shared = len(one & other)
    return (shared >= ENOUGH and likeness(one, other) >= ALIKE) or (shared > 0 and one == other)


ENOUGH: Final = 2


Name = tuple[str, str]
"""A person's name as names are compared: the first given name's first letter ("" when not told) and the surname."""


@functools.lru_cache(maxsize=20_000)
def name_of(full: str) -> Name:
    """How a person's name is compared: spellings with and without accents and middle names are one."""
    parts = [part.strip(",") for part in whoswho.fold(full).lower().split()]
    parts = [part for part in parts if part and part not in words("name_suffixes")] or [full.lower()]
    return (parts[0][0] if len(parts) > 1 else "", parts[-1])


def same_people(one: Iterable[Name], other: Iterable[Name]) -> int:
    """How many of the first names mean somebody among the second; one without a given name fits any of that surname."""
    known = tuple(other)
    return sum(any(_same(a, b) for b in known) for a in one)


def _same(one: Name, other: Name) -> bool:
    return one[1] == other[1] and (one[0] == other[0] or not one[0] or not other[0])
