"""Calendar arithmetic: periods of whole days, how they shift, narrow and are written in TIMEX3.

Pure functions on ``datetime.date``; a result outside the years 1 to 9999 is None, never an error.
Weeks run Monday to Sunday.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final, NamedTuple


class Period(NamedTuple):
    """The days from ``first`` to ``last``, both included, and the TIMEX3 value that names them."""

    first: date
    last: date
    value: str


def make_day(year: int, month: int, day: int) -> date | None:
    """That day, or None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def move(day: date, days: int) -> date | None:
    """The day so many days on, or None beyond the calendar's ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def one_day(day: date) -> Period:
    """A period of one day."""
    return Period(day, day, day.isoformat())


def month(year: int, number: int) -> Period | None:
    """A calendar month; the number may run over into other years (0 is last December)."""
    years, index = divmod(number - 1, 12)
    year += years
    if not 1 <= year <= 9999:
        return None
    first = date(year, index + 1, 1)
    return Period(first, first.replace(day=monthrange(year, index + 1)[1]), f"{year:04d}-{index + 1:02d}")


def year(number: int) -> Period | None:
    """A calendar year."""
    return years(number, number, f"{number:04d}") if 1 <= number <= 9999 else None


def years(first: int, last: int, value: str) -> Period | None:
    """Whole years from first to last."""
    if not 1 <= first <= last <= 9999:
        return None
    return Period(date(first, 1, 1), date(last, 12, 31), value)


def decade(first: int) -> Period | None:
    """The ten years that begin with that one."""
    return years(first, first + 9, f"{first // 10:03d}")


def century(number: int) -> Period | None:
    """The 21st century is 2000 to 2099, as newspapers count."""
    return years(max(1, (number - 1) * 100), number * 100 - 1, f"{number - 1:02d}")


def week(day: date, shift: int = 0) -> Period | None:
    """The Monday-to-Sunday week that holds the day, or the one so many weeks on."""
    first = move(day, 7 * shift - day.weekday())
    last = move(first, 6) if first else None
    if first is None or last is None:
        return None
    number = first.isocalendar()
    return Period(first, last, f"{number.year:04d}-W{number.week:02d}")


def weekend(day: date, shift: int = 0) -> Period | None:
    """Saturday and Sunday of the week that holds the day, or of one so many weeks on."""
    whole = week(day, shift)
    first = move(whole.first, 5) if whole else None
    return Period(first, whole.last, whole.value + "-WE") if whole and first else None


def part(number: int, size: int, of_year: int, letter: str) -> Period | None:
    """The n-th part of a year of that many months: quarters (3, Q), halves (6, H)."""
    first, last = month(of_year, size * (number - 1) + 1), month(of_year, size * number)
    return Period(first.first, last.last, f"{first.first.year:04d}-{letter}{_within(number, 12 // size)}") if first and last else None


def _within(number: int, count: int) -> int:
    return (number - 1) % count + 1


SEASONS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def season(code: str, of_year: int) -> Period | None:
    """A northern season by the month it begins in; a winter is named by its December."""
    first, last = month(of_year, SEASONS[code]), month(of_year, SEASONS[code] + 2)
    return Period(first.first, last.last, f"{of_year:04d}-{code}") if first and last else None


def calendar_unit(unit: str, day: date, shift: int = 0) -> Period | None:
    """The calendar day, week, month … that holds the day, or the one so many units on."""
    match unit:
        case "second" | "minute" | "hour":
            return one_day(day)
        case "day" | "night":
            other = move(day, shift)
            return one_day(other) if other else None
        case "week":
            return week(day, shift)
        case "fortnight":
            return week(day, 2 * shift)
        case "weekend":
            return weekend(day, shift)
        case "month":
            return month(day.year, day.month + shift)
        case "quarter":
            return part((day.month - 1) // 3 + 1 + shift, 3, day.year, "Q")
        case "half":
            return part((day.month - 1) // 6 + 1 + shift, 6, day.year, "H")
        case "year":
            return year(day.year + shift)
        case "decade":
            return decade(day.year // 10 * 10 + 10 * shift)
        case "century":
            return century(day.year // 100 + 1 + shift)
        case _:
            return None


MONTHS: Final = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
DAYS: Final = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}


def shift(day: date, count: int, unit: str) -> date | None:
    """The same day so many units on (the last of the month where it has no such day)."""
    if unit not in MONTHS:
        return move(day, count * DAYS.get(unit, 0))
    target = month(day.year, day.month + count * MONTHS[unit])
    return target.first.replace(day=min(day.day, target.last.day)) if target else None


def edge(period: Period, where: str) -> Period:
    """The early, mid or late third of a period; its start or end (a month of a year, else a few days)."""
    days = (period.last - period.first).days
    if where in ("start", "end") and days > 300:
        first = month(period.first.year, period.first.month)
        last = month(period.last.year, period.last.month)
        side = first if where == "start" else last
        return Period(side.first, side.last, period.value) if side else period
    return Period(*_third(period, days, where), period.value)


def _third(period: Period, days: int, where: str) -> tuple[date, date]:
    """The bounds of a third; thirds of a year are whole months, of longer times whole years."""
    if days > 1000:
        return _years_third(period, where)
    if days > 300 and period.first.year == period.last.year:
        low, high = {"early": (1, 4), "mid": (5, 8)}.get(where, (9, 12))
        return date(period.first.year, low, 1), period.last.replace(month=high, day=monthrange(period.first.year, high)[1])
    third = (days + 1) // 3
    near, far = period.first + timedelta(days=max(0, third - 1)), period.last - timedelta(days=max(0, third - 1))
    match where:
        case "early" | "start":
            return period.first, near
        case "mid" if near < far - timedelta(days=1):
            return near + timedelta(days=1), far - timedelta(days=1)
        case "mid":
            return period.first, period.last
        case _:
            return far, period.last


def _years_third(period: Period, where: str) -> tuple[date, date]:
    """The early 1990s are 1990 to 1993, the mid-1990s 1993 to 1996, the late 1990s 1997 to 1999."""
    size = (period.last.year - period.first.year + 1) // 3
    low, high = {"early": (0, size), "start": (0, size), "mid": (size, 2 * size)}.get(where, (2 * size + 1, 3 * size))
    return date(period.first.year + low, 1, 1), min(period.last, date(period.first.year + high, 12, 31))


LETTERS: Final = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "night": "D", "week": "W", "fortnight": "W", "weekend": "W",
    "month": "M", "quarter": "Q", "half": "M", "year": "Y", "decade": "Y", "century": "Y", "millennium": "Y",
}  # fmt: skip


def duration(count: float | None, unit: str) -> str:
    """An ISO 8601 duration (TIMEX3's X where the count is vague): 50 minutes are PT50M."""
    factor = {"fortnight": 2, "half": 6, "decade": 10, "century": 100, "millennium": 1000}.get(unit, 1)
    letter = LETTERS[unit]
    time, letter = ("T", letter[1]) if letter[0] == "T" else ("", letter)
    return f"P{time}{'X' if count is None else f'{count * factor:g}'}{letter}"


def plain_duration(value: str) -> str | None:
    """A TIMEX3 duration as ISO 8601 knows it: no quarters, no vague counts."""
    if "X" in value:
        return None
    return f"P{float(value[1:-1]) * 3:g}M" if value.endswith("Q") else value
