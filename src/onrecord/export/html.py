"""The evidence page: one self-contained HTML file where each row is a click from its words and back.

The page needs no network and no script: links and ``:target`` do the work; the small script only
lights up the words of the row under the pointer.  ``fragment`` is the same for a notebook cell.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, Final, TextIO

from onrecord.export import words
from onrecord.record import Event, Reading, Span, Statement

Row = Event | Statement
Mark = tuple[Row, str, Span]
LINE_ENDS: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write one page with every reading, as they come: head, one article a report, foot."""
    template = _environment().get_template("page.html.j2")
    folios = (Folio(reading, number) for number, reading in enumerate(readings, 1))
    for piece in template.generate(folios=folios, labels=words.labels):
        stream.write(UNCARRIED.sub("\N{REPLACEMENT CHARACTER}", piece))


def page(*readings: Reading) -> str:
    """The whole page as a string."""
    template = _environment().get_template("page.html.j2")
    folios = [Folio(reading, number) for number, reading in enumerate(readings, 1)]
    return UNCARRIED.sub("\N{REPLACEMENT CHARACTER}", template.render(folios=folios, labels=words.labels))


def fragment(reading: Reading) -> str:
    """The reading as a piece of HTML with its own style, for a notebook cell; no script."""
    template = _environment().get_template("fragment.html.j2")
    return UNCARRIED.sub("\N{REPLACEMENT CHARACTER}", template.render(folio=Folio(reading, 1), labels=words.labels))


UNCARRIED: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Characters that an HTML file may not hold, and those that turn the direction of what follows."""


@functools.cache
def _environment() -> Any:
    """The templates of this package, with escaping on and the words for people as filters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("onrecord.export"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    for name in ("party", "when", "where", "source", "quantity"):
        environment.filters[name] = getattr(words, name)
    environment.tests["event"] = lambda row: isinstance(row, Event)
    return environment


# ---------------------------------------------------------------- one report on the page


class Folio:
    """One reading as the page shows it: paragraphs of marked segments, and rows by paragraph."""

    def __init__(self, reading: Reading, number: int) -> None:
        self.reading = reading
        self.report = reading.report
        self.number = number
        self.title = words.clean(reading.report.title or reading.report.text.strip().partition("\n")[0])[:200] or reading.report.id
        self.rows = sorted(reading.rows(), key=_in_text_order)
        self.numbers = {row.id: str(n) for n, row in enumerate(self.rows, 1)}

    @functools.cached_property
    def by_id(self) -> dict[str, Row]:
        """Every row by its id."""
        return {row.id: row for row in self.rows}

    @functools.cached_property
    def types(self) -> list[tuple[str, int]]:
        """The types that occur, with their counts, the most frequent first."""
        counts = Counter(event.type for event in self.reading.events)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    @functools.cached_property
    def statuses(self) -> list[tuple[str, int]]:
        """The statuses that occur, with their counts."""
        counts = Counter(event.status for event in self.reading.events)
        return [(name, counts[name]) for name in ("actual", "planned", "possible", "negated") if counts[name]]

    def groups(self) -> Iterator[tuple[int, list[Row]]]:
        """The rows by the number of their paragraph."""
        lines = words.paragraphs(self.report.text)
        for number, rows in groupby(self.rows, key=lambda row: words.paragraph(lines, anchor(row).start)):
            yield number, list(rows)

    def paragraphs(self) -> list[list[Segment]]:
        """The text, cut at every boundary of every span and at the ends of lines."""
        return paragraphs(self.report.text, self.rows)

    def evidence(self, row: Row) -> list[Segment]:
        """The row's own sentence with the row's parts marked by what they are."""
        return pieces(row.sentence, [part for part in parts(row) if row.sentence.overlaps(part[1])])

    def siblings(self, event: Event) -> list[Event]:
        """The other rows that tell of the same call, meeting or letter."""
        if event.contact is None:
            return []
        return [e for e in self.reading.events if e.contact == event.contact and e.id != event.id]


def anchor(row: Row) -> Span:
    """The words of the text that stand for the row: an event's trigger, a statement's cue."""
    return row.trigger if isinstance(row, Event) else row.cue


def _in_text_order(row: Row) -> tuple[int, int, int, int]:
    """By sentence, events before statements, then by the words that stand for the row."""
    return (row.sentence.start, isinstance(row, Statement), anchor(row).start, anchor(row).end)


def parts(row: Row) -> list[tuple[str, Span]]:
    """What the row points at, with a word for what each part is."""
    found = _event_parts(row) if isinstance(row, Event) else _statement_parts(row)
    return [(role, span) for role, span in found if len(span)]


def _event_parts(event: Event) -> Iterator[tuple[str, Span]]:
    yield "trigger", event.trigger
    yield from (("actor", entity.span) for entity in event.actors)
    yield from (("recipient", entity.span) for entity in event.recipients)
    yield from (("quantity", quantity.span) for quantity in event.quantities)
    if event.content is not None:
        yield "content", event.content
    if event.date is not None:
        yield "date", event.date.span
    if event.place is not None:
        yield "place", event.place.span
    if event.source is not None:
        yield "source", event.source.entity.span
        if event.source.cue is not None:
            yield "cue", event.source.cue


def _statement_parts(statement: Statement) -> Iterator[tuple[str, Span]]:
    yield "cue", statement.cue
    yield from (("content", span) for span in statement.content)
    if statement.speaker is not None:
        yield "source", statement.speaker.span
    if statement.audience is not None:
        yield "audience", statement.audience.span
    if statement.date is not None:
        yield "date", statement.date.span


# ---------------------------------------------------------------- text cut into segments


@dataclass(slots=True)
class Segment:
    """A stretch of text over which nothing changes: the same rows, the same parts of a sentence."""

    text: str
    start: int
    anchors: list[Row] = field(default_factory=list)
    """Rows whose trigger or cue covers the segment, the shortest first."""
    begins: list[Row] = field(default_factory=list)
    """Those of them whose words begin here: where the link back leads."""
    ends: list[Row] = field(default_factory=list)
    """Those whose words end here: where their numbers stand."""
    roles: list[str] = field(default_factory=list)
    lit: list[str] = field(default_factory=list)
    """Ids of all rows that point at the segment with any part."""

    @property
    def title(self) -> str:
        """What the segment is, in words."""
        return ", ".join(dict.fromkeys(self.roles))


def pieces(whole: Span, roles: Sequence[tuple[str, Span]]) -> list[Segment]:
    """A sentence cut at the ends of its parts, each piece with the names of the parts over it."""
    cuts = _cuts(whole.start, whole.end, [span for _, span in roles])
    made = []
    for first, last in pairwise(cuts):
        over = [role for role, span in roles if span.start < last and first < span.end]
        made.append(Segment(whole.text[first - whole.start : last - whole.start], first, roles=over))
    return made


def paragraphs(text: str, rows: Sequence[Row]) -> list[list[Segment]]:
    """Every line of the text that holds words, as segments that know their rows."""
    marks: list[Mark] = [(row, role, span) for row in rows for role, span in parts(row)]
    marks += [(row, flag, row.sentence) for row in rows if isinstance(row, Event) for flag in row.flags if flag in SHOWN_FLAGS]
    made = []
    for first, last, here in _by_line(_lines(text), marks):
        cuts = _cuts(first, last, [span for _, _, span in here])
        made.append([_segment(text, a, b, here) for a, b in pairwise(cuts)])
    return made


SHOWN_FLAGS: Final = ("damaged-text", "related-link")


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of the lines that are not blank."""
    first = 0
    for end in [*LINE_ENDS.finditer(text), None]:
        last = end.start() if end else len(text)
        if text[first:last].strip():
            yield first, last
        first = end.end() if end else last


def _by_line(lines: Iterable[tuple[int, int]], marks: list[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Each line with the marks that touch it, in one pass over both."""
    waiting = sorted(marks, key=lambda mark: mark[2].start, reverse=True)
    touching: list[Mark] = []
    for first, last in lines:
        while waiting and waiting[-1][2].start < last:
            touching.append(waiting.pop())
        touching = [mark for mark in touching if mark[2].end > first]
        yield first, last, touching


def _cuts(first: int, last: int, spans: Iterable[Span]) -> list[int]:
    """Where to cut the stretch from first to last: at its ends and at every end of a span inside."""
    inside = {at for span in spans for at in (span.start, span.end) if first < at < last}
    return [first, *sorted(inside), last]


def _segment(text: str, first: int, last: int, marks: Sequence[Mark]) -> Segment:
    """The segment from first to last with the rows of the marks over it."""
    over = [(row, role, span) for row, role, span in marks if span.start < last and first < span.end]
    anchors = _unique(row for row, _, span in over if anchor(row) == span)
    anchors.sort(key=lambda row: (isinstance(row, Statement), len(anchor(row))))
    return Segment(
        text=text[first:last],
        start=first,
        anchors=anchors,
        begins=[row for row in anchors if anchor(row).start == first],
        ends=[row for row in anchors if anchor(row).end == last],
        roles=_unique(role for _, role, _ in over),
        lit=_unique(row.id for row, role, _ in over if role not in SHOWN_FLAGS),
    )


def _unique(items: Iterable[Any]) -> list[Any]:
    """The items in their order, each once."""
    return list(dict.fromkeys(items))
