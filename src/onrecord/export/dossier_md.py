"""A dossier of one crisis in Markdown: counts, timeline, contacts, demands, warnings, plans and denials, each with its words.

One document over all reports.  Every line quotes its sentence, the trigger in bold, and cites the report by a number
that the list at the end explains.  What a text holds is never markup: all of Markdown's and HTML's signs are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from onrecord.export import dossier, words
from onrecord.export.dossier import Dossier, Item, Line, Paper, Section
from onrecord.record import STATUSES, Event, Reading

SIGNS: Final = re.compile(r"[\\`*_{}\[\]<>#|~&^$=@]|:(?=\S)|^[-+]|-(?=-)|(?<=-)-")
"""All signs that mean something to a reader of Markdown where they stand, also to those that know tables, formulas and names."""
NUMBER: Final = re.compile(r"^(\d+)([.)])")
ADDRESS: Final = re.compile(r"\b(www)\.", re.IGNORECASE)


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write the dossier, once all readings are there."""
    for line in _document(dossier.of(readings)):
        stream.write(f"{line}\n")


def plain(text: str) -> str:
    """The text on one line such that Markdown shows it as it is."""
    text = SIGNS.sub(r"\\\g<0>", words.clean(text))
    return ADDRESS.sub(r"\1\\.", NUMBER.sub(r"\1\\\2", text))


def _document(whole: Dossier) -> Iterator[str]:
    yield from (f"# Dossier: {plain(whole.title)}", "")
    yield from _overview(whole)
    for section in whole.sections:
        yield from _section(section)
    yield from ("## Reports", "")
    yield from (_paper(paper) for paper in whole.papers)


def _overview(whole: Dossier) -> Iterator[str]:
    yield from ("## Overview", "")
    reports, publishers = _count(len(whole.papers), "report"), _count(len(whole.publishers), "publisher")
    yield f"- {reports} by {publishers}: {_count(whole.events, 'event')}, {_count(whole.statements, 'statement')}"
    yield f"- reports published: {_period(whole.published)}"
    yield f"- events that happened: {_period(whole.happened)}"
    if whole.parties:
        yield "- parties, by events: " + ", ".join(f"{plain(name)} ({count})" for name, count in whole.parties)
    yield from ("", f"| type | {' | '.join(STATUSES)} |", "| --- |" + " --: |" * len(STATUSES))
    for name, counts in whole.types:
        yield f"| {name} | {' | '.join(str(count) for count in counts.values())} |"
    yield ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def _period(days: tuple[str, str] | None) -> str:
    if days is None:
        return "no day is known"
    return plain(days[0]) if days[0] == days[1] else f"{plain(days[0])} to {plain(days[1])}"


def _section(section: Section) -> Iterator[str]:
    yield from (f"## {section.name}", "", f"*{section.says}*", "")
    if not section.lines:
        yield "- none"
    for line in section.lines:
        yield from _line(line)
    yield ""


def _line(line: Line) -> Iterator[str]:
    """One entry: what, who, when; under it each sentence, and the answers."""
    yield f"- {f'**{plain(line.when)}** ' * bool(line.when)}{_what(line.event)}"
    yield from (f"  - {_quote(items)}" for items in line.quotes)
    for items in line.replies:
        yield f"  - answer: {_what(items[0].event)}"
        yield f"    - {_quote(items)}"


def _what(event: Event) -> str:
    """Who does what, and about what."""
    about = dossier.about(event)
    return f"{plain(words.parties(event))} — {plain(dossier.kind(event))}" + (f": {plain(about)}" if about else "")


def _quote(items: list[Item]) -> str:
    """The words with the trigger in bold, the numbers of the reports that have them, who says so, and the flags."""
    event = items[0].event
    before, trigger, after = items[0].quote
    sentence = f"{plain(before)}{' ' * before.endswith(' ')}**{plain(trigger)}**{' ' * after.startswith(' ')}{plain(after)}"
    more = [f"says {words.source(event.source)}"] if event.source is not None else []
    more += [words.labels("flags").get(flag, flag) for flag in event.flags]
    told = f" — {plain('; '.join(more))}" if more else ""
    cited = " ".join(rf"\[{item.paper.number}\]" for item in items)
    return f"“{sentence}” {cited}{told}"


def _paper(paper: Paper) -> str:
    told = [plain(part) for part in (paper.published, paper.publisher, paper.url) if part]
    notes = [plain(note.message) for note in paper.notes]
    return f"{paper.number}. " + " · ".join([plain(paper.title), *told, *(f"note: {note}" for note in notes)])
