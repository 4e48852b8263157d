"""The table for people."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from onrecord.export import FORMATS
from onrecord.export.table import picture
from onrecord.record import Reading, Report


def drawn(reading: Reading, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width, highlight=False).print(picture(reading, width))
    return out.getvalue()


def test_a_row_shows_parties_date_source_and_words(reading: Reading) -> None:
    shown = drawn(reading, 80)
    for words in ("Portugal → Spain (government)", "2024-03-11", "says Rui Mota (Portugal, government)", "[rejected]"):
        assert words in shown


def test_a_row_is_marked_by_status_without_colour(reading: Reading) -> None:
    assert "● actual" in drawn(reading, 80) and "? possible" in drawn(reading, 80)


def test_flags_are_shown_in_words(reading: Reading) -> None:
    assert "[damaged sentence]" in drawn(reading, 80)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_terminal(reading: Reading, width: int) -> None:
    assert max(map(len, drawn(reading, width).splitlines())) <= width


def test_a_reading_without_events_still_has_its_heading() -> None:
    out = io.StringIO()
    FORMATS["table"]([Reading(Report("Nothing happened."))], out)
    assert "Nothing happened." in out.getvalue() and "0 events, 0 statements" in out.getvalue()


def test_control_characters_never_reach_the_terminal(reading: Reading) -> None:
    hostile = replace(reading.report, title="Title\x1b[31m\x07 \u202eback")
    out = io.StringIO()
    FORMATS["table"]([replace(reading, report=hostile)], out)
    assert "\x1b" not in out.getvalue() and "\u202e" not in out.getvalue()


def test_markup_in_a_text_is_not_obeyed(reading: Reading) -> None:
    hostile = replace(reading.report, title="[red]Title[/red]")
    assert "[red]Title[/red]" in drawn(replace(reading, report=hostile), 80)
