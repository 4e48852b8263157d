"""From longitude and latitude to the plane: the Equal Earth projection, and rings of points cut where the map ends.

Formulas and coefficients: B. Šavrič, T. Patterson, B. Jenny, "The Equal Earth map projection", International Journal of
Geographical Information Science 33 (2019) 454-465.  With sin θ = (√3/2) sin φ:
x = 2√3 λ cos θ / (3 (9 A4 θ⁸ + 7 A3 θ⁶ + 3 A2 θ² + A1)),  y = A4 θ⁹ + A3 θ⁷ + A2 θ³ + A1 θ.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

A1: Final = 1.340264
A2: Final = -0.081106
A3: Final = 0.000893
A4: Final = 0.003796
ROOT: Final = math.sqrt(3)

At = tuple[float, float]
Ring = Sequence[Sequence[float]]


def equal_earth(lon: float, lat: float) -> At:
    """Degrees from the map's middle meridian and from the equator to x (east) and y (north); a radius of the earth is 1."""
    theta = math.asin(ROOT / 2 * math.sin(math.radians(lat)))
    square = theta * theta
    sixth = square * square * square
    width = 3 * (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1)
    x = 2 * ROOT * math.radians(lon) * math.cos(theta) / width
    return x, theta * (A1 + A2 * square + sixth * (A3 + A4 * square))


HALF_WIDTH: Final = equal_earth(180, 0)[0]
HALF_HEIGHT: Final = equal_earth(0, 90)[1]


def from_middle(lon: float, middle: float) -> float:
    """How many degrees east of the middle meridian a longitude lies, from -180 to 180."""
    return (lon - middle + 180) % 360 - 180


def cut(ring: Ring, middle: float) -> Iterator[list[At]]:
    """A ring of [lon, lat] as rings of degrees from the middle meridian, none of which crosses the map's edge.

    A ring that runs round a pole is closed along it.
    """
    run = _unwound(ring, middle)
    if len(run) < 3:
        return
    turn = run[-1][0] - run[0][0]
    if abs(turn) > 180:  # round a pole: the way back runs along the pole itself
        pole = -90.0 if sum(lat for _, lat in run) < 0 else 90.0
        run = [*run, (run[-1][0], pole), (run[0][0], pole)]
    low, high = min(lon for lon, _ in run), max(lon for lon, _ in run)
    for turns in range(math.floor((low + 180) / 360), math.floor((high + 180) / 360) + 1):
        moved = [(lon - 360 * turns, lat) for lon, lat in run]
        kept = _beside(_beside(moved, -180.0, 1), 180.0, -1)
        if len(kept) >= 3:
            yield kept


def _unwound(ring: Ring, middle: float) -> list[At]:
    """The ring's points with longitudes that never jump by half a turn; closed."""
    points = [(float(lon), float(lat)) for lon, lat in ring]
    if points and points[0] != points[-1]:
        points.append(points[0])
    found: list[At] = []
    lon_before = 0.0
    for lon, lat in points:
        lon = from_middle(lon, middle)
        if found:
            lon += 360 * round((lon_before - lon) / 360)
        found.append((lon, lat))
        lon_before = lon
    return found


def _beside(ring: Sequence[At], edge: float, side: int) -> list[At]:
    """The part of a ring on one side of a meridian: Sutherland and Hodgman's clipping, one edge of it."""
    found: list[At] = []
    for i, (lon, lat) in enumerate(ring):
        lon_before, lat_before = ring[i - 1]
        inside, was_inside = (lon - edge) * side >= 0, (lon_before - edge) * side >= 0
        if inside != was_inside:
            share = (edge - lon_before) / (lon - lon_before)
            found.append((edge, lat_before + share * (lat - lat_before)))
        if inside:
            found.append((lon, lat))
    return found
