"""Time expressions against TIMEX3 labels, and event dates against the gold: ``python bench/times.py [SHARED]``.

A figure per set: relaxed F (spans overlap) and value F (overlap and equal value), and over the gold
the share of events dated as labelled.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from onrecord.page import Block, Sentence, Timex
from onrecord.record import Report
from onrecord.stages import dates
from onrecord.stages.grammar import parse

SPOKEN = frozenset({"THREATEN", "ACCUSE", "REQUEST", "REJECT"})
"""Types that saying itself can make."""
CONTEXT = 8
"""How many earlier expressions a sentence is read against."""


def measure(shared: Path, sample: int = 1) -> dict[str, float]:
    """Every figure by its name; ``sample`` takes every n-th labelled text."""
    return {**times(shared / "data" / "times.jsonl", sample), **gold_dates(shared / "gold")}


def paragraphs(text: str, report: Report) -> Iterator[tuple[Report, Block]]:
    """The lines of a text as blocks."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield report, Block("paragraph", at, at + len(line))
        at += len(line) + 1


def sentences(text: str) -> list[Sentence]:
    """The parsed sentences of a text."""
    report = Report(text)
    return [sentence for _, _, group in parse(paragraphs(text, report)) for sentence in group]


def read(text: str, published: date | None) -> Iterator[tuple[Sentence, list[Timex]]]:
    """Each sentence with its time expressions, read in the order of the text."""
    context: list[Timex] = []
    for sentence in sentences(text):
        got = dates.find(sentence, published, context[-CONTEXT:])
        context += got
        yield sentence, got


def times(path: Path, sample: int = 1) -> dict[str, float]:
    """Relaxed and value F per set of ``times.jsonl``."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in [json.loads(line) for line in path.open(encoding="utf-8")][::sample]:
        counts[row["set"]].update(compare(row))
    return {f"{name}.{figure}": _f(count, figure) for name, count in sorted(counts.items()) for figure in ("relaxed", "value")}


def compare(row: dict[str, Any]) -> Counter[str]:
    """Hits and misses of one labelled text; what stands beyond its annotated part is not counted."""
    end = row.get("annotated_chars") or len(row["text"])
    published = date.fromisoformat(row["doc_date"]) if row["doc_date"] else None
    got = [t for _, group in read(row["text"], published) for t in group if t.when.span.start < end]
    if row["set"] == "gum":  # the set has no durations and no sets
        got = [t for t in got if t.type in ("DATE", "TIME")]
    free, count = list(row["expressions"]), Counter(gold=len(row["expressions"]), got=len(got))
    for timex in got:
        fit = next((g for g in free if g["span"][0] < timex.when.span.end and timex.when.span.start < g["span"][1]), None)
        if fit is not None:
            free.remove(fit)
            count["relaxed"] += 1
            count["value"] += fit["value"] == timex.value
    return count


def _f(count: Counter[str], figure: str) -> float:
    total = count["gold"] + count["got"]
    return round(2 * count[figure] / total, 4) if total else 0.0


def gold_dates(folder: Path) -> dict[str, float]:
    """How often the date chosen for a gold trigger is the gold date, and how often an undated one gets one."""
    count: Counter[str] = Counter()
    for path in sorted(folder.glob("*.json")):
        for event, got in chosen(json.loads(path.read_text(encoding="utf-8"))):
            dated = got is not None and got[0] is not None
            if event.get("date") is None:
                count.update(free=1, extra=dated)
            else:
                count.update(gold=1, right=list(event["date"]) == list(got or ()), judged=not event.get("optional"))
                count["sure"] += not event.get("optional") and list(event["date"]) == list(got or ())
    return {
        "gold.date": round(count["right"] / max(1, count["gold"]), 4),
        "gold.date.required": round(count["sure"] / max(1, count["judged"]), 4),
        "gold.undated.given": round(count["extra"] / max(1, count["free"]), 4),
    }


def chosen(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], tuple[str | None, str | None] | None]]:
    """Each gold event with the interval chosen for its trigger's token."""
    report = document["report"]
    published = date.fromisoformat(report["published"]) if report.get("published") else None
    for sentence, found in read(report["text"], published):
        inside = [e for e in document["events"] if sentence.start <= e["start"] < sentence.end]
        heads = {id(e): head_of(sentence, e) for e in inside}
        for event in inside:
            others = set(heads.values()) - {heads[id(event)]}
            spoken = not SPOKEN.isdisjoint(event["types"])
            when = dates.choose(sentence, heads[id(event)], found, others, spoken=spoken, published=published)
            yield event, (when.earliest, when.latest) if when else None


def head_of(sentence: Sentence, event: dict[str, Any]) -> int:
    """The trigger's token that governs its others."""
    inside = [t for t in sentence.tokens if t.start < event["end"] and event["start"] < t.end]
    return next((t.i for t in inside if not any(t.head == other.i and other.i != t.i for other in inside)), inside[0].i)


if __name__ == "__main__":
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared"
    for name, figure in measure(shared).items():
        print(f"{name:28} {figure:.4f}")
