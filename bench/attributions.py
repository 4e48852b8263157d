"""Attributions in news texts: a statement is right when its content agrees by half and its speaker overlaps the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from onrecord.reader import read_many
from onrecord.record import Reading, Report, Statement

ENOUGH = 0.5
Ranges = list[tuple[int, int]]


def measure(shared: Path, split: str = "dev") -> dict[str, float]:
    """Precision, recall and F1 over one split; ``content`` is the recall of contents alone."""
    lines = (shared / "data" / "attributions.jsonl").read_text(encoding="utf-8").splitlines()
    docs = [doc for doc in map(json.loads, lines) if doc["split"] == split]
    reports = (Report(doc["text"], doc["id"], published=doc["doc_date"]) for doc in docs)
    right = found = labelled = content = 0
    for doc, reading in zip(docs, read_many(reports), strict=True):
        both, contents = compare(doc["attributions"], reading)
        right, content = right + both, content + contents
        found, labelled = found + len(reading.statements), labelled + len(doc["attributions"])
    p, r = right / max(found, 1), right / max(labelled, 1)
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if right else 0.0, "content": content / max(labelled, 1)}


def compare(labelled: list[dict[str, Any]], reading: Reading) -> tuple[int, int]:
    """How many labelled attributions have a statement of their own with content and source right, and with content right."""
    pairs = [(agreement(ranges(label), spans(said)), n, said) for n, label in enumerate(labelled) for said in reading.statements]
    pairs = sorted((pair for pair in pairs if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
    used: set[int] = set()
    taken: set[str] = set()
    both = 0
    for _, n, said in pairs:
        if n not in used and said.id not in taken:
            used.add(n)
            taken.add(said.id)
            both += source_fits(labelled[n], said)
    return both, len(used)


def ranges(label: dict[str, Any]) -> Ranges:
    """The labelled content."""
    return [(start, end) for start, end in label["content_spans"]]


def spans(said: Statement) -> Ranges:
    """Our content."""
    return [(span.start, span.end) for span in said.content]


def agreement(one: Ranges, other: Ranges) -> float:
    """Characters in both over characters in either."""
    both = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    either = sum(b - a for a, b in one) + sum(d - c for c, d in other) - both
    return both / either if either else 0.0


def source_fits(label: dict[str, Any], said: Statement) -> bool:
    """True when the speaker overlaps the labelled source, or neither is there."""
    if said.speaker is None or not label["source_spans"]:
        return said.speaker is None and not label["source_spans"]
    return any(said.speaker.span.start < end and start < said.speaker.span.end for start, end in label["source_spans"])
