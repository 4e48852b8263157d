"""Which reports tell one wire story: exact sentences first, then sentences that were lightly edited.

Pure functions of two texts; ``voices`` keeps the groups.  Precision comes first: only sentences that
hold a *fact* (a name or a number) are evidence, since formulas ("the leaders agreed to stay in touch")
stand in many stories, and what the two do not share must not be about somebody else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

SHARED: Final = 0.6
"""The part of the shorter story's words, in sentences with facts, that must stand in the other."""

KNOWN: Final = 0.3
"""The part of the facts in the shorter story's other sentences that the other story must know, and as much more as is not shared.

A copy with a new lead may bring new names; a text of which a third is not shared is a copy only if it is about the same people.
"""

EDITED: Final = 0.7
"""The part of a sentence's word groups that must stand in the other story for it to count as lightly edited."""

SENTENCES: Final = 2
"""Shared sentences with facts that it takes; one may be a quotation."""

WORDS: Final = 25
"""Words in shared sentences that it takes."""

SIZE: Final = 1 / 3
"""How long the shorter story is at least, measured by the other: a brief in a round-up does not make the round-up its copy."""

SHORT: Final = 12
"""A text of fewer words is never a copy: headlines and alerts repeat."""

GROUP: Final = 3
"""Words in a word group."""

SAMPLE: Final = 16
"""One word group in so many is kept as a mark, always the same ones: enough to find edited copies by."""

BRIEF: Final = 6
"""A sentence of fewer words is no evidence."""

# A sentence ends at its mark when a space follows; a line ends it anyway.
_END: Final = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+")
_WORD: Final = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
# "Sofia, March 3 (Agency) - " or "SOFIA, March 3 — " before a paragraph: whose copy it is, not what it says.
_DATELINE: Final = re.compile(
    r"^\W*(?:[A-Z][^\n(]{0,60})?\([^)\n]{2,40}\)\s*[-–—]{1,2}\s*"
    r"|^\W*[A-Z]{2}[A-Z .,'’/-]*(?:[A-Z][a-z]+\.?\s\d{1,2},?\s?)?(?:\([^)\n]{2,40}\)\s*|\s[-–—]{1,2}\s+|(?<=\s)[-–—]{1,2}\s+)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, as it is compared: its words folded, and which of them are names or numbers."""

    words: tuple[str, ...]
    facts: frozenset[str]

    @property
    def key(self) -> int:
        """A hash of the words, as SQLite can keep it."""
        return _hash(" ".join(self.words))

    @property
    def evidence(self) -> bool:
        """Whether the sentence says enough to tell one story from another."""
        return bool(self.facts) and len(self.words) >= BRIEF

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The sentence's runs of words."""
        for i in range(len(self.words) - GROUP + 1):
            yield self.words[i : i + GROUP]


@dataclass(frozen=True)
class Print:
    """All that is compared of a report's text."""

    lines: tuple[Line, ...]
    dateline: frozenset[str] = frozenset()
    """The words of its datelines: no part of what it says, but known to it."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the text."""
        return self.dateline | {word for line in self.lines for word in line.words}

    @cached_property
    def length(self) -> int:
        """How many words the text has."""
        return sum(len(line.words) for line in self.lines)

    @cached_property
    def whole(self) -> int:
        """A hash of the whole text, its layout left out."""
        return _hash(" ".join(word for line in self.lines for word in line.words))

    @cached_property
    def keys(self) -> frozenset[tuple[str, ...]]:
        """The sentences."""
        return frozenset(line.words for line in self.lines)

    @cached_property
    def groups(self) -> frozenset[tuple[str, ...]]:
        """The runs of words of all sentences."""
        return frozenset(group for line in self.lines for group in line.groups())

    @cached_property
    def evidence(self) -> tuple[Line, ...]:
        """The sentences that can tell one story from another, each once."""
        return tuple({line.words: line for line in self.lines if line.evidence}.values())

    @cached_property
    def weight(self) -> int:
        """How many words the sentences have that can tell one story from another."""
        return sum(len(line.words) for line in self.evidence)

    def marks(self) -> frozenset[int]:
        """What the text is found by: its whole, its sentences with facts, and a sample of their word groups."""
        if self.length < SHORT:
            return frozenset()
        sampled = (_hash("\x1f".join(group)) for line in self.evidence for group in line.groups())
        return frozenset({self.whole, *(line.key for line in self.evidence), *(key for key in sampled if key % SAMPLE == 0)})


def print_of(text: str) -> Print:
    """Cut a text into sentences for comparing.  A dateline is no part of them."""
    datelines = (found[0] for paragraph in text.split("\n") if (found := _DATELINE.match(paragraph)))
    aside = frozenset(word for dateline in datelines for word in _line(dateline).words)
    return Print(tuple(line for part in _sentences(text) if (line := _line(part)).words), aside)


def same_story(one: Print, other: Print) -> bool:
    """True when the shorter text is a copy, a cut or an update of the other; symmetric."""
    if one.length >= SHORT and one.whole == other.whole:
        return True
    small, large = sorted((one, other), key=lambda p: (p.weight, p.whole))
    if small.weight < max(WORDS, SIZE * large.weight):
        return False
    shared = frozenset(line.words for line in small.evidence if _stands_in(line, large))
    words = sum(map(len, shared))
    if len(shared) < SENTENCES or words < max(WORDS, SHARED * small.weight):
        return False
    rest = frozenset(fact for line in small.evidence if line.words not in shared for fact in line.facts)
    return len(rest & large.words) >= (KNOWN + 1 - words / small.weight) * len(rest)


def _stands_in(line: Line, story: Print) -> bool:
    """True when the other story has this sentence, or most of its words in their order and all its facts."""
    if line.words in story.keys:
        return True
    if not line.facts <= story.words:
        return False
    groups = list(line.groups())
    return sum(group in story.groups for group in groups) >= EDITED * len(groups)


def _sentences(text: str) -> Iterator[str]:
    for paragraph in filter(None, text.split("\n")):
        yield from _END.split(_DATELINE.sub("", paragraph))


def _line(sentence: str) -> Line:
    """A sentence's words; its first word's capital says nothing."""
    found = _WORD.findall(sentence)
    facts = (word for i, word in enumerate(found) if word[0].isdigit() or (i and word[0].isupper()))
    return Line(tuple(word.casefold() for word in found), frozenset(word.casefold() for word in facts))


def _hash(words: str) -> int:
    """A signed 64-bit hash, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
