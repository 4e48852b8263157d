"""The whole flow in one screen: reports in, readings out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from onrecord.knowledge import lexicon
from onrecord.page import Block, Cast, Draft, Located, Page, Sentence, Timex
from onrecord.record import Event, Note, Reading, Report, Statement, Where
from onrecord.stages import actors, blocks, clauses, coreference, dates, grammar, links, names, places, quantities, repairs, status, triggers

BATCH: Final = 32
"""Reports parsed together: enough to keep the parser's batches full, few enough to stream."""

STAGE_FAILURES: Final = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a stage may raise on a sentence nobody foresaw: it costs that sentence, with a note, never the report."""


def read(report: Report, model: str = grammar.DEFAULT_MODEL) -> Reading:
    """Read one report: its events and statements in the order of the text, and notes on the input."""
    return next(read_many([report], model))


def read_many(reports: Iterable[Report], model: str = grammar.DEFAULT_MODEL) -> Iterator[Reading]:
    """Read any number of reports as a stream, in order; several are parsed together."""
    stream = iter(reports)
    while batch := list(itertools.islice(stream, BATCH)):
        for page in _pages(batch, model):
            yield _read_page(page)


def _pages(batch: list[Report], model: str) -> Iterator[Page]:
    """Cut each report into blocks and parse all blocks of the batch together."""
    cut = [(report, *blocks.split(report)) for report in batch]
    parsed: dict[int, list[Sentence]] = {}
    order = [(n, block) for n, (_, found, _) in enumerate(cut) for block in found if block.kind != "boilerplate"]
    stream = ((cut[n][0], block) for n, block in order)
    for (n, _), (_, _, sentences) in zip(order, grammar.parse(stream, model), strict=True):
        parsed.setdefault(n, []).extend(sentences)
    for n, (report, found, notes) in enumerate(cut):
        yield _page(report, found, parsed.get(n, []), notes)


def _page(report: Report, found: tuple[Block, ...], sentences: list[Sentence], notes: tuple[Note, ...]) -> Page:
    previous = None
    for number, sentence in enumerate(sentences):
        sentence.number = number
        repairs.mend(sentence)
        sentence.damaged = blocks.damaged(sentence, previous)
        previous = sentence
    blocks.quoted(sentences)
    return Page(report, found, tuple(sentences), notes)


@dataclass(slots=True)
class _Work:
    """What is known of a page while it is read."""

    page: Page
    cast: Cast
    published: date | None
    located: Mapping[int, list[Located]]
    rows: list[tuple[Event, Draft]] = field(default_factory=list)
    timexes: Sequence[Timex] = ()
    """Those of the sentence before: what "two days later" counts from."""
    statements: list[Statement] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def _read_page(page: Page) -> Reading:
    published = date.fromisoformat(page.report.published) if page.report.published else None
    cast, located = _whom_and_where(page)
    work = _Work(page, cast, published, located, notes=list(page.notes))
    for sentence in page.sentences:
        try:
            work.rows += _read_sentence(sentence, work)
        except STAGE_FAILURES as error:
            work.notes.append(Note("sentence-failed", f"this sentence could not be read ({type(error).__name__}: {error})", sentence.span))
    return Reading(page.report, tuple(links.link(work.rows, work.published)), tuple(work.statements), tuple(work.notes))


def _whom_and_where(page: Page) -> tuple[Cast, dict[int, list[Located]]]:
    """Whom each word means, and the places by sentence; a place's name is a mention too."""
    cast = names.cast(page)
    home = places.home(page.sentences)
    known: dict[str, Where] = {}
    located = {s.number: places.find(s, cast, home, known) for s in page.sentences}
    for sentence in page.sentences:
        for place in located[sentence.number]:
            actors.enter_place(place, sentence, cast)
    return coreference.resolve(page, cast), located


def _read_sentence(sentence: Sentence, work: _Work) -> Iterator[tuple[Event, Draft]]:
    frames = clauses.find(sentence, lexicon.heads("nouns"))
    timexes = dates.find(sentence, work.published, work.timexes)
    work.timexes = timexes or work.timexes
    amounts = quantities.find(sentence)
    drafts = triggers.find(frames, work.cast)
    heads = {draft.clause.head for draft in drafts}
    for draft in drafts:
        where = places.choose(sentence, draft.clause.head, work.located[sentence.number])
        who, whom = actors.by_place(draft, *actors.fill(draft, frames, work.cast), where)
        if not who and not whom and draft.sense.type != "CONSULT":
            continue
        when = dates.choose(sentence, draft.clause.head, timexes, heads)
        event = Event(
            report=work.page.report.id,
            type=draft.sense.type,
            mode=draft.sense.mode,
            status=status.on_day(status.of(draft, frames), when, work.published),
            actors=who,
            recipients=whom,
            date=when,
            place=where,
            trigger=draft.trigger,
            sentence=sentence.span,
            quantities=quantities.choose(sentence, draft.clause.head, amounts),
            score=lexicon.score(draft.sense.type, draft.sense.mode),
            flags=_flags(sentence),
        )
        yield event, draft


def _flags(sentence: Sentence) -> tuple[str, ...]:
    flags = ["related-link"] if sentence.block.kind == "related-link" else []
    return tuple(flags + (["damaged-text"] if sentence.damaged else []))
