"""iCalendar: what is planned, as entries of a calendar (RFC 5545).

One entry a planned event with a date, by the day or days the text tells; with a time where day, time and time zone are known.
Sentences of one report that tell of the same meeting share an entry, by the narrowest date among them; a later report that says
the same of the same days and place (a copy, say) adds none.  ``DESCRIPTION`` has the sentences, ``STATUS`` is TENTATIVE while more
than one day may be meant, ``DTSTAMP`` is the report's day.  Each report's own plans stand here; plans that later reports move or
cancel are the agenda's business (``onrecord agenda``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, TextIO
from zoneinfo import ZoneInfo

from onrecord import knowledge
from onrecord.export import coded, words
from onrecord.record import Event, Reading, When

if TYPE_CHECKING:
    import icalendar

PRODUCT: Final = "-//onrecord//export//EN"
BEGIN: Final = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n"
END: Final = "END:VCALENDAR\r\n"
SAME: Final = ("SUMMARY", "DTSTART", "DTEND", "LOCATION")
"""Entries that agree in these say the same."""
NO_DAY: Final = date(1970, 1, 1)
"""The stamp of a report without a day: the format asks for one."""


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write one calendar, each reading's entries as soon as it is read."""
    stream.write(BEGIN)
    seen: set[tuple[str, ...]] = set()
    for reading in readings:
        for plans in planned(reading):
            made = entry(plans, reading)
            said = tuple(str(made[name].to_ical()) for name in SAME if name in made)
            if said not in seen:
                stream.write(made.to_ical().decode("utf-8"))
            seen.add(said)
        stream.flush()
    stream.write(END)


def planned(reading: Reading) -> Iterator[list[Event]]:
    """The planned events with a date, those of the same contact together, the narrowest date first."""
    groups: dict[str, list[Event]] = {}
    for event in coded.told(reading):
        if event.status == "planned" and event.date is not None and event.date.earliest is not None:
            groups.setdefault(event.contact or event.id, []).append(event)
    for group in groups.values():
        yield sorted(group, key=_width)


def _width(event: Event) -> int:
    """How many days may be meant, beyond the first."""
    first, last = days(event.date)
    return (last - first).days


def days(when: When | None) -> tuple[date, date]:
    """The first and the last day that may be meant; ValueError when there is no first."""
    if when is None or when.earliest is None:
        raise ValueError("a calendar needs a day")
    first = date.fromisoformat(when.earliest)
    return first, date.fromisoformat(when.latest) if when.latest else first


def entry(plans: list[Event], reading: Reading) -> icalendar.Event:
    """One entry of the calendar."""
    import icalendar  # late: only who exports a calendar pays for it

    best, made = plans[0], icalendar.Event()
    first, last = days(best.date)
    start = moment(best.date)
    made.add("uid", f"{best.id}@onrecord")
    made.add("dtstamp", datetime.combine(stamp(reading), datetime.min.time(), UTC))
    made.add("dtstart", start or first)
    if start is None:
        made.add("dtend", last if last == date.max else last + timedelta(days=1))
    made.add("summary", f"{words.parties(best)}: {words.labels('types')[best.type]['name']}")
    made.add("status", "CONFIRMED" if first == last else "TENTATIVE")
    made.add("description", "\n".join(dict.fromkeys(words.clean(plan.sentence.text) for plan in plans)))
    _where(made, best)
    if reading.report.url:
        made.add("url", words.clean(reading.report.url))
    return made


def _where(made: icalendar.Event, event: Event) -> None:
    """The place and its coordinates, where they are known."""
    if event.place is not None:
        made.add("location", words.where(event.place))
        if event.place.lat is not None and event.place.lon is not None:
            made.add("geo", (event.place.lat, event.place.lon))


def stamp(reading: Reading) -> date:
    """The day the report came out."""
    day = coded.published(reading)
    return date.fromisoformat(day) if day else NO_DAY


def moment(when: When | None) -> datetime | None:
    """The moment it starts, in UTC; None unless one day, the time and a known time zone are told."""
    if when is None or when.time is None or when.earliest is None or when.earliest != when.latest:
        return None
    zone = knowledge.table("english/ledger")["zones"].get((when.timezone or "").lower().removesuffix(" time"))
    return datetime.fromisoformat(f"{when.earliest}T{when.time}").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if zone else None
