"""Events as Parquet: one line an event, typed columns, as in the Arrow export.  Streams.  Needs the extra ``frames``.

Row groups of at most 5,000 events, compressed with zstd; no time of writing is kept, so the same events
give the same bytes with the same version of pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO

from onrecord.export import frames
from onrecord.export.arrow import Sink, batches
from onrecord.record import Reading


def write(readings: Iterable[Reading], stream: BinaryIO) -> None:
    """Write the events, a row group a batch; without an event, the columns alone.  MissingExtraError without pyarrow."""
    parquet = frames.library("pyarrow.parquet")
    tables = batches(readings)
    first = next(tables)
    with parquet.ParquetWriter(Sink(stream), first.schema, compression="zstd") as out:
        for table in chain([first], tables):
            out.write_table(table)
