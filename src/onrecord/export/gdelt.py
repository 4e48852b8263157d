"""GDELT: one line a pair of parties in the 61 columns of GDELT 2.0 Events (tab-separated, no head line).

The lines are those of ICEWS (see there): CAMEO codes, each pair once, what has not happened left out but for intended
cooperation.  The day, month and year are those the sentence tells, as far as it tells them, else empty; ``DATEADDED`` is the day
the report came out.  ``IsRootEvent`` is 1 for the headline and the first line of the body.  Each line is one mention in one
article.  The parties' own places, tone, ethnic and religious codes are not known and empty; ``ADM`` codes and feature ids too:
they are those of GNS, which GeoNames numbers are not.  A place with no coordinates has type 0.  Names are in capitals, as GDELT
has them; a text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, TextIO

from onrecord.export import coded
from onrecord.export.icews import Line, lines
from onrecord.export.words import clean
from onrecord.record import Entity, Reading, Where

NOWHERE, COUNTRY, US_CITY, WORLD_CITY = 0, 1, 3, 4
"""GDELT's types of places; a landmark counts as a city."""
PLACE_COLUMNS: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
ACTOR_COLUMNS: Final = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
                        "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
UNITED_STATES: Final = "USA"


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write the lines of each reading as soon as it is read."""
    for reading in readings:
        coded.write_table(stream, ([coded.cell(value, "") for value in values(line)] for line in lines(reading)))
        stream.flush()


def values(line: Line) -> list[object]:
    """One line's cells, in the order of ``COLUMNS``."""
    act, report = line.act, line.reading.report
    return [
        line.number, *days(line),
        *actor(line.pair.actor), *actor(line.pair.recipient),
        int(coded.in_lead(line.event, line.reading)), act.code, act.base, act.root, act.quad, act.goldstein, 1, 1, 1, None,
        *place(None), *place(None), *place(line.event.place),
        added(coded.published(line.reading)), report.url,
    ]  # fmt: skip


def days(line: Line) -> list[object]:
    """Day, month, year and fraction of the year, each where all days that may be meant share it."""
    when = line.event.date
    if line.event.status != "actual" or when is None or when.earliest is None or when.latest is None:
        return [None] * 4
    first, last = when.earliest.replace("-", ""), when.latest.replace("-", "")
    shared = [first[:size] if first[:size] == last[:size] else None for size in (8, 6, 4)]
    return [*shared, fraction(date.fromisoformat(when.earliest)) if shared[0] else None]


def fraction(day: date) -> float:
    """The day as a part of its year, as GDELT reckons it: months of thirty days."""
    return round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4)


def actor(entity: Entity | None) -> list[object]:
    """The ten columns of a party: CAMEO's string of codes, the name, and the codes one by one."""
    if entity is None:
        return [None] * len(ACTOR_COLUMNS)
    known = coded.exported("cameo")
    body: dict[str, Any] = known["organisations"].get(entity.country or "", {})
    land = body.get("country") or coded.code_of(entity.country, "cameo") or coded.state(entity.country)
    group = body.get("group") or known["groups"].get(entity.name or "")
    type_ = known["sectors"].get(entity.sector or "", {}).get("cameo")
    parts = (type_, land, group) if body else (land, type_, group)
    return ["".join(part or "" for part in parts), coded.name(entity).upper(), land, group, None, None, None, type_, None, None]


def place(where: Where | None) -> list[object]:
    """The eight columns of a place."""
    if where is None or where.lat is None or where.lon is None:
        return [NOWHERE, *[None] * (len(PLACE_COLUMNS) - 1)]
    country = coded.state_name(where.country)
    whole = where.name == country
    kind = COUNTRY if whole else US_CITY if where.country == UNITED_STATES else WORLD_CITY
    name = clean(where.name) if whole or not country else f"{clean(where.name)}, {country}"
    return [kind, name, coded.code_of(where.country, "fips"), None, None, where.lat, where.lon, None]


def added(day: str | None) -> str | None:
    """The day as GDELT's moment: ``20211230000000``."""
    return f"{day.replace('-', '')}000000" if day else None


def _columns() -> tuple[str, ...]:
    """The names of the columns in their order."""
    actors = [f"Actor{n}{name}" for n in (1, 2) for name in ACTOR_COLUMNS]
    places = [f"{which}Geo_{name}" for which in ("Actor1", "Actor2", "Action") for name in PLACE_COLUMNS]
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *actors,
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
        "NumMentions", "NumSources", "NumArticles", "AvgTone", *places, "DATEADDED", "SOURCEURL",
    )  # fmt: skip


COLUMNS: Final = _columns()
