"""Events as frames: one line an event, typed columns, the same in all three libraries."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

import onrecord
from onrecord.export import frames
from onrecord.held import Head, Told


@pytest.fixture(scope="module")
def tolds() -> list[Told]:
    reading = onrecord.read("Chile expelled two Peruvian diplomats on Monday, an official said.\nPeru protested.", published="2021-12-30")
    head = Head(reading.report.id, "first", published="2021-12-30", publisher="A paper")
    return [Told.of(event, head, "right") for event in reading.events]


def test_a_line_is_an_event(tolds: list[Told]) -> None:
    table = frames.to_arrow(tolds)
    assert table.column("id").to_pylist() == [told.id for told in tolds] and len(tolds) >= 1


def test_columns_have_their_types(tolds: list[Told]) -> None:
    schema = frames.to_arrow(tolds).schema
    assert schema.field("earliest").type == pa.date32() and schema.field("trigger_start").type == pa.int64()
    assert schema.field("score").type == pa.float64() and schema.field("source_anonymous").type == pa.bool_()


def test_what_the_record_adds_is_there(tolds: list[Told]) -> None:
    first = frames.to_arrow(tolds).to_pylist()[0]
    assert (first["voice"], first["verdict"], first["publisher"]) == ("first", "right", "A paper")
    assert first["earliest"] == dt.date(2021, 12, 27)


def test_no_event_gives_the_same_columns(tolds: list[Told]) -> None:
    assert frames.to_arrow([]).schema == frames.to_arrow(tolds).schema


def test_pandas_and_polars_say_the_same(tolds: list[Told]) -> None:
    lines = frames.to_arrow(tolds).to_pylist()
    assert frames.to_polars(tolds).to_dicts() == lines
    assert list(frames.to_pandas(tolds)["trigger"]) == [line["trigger"] for line in lines]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(frames.MissingExtraError, match="polars"):
        frames.to_polars([])
