"""The inner types: what the stages pass to one another between a report and its rows.

Imports only the record.  A ``Page`` is a report cut into blocks and sentences; a ``Sentence`` is
parsed tokens; a ``Mention`` is a name or role found in it; a ``Cast`` says whom each token means;
a ``Clause`` is one predicate with its arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from onrecord.record import Entity, Note, Quantity, Report, Source, Span, Statement, Status, When, Where

BlockKind = Literal["headline", "paragraph", "byline", "related-link", "caption", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the report with one job.  Only headline and paragraph make plain rows."""

    kind: BlockKind
    start: int
    end: int
    number: int = 0
    """The paragraph's number in the report; the headline is 0."""


class Token(NamedTuple):
    """One word.  ``i`` and ``head`` are places in the sentence (``head == i`` at the root);
    ``start`` and ``end`` are code points of the report.  A hyphenated compound is one token."""

    i: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int

    def rehang(self, head: int, dep: str) -> Token:
        """The same token on another head, in another function."""
        return self._replace(head=head, dep=dep)


@dataclass(slots=True, eq=False)
class Sentence:
    """A parsed sentence; built by the grammar stage, mended by the repairs, then only read."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    block: Block
    number: int
    """Its place in the report, from 0."""
    text: str
    """The report's words from start to end."""
    damaged: bool = False
    quoted: tuple[tuple[int, int], ...] = ()
    """Token ranges [i, j) inside quotation marks, also where the marks stand in another sentence."""
    _children: list[list[int]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.tokens)

    @property
    def span(self) -> Span:
        """The whole sentence as a span of the report."""
        return Span(self.text, self.start, self.end)

    def replace_tokens(self, tokens: tuple[Token, ...]) -> None:
        """Put mended tokens in the place of the old ones, and drop what was derived from those."""
        self.tokens = tokens
        self._children = []

    def mend(self, rules: Iterable[Callable[[Sentence], Mapping[int, Token]]]) -> Sentence:
        """Apply rules one after the other, each giving the tokens to put in the place of others by where they stand; itself."""
        for rule in rules:
            changes = rule(self)
            if changes:
                self.replace_tokens(tuple(changes.get(token.i, token) for token in self.tokens))
        return self

    def children(self, i: int) -> list[int]:
        """The dependents of a token, left to right."""
        if not self._children:
            made: list[list[int]] = [[] for _ in self.tokens]
            for token in self.tokens:
                if token.head != token.i:
                    made[token.head].append(token.i)
            self._children = made
        return self._children[i]

    def kids(self, i: int, *deps: str) -> list[Token]:
        """The dependents of a token that stand in one of the given relations."""
        return [self.tokens[c] for c in self.children(i) if self.tokens[c].dep in deps]

    def kid(self, i: int, *deps: str) -> Token | None:
        """The first dependent in one of the given relations."""
        return next((self.tokens[c] for c in self.children(i) if self.tokens[c].dep in deps), None)

    def head(self, i: int) -> Token:
        """The token that a token depends on (itself at the root)."""
        return self.tokens[self.tokens[i].head]

    def ancestors(self, i: int) -> Iterator[Token]:
        """The chain of heads above a token, nearest first; ends at the root."""
        seen = {i}
        while (i := self.tokens[i].head) not in seen:
            seen.add(i)
            yield self.tokens[i]

    def subtree(self, i: int) -> list[int]:
        """A token with everything below it, in text order."""
        found, todo = [], [i]
        while todo:
            j = todo.pop()
            found.append(j)
            todo.extend(self.children(j))
        return sorted(found)

    def conjuncts(self, i: int) -> list[int]:
        """A token with those coordinated to it further down ("A, B and C" from A)."""
        found = [i]
        for j in found:
            found.extend(c for c in self.children(j) if self.tokens[c].dep == "conj")
        return found

    def objects(self, i: int, preposition: str) -> list[int]:
        """The objects of a token's own preposition ("the treaty with Israel"), with those coordinated to them."""
        below = [t.i for prep in self.kids(i, "prep", "agent") if prep.lower == preposition for t in self.kids(prep.i, "pobj")]
        return [c for j in below for c in self.conjuncts(j)]

    def cut(self, first: int, last: int) -> Span:
        """The span from token ``first`` to token ``last``, both included."""
        start, end = self.tokens[first].start, self.tokens[last].end
        return Span(self.text[start - self.start : end - self.start], start, end)

    def phrase(self, i: int) -> Span:
        """The span from the first to the last token below ``i``."""
        below = self.subtree(i)
        return self.cut(below[0], below[-1])

    def stretches(self, tokens: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """A set of tokens as ranges of neighbours, each with this sentence's number: what is attributed."""
        first = last = -1
        for i in sorted(tokens):
            if last >= 0 and i != last + 1:
                yield self.number, first, last
            first, last = (i if last < 0 or i != last + 1 else first), i
        if last >= 0:
            yield self.number, first, last

    def in_quotes(self, i: int) -> bool:
        """True when the token stands inside quotation marks."""
        return any(first <= i < last for first, last in self.quoted)


@dataclass(slots=True, eq=False)
class Page:
    """A report with its blocks, its parsed sentences and what was noted on the way."""

    report: Report
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of tokens [first, last] of one sentence that means one or more entities.

    ``head`` is the token that carries its place in the grammar.  ``adjective`` is true for a
    demonym or compound that modifies another noun ("Russian" in "Russian troops").
    """

    sentence: int
    first: int
    last: int
    head: int
    entities: tuple[Entity, ...]
    adjective: bool = False
    place: bool = False
    """True when the name can be a place as well as a party (Geneva, Ukraine, Moscow)."""


class Cast:
    """Whom each token of the report means: how "he", "Pifer" and "Moscow" meet."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self._by_sentence: dict[int, dict[int, Mention]] = {}
        for mention in mentions:
            self.add(mention)

    def add(self, mention: Mention) -> None:
        """Enter a mention under its head; a later one replaces an earlier one."""
        self._by_sentence.setdefault(mention.sentence, {})[mention.head] = mention

    def at(self, sentence: int, token: int) -> Mention | None:
        """The mention whose head is that token."""
        return self._by_sentence.get(sentence, {}).get(token)

    def covering(self, sentence: int, token: int) -> Mention | None:
        """The mention that has that token anywhere inside it."""
        mentions = self._by_sentence.get(sentence, {}).values()
        return next((m for m in mentions if m.first <= token <= m.last), None)

    def of(self, sentence: int) -> list[Mention]:
        """The mentions of one sentence, in text order."""
        return sorted(self._by_sentence.get(sentence, {}).values(), key=lambda m: (m.first, m.last))

    def __iter__(self) -> Iterator[Mention]:
        for number in sorted(self._by_sentence):
            yield from self.of(number)


SUBJECT: Final = "subj"
OBJECT: Final = "obj"
INDIRECT: Final = "iobj"
CLAUSE: Final = "clause"
POSSESSOR: Final = "poss"
MODIFIER: Final = "mod"


@dataclass(slots=True, eq=False)
class Clause:
    """One predicate (verb, event noun or adjective) with its arguments by grammatical function.

    ``args`` maps a function to the heads that fill it: ``subj`` and ``obj`` are logical (a passive
    is turned round, control, raising, relatives and coordination are followed), ``iobj`` the dative,
    ``clause`` the head of a complement clause, ``poss`` a possessor, ``mod`` nouns and demonyms that
    modify a noun, and a preposition's own word ("on", "against", "with") its objects.
    ``governors`` are the predicates above it, nearest first, each with the function in which this
    one stands below it (``("denied", "obj")``): what status and source look at.
    """

    sentence: Sentence
    head: int
    kind: Literal["verb", "noun", "adj"]
    args: dict[str, list[int]] = field(default_factory=dict)
    passive: bool = False
    negated: bool = False
    modals: tuple[str, ...] = ()
    governors: tuple[tuple[int, str], ...] = ()
    stands_for: Token | None = None
    """The verb that a bare auxiliary repeats: "as are Russia and the OSCE"."""

    @property
    def token(self) -> Token:
        """The predicate's head word."""
        return self.sentence.tokens[self.head]

    @property
    def lemma(self) -> str:
        """The predicate's dictionary form, in lower case (that of the verb it stands for)."""
        return (self.stands_for or self.token).lemma

    def get(self, *functions: str) -> list[int]:
        """The heads that fill the first of these functions which is filled."""
        return next((self.args[f] for f in functions if self.args.get(f)), [])


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: tokens [first, last] of a sentence, the interval it means, and its TIMEX3 type and value."""

    first: int
    last: int
    when: When
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: tokens [first, last] of a sentence."""

    first: int
    last: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Located:
    """A place name: tokens [first, last] of a sentence, and what it means."""

    first: int
    last: int
    where: Where


@dataclass(slots=True, eq=False)
class Said:
    """A statement in the making: where its cue stands and which tokens it attributes."""

    sentence: Sentence
    cue: int
    marks: tuple[int, int]
    """The first and last token of the cue."""
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    """The content, as in an attribution."""
    speaker: int | None = None
    audience: int | None = None
    negated: bool = False
    claim: bool = True
    """False where the content is a thing spoken of and not a thing said to be so."""
    waits: bool = False
    """True for a cue that may stand beside a quotation."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement with its place in the parse: where the cue stands, and which tokens it attributes.

    ``content`` holds (sentence, first, last) token ranges, both ends included; ``source`` is the
    speaker as a row's source would show it, or None where nobody is named.
    """

    statement: Statement
    sentence: int
    cue: int
    content: tuple[tuple[int, int, int], ...]
    source: Source | None


Pos = Literal["verbs", "nouns", "adjectives"]


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold (or, when ``barred``, must not hold) of one argument."""

    function: str
    words: frozenset[str]
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """One sense of a trigger: its type, when it applies, and where its parties stand."""

    type: str
    key: str
    pos: Pos
    words: tuple[str, ...]
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    content: tuple[str, ...]
    reciprocal: bool
    status: Status | None
    passive: bool | None
    conditions: tuple[Condition, ...]

    @property
    def head(self) -> str:
        """The word that heads the phrase: the first of a verb's or adjective's; the last of a noun's, or the one before "of"."""
        return self.words[self._place]

    @property
    def others(self) -> tuple[str, ...]:
        """The phrase's other words."""
        return self.words[: self._place] + self.words[self._place + 1 :]

    @property
    def _place(self) -> int:
        if self.pos != "nouns":
            return 0
        return self.words.index("of") - 1 if "of" in self.words[1:] else len(self.words) - 1


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """An event in the making: a predicate in one of the lexicon's senses, and the words that name it."""

    clause: Clause
    sense: Sense
    trigger: Span
