"""Events and places on a map of the world or of a part of it: countries by the balance of their events, places as circles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from onrecord.web.drawing import outlines, projection, texts
from onrecord.web.drawing.families import counted, signed
from onrecord.web.drawing.svg import Caption, Element, drawing, element, link, path, words_at
from onrecord.web.drawing.texts import Box

WIDTH: Final = 960
MIDDLE: Final = 11
"""The middle meridian of the world: its edge then runs through the Bering Strait and cuts no land but ice."""
LARGEST: Final = 22.0
SMALLEST: Final = 3.5
NAMED: Final = 24
"""So many places have their names beside them, where there is room."""
NARROWEST: Final = 6.0
"""Degrees that a part of the world spans at least."""
DEEPEST: Final = 32
"""The largest size at which outlines are kept."""
STEPS: Final = (0.5, 2, 5)
"""Mean scores, of either sign, at which a country's colour grows stronger."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place with how many events it saw, their mean score if it is known, and the page that lists them."""

    name: str
    lat: float
    lon: float
    count: int
    mean: float | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Land:
    """A country with the mean score of its events from -10 to 10, how many they are, and its page."""

    code: str
    name: str
    mean: float
    count: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the world in degrees; ``west`` is greater than ``east`` where the date line runs through it."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class View:
    """What is seen: the middle meridian, the size of the outlines, and the window in their units; its width is the drawing's."""

    middle: int
    size: int
    window: Box

    @property
    def scale(self) -> float:
        """Units of the drawing for one of the outlines."""
        return WIDTH / (self.window.right - self.window.left)

    @property
    def height(self) -> float:
        """How high the drawing is."""
        return (self.window.bottom - self.window.top) * self.scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point of the earth is drawn."""
        x, y = outlines.to_units(projection.from_middle(lon, self.middle), lat, self.size)
        return (x - self.window.left) * self.scale, (y - self.window.top) * self.scale


def world(places: Iterable[Place], lands: Iterable[Land] = (), file: Path | None = None, region: Region | None = None) -> Element:
    """The map of the world, or of a region: outlines from the file where there is one, else meridians and places only."""
    view = _view(region)
    given, known = list(places), {land.code: land for land in lands}
    shown = [place for place in given if -90 <= place.lat <= 90 and math.isfinite(place.lon)]
    size = (WIDTH, round(view.height))
    ground = _ground(view, known, file)
    caption = Caption("Map of events", _says(shown, [*known.values()], len(given)))
    return drawing(size, caption, ground, *_circles(shown, view, size), _legend(size[1], bool(known)))


def around(places: Iterable[Place], margin: float = 0.12) -> Region | None:
    """The smallest part of the world that holds all the places, with a margin on each side as a share of it; None without any."""
    found = [place for place in places if -90 <= place.lat <= 90 and math.isfinite(place.lon)]
    if not found:
        return None
    lons = sorted({projection.from_middle(place.lon, 0) for place in found})
    gaps = [(after - lon) % 360 or 360.0 for lon, after in zip(lons, lons[1:] + lons[:1], strict=True)]
    widest = max(range(len(gaps)), key=lambda i: gaps[i])
    west, span = lons[(widest + 1) % len(lons)], 360 - gaps[widest]
    south, north = min(place.lat for place in found), max(place.lat for place in found)
    wide, high = max(span * margin, NARROWEST / 2), max((north - south) * margin, NARROWEST / 3)
    if span + 2 * wide >= 300:
        return Region(-180, -90, 180, 90)
    return Region(
        projection.from_middle(west - wide, 0), max(-90, south - high), projection.from_middle(west + span + wide, 0), min(90, north + high)
    )


# ---------------------------------------------------------------- what is seen


def _view(region: Region | None) -> View:
    """The whole world, or the window that holds the region, in the outlines' units at a size that fits."""
    span = 360.0 if region is None else (region.east - region.west) % 360 or 360.0
    if region is None or span >= 300:
        high = 2 * projection.HALF_HEIGHT / (2 * projection.HALF_WIDTH) * outlines.WIDTH
        return View(MIDDLE, 1, Box(0, 0, outlines.WIDTH, high))
    middle = round(projection.from_middle(region.west + span / 2, 0))
    window = _window(region, middle, span)
    size = min(DEEPEST, 2 ** math.ceil(math.log2(max(1.0, outlines.WIDTH / (window.right - window.left)))))
    return View(middle, size, Box(*(edge * size for edge in window)))


def _window(region: Region, middle: int, span: float) -> Box:
    """The region's window at size 1, widened to a shape between a square's and twice as wide as high."""
    west = projection.from_middle(region.west, middle)
    lats = [region.south + (region.north - region.south) * i / 8 for i in range(9)]
    edge = [outlines.to_units(lon, lat, 1) for lat in lats for lon in (west, west + span / 2, west + span)]
    xs, ys = [x for x, _ in edge], [y for _, y in edge]
    least = outlines.WIDTH * NARROWEST / 360
    wide, high = max(max(xs) - min(xs), least), max(max(ys) - min(ys), least / 2)
    wide, high = max(wide, high * 1.5), max(high, wide / 2)
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


# ---------------------------------------------------------------- what is drawn


def _ground(view: View, lands: dict[str, Land], file: Path | None) -> Element:
    """Sea, meridians and countries in a window of their own, which cuts off what lies outside."""
    found = () if file is None else outlines.shapes(file, view.middle, view.size)
    countries = [_country(d, lands.get(shape.code)) for shape in found if (d := shape.within(view.window))]
    window = view.window
    box = path(window.left, window.top, window.right - window.left, window.bottom - window.top)
    return element(
        "svg",
        element("path", d=outlines.sphere(view.size), class_="d-sea"),
        element("path", d=outlines.graticule(view.middle, view.size, _step(view)), class_="d-graticule"),
        *countries,
        x=0, y=0, width=WIDTH, height=view.height, viewBox=box, class_="d-ground",
    )  # fmt: skip


def _step(view: View) -> int:
    """Degrees between meridians, for some six of them in a window."""
    degrees = 360 * (view.window.right - view.window.left) / (outlines.WIDTH * view.size)
    return next((n for n in (1, 2, 5, 10, 15) if degrees / n <= 8), 30)


def _country(d: str, land: Land | None) -> Element:
    """A country's outline; one with events has the colour of their balance and leads to its page."""
    if land is None:
        return element("path", d=d, class_="d-land")
    shape = element("path", d=d, class_=f"d-land d-balance-{level(land.mean)}")
    return link(land.href, f"{land.name}: {counted(land.count, 'event')}, mean score {signed(land.mean)}", shape, class_="d-country")


def level(mean: float) -> str:
    """A balance in one of seven steps: ``conflict-3`` … ``even`` … ``cooperation-3``."""
    strength = sum(abs(mean) >= step for step in STEPS)
    return "even" if not strength else f"{'cooperation' if mean > 0 else 'conflict'}-{strength}"


def _circles(places: Sequence[Place], view: View, size: tuple[int, int]) -> list[Element]:
    """Circles with areas as the counts, large ones below, and the names of the largest where there is room."""
    most = max((place.count for place in places), default=1) or 1
    field = Box(0, 0, *size)
    spots = [(place, *view.at(place.lon, place.lat), radius(place.count, most)) for place in places]
    spots = [spot for spot in spots if field.left <= spot[1] <= field.right and field.top <= spot[2] <= field.bottom]
    spots.sort(key=lambda spot: (-spot[0].count, spot[0].name, spot[1]))
    return [*map(_circle, spots), element("g", *_names(spots, field), class_="d-names")]


def radius(count: float, most: float) -> float:
    """A circle's radius: its area grows with the count."""
    return max(SMALLEST, LARGEST * math.sqrt(max(0.0, count) / most))


Spot = tuple[Place, float, float, float]


def _circle(spot: Spot) -> Element:
    """One place under its link."""
    place, x, y, r = spot
    circle = element("circle", cx=x, cy=y, r=r, class_="d-place")
    score = "" if place.mean is None else f", mean score {signed(place.mean)}"
    return link(place.href, f"{place.name}: {counted(place.count, 'event')}{score}", circle, class_="d-item")


def _names(spots: Sequence[Spot], field: Box) -> list[Element]:
    """Names beside the largest circles: right, left, above or below, wherever nothing else stands; none where all is taken."""
    taken = [Box(x - r * 0.7, y - r * 0.7, x + r * 0.7, y + r * 0.7) for _, x, y, r in spots[:NAMED]]
    found: list[Element] = []
    for place, x, y, r in spots[:NAMED]:
        name = texts.cut(place.name, 22)
        wide = texts.width(name) * 1.05
        choices = (
            (x + r + 4, y + 4.5, None, x + r + 4), (x - r - 4, y + 4.5, "end", x - r - 4 - wide),
            (x, y - r - 5, "middle", x - wide / 2), (x, y + r + 14, "middle", x - wide / 2),
        )  # fmt: skip
        for at, base, anchor, left in choices:
            box = Box(left, base - 12, left + wide, base + 3)
            if box.inside(field) and not any(box.touches(other) for other in taken):
                found.append(words_at(at, base, name, "d-halo", anchor))
                taken.append(box)
                break
    return found


def _says(places: Sequence[Place], lands: Sequence[Land], given: int) -> str:
    """The largest places and the lands at either end, in words."""
    largest = sorted(places, key=lambda place: (-place.count, place.name))[:10]
    told = [f"{place.name}: {counted(place.count, 'event')}." for place in largest]
    ends = sorted(lands, key=lambda land: (land.mean, land.name))
    ends = ends if len(ends) <= 6 else [*ends[:3], *ends[-3:]]
    balance = [f"{land.name}: mean score {signed(land.mean)}." for land in ends]
    out = [f"{counted(given - len(places), 'place')} without a position not drawn."] if given > len(places) else []
    return " ".join(told + balance + out) or "No event has a place."


def _legend(height: int, balance: bool) -> Element | None:
    """The colours of the countries, from conflict to cooperation, on a ground of their own."""
    if not balance:
        return None
    steps = [*(f"conflict-{n}" for n in (3, 2, 1)), "even", *(f"cooperation-{n}" for n in (1, 2, 3))]
    y = height - 24
    plate = element("rect", x=6, y=y - 22, width=24 * len(steps) + 20, height=40, rx=4, class_="d-plate")
    cells = [element("rect", x=16 + 24 * i, y=y, width=24, height=9, class_=f"d-balance-{step}") for i, step in enumerate(steps)]
    ends = words_at(16, y - 6, "conflict", "d-tick"), words_at(16 + 24 * len(steps), y - 6, "cooperation", "d-tick", "end")
    return element("g", plate, *cells, *ends, class_="d-legend")
