"""Quotations: a page and its statements by cue in, each quotation given to the statement it belongs to.

A quotation may run over sentences and paragraphs, be broken by "he said", follow its cue after a
colon, or go on in the next paragraph without a cue of its own.  It widens the statement that already
holds a part of it, or fills the nearest cue that waits for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.page import Page, Said

Part = tuple[int, int, int]
"""Sentence, first and last token of a stretch of content."""

BySentence = Mapping[int, Sequence[Said]]
Before = tuple[Said, int] | None
"""The statement that had the last quotation, and the sentence where that ended."""

VERBAL: Final = frozenset({"VERB", "AUX"})
OPENING: Final = frozenset({"“", "„", "«", "‘", "``", '"', "'", "`"})
CLOSING: Final = frozenset({"”", "»", "’", "''", '"', "'"})
SHORT: Final = 4
"""Fewer tokens between quotation marks, marks included, are a word held at arm's length unless a cue takes them."""
NEAR: Final = 6
"""Tokens between a cue that has its content already and a further quotation."""


@dataclass(slots=True, eq=False)
class Quotation:
    """What stands between one pair of quotation marks, marks included, over sentences and paragraphs."""

    parts: list[Part]
    closed: bool

    @property
    def size(self) -> int:
        """Number of tokens."""
        return sum(last - first + 1 for _, first, last in self.parts)


def give(page: Page, found: Sequence[Said]) -> None:
    """Give every quotation of a page to the statement it belongs to; those that nobody speaks are left."""
    by_sentence: dict[int, list[Said]] = {}
    for said in found:
        by_sentence.setdefault(said.sentence.number, []).append(said)
    before: Before = None
    for quotation in _quoted(page):
        owner = _owner_of(page, quotation, by_sentence, before)
        if owner is not None:
            _widen(page, owner, quotation)
            before = owner, quotation.parts[-1][0]


def _quoted(page: Page) -> list[Quotation]:
    """The quotations of a page, those that run over several sentences joined."""
    made: list[Quotation] = []
    for s in page.sentences:
        for first, end in s.quoted:
            opened = first > 0 and s.tokens[first - 1].text in OPENING
            closed = end < len(s) and s.tokens[end].text in CLOSING
            part = (s.number, first - opened, end - 1 + closed)
            if made and not made[-1].closed and made[-1].parts[-1][0] == s.number - 1 and part[1] == 0:
                made[-1].parts.append(part)
                made[-1].closed = closed
            else:
                made.append(Quotation([part], closed))
    return made


def _owner_of(page: Page, quotation: Quotation, by_sentence: BySentence, before: Before) -> Said | None:
    """The statement a quotation belongs to: its own cue's, that of the sentence around it, or the one that goes on."""
    number, first, last = quotation.parts[0]
    s = page.sentences[number]
    near = dict.fromkeys((number, quotation.parts[-1][0]))
    here = [said for n in near for said in by_sentence.get(n, []) if not _within(said, quotation)]
    holding = [said for said in here if _overlap(said, quotation)]
    holding = holding or [said for said in here if not said.claim and _follows(said, quotation)]
    if holding:
        return min(holding, key=lambda said: sum(b - a for _, a, b in said.parts))
    if quotation.size < SHORT and len(quotation.parts) == 1 and last - first + 2 < len(s):
        return None
    waiting = [said for said in here if said.waits and not said.parts]
    if waiting:
        return min(waiting, key=lambda said: _distance(said, quotation))
    spoken = [said for said in here if said.waits and _distance(said, quotation) <= NEAR]
    if spoken:
        return min(spoken, key=lambda said: _distance(said, quotation))
    return _from_before(page, quotation, by_sentence, before)


def _overlap(said: Said, quotation: Quotation) -> bool:
    return any(n == m and a <= last and first <= b for n, a, b in said.parts for m, first, last in quotation.parts)


def _follows(said: Said, quotation: Quotation) -> bool:
    """True when a quotation comes right after a content or one word later: "called the report a “rush to judgment”"."""
    number, first, _ = quotation.parts[0]
    return any(n == number and 0 < first - b <= 2 for n, _, b in said.parts)


def _within(said: Said, quotation: Quotation) -> bool:
    return any(n == said.sentence.number and a <= said.cue <= b for n, a, b in quotation.parts)


def _distance(said: Said, quotation: Quotation) -> int:
    """Tokens between a cue and a quotation; a cue of another sentence is far."""
    near = [min(abs(said.cue - a), abs(said.cue - b)) for n, a, b in quotation.parts if n == said.sentence.number]
    return min(near, default=1000)


def _from_before(page: Page, quotation: Quotation, by_sentence: BySentence, before: Before) -> Said | None:
    """A quotation without a cue of its own goes on with the one before it, or was announced by the sentence before."""
    number, first, _ = quotation.parts[0]
    s = page.sentences[number]
    if first > 0:
        return None
    if before is not None and before[1] >= number - 1 and _fully_quoted(page, quotation):
        return before[0]
    announced = [said for said in by_sentence.get(number - 1, []) if said.waits and not said.parts]
    if announced and (page.sentences[number - 1].text.rstrip().endswith(":") or s.block.start == page.sentences[number - 1].block.start):
        return announced[-1]
    return None


def _fully_quoted(page: Page, quotation: Quotation) -> bool:
    number, _, last = quotation.parts[-1]
    return len(page.sentences[number]) - last <= 2


def _widen(page: Page, said: Said, quotation: Quotation) -> None:
    """Add a quotation to a statement's content."""
    taken: dict[int, set[int]] = {}
    for number, first, last in (*(said.parts or _led_up(said, quotation)), *quotation.parts):
        taken.setdefault(number, set()).update(range(first, last + 1))
    taken.get(said.sentence.number, set()).discard(said.cue)
    said.parts = [part for number in sorted(taken) for part in page.sentences[number].stretches(taken[number])]


def _led_up(said: Said, quotation: Quotation) -> Iterator[Part]:
    """The words of a clause that only ends in quotation marks: "told the paper he was “not there yet” on that"."""
    number, first, last = quotation.parts[0]
    start = said.marks[1] + 1
    s = said.sentence
    if number != s.number or first <= start or not any(t.pos in VERBAL and t.dep != "advcl" for t in s.tokens[start:first]):
        return
    subject = next((t.i for t in s.tokens[start:first] if t.dep in ("nsubj", "nsubjpass", "expl")), None)
    if subject is not None:
        yield number, s.subtree(subject)[0], len(s) - 1 - (s.tokens[-1].text == ".")
