"""Roles, organs and kinds of people as a typed table: a head noun in, its sector and kind out."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from onrecord import knowledge
from onrecord.page import Sentence, Token

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

    @property
    def own_sector(self) -> str | None:
        """The sector that the noun has where it says nothing of whom it belongs to."""
        return self.fallback if self.inherits else self.sector


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
    organisations: Mapping[str, str | None]
    """The sector of an unknown organisation by the last word of its name."""
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
    return Titles(nouns, _longest(nouns), data["modifiers"], data["combining"], data["homonyms"], dict(_by_last_word(data)), words)


def _by_last_word(data: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """The last words of organisations' names, grouped by sector in the table; ``-`` says none."""
    for sector, names in data["organisations"].items():
        yield from ((name, None if sector == "-" else sector) for name in names)


def _noun(word: str, row: Mapping[str, Any]) -> Noun:
    return Noun(word, row["sector"], row["kind"], bool(row.get("title")), bool(row.get("domestic")), row.get("else"))


def _longest(nouns: Mapping[str, Noun]) -> dict[str, int]:
    """By first word, the number of words in the longest phrase."""
    longest: dict[str, int] = {}
    for phrase in nouns:
        first, size = phrase.partition(" ")[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), size)
    return longest


# ---------------------------------------------------------------- the noun phrase round such a noun


ATTACHED: Final = frozenset(
    {"amod", "compound", "nmod", "poss", "case", "nummod", "det", "quantmod", "advmod", "punct", "cc", "conj", "predet", "npadvmod"}
)
NOMINAL: Final = frozenset({"NOUN", "PROPN"})
NAMING: Final = frozenset({"NOUN", "PROPN", "ADJ"})
BREAKS: Final = frozenset({",", ";", "(", ")", "\u2014", "\u2013", '"', "\u201c", "\u201d", ":"})


def within(tokens: Sequence[Token], left: int, right: int) -> bool:
    """True for a word that modifies one of the words after it, up to a last one."""
    return left < tokens[left].head <= right and tokens[left].dep in ATTACHED


def before_one_name(tokens: Sequence[Token], left: int, right: int) -> bool:
    """True for two words of a title that the parse hangs on the name after them: "Security Service Chief X"."""
    return tokens[left].dep == tokens[right].dep == "compound" and tokens[left].head == tokens[right].head > right


def left_edge(tokens: Sequence[Token], first: int, last: int, stop: int) -> int:
    """The first token of the noun phrase that ends in the role: what hangs on it to the left, without a gap."""
    edge = first
    name = tokens[tokens[last].head]
    named = name.i if tokens[last].dep == "compound" and tokens[last].pos == name.pos == "PROPN" else last
    while edge > stop and not breaks(tokens, edge - 1) and (hangs(tokens, edge - 1, edge, last, named) or qualifies(tokens[edge - 1])):
        edge -= 1
    return edge


def breaks(tokens: Sequence[Token], i: int) -> bool:
    """True where no noun phrase goes on to the left: a mark, a pronoun, a verb after its subject ("a bus carrying pilgrims")."""
    token = tokens[i]
    verbal = token.tag == "VBG" and i > 0 and tokens[i - 1].pos in NOMINAL
    return token.text in BREAKS or token.pos == "PRON" or verbal


def qualifies(token: Token) -> bool:
    """True for "former" and the like, whatever the parse hangs them on."""
    return token.pos in {"ADJ", "ADV"} and load().has("former", token.lower)


def hangs(tokens: Sequence[Token], i: int, first: int, last: int, named: int = -1) -> bool:
    """True when the chain of heads above a token leads into [first, last], or to the name after it, through modifiers of nouns."""
    for _ in range(4):
        if tokens[i].dep not in ATTACHED:
            return False
        i = tokens[i].head
        if first <= i <= last or i == named > last:
            return True
        if i > last:
            return False
    return False


def chunk_end(tokens: Sequence[Token], i: int) -> int:
    """The last token of the run of nouns and adjectives that begins at ``i``."""
    first = i
    while i < len(tokens) and (tokens[i].pos in NAMING or tokens[i].dep == "cc" or (tokens[i].pos == "NUM" and i > first)):
        i += 1
    while tokens[i - 1].dep == "cc":
        i -= 1
    return i - 1


def organ_end(tokens: Sequence[Token], i: int) -> int:
    """The last token of the capitalised words that begin at ``i``, as in the name of an office; ``i - 1`` where there are none."""
    while i < len(tokens) and tokens[i].pos in NAMING and tokens[i].text[0].isupper():
        i += 1
    return i - 1


def outer(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token of a stretch whose own head lies outside it (the last such)."""
    outside = [i for i in range(first, last + 1) if not first <= tokens[i].head <= last or tokens[i].head == i]
    weighty = [i for i in outside if tokens[i].pos in NOMINAL or tokens[i].pos == "ADJ"]
    return (weighty or outside or [last])[0]


def top(tokens: Sequence[Token], first: int, last: int, i: int) -> int:
    """The token of [first, last] that carries the place of a noun in it: itself, or the one that it hangs on in the end."""
    for _ in range(4):
        head = tokens[i].head
        if head == i or not first <= head <= last:
            break
        i = head
    return i


def portfolio(token: Token, table: Titles) -> bool:
    """True for a word that can be part of what a minister is minister of."""
    return token.dep == "cc" or token.text[0].isupper() or token.pos == "NUM" or sector_word(token, table) is not None


def plain_title(words: Sequence[Token], table: Titles) -> Noun | None:
    """The title that some words are and nothing more, such as somebody serves: "the leaders", "the Prime Minister"."""
    noun = table.nouns.get(" ".join(t.lower for t in words)) or (table.nouns.get(words[0].lemma) if len(words) == 1 else None)
    return noun if noun is not None and noun.kind == "person" and noun.title else None


def sector_word(token: Token, table: Titles) -> str | None:
    """The sector that a word gives to a noun which inherits it."""
    noun = table.nouns.get(token.lower) or table.nouns.get(token.lemma)
    if noun is not None and not noun.inherits and noun.kind in {"organ", "group"}:
        return noun.sector
    return table.modifiers.get(token.lower)


# ---------------------------------------------------------------- names that nobody knows


class Stranger(NamedTuple):
    """An unknown name at tokens [first, last]: what it looks like, and the sector that its last word tells."""

    first: int
    last: int
    kind: str | None
    sector: str | None


def stranger(sentence: Sentence, i: int) -> Stranger | None:
    """The unknown person or organisation whose name's head stands at a token; None for what is more likely a thing.

    "The" before it asks for a last word of organisations ("the Coastal Workers Union") or an acronym; one
    word alone does not say whether it is a person.
    """
    table, tokens = load(), sentence.tokens
    if not _capitalised(tokens[i]) or _in_title_case(sentence):
        return None
    first = i
    while first and _capitalised(tokens[first - 1]) and tokens[first - 1].text not in BREAKS and hangs(tokens, first - 1, first, i):
        first -= 1
    last = tokens[i].lower
    if last in table.organisations and first < i:
        return Stranger(first, i, "organisation", table.organisations[last])
    if any(table.has("impersonal", t.lower) or table.has("things", t.lower) or not t.text[-1].isalpha() for t in tokens[first : i + 1]):
        return None
    if tokens[i].text.isupper() and first == i and len(last) > 1:
        return Stranger(first, i, "organisation", None)
    if first and tokens[first - 1].pos == "DET":
        return None
    return Stranger(first, i, "person" if first < i else None, None)


def _capitalised(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[0].isupper()


def _in_title_case(sentence: Sentence) -> bool:
    """True for a headline that writes its words with capitals, where capitals say nothing."""
    letters = [t for t in sentence.tokens if t.text[0].isalpha()]
    return sentence.block.kind == "headline" and sum(t.text[0].isupper() for t in letters) * 3 > len(letters) * 2
