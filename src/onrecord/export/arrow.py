"""Events as an Arrow IPC file (Feather 2): one line an event, typed columns.  Streams.  Needs the extra ``frames``.

The columns are those of ``frames``: the CSV export's, then ``publisher``, ``voice`` (the report's own id: an
export does not know whom a report copies) and ``verdict`` (empty: judgements are applied before an export).
A lone surrogate, which UTF-8 cannot carry, becomes the replacement character; everything else stays as written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from onrecord.export import frames
from onrecord.held import Head, Told
from onrecord.record import Reading, Report

if TYPE_CHECKING:
    import pyarrow as pa

BATCH: Final = 5_000
"""Events in one batch: so many are in memory at a time."""


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write the events in batches; without an event, the columns alone.  MissingExtraError without pyarrow."""
    arrow = frames.library("pyarrow")
    tables = batches(readings)
    first = next(tables)
    with arrow.ipc.new_file(Sink(stream), first.schema) as out:
        for table in chain([first], tables):
            out.write_table(table)


def batches(readings: Iterable[Reading]) -> Iterator[pa.Table]:
    """The events of all readings as tables of at most ``BATCH`` lines; always one at least."""
    waiting: list[Told] = []
    made = False
    for reading in readings:
        head = head_of(reading.report)
        waiting += [Told.of(event, head) for event in reading.events]
        while len(waiting) >= BATCH:
            yield frames.to_arrow(waiting[:BATCH])
            waiting, made = waiting[BATCH:], True
    if waiting or not made:
        yield frames.to_arrow(waiting)


def head_of(report: Report) -> Head:
    """The report without its text, as its own voice."""
    about = {name: getattr(report, name) for name in ("title", "published", "publisher", "url", "language", "author")}
    return Head(report.id, report.id, **about)


class Sink(io.RawIOBase):
    """A stream for Arrow to write to: counts by itself (a pipe has no position) and leaves the stream open."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self.stream = stream
        self.written = 0

    def writable(self) -> bool:
        """True: that is what it is for."""
        return True

    def tell(self) -> int:
        """How many bytes were written."""
        return self.written

    def write(self, data: Any) -> int:
        """Write all bytes of a buffer, and say how many they were."""
        size = memoryview(data).nbytes
        self.stream.write(data)
        self.written += size
        return size

    def flush(self) -> None:
        """Flush the stream, until it is closed."""
        if not self.closed:
            self.stream.flush()
