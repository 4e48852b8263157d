"""What a dossier of one crisis says, before anybody writes it down: counts, and rows by part, with the words of each.

A dossier is made of rows alone.  Rows of the same type, mode, status and parties are one line with several quotations,
whichever reports they stand in, when their days are known and the same, or when they stand in the same words (copies of
a wire story).  The rows that one report ties to one contact are one line, joined with those of another report when the
fullest row of both says the same.  Demands and warnings show the rows of the same report that answer them.  A row can stand in more
than one part (a planned meeting is a contact and is planned), and every event stands in at least one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from onrecord.export import words
from onrecord.record import STATUSES, Entity, Event, Note, Reading, Report, notation

QUOTED: Final = 320
"""Characters of a sentence that are quoted: longer ones are shortened around their trigger."""
NAMED: Final = 12
"""Parties that the overview counts."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report as the dossier cites it, by its number."""

    number: int
    id: str
    title: str
    published: str | None
    publisher: str | None
    url: str | None
    events: int
    statements: int
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One event with the report that tells it."""

    event: Event
    paper: Paper

    @property
    def day(self) -> str:
        """The first day of the event, else of its report; sorts the unknown last."""
        return (self.event.date and self.event.date.earliest) or self.paper.published or "~"

    @property
    def quote(self) -> tuple[str, str, str]:
        """The sentence on one line: before the trigger, the trigger, after it."""
        return words.around(self.event.sentence, self.event.trigger, QUOTED)


@dataclass(slots=True)
class Line:
    """One entry of a part: the rows that tell it, the first of them in front, and the rows that answer them."""

    items: list[Item] = field(default_factory=list)
    answers: list[Item] = field(default_factory=list)

    @property
    def event(self) -> Event:
        """The row that the line is headed by: of several that tell of a contact, the one with most parties and a day."""
        return max((item.event for item in self.items), key=lambda e: (len(e.actors) + len(e.recipients), _days(e) is not None))

    @property
    def when(self) -> str:
        """The days in words, of the first row that gives them; empty where none does."""
        return next((words.when(item.event.date) for item in self.items if item.event.date is not None), "")

    @property
    def quotes(self) -> list[list[Item]]:
        """The rows by what is quoted of them: the same words in several reports are quoted once."""
        return _by_quote(self.items)

    @property
    def replies(self) -> list[list[Item]]:
        """The answers, in the same way."""
        return _by_quote(self.answers)

    @property
    def day(self) -> str:
        """For sorting: the first day that a row gives, else the first day of a report."""
        dated = [item.day for item in self.items if _days(item.event) is not None]
        return min(dated or [item.day for item in self.items])


def _by_quote(items: Iterable[Item]) -> list[list[Item]]:
    found: dict[object, list[Item]] = {}
    for item in items:
        found.setdefault((item.quote, item.event.source and words.source(item.event.source)), []).append(item)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the dossier: its name, what it holds, and its lines."""

    key: str
    name: str
    says: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """The whole: the reports, what they add up to, and the parts."""

    papers: tuple[Paper, ...]
    types: tuple[tuple[str, dict[str, int]], ...]
    """Each type that occurs with the number of its rows by status, the most frequent first."""
    parties: tuple[tuple[str, int], ...]
    sections: tuple[Section, ...]
    published: tuple[str, str] | None
    """The first and the last day on which a report came out."""
    happened: tuple[str, str] | None
    """The first and the last day of what happened, leaving aside what was long ago when it was told."""

    @property
    def title(self) -> str:
        """The two parties that are named most: what the crisis is between."""
        return " and ".join(name for name, _ in self.parties[:2]) or "No party named"

    @property
    def events(self) -> int:
        """How many rows tell of an event."""
        return sum(paper.events for paper in self.papers)

    @property
    def statements(self) -> int:
        """How many rows tell that somebody said something."""
        return sum(paper.statements for paper in self.papers)

    @property
    def publishers(self) -> tuple[str, ...]:
        """The publishers that the reports name, each once, in order."""
        return tuple(dict.fromkeys(paper.publisher for paper in self.papers if paper.publisher))


def of(readings: Iterable[Reading]) -> Dossier:
    """The dossier of these readings; of a report only its head is kept in memory, and its events."""
    papers: list[Paper] = []
    items: list[Item] = []
    for number, reading in enumerate(readings, 1):
        papers.append(_paper(reading, number))
        items += [Item(event, papers[-1]) for event in reading.events]
    return Dossier(
        papers=tuple(papers),
        types=_types(items),
        parties=_parties(items),
        sections=tuple(_sections(items)),
        published=_ends(paper.published for paper in papers),
        happened=_ends(day for item in items if _recent(item.event) for day in _days(item.event) or ()),
    )


def _paper(reading: Reading, number: int) -> Paper:
    report = reading.report
    day, publisher, url = (words.clean(value) if value else None for value in (report.published, report.publisher, report.url))
    counts = len(reading.events), len(reading.statements)
    return Paper(number, words.clean(report.id), _title(report), day, publisher, url, *counts, reading.notes)


def _title(report: Report) -> str:
    return words.clean(report.title or report.text.strip().partition("\n")[0])[:200] or words.clean(report.id)


def _recent(event: Event) -> bool:
    return event.status == "actual" and "historical" not in event.flags


def _ends(days: Iterable[str | None]) -> tuple[str, str] | None:
    """The first and the last of the days that are known."""
    known = sorted(day for day in days if day)
    return (known[0], known[-1]) if known else None


def _days(event: Event) -> tuple[str, str] | None:
    """The first and the last day of an event; None where one of them is not known."""
    date = event.date
    return (date.earliest, date.latest) if date is not None and date.earliest and date.latest else None


def _types(items: Iterable[Item]) -> tuple[tuple[str, dict[str, int]], ...]:
    counted: dict[str, Counter[str]] = {}
    for item in items:
        counted.setdefault(item.event.type, Counter())[item.event.status] += 1
    ordered = sorted(counted.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    return tuple((name, {status: counts[status] for status in STATUSES}) for name, counts in ordered)


def _parties(items: Iterable[Item]) -> tuple[tuple[str, int], ...]:
    """The states, organisations and, where they have no country, persons and groups by the number of their rows."""
    counted = Counter(name for item in items for name in {_name(e) for e in (*item.event.actors, *item.event.recipients)})
    return tuple(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))[:NAMED])


def _name(entity: Entity) -> str:
    return words.clean(words.country(entity.country) or entity.name or entity.span.text)


# ---------------------------------------------------------------- the parts

Wanted = Callable[[Event], bool]
PARTS: Final[dict[str, Wanted]] = {
    "timeline": lambda e: e.status == "actual" and _days(e) is not None,
    "undated": lambda e: e.status == "actual" and _days(e) is None and e.type not in ("CONSULT", "REQUEST", "THREATEN"),
    "contacts": lambda e: e.type == "CONSULT",
    "demands": lambda e: e.type == "REQUEST",
    "warnings": lambda e: e.type == "THREATEN",
    "planned": lambda e: e.status == "planned",
    "possible": lambda e: e.status == "possible",
    "denied": lambda e: e.status == "negated",
}
"""Which rows each part takes; its words are in ``labels.yaml``."""
ANSWERED: Final = ("demands", "warnings")


def _sections(items: list[Item]) -> Iterator[Section]:
    """Every part, an empty one too: that nothing was denied is also said."""
    answers: dict[str, list[Item]] = {}
    for item in items:
        if item.event.answers is not None:
            answers.setdefault(item.event.answers, []).append(item)
    for key, wanted in PARTS.items():
        taken = [item for item in items if wanted(item.event)]
        lines = _joined(_lines(taken, _contact)) if key == "contacts" else _lines(taken, _same)
        for line in lines if key in ANSWERED else ():
            line.answers = [answer for item in line.items for answer in answers.get(item.event.id, ())]
        label: dict[str, Any] = words.labels("dossier")[key]
        yield Section(key, label["name"], label["says"], tuple(sorted(lines, key=lambda line: line.day)))


def _lines(items: Iterable[Item], key: Callable[[Item], object]) -> list[Line]:
    """The rows as lines, those with the same key together, in the order of their days."""
    lines: dict[object, Line] = {}
    for item in sorted(items, key=lambda item: (item.day, item.paper.number, item.event.trigger.start)):
        lines.setdefault(key(item), Line()).items.append(item)
    return list(lines.values())


def _joined(lines: Iterable[Line]) -> list[Line]:
    """Lines whose heading rows say the same as one line: a call told by both sides."""
    joined: dict[object, Line] = {}
    for line in lines:
        head = next(item for item in line.items if item.event is line.event)
        joined.setdefault(_same(head), Line()).items.extend(line.items)
    return list(joined.values())


def _same(item: Item) -> object:
    """What rows of one line share: what, who and when, or in the place of unknown days the very words."""
    event = item.event
    sides = (frozenset(words.code(e) or _name(e) for e in side) for side in (event.actors, event.recipients))
    told = _days(event) if event.actors or event.recipients else None
    return event.type, event.mode, event.status, *sides, told or (item.quote, item.event.answers)


def _contact(item: Item) -> object:
    """Of a contact: the contact itself within its report."""
    return (item.event.contact, item.paper.number) if item.event.contact else _same(item)


def about(event: Event) -> str:
    """What is demanded, threatened, discussed or denied, in the words of the text; empty where nothing is, or only a day."""
    content, date = event.content, event.date
    if content is None or (date is not None and date.span.contains(content)):
        return ""
    return words.clean(content.text)


def kind(event: Event) -> str:
    """Type and mode, and the status when it is not "actual": ``MOBILIZE/troops, planned``."""
    name = event.type + (f"/{event.mode}" if event.mode else "")
    return name if event.status == "actual" else f"{name}, {event.status}"


def coded(event: Event) -> str:
    """The row in one-line notation, without anything that steers a terminal."""
    return words.clean(notation(event))
