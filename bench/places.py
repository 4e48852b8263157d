"""How well places are found and told apart: toponyms within 161 km on TR-News, by name or nearness on GeoVirus.

``python bench/places.py SHARED [--errors N] [--limit N]``
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord import knowledge
from onrecord.knowledge import gazetteer
from onrecord.page import Cast, Located
from onrecord.record import Report
from onrecord.stages import blocks, grammar, places

NEAR = 161.0
"""Kilometres (100 miles): the usual measure of toponym resolution."""


def measure(shared: Path, limit: int | None = None, errors: int = 0) -> dict[str, float]:
    """Precision, recall and F of each set.  Gold demonyms ("Turkish") are left out of account, found or not."""
    counts: dict[str, Counter[str]] = {}
    wrong: list[str] = []
    for text in _texts(shared, limit):
        found = list(_found(Report(text["text"])))
        _score(text, found, counts.setdefault(text["set"], Counter()), wrong)
    for line in wrong[:errors]:
        print(line)
    return {f"{name}.{figure}": value for name, count in counts.items() for figure, value in _figures(count).items()}


def _texts(shared: Path, limit: int | None) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    with (shared / "data" / "places.jsonl").open(encoding="utf-8") as lines:
        for text in map(json.loads, lines):
            seen[text["set"]] += 1
            if limit is None or seen[text["set"]] <= limit:
                yield text


def _found(report: Report) -> Iterator[Located]:
    """The places of one report, read as the reader reads it but without a cast."""
    cut, _ = blocks.split(report)
    sentences = [sentence for _, _, parsed in grammar.parse((report, block) for block in cut) for sentence in parsed]
    counts = places.home(sentences)
    known: dict[str, Any] = {}
    for sentence in sentences:
        yield from places.find(sentence, Cast(), counts, known)


def _score(text: dict[str, Any], found: list[Located], count: Counter[str], wrong: list[str]) -> None:
    demonyms = _demonyms()
    gold = [toponym for toponym in text["toponyms"] if toponym["lat"] is not None]
    matched: set[int] = set()
    for place in found:
        span = place.where.span
        at = next((i for i, g in enumerate(gold) if g["span"][0] < span.end and span.start < g["span"][1] and i not in matched), None)
        if at is None:
            unmapped = any(g["span"][0] < span.end and span.start < g["span"][1] for g in text["toponyms"])
            count["spare"] += not unmapped
            wrong += [] if unmapped else [f"SPARE  {span.text} = {place.where.name}"]
            continue
        matched.add(at)
        right = _right(gold[at], place)
        count["right"] += right
        count["misplaced"] += not right
        if not right:
            wrong.append(f"PLACED {span.text} = {place.where} for {gold[at]}")
    for i, g in enumerate(gold):
        if i not in matched and g["text"] not in demonyms:
            count["missed"] += 1
            wrong.append(f"MISSED {g['text']}: …{text['text'][max(0, g['span'][0] - 40) : g['span'][1] + 25]!r}")


def _demonyms() -> set[str]:
    states = knowledge.table("world/states").values()
    return {name for state in states for name in (*state["demonyms"], *state["weak_demonyms"])}


def _right(gold: dict[str, Any], place: Located) -> bool:
    where = place.where
    if where.lat is not None and where.lon is not None and _distance(gold["lat"], gold["lon"], where.lat, where.lon) <= NEAR:
        return True
    page = (gold.get("page") or "").rsplit("/", 1)[-1].replace("_", " ")
    return bool(page) and gazetteer.key(page) == gazetteer.key(where.name)


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres along a great circle."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(half))


def _figures(count: Counter[str]) -> dict[str, float]:
    found = count["right"] + count["misplaced"] + count["spare"]
    gold = count["right"] + count["misplaced"] + count["missed"]
    precision, recall = count["right"] / max(found, 1), count["right"] / max(gold, 1)
    both = precision + recall
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / both if both else 0.0}


def _option(name: str, arguments: list[str]) -> int | None:
    return int(arguments[arguments.index(name) + 1]) if name in arguments else None


if __name__ == "__main__":
    figures = measure(Path(sys.argv[1]), _option("--limit", sys.argv), _option("--errors", sys.argv) or 0)
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}, indent=1))
