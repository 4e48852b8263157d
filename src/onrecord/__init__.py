"""Reads news reporting on international crises and writes down, as data, what each report says happened.

The door:

>>> import onrecord
>>> reading = onrecord.read("France urged Iran to free two detained teachers.", published="2024-05-10")
>>> print(reading.events[0])
REQUEST/yield actual FRA > IRN "urged"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

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

__all__ = [
    "Entity",
    "Event",
    "InputError",
    "Note",
    "OnrecordError",
    "Quantity",
    "Reading",
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

if TYPE_CHECKING:
    __version__: str


def __getattr__(name: str) -> str:
    """``__version__``, looked up when it is asked for: the look-up costs a tenth of a second at every start."""
    if name == "__version__":
        from importlib import metadata

        return metadata.version("onrecord")
    raise AttributeError(f"module 'onrecord' has no attribute {name!r}")


def read(report: str | Report, published: str | date | None = None) -> Reading:
    """Read one report, given as its text or as a Report, and return its events, statements and notes.

    ``published`` is the day the report came out (a date or YYYY-MM-DD), against which "Thursday" is read;
    without one relative dates stay unresolved, and a note says so.  InputError on a date that is none.
    The first call loads the parse model, which takes a second or two.
    """
    from onrecord import reader  # heavy: loads spaCy

    return reader.read(_report(report, published))


def read_many(reports: Iterable[str | Report], published: str | date | None = None) -> Iterator[Reading]:
    """Read any number of reports as a stream, in order; several are parsed together, which is faster."""
    from onrecord import reader  # heavy: loads spaCy

    return reader.read_many(_report(report, published) for report in reports)


def _report(report: str | Report, published: str | date | None) -> Report:
    from dataclasses import replace

    from onrecord.record import check_report

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


setattr(Reading, "_repr_html_", _repr_html)  # noqa: B010  # the spine imports nothing of ours, so the door gives it its looks
