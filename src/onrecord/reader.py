"""The whole flow in one screen: reports in, readings out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from onrecord import intake
from onrecord.knowledge import lexicon
from onrecord.page import Attribution, Block, Cast, Clause, Draft, Located, Page, Sentence, Timex
from onrecord.record import Event, Note, Reading, Report, Statement, When, Where
from onrecord.stages import (
    actors,
    blocks,
    clauses,
    confidence,
    contexts,
    coreference,
    dates,
    grammar,
    links,
    names,
    places,
    quantities,
    quotations,
    repairs,
    sources,
    statements,
    status,
    triggers,
    verbs,
)

BATCH: Final = 32
"""Reports parsed together: enough to keep the parser's batches full, few enough to stream."""

REMEMBERED: Final = 8
"""Time expressions of earlier sentences that a later one may count from."""

HISTORY: Final = timedelta(days=60)
"""An event that ended longer ago than this is background."""

EARLIEST: Final = date(10, 1, 1)
"""The calendar begins in the year 1: what counts back from a day needs room before it."""

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
        verbs.mend(sentence)
        repairs.mend(sentence)
        sentence.damaged = blocks.damaged(sentence, previous)
        previous = sentence
    blocks.quoted(sentences)
    return Page(report, found, tuple(sentences), (*intake.check(report), *notes))


@dataclass(slots=True)
class _Work:
    """What is known of a page while it is read."""

    page: Page
    cast: Cast
    published: date | None
    located: Mapping[int, list[Located]]
    contexts: Mapping[int, tuple[str, ...]]
    rows: list[tuple[Event, Draft]] = field(default_factory=list)
    timexes: Sequence[Timex] = ()
    """The latest of the sentences before: what "two days later" counts from."""
    frames: dict[int, dict[int, Clause]] = field(default_factory=dict)
    """The clauses of every sentence, by the sentence's number."""
    attributions: Sequence[Attribution] = ()
    said_in: Mapping[int, Sequence[Attribution]] = field(default_factory=dict)
    """The attributions by the sentences that they have words of."""
    notes: list[Note] = field(default_factory=list)


def _read_page(page: Page) -> Reading:
    """Read one page; what breaks a stage over the whole page costs that report's rows, with a note."""
    try:
        return _rows(page)
    except STAGE_FAILURES as error:
        note = Note("report-failed", f"this report could not be read ({type(error).__name__}: {error})")
        return Reading(page.report, notes=(*page.notes, note))


def _rows(page: Page) -> Reading:
    published = _published(page.report)
    cast, located = _whom_and_where(page)
    work = _Work(page, cast, published, located, contexts.find(page.sentences), notes=list(page.notes))
    work.frames = dict(_frames(work))
    said = statements.find(page, work.frames)
    quotations.give(page, said)
    work.attributions = sources.name(page, cast, said)
    work.said_in = sources.by_sentence(work.attributions)
    for sentence in page.sentences:
        try:
            work.rows += _read_sentence(sentence, work)
        except STAGE_FAILURES as error:
            work.notes.append(_failed(sentence, error))
    return Reading(page.report, tuple(_events(work)), tuple(_statements(work)), tuple(work.notes))


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
    frames = work.frames[sentence.number]
    timexes = dates.find(sentence, work.published, work.timexes)
    work.timexes = (*work.timexes, *timexes)[-REMEMBERED:]
    amounts = quantities.find(sentence)
    found = {draft: _parties(draft, frames, sentence, work) for draft in triggers.find(frames, work.cast)}
    drafts = triggers.once({draft: len(who) + len(whom) for draft, (who, whom, _) in found.items()})
    heads = {draft.clause.head for draft in drafts}
    for draft in drafts:
        who, whom, where = found[draft]
        spoken = bool(lexicon.ontology(draft.sense.type).get("spoken"))
        when = dates.choose(sentence, draft.clause.head, timexes, heads, spoken=spoken, published=work.published)
        source, statement = sources.of(draft.clause, work.said_in.get(sentence.number, ()), who)
        event = Event(
            report=work.page.report.id,
            type=draft.sense.type,
            mode=draft.sense.mode,
            status=status.on_day(status.of(draft, frames), when, work.published, foretold=status.foretold(draft)),
            actors=who,
            recipients=whom,
            content=triggers.content(draft, frames),
            date=when,
            place=where,
            source=source,
            statement=statement,
            trigger=draft.trigger,
            sentence=sentence.span,
            quantities=quantities.choose(sentence, draft.clause.head, amounts),
            contexts=work.contexts[sentence.number],
            score=lexicon.score(draft.sense.type, draft.sense.mode),
            flags=_flags(sentence, when, work.published),
        )
        yield event, draft


def _parties(
    draft: Draft, frames: Mapping[int, Clause], sentence: Sentence, work: _Work
) -> tuple[actors.Parties, actors.Parties, Where | None]:
    """Who acts on whom, and where; the place stands in for a party where the type allows it."""
    where = places.choose(sentence, draft.clause.head, work.located[sentence.number])
    return *actors.by_place(draft, *actors.fill(draft, frames, work.cast), where), where


def _frames(work: _Work) -> Iterator[tuple[int, dict[int, Clause]]]:
    """The clauses of each sentence; one whose clauses cannot be found has none, with a note."""
    for sentence in work.page.sentences:
        try:
            yield sentence.number, clauses.find(sentence, lexicon.heads("nouns"))
        except STAGE_FAILURES as error:
            work.notes.append(_failed(sentence, error))
            yield sentence.number, {}


def _events(work: _Work) -> Iterator[Event]:
    """The rows, linked with one another, each with how sure it is."""
    drafts = {event.id: draft for event, draft in work.rows}
    for event in links.link(work.rows, work.published):
        yield replace(event, confidence=confidence.of(event, drafts[event.id]))


def _statements(work: _Work) -> list[Statement]:
    """The statement rows of a report's own text: those of related-story lines are another report's."""
    own = [a for a in work.attributions if work.page.sentences[a.sentence].block.kind != "related-link"]
    return sources.rows(own)


def _failed(sentence: Sentence, error: Exception) -> Note:
    return Note("sentence-failed", f"this sentence could not be read ({type(error).__name__}: {error})", sentence.span)


def _published(report: Report) -> date | None:
    """The day the report came out; None when it is missing or no date (which is noted when the page is cut)."""
    try:
        day = date.fromisoformat(report.published) if report.published else None
    except ValueError:
        return None
    return None if day is None else max(day, EARLIEST)


def _flags(sentence: Sentence, when: When | None, published: date | None) -> tuple[str, ...]:
    """What a reader of the row should be warned of."""
    raised = {
        "related-link": sentence.block.kind == "related-link",
        "damaged-text": sentence.damaged,
        "historical": published is not None and _ended(when) < (published - HISTORY).isoformat(),
        "unresolved-date": when is not None and when.earliest is None,
    }
    return tuple(flag for flag, up in raised.items() if up)


def _ended(when: When | None) -> str:
    """The last day of an event as ISO text; far in the future when it is not known."""
    return when.latest if when is not None and when.latest is not None else "9999-12-31"
