"""The record as a table for people: one part a report, grouped by paragraph, fitted to the width.

Colour follows the family of the type and the status; without colour the marks and words say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, TextIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.export import words
from onrecord.record import Event, Reading

WIDE: Final = 116
"""From this width on the words stand beside the parties, not under them."""
EVENT_COLUMN: Final = 22
FAMILY_STYLE: Final = {
    "verbal-cooperation": "bold green",
    "material-cooperation": "bold cyan",
    "verbal-conflict": "bold yellow",
    "material-conflict": "bold red",
}
STATUS_STYLE: Final = {"actual": "default", "planned": "blue", "possible": "magenta", "negated": "red"}


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Print each reading as it comes: coloured on a terminal, plain in a file or a pipe."""
    console = Console(file=stream, highlight=False, soft_wrap=False)
    for reading in readings:
        with console.capture() as drawn:
            console.print(picture(reading, console.width))
        stream.write(re.sub(r" +$", "", drawn.get(), flags=re.MULTILINE))
        stream.flush()


def picture(reading: Reading, width: int) -> RenderableType:
    """One reading as something rich can print at that width."""
    parts: list[RenderableType] = [heading(reading)]
    for number, events in by_paragraph(reading):
        parts += [Text(f"¶ {number}" if number else "Headline", style="dim"), grid(events, width)]
    parts.append(Padding(summary(reading), (0, 0, 1, 0)))
    return Group(*parts)


def heading(reading: Reading) -> RenderableType:
    """The report's title, date and publisher on a ruled line."""
    report = reading.report
    title = words.clean(report.title or report.text.strip().partition("\n")[0])[:120] or report.id
    about = " · ".join(words.clean(part) for part in (report.published, report.publisher) if part)
    return Group(Rule(Text(title, style="bold"), align="left"), Text(about or "no publication date", style="dim"))


def summary(reading: Reading) -> Text:
    """How many rows there are: ``12 events, 9 statements``."""
    counts = ((len(reading.events), "event"), (len(reading.statements), "statement"))
    return Text(", ".join(f"{n} {word}{'s' * (n != 1)}" for n, word in counts), style="dim")


def by_paragraph(reading: Reading) -> Iterator[tuple[int, list[Event]]]:
    """The events in the order of the text, by the number of their paragraph (the first line is 0)."""
    lines = words.paragraphs(reading.report.text)
    ordered = sorted(reading.events, key=lambda e: (e.sentence.start, e.trigger.start))
    for number, group in groupby(ordered, key=lambda e: words.paragraph(lines, e.trigger.start)):
        yield number, list(group)


def grid(events: Iterable[Event], width: int) -> Table:
    """The events of one paragraph, one row each."""
    table = Table.grid(padding=(0, 2), expand=False)
    table.add_column(width=EVENT_COLUMN, no_wrap=True)
    room = width - EVENT_COLUMN - 2
    if width >= WIDE:
        table.add_column(width=room * 2 // 5)
        table.add_column(width=room - room * 2 // 5 - 2)
    else:
        table.add_column(width=room)
    for event in events:
        table.add_row(*cells(event, width, room))
    return table


def cells(event: Event, width: int, room: int) -> list[RenderableType]:
    """One event: what and how sure; who, when, where, says who; the words."""
    if width >= WIDE:
        return [kind(event), facts(event), quote(event, 2 * (room - room * 2 // 5 - 2))]
    return [kind(event), Group(facts(event), quote(event, 2 * room))]


def kind(event: Event) -> Text:
    """``REJECT/yield`` in the colour of its family, and the status with its mark under it."""
    family = words.labels("types").get(event.type, {}).get("family", "")
    name = event.type + (f"/{event.mode}" if event.mode else "")
    mark = words.labels("statuses").get(event.status, {}).get("mark", "")
    style = FAMILY_STYLE.get(family, "bold") + (" strike" if event.status == "negated" else "")
    return Text.assemble((name, style), "\n", (f"{mark} {event.status}", STATUS_STYLE[event.status]))


def facts(event: Event) -> Text:
    """The parties on one line, and what is known of date, place and source under it."""
    text = Text(words.parties(event), style="bold")
    known = " · ".join(words.circumstances(event))
    if known:
        text.append(f"\n{known}", style="not bold")
    return text


def quote(event: Event, room: int) -> Text:
    """The trigger in its sentence, shortened around it to about two lines."""
    before, word, after = words.around(event.sentence, event.trigger, room - 2)
    return Text.assemble((before, "dim"), (f"[{word}]", "bold"), (after, "dim"))
