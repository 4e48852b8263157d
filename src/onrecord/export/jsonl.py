"""JSON lines: one row a line, exactly as the record's format page says.  Streams."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

from onrecord.record import Reading


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write each reading's events, then its statements, as soon as it is read."""
    for reading in readings:
        stream.write(reading.to_jsonl())
        stream.flush()
