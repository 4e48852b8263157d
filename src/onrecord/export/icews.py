"""ICEWS: one line a pair of parties in the twenty columns of the ICEWS coded events (tab-separated, with a head line).

The CAMEO code is text ("010" keeps its nought), the most general that fits type and mode.  What has not happened is left out,
but for planned consultation, support, cooperation and aid (codes of intent, without a day); so are denied events and links to
other stories.  Where all take part (talks), each is source toward each other, as CAMEO codes it; an event with nobody named has no
line.  ``Event Date`` is the day the sentence tells, empty where it tells none or a longer time.  Ids are numbers of 52 bits:
the thirteen hex digits of the first line's ``Event ID`` begin the id of the event's row in JSON lines.  What is not known is empty.
A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TextIO

from onrecord.export import coded
from onrecord.record import Entity, Event, Reading


class Line(NamedTuple):
    """What a line is made from."""

    number: int
    event: Event
    act: coded.Act
    pair: coded.Pair
    reading: Reading


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write a head line and then the lines of each reading as soon as it is read."""
    coded.write_table(stream, [COLUMNS])
    for reading in readings:
        coded.write_table(stream, ([coded.cell(value(line), "") for value in _CELLS.values()] for line in lines(reading)))
        stream.flush()


def lines(reading: Reading) -> Iterator[Line]:
    """One for each pair of parties of each event that CAMEO has a code for."""
    for event in coded.told(reading):
        acts = coded.acts(event)
        for n, (pair, act) in zip(coded.numbers(event, len(acts)), acts, strict=True):
            yield Line(n, event, act, pair, reading)


def sectors(entity: Entity) -> str | None:
    """The sector and those above it in ICEWS's words."""
    known: dict[str, str] = coded.exported("cameo")["sectors"].get(entity.sector or "", {})
    return known.get("icews")


def _side(side: str, title: str) -> dict[str, Callable[[Line], object]]:
    """The columns of the source or the target."""

    def of(take: Callable[[Entity], object]) -> Callable[[Line], object]:
        def value(line: Line) -> object:
            entity = getattr(line.pair, side)
            return None if entity is None else take(entity)

        return value

    return {
        f"{title} Name": of(coded.name),
        f"{title} Sectors": of(sectors),
        f"{title} Country": of(lambda entity: coded.state_name(entity.country)),
    }


def _place(attribute: str) -> Callable[[Line], object]:
    return lambda line: getattr(line.event.place, attribute, None)


def _city(line: Line) -> object:
    """The place where it is one of GeoNames' cities."""
    place = line.event.place
    return place.name if place and place.geonames else None


_CELLS: Final[dict[str, Callable[[Line], object]]] = {
    "Event ID": lambda line: line.number,
    "Event Date": lambda line: coded.done_on(line.event),
    **_side("actor", "Source"),
    "Event Text": lambda line: line.act.label,
    "CAMEO Code": lambda line: line.act.code,
    "Intensity": lambda line: line.act.intensity,
    **_side("recipient", "Target"),
    "Story ID": lambda line: coded.number(line.reading.report.id),
    "Sentence Number": lambda line: coded.sentence_number(line.event, line.reading),
    "Publisher": lambda line: line.reading.report.publisher,
    "City": _city,
    "District": lambda _: None,
    "Province": lambda _: None,
    "Country": lambda line: coded.state_name(line.event.place.country) if line.event.place else None,
    "Latitude": _place("lat"),
    "Longitude": _place("lon"),
}
COLUMNS: Final = tuple(_CELLS)
