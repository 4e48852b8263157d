"""Who does what to whom: parties on an oval, in an order that keeps those near who deal much with each other, arrows between them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from onrecord.web.drawing import texts
from onrecord.web.drawing.families import counted, signed, tone
from onrecord.web.drawing.svg import Caption, Element, drawing, element, link, path, words_at

WIDTH: Final = 960
HEIGHT: Final = 640
MIDDLE: Final = (480.0, 308.0)
RADII: Final = (286.0, 238.0)
MOST_NODES: Final = 32
LARGE: Final = 12.0
"""A dot with this radius or more has its name in bold."""
PASSES: Final = 12
"""How often neighbours on the oval are tried in each other's place."""
BEND: Final = 0.42
"""How far arrows bend to the middle, as a share of the way."""
FAR: Final = 420.0
"""Arrows shorter than this bend less."""


@dataclass(frozen=True, slots=True)
class Node:
    """A party: its code, its name, how many events it stands in, its page."""

    code: str
    name: str
    weight: float
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """What one party does to another: how many events, their mean score from -10 to 10, the page that lists them."""

    source: str
    target: str
    count: int
    mean: float
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A node where it is drawn."""

    node: Node
    x: float
    y: float
    r: float


def network(nodes: Iterable[Node], edges: Iterable[Edge], most: int = 60) -> Element:
    """The strongest edges, at most ``most``, with the parties that they join, at most 32; the same input gives the same drawing."""
    known = {node.code: node for node in nodes}
    given = [edge for edge in edges if edge.source != edge.target]
    shown = _strongest(known, given, most)
    codes = {code for edge in shown for code in (edge.source, edge.target)}
    spots = _spots(_ordered([known.get(code) or Node(code, code, 1) for code in sorted(codes)], shown))
    arrows = [_arrow(edge, spots, max(one.count for one in shown)) for edge in reversed(shown)]
    caption = Caption("Who does what to whom", _says(shown, spots, len(given)))
    lines = element("g", *arrows, class_="d-arrows")
    return drawing((WIDTH, HEIGHT), caption, lines, *_parties([*spots.values()]), _legend())


def _strongest(known: Mapping[str, Node], edges: Sequence[Edge], most: int) -> list[Edge]:
    """The edges with most events first, of the weightiest parties only."""
    taken: set[str] = set()
    found: list[Edge] = []
    for edge in sorted(edges, key=lambda e: (-e.count, e.source, e.target)):
        ends = {edge.source, edge.target}
        if len(found) < most and len(taken | ends) <= MOST_NODES:
            taken |= ends
            found.append(edge)
    return found


# ---------------------------------------------------------------- who stands where


def _ordered(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Node]:
    """The nodes in an order round the oval in which strong edges are short: grown at both ends, then mended by swaps."""
    ties = _ties(edges)
    left = sorted(nodes, key=lambda node: (-sum(ties.get(node.code, {}).values()), node.code))
    row: list[Node] = left[:1]
    left = left[1:]
    while left:
        first, last = ties.get(row[0].code, {}), ties.get(row[-1].code, {})
        pulls = [(max(first.get(n.code, 0), last.get(n.code, 0)), -i) for i, n in enumerate(left)]
        node = left.pop(-max(pulls)[1])
        at_start = first.get(node.code, 0) > last.get(node.code, 0)
        row.insert(0 if at_start else len(row), node)
    return _mended(row, ties)


def _ties(edges: Iterable[Edge]) -> dict[str, dict[str, float]]:
    """How strongly each is tied to each, in both directions."""
    ties: dict[str, dict[str, float]] = {}
    for edge in edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            mine = ties.setdefault(one, {})
            mine[other] = mine.get(other, 0) + math.sqrt(edge.count)
    return ties


def _mended(row: list[Node], ties: Mapping[str, Mapping[str, float]]) -> list[Node]:
    """Neighbours swapped as long as that shortens the ties, a fixed number of times at most."""
    place = {node.code: i for i, node in enumerate(row)}
    for _ in range(PASSES):
        swapped = False
        for i in range(len(row)):
            a, b = row[i], row[(i + 1) % len(row)]
            before = _length(a.code, place, ties) + _length(b.code, place, ties)
            place[a.code], place[b.code] = place[b.code], place[a.code]
            if _length(a.code, place, ties) + _length(b.code, place, ties) < before - 1e-9:
                row[i], row[(i + 1) % len(row)] = b, a
                swapped = True
            else:
                place[a.code], place[b.code] = place[b.code], place[a.code]
        if not swapped:
            break
    return row


def _length(code: str, place: Mapping[str, int], ties: Mapping[str, Mapping[str, float]]) -> float:
    """How long a party's ties are, round the oval, strong ones weighing more."""
    here, round_ = place[code], len(place)
    total = 0.0
    for other, weight in ties.get(code, {}).items():
        apart = abs(place[other] - here)
        total += weight * min(apart, round_ - apart)
    return total


def _spots(row: Sequence[Node]) -> dict[str, Spot]:
    """The nodes round the oval, from the left side clockwise, as large as their weight."""
    heaviest = max((node.weight for node in row), default=1) or 1
    found = {}
    for i, node in enumerate(row):
        angle = math.pi + 2 * math.pi * (i + 0.5) / len(row)
        size = 5 + 15 * math.sqrt(max(0.0, node.weight) / heaviest)
        found[node.code] = Spot(node, MIDDLE[0] + RADII[0] * math.cos(angle), MIDDLE[1] + RADII[1] * math.sin(angle), size)
    return found


# ---------------------------------------------------------------- what is drawn


def _arrow(edge: Edge, spots: Mapping[str, Spot], most: int) -> Element:
    """An edge: a bow towards the middle, each direction on its own side, the wider the more events; its head at the target."""
    a, b = spots[edge.source], spots[edge.target]
    wide = 1 + 5 * math.sqrt(edge.count / most)
    head = 6 + 1.4 * wide
    bow = _bow((a.x, a.y), (b.x, b.y))
    away = math.hypot(bow[0] - b.x, bow[1] - b.y) or 1.0
    ux, uy = (b.x - bow[0]) / away, (b.y - bow[1]) / away
    tip = (b.x - ux * (b.r + 2), b.y - uy * (b.r + 2))
    neck = (tip[0] - ux * head, tip[1] - uy * head)
    half = head * 0.42
    wings = (neck[0] - uy * half, neck[1] + ux * half, "L", neck[0] + uy * half, neck[1] - ux * half)
    label = f"{a.node.name} → {b.node.name}: {counted(edge.count, 'event')}, mean score {signed(edge.mean)}"
    line = element("path", d=path("M", a.x, a.y, "Q", *bow, *neck), stroke_width=wide, class_="d-line")
    point = element("path", d=path("M", *tip, "L", *wings, "Z"), class_="d-head")
    return link(edge.href, label, line, point, class_=f"d-arrow d-{tone(edge.mean)}")


def _bow(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """Where an arrow bends to: from half way towards the middle, and a little to its own right."""
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    far = math.hypot(b[0] - a[0], b[1] - a[1]) or 1.0
    side, bend = min(16.0, far / 8), BEND * min(1.0, far / FAR)
    return (
        x + (MIDDLE[0] - x) * bend - (b[1] - a[1]) / far * side,
        y + (MIDDLE[1] - y) * bend + (b[0] - a[0]) / far * side,
    )


def _parties(spots: Sequence[Spot]) -> list[Element]:
    """The parties with their names outside the oval, at the left ending and at the right beginning there, none over another."""
    found = []
    for side in (-1, 1):
        here = [spot for spot in spots if (spot.x < MIDDLE[0]) == (side < 0)]
        heights = texts.spread([_outside(spot)[1] for spot in here], texts.LINE, 16, HEIGHT - 44)
        found += [_party(spot, side, y) for spot, y in zip(here, heights, strict=True)]
    return found


def _outside(spot: Spot) -> tuple[float, float]:
    """Where a party's name would stand: a little out from its dot, seen from the middle."""
    x, y = (spot.x - MIDDLE[0]) / RADII[0], (spot.y - MIDDLE[1]) / RADII[1]
    return spot.x + x * (spot.r + 8), spot.y + y * (spot.r + 12)


def _party(spot: Spot, side: int, y: float) -> Element:
    """A dot and its name, with a fine line between them where the name had to move away."""
    x = _outside(spot)[0] + side * (0 if abs(y - spot.y) < spot.r + 6 else 4)
    x = min(x, spot.x - spot.r - 5) if side < 0 and abs(y - spot.y) < spot.r + 6 else x
    x = max(x, spot.x + spot.r + 5) if side > 0 and abs(y - spot.y) < spot.r + 6 else x
    moved = math.hypot(x - spot.x, y - spot.y) > spot.r + 22
    lead = element("path", d=path("M", spot.x, spot.y, "L", x - side * 3, y), class_="d-lead") if moved else None
    dot = element("circle", cx=spot.x, cy=spot.y, r=spot.r, class_="d-party")
    said = words_at(x, y + 4.5, texts.cut(spot.node.name, 24), "d-name" if spot.r >= LARGE else "d-text", "end" if side < 0 else None)
    return link(spot.node.href, f"{spot.node.name}: {counted(round(spot.node.weight), 'event')}", lead, dot, said, class_="d-item")


def _says(shown: Sequence[Edge], spots: Mapping[str, Spot], given: int) -> str:
    """The strongest edges in words."""
    first = [
        f"{spots[e.source].node.name} to {spots[e.target].node.name}: {counted(e.count, 'event')}, mean score {signed(e.mean)}."
        for e in shown[:8]
    ]
    rest = f" The {len(shown)} strongest of {counted(given, 'arrow')} drawn." if given > len(shown) else ""
    return (" ".join(first) or "Nobody does anything to anybody here.") + rest


def _legend() -> Element:
    """What the arrows' colours mean."""
    found: list[Element] = []
    x = 12.0
    for kind, said in (("cooperation", "cooperation"), ("conflict", "conflict"), ("even", "neither")):
        line = element("path", d=path("M", x, HEIGHT - 16, "h", 26), stroke_width=4, class_="d-line")
        found.append(element("g", line, words_at(x + 34, HEIGHT - 11.5, said, "d-tick"), class_=f"d-arrow d-{kind}"))
        x += texts.width(said) + 60
    return element("g", *found, class_="d-legend")
