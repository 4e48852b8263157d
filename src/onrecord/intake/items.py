"""What intake gives out: a report that could be loaded, or a failure that says where and why."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record import Note, Report


@dataclass(frozen=True, slots=True)
class Loaded:
    """A report, where it came from, and what was noted while it was read (repairs, encoding, odd fields)."""

    where: str
    report: Report
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An item that gives no report: where it stands ("reports.jsonl:12") and why, fit for a user."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"
