"""The field ``status``: whether an event happened, is planned, is possible, or did not happen."""

from __future__ import annotations

from datetime import date

import pytest

import rows
from onrecord.record import Reading, Span, When
from onrecord.stages import status

CASES = rows.load("status")
DAY = date(2024, 5, 10)


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    return rows.read(CASES)


@pytest.mark.parametrize("case", CASES, ids=rows.title)
def test_status_follows_the_words_around_the_event(case: rows.Case, readings: dict[str, Reading]) -> None:
    assert rows.misses(case, readings[case["text"]]) == []


def on(day: str | None) -> When:
    return When(Span("then", 0, 4), day, day)


def test_what_is_told_of_a_day_to_come_is_planned() -> None:
    assert status.on_day("actual", on("2024-05-11"), DAY) == "planned"


def test_what_is_told_of_the_day_itself_has_happened() -> None:
    assert status.on_day("actual", on("2024-05-10"), DAY) == "actual"


@pytest.mark.parametrize("weak", ["possible", "negated"])
def test_a_day_to_come_leaves_other_statuses_alone(weak: status.Status) -> None:
    assert status.on_day(weak, on("2024-05-11"), DAY) == weak


def test_without_a_publication_date_no_day_lies_ahead() -> None:
    assert status.on_day("actual", on("2024-05-11"), None) == "actual"


def test_an_unresolved_day_lies_nowhere() -> None:
    assert status.on_day("actual", on(None), DAY) == "actual"


def test_every_status_has_its_cases() -> None:
    told = [row.split()[1] for case in CASES for row in case["rows"]]
    assert all(told.count(value) >= 4 for value in ("actual", "planned", "possible", "negated"))
