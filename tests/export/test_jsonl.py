"""JSON lines: as the record says, and in a stream."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from onrecord.export import FORMATS
from onrecord.record import Reading


def test_each_row_is_one_line(reading: Reading) -> None:
    out = io.StringIO()
    FORMATS["jsonl"]([reading], out)
    assert [json.loads(line) for line in out.getvalue().splitlines()] == reading.to_dicts()


def test_a_reading_is_written_before_the_next_is_made(reading: Reading) -> None:
    out, seen = io.StringIO(), []

    def readings() -> Iterator[Reading]:
        for _ in range(2):
            seen.append(out.getvalue())
            yield reading

    FORMATS["jsonl"](readings(), out)
    assert seen == ["", reading.to_jsonl()]
