"""Reads news reporting on international crises and writes down, as data, what each report says happened.

The door:

>>> import onrecord
>>> reading = onrecord.read("France urged Iran to free two detained teachers.", published="2024-05-10")
>>> print(reading.events[0])
REQUEST/yield actual FRA > IRN "urged"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from onrecord.keeping import Record
    from onrecord.record import (
        Entity,
        Event,
        InputError,
        Note,
        OnrecordError,
        Quantity,
        Reading,
        Report,
        Source,
        Span,
        Statement,
        When,
        Where,
    )

    __version__: str

__all__ = [
    "Entity",
    "Event",
    "InputError",
    "Note",
    "OnrecordError",
    "Quantity",
    "Reading",
    "Record",
    "Report",
    "Source",
    "Span",
    "Statement",
    "When",
    "Where",
    "__version__",
    "read",
    "read_many",
]


def __getattr__(name: str) -> Any:
    """The public names, each looked up when it is first asked for: at every start of the command line, none is."""
    if name not in __all__:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    if name == "__version__":
        from importlib import metadata

        found: Any = metadata.version("onrecord")
    elif name == "Record":
        from onrecord import keeping

        found = keeping.Record
    else:
        found = getattr(_spine(), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)


def _spine() -> Any:
    """The types, with the looks of a reading in a notebook: the spine imports nothing of ours, so the door gives it these."""
    from onrecord import record

    setattr(record.Reading, "_repr_html_", _repr_html)  # noqa: B010  # no attribute that mypy knows of
    return record


def read(report: str | Report, published: str | date | None = None) -> Reading:
    """Read one report, given as its text or as a Report, and return its events, statements and notes.

    ``published`` is the day the report came out (a date or YYYY-MM-DD), against which "Thursday" is read;
    without one relative dates stay unresolved, and a note says so.  InputError on a date that is none.
    The first call loads the parse model, which takes a second or two.
    """
    from onrecord import reader  # heavy: loads spaCy

    _spine()
    return reader.read(_report(report, published))


def read_many(reports: Iterable[str | Report], published: str | date | None = None) -> Iterator[Reading]:
    """Read any number of reports as a stream, in order; several are parsed together, which is faster."""
    from onrecord import reader  # heavy: loads spaCy

    _spine()
    return reader.read_many(_report(report, published) for report in reports)


def _report(report: str | Report, published: str | date | None) -> Report:
    from dataclasses import replace

    from onrecord.record import InputError, Report, check_report

    if not isinstance(report, str | Report):
        raise InputError(f"a report is a text (str) or a Report, not {type(report).__name__}")
    day = str(published) if published is not None else None
    whole = Report(report, published=day) if isinstance(report, str) else report
    if day is not None and whole.published is None:
        whole = replace(whole, published=day)
    wrong = next(iter(check_report(whole)), None)
    if wrong is not None:
        raise InputError(wrong)
    return whole


def _repr_html(reading: Reading) -> str:
    """A reading as a notebook shows it: its text with the evidence highlighted, and its rows."""
    from onrecord.export import html

    return html.fragment(reading)
