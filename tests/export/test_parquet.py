"""Parquet and Arrow files: the typed columns of frames, read by the libraries that read such files."""

from __future__ import annotations

import io
from dataclasses import replace

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from strange import readings

from onrecord.export import FORMATS, arrow, csv, frames
from onrecord.record import Reading, Report

BOTH = pytest.mark.parametrize("name", ["parquet", "arrow"])


def written(name: str, *held: Reading) -> bytes:
    out = io.BytesIO()
    FORMATS[name](iter(held), out)
    return out.getvalue()


def table(name: str, data: bytes) -> pa.Table:
    return pq.read_table(io.BytesIO(data)) if name == "parquet" else pa.ipc.open_file(io.BytesIO(data)).read_all()


@BOTH
def test_a_line_is_an_event_in_typed_columns(name: str, reading: Reading) -> None:
    found = table(name, written(name, reading))
    assert found.column_names == [*csv.COLUMNS, "publisher", "voice", "verdict"]
    assert found.column("id").to_pylist() == [event.id for event in reading.events]
    assert found.schema.field("earliest").type == pa.date32() and found.schema.field("trigger_start").type == pa.int64()


@BOTH
def test_both_say_what_the_frame_says(name: str, reading: Reading) -> None:
    told = [frames.Told.of(event, arrow.head_of(reading.report)) for event in reading.events]
    assert table(name, written(name, reading)).to_pylist() == frames.to_arrow(told).to_pylist()


@BOTH
def test_no_report_gives_the_columns(name: str, reading: Reading) -> None:
    assert table(name, written(name)).schema == table(name, written(name, reading)).schema


@BOTH
def test_events_come_in_batches(name: str, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrow, "BATCH", 3)
    reports = [replace(reading, report=replace(reading.report, id=f"r{n}")) for n in range(5)]
    data = written(name, *reports)
    assert table(name, data).num_rows == 10
    groups = pq.ParquetFile(io.BytesIO(data)).num_row_groups if name == "parquet" else pa.ipc.open_file(io.BytesIO(data)).num_record_batches
    assert groups == 4


@BOTH
def test_the_same_events_give_the_same_bytes(name: str, reading: Reading) -> None:
    assert written(name, reading) == written(name, reading)


@BOTH
def test_a_stream_without_a_position_will_do_and_stays_open(name: str, reading: Reading) -> None:
    class Pipe(io.BytesIO):
        def tell(self) -> int:
            raise OSError("a pipe has no position")

        def seek(self, *_: int) -> int:
            raise OSError("a pipe has no position")

    out = Pipe()
    FORMATS[name]([reading], out)
    assert table(name, out.getvalue()).num_rows == 2


@BOTH
def test_a_missing_library_is_named(name: str, reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    with pytest.raises(frames.MissingExtraError, match=r"onrecord\[frames\]"):
        written(name, reading)


def test_polars_reads_both(reading: Reading) -> None:
    assert pl.read_parquet(io.BytesIO(written("parquet", reading))).equals(pl.read_ipc(io.BytesIO(written("arrow", reading))))


@BOTH
@given(held=readings())
@settings(max_examples=25)
def test_strange_texts_come_back(name: str, held: Reading) -> None:
    line = table(name, written(name, held)).to_pylist()[0]
    carried = held.events[0].trigger.text.replace("\ud800", "\N{REPLACEMENT CHARACTER}")
    assert (line["trigger"], line["trigger_start"]) == (carried, held.events[0].trigger.start)


@BOTH
def test_a_day_that_is_none_is_missing(name: str, reading: Reading) -> None:
    odd = replace(reading, report=Report(reading.report.text, id="hand", published="2024-13-99"))
    assert table(name, written(name, odd)).column("published").to_pylist() == [None, None]
