"""POLECAT: one line an event in the forty columns of the POLECAT data set (tab-separated, with a head line).

The lines follow PLOVER as POLECAT codes it: denied events are left out, and so are links to other stories; a planned
consultation, support, cooperation or aid is AGREE, without a mode and without a day, since the day told is that of the plan.
Other planned and possible events bear PLOVER's auxiliary modes ``future`` and ``hypothetical`` behind their mode, those of long
ago ``historical``.  ``Event Date`` is the day the sentence tells, ``None`` where it tells none or a longer time.  Several values
in a cell are joined with "; ", in step for all columns of one side; what is not known is ``None``.  An international
organisation has IGO for its country.  A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple, TextIO

from onrecord.export import coded
from onrecord.export.csv import Cell
from onrecord.record import Entity, Event, Reading

MISSING: Final = "None"
SEPARATOR: Final = "; "


class Coded(NamedTuple):
    """What PLOVER data sets say of an event: its type there, modes, score, and the day."""

    type: str
    mode: str | None
    auxiliary: tuple[str, ...]
    score: float | None
    day: str | None
    folded: bool


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write a head line and then one line an event, each reading as soon as it is read."""
    coded.write_table(stream, [COLUMNS])
    for reading in readings:
        coded.write_table(stream, (line(event, reading) for event in coded.told(reading)))
        stream.flush()


def line(event: Event, reading: Reading) -> list[Cell]:
    """One event's cells, in the order of ``COLUMNS``."""
    row = as_plover(event)
    return [coded.cell(value(event, row, reading), MISSING) for value in _CELLS.values()]


def as_plover(event: Event) -> Coded:
    """The event as a data set coded in PLOVER has it."""
    rules = coded.exported("plover")
    fold = rules["folded"]
    if event.status == fold["status"] and event.type in fold["types"]:
        return Coded(fold["into"], None, (), coded.score(fold["into"]), None, True)
    mode = rules["modes"].get(event.type, {}).get(event.mode, event.mode)
    return Coded(event.type, mode, _auxiliary(event), event.score, coded.day(event), False)


def _auxiliary(event: Event) -> tuple[str, ...]:
    """PLOVER's auxiliary modes of a row."""
    names = coded.exported("plover")["auxiliary"]
    status = names["statuses"].get(event.status)
    return (*([status] if status else []), *(names["flags"][flag] for flag in event.flags if flag in names["flags"]))


def country(entity: Entity) -> str | None:
    """The state's ISO code; IGO or NGO for a body beyond states."""
    stateless = coded.exported("plover")["stateless"]
    return coded.state(entity.country) or (stateless.get(entity.sector) if entity.country else None)


def language(reading: Reading) -> str | None:
    """The language's name where its code is known, else what the report says of it."""
    said = reading.report.language
    return coded.exported("plover")["languages"].get(said.lower().partition("-")[0], said) if said else None


def joined(values: Iterable[object]) -> str | None:
    """Several values in one cell; None when there is none at all."""
    return SEPARATOR.join(MISSING if value is None else str(value).replace(SEPARATOR, ", ") for value in values) or None


Value = Callable[[Event, Coded, Reading], object]


def _side(side: str, title: str) -> dict[str, Value]:
    """The columns of the actors or of the recipients."""

    def of(take: Callable[[Entity], object]) -> Value:
        return lambda e, _, __: joined(take(entity) for entity in getattr(e, side))

    return {
        f"{title} Name": of(coded.name),
        f"{title} Country": of(country),
        f"{title} COW": of(lambda entity: coded.code_of(entity.country, "cow")),
        f"Primary {title} Sector": of(lambda entity: entity.sector),
        f"{title} Sectors": of(lambda entity: entity.sector),
        f"{title} Title": of(lambda entity: entity.role),
        f"{title} Name Raw": of(lambda entity: entity.span.text),
        f"Wikipedia {title} ID": lambda *_: None,
    }


def _place(attribute: str) -> Value:
    return lambda e, _, __: getattr(e.place, attribute, None)


def _story(*kinds: str) -> Value:
    """The names of everyone of these kinds in the whole report's events; parties without a name have none to tell."""

    def names(_: Event, __: Coded, reading: Reading) -> object:
        parties = (entity for event in reading.events for entity in (*event.actors, *event.recipients))
        return joined(dict.fromkeys(entity.name for entity in parties if entity.kind in kinds and entity.name))

    return names


def _places(_: Event, __: Coded, reading: Reading) -> object:
    return joined(dict.fromkeys(event.place.name for event in reading.events if event.place))


def _version(*_: object) -> str:
    return f"onrecord {coded.release()}"


_CELLS: Final[dict[str, Value]] = {
    "Event ID": lambda e, _, __: e.id,
    "Event Date": lambda _, c, __: c.day,
    "Event Type": lambda _, c, __: c.type,
    "Event Mode": lambda _, c, __: joined((*([c.mode] if c.mode else []), *c.auxiliary)),
    "Intensity": lambda _, c, __: c.score,
    "Quad Code": lambda _, c, __: coded.exported("plover")["quads"][str(coded.quad(c.type))],
    "Contexts": lambda e, _, __: joined(e.contexts),
    **_side("actors", "Actor"),
    **_side("recipients", "Recipient"),
    "Placename": _place("name"),
    "City": lambda e, _, __: e.place.name if e.place and e.place.geonames else None,
    "District": lambda *_: None,
    "Province": lambda *_: None,
    "Country": lambda e, _, __: coded.state(e.place.country) if e.place else None,
    "Latitude": _place("lat"),
    "Longitude": _place("lon"),
    "GeoNames ID": _place("geonames"),
    "Raw Placename": lambda e, _, __: e.place.span.text if e.place else None,
    "Feature Type": lambda *_: None,
    "Source": lambda _, __, r: r.report.publisher,
    "Publication Date": lambda _, __, r: coded.published(r),
    "Story People": _story("person"),
    "Story Organizations": _story("organisation", "group"),
    "Story Locations": _places,
    "Language": lambda _, __, r: language(r),
    "Version": _version,
}
COLUMNS: Final = tuple(_CELLS)
