"""Case files in one-line notation: loading them, reading their texts, and comparing rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from onrecord.reader import read_many
from onrecord.record import Event, Line, Reading, Report, parse_notation

PUBLISHED = "2024-05-10"
"""The day on which a case's report came out, where the case does not say."""

Case = dict[str, Any]


def load(name: str) -> list[Case]:
    """The cases of ``tests/cases/<name>.yaml``."""
    return yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))


def read(cases: Sequence[Case]) -> dict[str, Reading]:
    """Every case's text, read in one call, by the text."""
    reports = [Report(case["text"], published=_day(case.get("published", PUBLISHED))) for case in cases]
    return {reading.report.text: reading for reading in read_many(reports)}


def _day(day: object) -> str | None:
    return None if day is None else str(day)


def misses(case: Case, reading: Reading) -> list[str]:
    """What the reading gets wrong of a case: rows that no event fits, and with ``only`` events that are no row."""
    left = list(reading.events)
    wrong = [row for row in case["rows"] if not _take(row, left)]
    return wrong + ([f"not wanted: {event}" for event in left] if case.get("only") else [])


def _take(row: str, left: list[Event]) -> bool:
    """Take the event that fits the row out of those left; False when none fits."""
    line = parse_notation(row)
    fitting = next((event for event in left if _fits(line, event)), None)
    if fitting is not None:
        left.remove(fitting)
    return fitting is not None


def _fits(line: Line, event: Event) -> bool:
    """True when the event agrees with the row; its trigger may have more words ("held talks" for "talks")."""
    return not set(line.misfits(event)) - {"trigger"} and line.trigger in event.trigger.text


def title(case: Case) -> str:
    """A case's name in the test report."""
    return str(case["text"])[:70]
