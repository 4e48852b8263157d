"""ACLED: one line an event in the 31 columns of ACLED (CSV, with a head line).

Only what has happened and what ACLED counts: violence between armed sides or against civilians, bombs and shells, demonstrations
and riots, arrests, ceasefires.  Violence whose sides the text does not tell, and all talks, have no line.  ``event_date`` is the
first day that may be meant, ``time_precision`` says how exact it is (1 the day, 2 within a week, 3 within a month); both are empty
where the text tells no day or a longer time.  ``geo_precision`` is 1 for a city, 3 for a larger place.  ``fatalities`` counts only
the dead whom the sentence counts, and is empty where it counts none, not 0.  ``notes`` is the sentence, ``tags`` our type and
mode.  What is not known is empty.  A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, NamedTuple, TextIO

from onrecord.export import coded
from onrecord.record import Entity, Event, Quantity, Reading

DAY, WEEK, MONTH = 1, 2, 3
CITY, REGION = 1, 3
UNSAID: Final = "unsaid"


class Kind(NamedTuple):
    """What sort of event it is in ACLED."""

    disorder: str
    event: str
    sub: str


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write a head line and then one line for each event that ACLED counts, each reading as soon as it is read."""
    columns = _rules()["columns"]
    coded.write_table(stream, [columns], ",")
    for reading in readings:
        found = ((event, kind_of(event)) for event in coded.told(reading))
        lines = [line(event, kind, reading) for event, kind in found if kind is not None]
        coded.write_table(stream, ([coded.cell(row[column], "") for column in columns] for row in lines), ",")
        stream.flush()


def kind_of(event: Event) -> Kind | None:
    """ACLED's classes of the event; None for what it does not count, or where the sides that decide are not told."""
    rules = _rules()["events"].get(event.type)
    if rules is None or event.status != "actual":
        return None
    found = rules["modes"].get(event.mode) or rules.get("other") or _by_sides(event, rules)
    kind = Kind(*found) if found else None
    return None if kind and rules.get("attack", [None] * 2)[1] == kind.event and _on_armed(event) else kind


def _on_armed(event: Event) -> bool:
    """True when it is done to a side that bears arms: soldiers whom somebody captures are no civilians."""
    return bool(event.recipients) and inter(event.recipients[0]) in _rules()["armed"]


def _by_sides(event: Event, rules: dict[str, Any]) -> list[str] | None:
    """A battle where both sides bear arms, an attack where only the one does and the other are civilians."""
    if not event.actors or not event.recipients or inter(event.actors[0]) not in _rules()["armed"]:
        return None
    other = inter(event.recipients[0])
    found: list[str] | None = (
        rules.get("battle") if other in _rules()["armed"] else rules.get("attack") if other == _rules()["civilian"] else None
    )
    return found


def inter(entity: Entity, kind: Kind | None = None) -> str | None:
    """What the party is in ACLED; None where its sector does not say."""
    found = next((name for name, sectors in _rules()["inter"].items() if _sector(entity) in sectors), None)
    demonstrates: dict[str, str] = _rules()["demonstrators"]
    return demonstrates.get(kind.event, found) if kind and found == _rules()["civilian"] else found


def _sector(entity: Entity) -> str | None:
    """The sector; a state that is named alone has one of its own."""
    alone = entity.sector is None and entity.kind == "state" and coded.state(entity.country)
    return UNSAID if alone else entity.sector


def line(event: Event, kind: Kind, reading: Reading) -> dict[str, object]:
    """One event's cells by column; those that nobody can know are None."""
    row: dict[str, object] = dict.fromkeys(_rules()["columns"])
    row |= {"disorder_type": kind.disorder, "event_type": kind.event, "sub_event_type": kind.sub}
    row |= {"notes": event.sentence.text, "fatalities": fatalities(event), "source": reading.report.publisher}
    row |= {"tags": f"{event.type}/{event.mode}" if event.mode else event.type}
    return row | _when(event) | _sides(event, kind) | _where(event)


def _when(event: Event) -> dict[str, object]:
    """The first day, the year, and how exact they are."""
    when = event.date
    if when is None or when.earliest is None or when.latest is None:
        return {}
    first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    year = first.year if first.year == last.year else None
    length = (last - first).days + 1
    precision = next((step for step, days in ((DAY, 1), (WEEK, 7), (MONTH, 31)) if length <= days), None)
    return {"year": year, "time_precision": precision, "event_date": when.earliest if precision else None}


def _sides(event: Event, kind: Kind) -> dict[str, object]:
    """The first party of each side, those beside it, and what they are to one another."""
    sides = [event.actors, event.recipients]
    if len(event.actors) > 1 and not event.recipients:
        sides = [event.actors[:1], event.actors[1:]]
    first, second = (inter(side[0], kind if n == 0 else None) if side else None for n, side in enumerate(sides))
    return {
        "actor1": _actor(sides[0], kind), "assoc_actor_1": _others(sides[0]), "inter1": first,
        "actor2": _actor(sides[1], None), "assoc_actor_2": _others(sides[1]), "inter2": second,
        "interaction": _interaction(first, second, bool(sides[1])),
        "civilian_targeting": _rules()["targeting"] if second == _rules()["civilian"] and event.type == "ASSAULT" else None,
    }  # fmt: skip


def _interaction(first: str | None, second: str | None, both: bool) -> str | None:
    """``State forces-Civilians``, ``Protesters only``; None where a side is not known."""
    if first and second:
        return str(_rules()["pair"].format(inter=first, other=second))
    return str(_rules()["alone"].format(inter=first)) if first and not both else None


def _actor(side: tuple[Entity, ...], kind: Kind | None) -> str | None:
    """The first party in ACLED's words."""
    return title(side[0], kind) if side else None


def _others(side: tuple[Entity, ...]) -> str | None:
    """The parties beside the first."""
    return "; ".join(coded.name(entity) for entity in side[1:]) or None


def title(entity: Entity, kind: Kind | None = None) -> str:
    """A party in ACLED's words where its country and sector have some, else its own name."""
    names, country, what = _rules()["names"], coded.state_name(entity.country), inter(entity, kind)
    named = entity.kind == "person" or (entity.kind in ("organisation", "group") and entity.name)
    pattern = names.get(_sector(entity)) or names.get({_rules()["civilian"]: "civilian"}.get(what or "", ""))
    if what in _rules()["demonstrators"].values():
        pattern = names["demonstrators"]
    return coded.name(entity) if named or not country or not pattern else str(pattern.format(country=country, what=what))


def _where(event: Event) -> dict[str, object]:
    """The place, its country's codes, and the event's id, which begins with the country's."""
    place = event.place
    country = coded.state(place.country) if place else None
    row: dict[str, object] = {"event_id_cnty": f"{country or ''}{coded.number(event.id)}"}
    if place is None:
        return row
    codes = {"iso": coded.code_of(country, "numeric"), "region": coded.code_of(country, "region"), "country": coded.state_name(country)}
    where = {"location": place.name, "latitude": place.lat, "longitude": place.lon, "geo_precision": CITY if place.geonames else REGION}
    return row | codes | where


def fatalities(event: Event) -> int | None:
    """How many the sentence counts as dead; None where it counts nobody."""
    dead = [int(amount.value) for amount in event.quantities if _counts_dead(amount, event)]
    return sum(dead) if dead else None


def _counts_dead(amount: Quantity, event: Event) -> bool:
    """True when the unit says that they are dead, or the trigger does of the recipients counted."""
    words = _rules()["dead"]
    killed = event.trigger.text.lower() in words and any(amount.span.overlaps(entity.span) for entity in event.recipients)
    return (amount.unit or "").lower() in words or killed


def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = coded.exported("acled")
    return rules
