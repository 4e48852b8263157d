"""The words around what a search found, cut from the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import apsw

from onrecord.store.values import searchable

LENGTH: Final = 240
"""Characters of an excerpt."""

MORE: Final = "…"
"""What stands where an excerpt was cut."""

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some of a text's words, and where in them those stand that were found."""

    words: str
    found: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str = "[", after: str = "]") -> str:
        """The words with signs around those that were found."""
        out, at = [], 0
        for start, end in self.found:
            out += [self.words[at:start], before, self.words[start:end], after]
            at = end
        return "".join((*out, self.words[at:]))

    def __str__(self) -> str:
        return self.marked()


def around(db: apsw.Connection, query: str, text: str, title: str | None) -> Excerpt:
    """The stretch of a text where most of the words of a query stand; the title where the text has none of them."""
    wanted = {token for token, _, _ in _tokens(db, query)}
    for words in (text, title or ""):
        found = [(start, end) for token, start, end in _tokens(db, words) if token in wanted]
        if found:
            return _cut(words, found)
    return Excerpt(text[:LENGTH])


def _tokens(db: apsw.Connection, text: str) -> list[tuple[str, int, int]]:
    """The words of a text as the index has them, with their places in characters."""
    plain = searchable(text)
    tokenizer = db.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
    data = plain.encode()
    found: Any = tokenizer(data, apsw.FTS5_TOKENIZE_DOCUMENT, None, include_colocated=False)  # its stubs know one shape of three
    places: list[tuple[str, int, int]] = []
    chars, last = 0, 0
    for start, end, token in found:
        chars += len(data[last:start].decode())
        length = len(data[start:end].decode())
        places.append((token, chars, chars + length))
        chars, last = chars + length, end
    return places


def _cut(text: str, found: list[_Place]) -> Excerpt:
    """The window with the most of the places, from a whole word to a whole word."""
    inside = _fullest(found)
    room = max(LENGTH - (inside[-1][1] - inside[0][0]), 0) // 2
    start, end = _word_start(text, max(inside[0][0] - room, 0)), _word_end(text, inside[-1][1] + room)
    first = MORE if start else ""
    moved = len(first) - start
    words = first + text[start:end] + (MORE if end < len(text) else "")
    return Excerpt(words, tuple((a + moved, b + moved) for a, b in inside))


def _fullest(found: list[_Place]) -> list[_Place]:
    """The most places, the first of such, that fit into an excerpt."""
    best, last = (0, 1), 0
    for first, (start, _) in enumerate(found):
        last = max(last, first + 1)
        while last < len(found) and found[last][1] <= start + LENGTH:
            last += 1
        best = (first, last) if last - first > best[1] - best[0] else best
    return found[slice(*best)]


_SPACE: Final = re.compile(r"\s")
_NEAR: Final = 30
"""Characters within which the end of a word is looked for."""


def _word_start(text: str, at: int) -> int:
    found = _SPACE.search(text, at, at + _NEAR) if at else None
    return found.end() if found else at


def _word_end(text: str, at: int) -> int:
    found = _SPACE.search(text, at, at + _NEAR) if at < len(text) else None
    return found.start() if found else min(at, len(text))
