"""The outlines of countries as paths, projected once for each middle meridian and size and then kept."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from onrecord.record import InputError
from onrecord.web.drawing import projection
from onrecord.web.drawing.projection import At
from onrecord.web.drawing.texts import Box

WIDTH: Final = 9600
"""The whole world's width at size 1, in units: a tenth of those of a drawing."""
FINE: Final = 7.0
"""Points nearer to each other than this, in units, are one."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A country's outline: its rings, each as the steps of a path with the rectangle that it takes up; in units."""

    code: str
    rings: tuple[tuple[str, Box], ...]

    def within(self, window: Box) -> str:
        """The steps of those rings that can be seen in a window; empty for none."""
        return "".join(d for d, box in self.rings if box.touches(window))


def to_units(lon: float, lat: float, size: int) -> At:
    """Degrees from the middle meridian as units, from the map's upper left corner."""
    x, y = projection.equal_earth(lon, lat)
    scale = WIDTH * size / (2 * projection.HALF_WIDTH)
    return (x + projection.HALF_WIDTH) * scale, (projection.HALF_HEIGHT - y) * scale


def shapes(file: Path, middle: int, size: int) -> tuple[Shape, ...]:
    """The outlines in the file (code → rings of [lon, lat]), or none where there is no such file.

    InputError where the file is there and is not of that form.  A file that was changed is read anew.
    """
    try:
        stamp = file.stat().st_mtime_ns
    except OSError:
        return ()
    return _shapes(file, stamp, middle, size)


@functools.lru_cache(maxsize=24)
def _shapes(file: Path, stamp: int, middle: int, size: int) -> tuple[Shape, ...]:
    found = []
    for code, rings in _countries(file, stamp).items():
        drawn = [ring for rim in rings for ring in _rings(rim, middle, size)]
        if drawn:
            found.append(Shape(code, tuple((_steps(ring), _box(ring)) for ring in drawn)))
    return tuple(found)


@functools.lru_cache(maxsize=2)
def _countries(file: Path, stamp: int) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(code): [[(float(lon), float(lat)) for lon, lat in ring] for ring in rings] for code, rings in found.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{file}: not a file of outlines (country code → rings of [lon, lat]): {error}") from None


Unit = tuple[int, int]


def _rings(rim: Sequence[At], middle: int, size: int) -> Iterator[list[Unit]]:
    """A ring's parts in whole units, without points that nobody could see; parts too small to see are left out."""
    for part in projection.cut(rim, middle):
        kept: list[Unit] = []
        for lon, lat in _stepped(part):
            x, y = to_units(lon, lat, size)
            if not kept or max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) >= FINE:
                kept.append((round(x), round(y)))
        if len(kept) >= 3:
            yield kept


def _stepped(part: Sequence[At]) -> Iterator[At]:
    """The points with more between those that are far apart: the map's edge and the poles are curves."""
    before = part[-1]
    for point in part:
        count = math.ceil(max(abs(point[0] - before[0]) / 20, abs(point[1] - before[1]) / 4))
        for i in range(1, count):
            yield before[0] + (point[0] - before[0]) * i / count, before[1] + (point[1] - before[1]) * i / count
        yield point
        before = point


def _steps(ring: Sequence[Unit]) -> str:
    """A ring as steps from point to point."""
    x, y = ring[0]
    found = [f"M{x} {y}l"]
    for east, south in ring[1:]:
        found.append(f"{east - x} {south - y} ")
        x, y = east, south
    return "".join(found) + "z"


def _box(ring: Sequence[Unit]) -> Box:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return Box(min(xs), min(ys), max(xs), max(ys))


@functools.lru_cache(maxsize=16)
def sphere(size: int) -> str:
    """The edge of the whole map."""
    right = [to_units(180, lat, size) for lat in range(-90, 91, 3)]
    left = [to_units(-180, lat, size) for lat in range(90, -91, -3)]
    return _steps([(round(x), round(y)) for x, y in right + left])


@functools.lru_cache(maxsize=48)
def graticule(middle: int, size: int, step: int) -> str:
    """Meridians and parallels each so many degrees."""
    meridians = [[to_units(projection.from_middle(lon, middle), lat, size) for lat in range(-90, 91, 3)] for lon in range(-180, 180, step)]
    parallels = [[to_units(lon, lat, size) for lon in (-180, 180)] for lat in range(-90 + step, 90, step)]
    lines = [[(round(x), round(y)) for x, y in line] for line in meridians + parallels]
    return "".join(_steps(line)[:-1] for line in lines)
