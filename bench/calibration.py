"""Does confidence mean what it says: ``python bench/calibration.py [SHARED]``.

The rows of the hand-labelled reports that the weights were not fitted to (half b): how many of those
at 0.8 and more are right, and how far the chance that a row gives itself lies from what comes true.
A row is right when the scorer counts it as found or as costing nothing; rows that the labels tell to
ignore, and those of related-story lines, are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import accuracy

BINS = 10
SURE = 0.8

Row = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """A row with the verdict on it."""

    id: str
    half: str
    confidence: float
    right: bool
    parties_right: bool


def measure(shared: Path) -> dict[str, float]:
    """Every figure by its name, over the half that the weights were not fitted to."""
    return figures(judged(shared, "b"))


def judged(shared: Path, which: str = "all") -> list[Judged]:
    """The judged rows of the hand-labelled reports, or of one half of them."""
    scorer = accuracy.load_scorer(shared)
    docs = accuracy.chosen(accuracy.gold(shared), None, which)
    rows, _ = accuracy.predict(docs)
    return [row for doc in docs for row in _of_report(scorer, doc, rows[doc["report"]["id"]])]


def _of_report(scorer: ModuleType, doc: Row, rows: list[Row]) -> Iterator[Judged]:
    own = [row for row in rows if "related-link" not in row["flags"]]
    matched = {place: doc["events"][label] for label, place in scorer.match(doc["events"], own)}
    for place, row in enumerate(own):
        label = matched.get(place) or _costless(scorer, doc, row)
        if label is None and _ignored(scorer, doc, row):
            continue
        yield Judged(row["id"], accuracy.half(doc), row["confidence"], label is not None, label is not None and scorer.tuple_ok(label, row))


def _costless(scorer: ModuleType, doc: Row, row: Row) -> Row | None:
    """The optional label that a further row on its trigger may share."""
    here = scorer.span(row["trigger"])
    optional = (label for label in doc["events"] if label.get("optional") and row["type"] in label["types"])
    return next((label for label in optional if scorer.overlap(here, scorer.span(label))), None)


def _ignored(scorer: ModuleType, doc: Row, row: Row) -> bool:
    return any(scorer.overlap(scorer.span(row["trigger"]), span) for span in doc.get("ignore", []))


def figures(rows: list[Judged]) -> dict[str, float]:
    """Of the rows at 0.8 and more the share that is right; the expected calibration error; the share of rows at 0.8 and more."""
    sure = [row for row in rows if row.confidence >= SURE]
    return {
        "sure.right": round(sum(row.right for row in sure) / max(1, len(sure)), 4),
        "error": round(error(rows), 4),
        "sure.share": round(len(sure) / max(1, len(rows)), 4),
    }


def error(rows: list[Judged]) -> float:
    """The mean distance between confidence and share of right rows, over ten bins, each with the weight of its rows."""
    bins = by_bin(rows).values()
    return sum(abs(sum(row.confidence - row.right for row in found)) for found in bins) / max(1, len(rows))


def by_bin(rows: list[Judged]) -> dict[int, list[Judged]]:
    """The rows by tenths of confidence; 1.0 is in the highest."""
    found: dict[int, list[Judged]] = {}
    for row in rows:
        found.setdefault(min(int(row.confidence * BINS), BINS - 1), []).append(row)
    return dict(sorted(found.items()))


def show(name: str, rows: list[Judged]) -> None:
    """Print a half's figures and its bins."""
    print(f"{name}: {len(rows)} rows  " + "  ".join(f"{figure} {value:.3f}" for figure, value in figures(rows).items()))
    for tenth, found in by_bin(rows).items():
        n = len(found)
        told, right = sum(row.confidence for row in found) / n, sum(row.right for row in found) / n
        whole = sum(row.parties_right for row in found) / n
        print(f"  from {tenth / BINS:.1f}: {n:4} rows  told {told:.3f}  right {right:.3f}  also its parties {whole:.3f}")


if __name__ == "__main__":
    everything = judged(Path(sys.argv[1]) if len(sys.argv) > 1 else accuracy.SHARED)
    for name in "ab":
        show(f"half {name}", [row for row in everything if row.half == name])
