"""The map: where events are told to be, as circles on the outlines of countries, and as a list of places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from onrecord.export import words
from onrecord.store.sums import Spot
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.drawing import map as drawn
from onrecord.web.drawing.svg import framed
from onrecord.web.filters import BadQueryError, Query, parsed
from onrecord.web.views import memo, periods
from onrecord.web.views.memo import Written

router = APIRouter(include_in_schema=False)
OWN: Final = ("page", "region")
MAIN, ALL, WORLD = "main", "all", "world"
REGIONS: Final = {MAIN: "where most is", ALL: "all places", WORLD: "the world"}
"""Parts of the world that the page offers, besides each country that has places."""
MOST_OF: Final = 0.6
"""The part of the events whose places are where most is."""
COUNTRIES: Final = 8
"""Countries that are offered to be looked at."""
OUTLINES: Final = answers.STATIC / "vendor" / "world.json"


@dataclass(frozen=True, slots=True)
class Sited:
    """A place with its events; ``mean`` is their mean score from -10 to 10, None where none has one."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    count: int
    mean: float | None
    url: str

    @property
    def is_country(self) -> bool:
        """True for a whole country: its place on the map is its middle only."""
        return self.country is not None and self.name == words.country(self.country)

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, with the country's name."""
        return {
            "name": self.name,
            "country": self.country,
            "country_name": words.country(self.country),
            "lat": self.lat,
            "lon": self.lon,
            "count": self.count,
            "mean": self.mean,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True)
class Way:
    """A link to a part of the world, and whether it is the one shown."""

    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """All places, the map of a part of the world, and the ways to other parts."""

    places: Sequence[Sited]
    drawing: Written | None
    ways: tuple[Way, ...]
    events: int


@router.get("/map")
@router.get("/map.json")
@router.get("/map.csv")
def map_(request: Request) -> Response:
    """The places of the events that are asked for; ``region=UKR`` looks at one country, ``all`` at all places, ``world`` at the world."""
    desk, query = desk_of(request), parsed(request, own=OWN, paged=True)
    key = ("places", query.wanted)
    spots = desk.ledgers.kept(key, lambda record: record.store.places(query.wanted))
    region = _region(query, spots)
    pairs = (*query.chosen, *((name, value) for name, value in query.pairs if name == "region"))
    chart = memo.kept(desk, "map", Query(query.wanted, pairs=pairs), [key], lambda: _chart(query, spots, region))

    def page(sheet: sheets.Sheet[Sited]) -> Response:
        whole = periods.published(desk)
        stretches = periods.choices(query, "/map", whole) if whole else ()
        most = max((one.count for one in chart.places), default=0)
        shown: dict[str, Any] = {"outlines": OUTLINES.is_file(), "stretches": stretches, "most": most}
        return answers.page(request, "map.html", query=query, sheet=sheet, chart=chart, **shown)

    return sheets.listing(request, query, chart.places, COLUMNS, page=page)


def _region(query: Query, spots: Iterable[Spot]) -> str:
    """The part of the world that is asked for: a word for it, or a country's code among the places."""
    given = query.value("region") or MAIN
    if given.lower() in REGIONS:
        return given.lower()
    if len(given) > 3 or not given.isalpha():
        raise BadQueryError("region", f"{given!r} is neither a country's code of three letters nor one of {', '.join(REGIONS)}")
    return given.upper()


def sited(query: Query, spots: Iterable[Spot]) -> list[Sited]:
    """The places with their means and links."""
    return [
        Sited(
            spot.name,
            spot.country,
            spot.lat,
            spot.lon,
            spot.times,
            round(spot.total / spot.scored, 2) if spot.scored else None,
            query.url("/events", *OWN, "order", "size", place=spot.name),
        )
        for spot in spots
    ]


def _chart(query: Query, spots: Iterable[Spot], region: str) -> Chart:
    places = sited(query, spots)
    marks = [_mark(place) for place in places if place.lat is not None]
    drawing = drawn.world(marks, _lands(query, spots), OUTLINES, _window(places, region)) if marks else None
    events = sum(place.count for place in places)
    return Chart(places, memo.written(framed(drawing)) if drawing else None, tuple(_ways(query, places, region)), events)


def _mark(place: Sited) -> drawn.Place:
    return drawn.Place(place.name, place.lat or 0.0, place.lon or 0.0, place.count, place.mean, place.url)


def _lands(query: Query, spots: Iterable[Spot]) -> list[drawn.Land]:
    """Each country with the mean score of the events in it."""
    sums: dict[str, list[float]] = {}
    for spot in spots:
        if spot.country is not None:
            found = sums.setdefault(spot.country, [0, 0.0, 0])
            found[0] += spot.times
            found[1] += spot.total
            found[2] += spot.scored
    return [_land(query, code, *found) for code, found in sums.items()]


def _land(query: Query, code: str, count: float, total: float, scored: float) -> drawn.Land:
    url = query.url("/events", *OWN, "order", "size", place=code)
    return drawn.Land(code, words.country(code) or code, total / scored if scored else 0.0, int(count), url)


# ---------------------------------------------------------------- parts of the world


def _window(places: Sequence[Sited], region: str) -> drawn.Region | None:
    """The part of the world that holds the places of a region; None for the world."""
    if region == WORLD:
        return None
    towns = [place for place in places if place.lat is not None and not place.is_country] or [p for p in places if p.lat is not None]
    if region == MAIN:
        here = _most(towns)
    else:
        here = towns if region == ALL else [place for place in places if place.country == region and place.lat is not None]
    return drawn.around(map(_mark, here))


def _most(places: Sequence[Sited]) -> list[Sited]:
    """The most frequent places, until they hold most of the events."""
    total, so_far = sum(place.count for place in places), 0
    found: list[Sited] = []
    for place in sorted(places, key=lambda place: -place.count):
        if so_far >= MOST_OF * total:
            break
        found.append(place)
        so_far += place.count
    return found


def _ways(query: Query, places: Iterable[Sited], region: str) -> list[Way]:
    """The parts of the world to be looked at: the named ones, then the countries with most events."""
    counts: dict[str, int] = {}
    for place in places:
        if place.country is not None:
            counts[place.country] = counts.get(place.country, 0) + place.count
    first = sorted(counts, key=lambda code: (-counts[code], code))[:COUNTRIES]
    names = {**REGIONS, **{code: words.country(code) or code for code in first}}
    return [Way(name, query.url("/map", region=None if code == MAIN else code), code == region) for code, name in names.items()]


COLUMNS: Final[answers.Columns] = {
    "name": lambda place: place.name,
    "country": lambda place: place.country,
    "country_name": lambda place: words.country(place.country),
    "lat": lambda place: place.lat,
    "lon": lambda place: place.lon,
    "count": lambda place: place.count,
    "mean": lambda place: place.mean,
}
