"""Single labelled sentences: is there a row of the labelled type, with the labelled words among its parties?

PLOVER has no status: future cooperation is AGREE there, YIELD covers CONCEDE and RETREAT, and what is
denied is no event, so our rows are folded the same way first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from onrecord.reader import read_many
from onrecord.record import Entity, Event, Reading, Report

FOLDED_WHEN_PLANNED = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}
YIELD = {"CONCEDE", "RETREAT"}


def measure(shared: Path) -> dict[str, float]:
    """``type``: share of sentences with a row of the type; ``row``: its parties overlap the labelled words too."""
    lines = (shared / "data" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    readings = read_many(Report(case["text"], case["id"]) for case in cases)
    judged = [judge(case, reading) for case, reading in zip(cases, readings, strict=True)]
    figures = {name: sum(verdict[name] for verdict in judged) / len(judged) for name in ("type", "row")}
    return figures | {"rows_a_sentence": sum(verdict["rows"] for verdict in judged) / len(judged)}


def judge(case: dict[str, str], reading: Reading) -> dict[str, int]:
    """Whether one sentence has the type, and the type with its parties; and how many rows it gave."""
    events = [event for event in reading.events if event.status != "negated"]
    typed = [event for event in events if folded(event) == case["type"]]
    return {"type": bool(typed), "row": any(parties_fit(event, case) for event in typed), "rows": len(events)}


def folded(event: Event) -> str:
    """The event's type as the labels have it."""
    if event.status == "planned" and event.type in FOLDED_WHEN_PLANNED:
        return "AGREE"
    return "YIELD" if event.type in YIELD else event.type


def parties_fit(event: Event, case: dict[str, str]) -> bool:
    """Actors over the actor's words and recipients over the recipient's; a meeting has all under actors."""
    toward = event.recipients or event.actors
    return over(event.actors, case["actor"], case["text"]) and over(toward, case["recipient"], case["text"])


def over(entities: Iterable[Entity], words: str | None, text: str) -> bool:
    """True when nothing is labelled, or some entity's span overlaps the labelled words in the text."""
    if not words:
        return True
    places = [found.span() for part in words.split(";") if part.strip() for found in re.finditer(re.escape(part.strip()), text)]
    return any(entity.span.start < end and start < entity.span.end for entity in entities for start, end in places)
