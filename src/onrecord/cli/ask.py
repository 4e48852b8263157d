"""The questions to a record: events, search, timeline, contacts, demands, warnings, agenda, disputes, forces, tension."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from onrecord.cli import terminal
from onrecord.cli.asking import (
    DEFAULT,
    ID,
    Asked,
    Json,
    RecordFile,
    answer,
    answer_lines,
    compact,
    complaints,
    item_of,
    lasting,
    opened,
    question,
    table,
)

if TYPE_CHECKING:
    from onrecord.held import Told

TOPICS: Final = 6
SHOWN: Final = 160
"""Characters of a sentence that a table shows."""

Per = StrEnum("Per", ["day", "week"])
Type = Annotated[list[str] | None, typer.Option("--type", metavar="TYPE", help="Only events of this PLOVER type; may be given again.")]
Status = Annotated[
    list[str] | None, typer.Option("--status", metavar="STATUS", help="Only actual, planned, possible or negated ones; may be given again.")
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many.")]


def _period(asked: Asked) -> dict[str, str | None]:
    """Period and party, as the record takes them."""
    return {"since": asked.since, "until": asked.until, "actor": asked.actor}


def _sides(parties: Iterable[str]) -> str:
    return " + ".join(parties) or "–"


def _days(first: str | None, last: str | None) -> str:
    return "" if first is None else first if last in (None, first) else f"{first} –\n{last}"


def _shortly(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


def _who_tells(tellings: Iterable[Any]) -> str:
    """The publishers, each once; a report without one by its id."""
    return "\n".join(dict.fromkeys(telling.publisher or telling.report for telling in tellings))


# ---------------------------------------------------------------- rows


@question
def events(
    asked: Asked,
    type: Type = None,
    status: Status = None,
    recipient: Annotated[str | None, typer.Option(metavar="WHO", help="Only toward this party; --actor is then who acts.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Only from reports of this publisher.")] = None,
    source: Annotated[str | None, typer.Option(metavar="WHO", help="Only what this party says.")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Only at this place, or in this country (its code).")] = None,
    confidence: Annotated[float, typer.Option(metavar="0..1", min=0, max=1, help="Only rows at least so sure.")] = 0.0,
    limit: Limit = None,
) -> None:
    """List events, by day."""
    more = {"recipient": recipient, "publisher": publisher, "source": source, "place": place, "confidence": confidence, "limit": limit}
    with opened(asked.record) as record:
        answer(record.events(**_period(asked), **_kinds(type, status), **more), EVENT, asked, ("event", "events"))


def _kinds(types: list[str] | None, statuses: list[str] | None) -> dict[str, tuple[str, ...]]:
    """Types and statuses, checked: a misspelt one would find nothing and say nothing."""
    from onrecord.record import STATUSES, TYPES

    for given, known, option in ((types, TYPES, "--type"), (statuses, STATUSES, "--status")):
        for word in given or ():
            if word.upper() not in known and word.lower() not in known:
                raise typer.BadParameter(f"{word!r} is none of {', '.join(known)}", param_hint=option)
    return {"types": tuple(word.upper() for word in types or ()), "statuses": tuple(word.lower() for word in statuses or ())}


def _event(told: Told) -> str:
    return told.type + (f"/{told.mode}" if told.mode else "") + ("" if told.status == "actual" else f" ({told.status})")


def _parties(told: Told) -> str:
    return _sides(told.actors) + (f" → {_sides(told.recipients)}" if told.recipients else "")


EVENT: Final[dict[str, Callable[[Any], str]]] = {
    "day": lambda told: _days(told.earliest, told.latest) or f"({told.head.published or 'no day'})",
    "event": _event,
    "who": _parties,
    "words": lambda told: _shortly(told.event.sentence.text),
    "told by": lambda told: told.head.publisher or told.head.id,
    "row": lambda told: told.id[:ID] + (f"\n{told.verdict}" if told.verdict else ""),
}


@question
def search(
    asked: Asked,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help='Words that must all occur in the title or sentence; "in quotes" together.')
    ],
    type: Type = None,
    status: Status = None,
    limit: Limit = 20,
) -> None:
    """Search the events' words, the best matches first."""
    with opened(asked.record) as record:
        hits = record.search(" ".join(words), limit=limit, **_period(asked), **_kinds(type, status))
        answer((hit for hit in hits if hit.told is not None), HIT, asked, ("event", "events"))


def _of_hit(cell: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda hit: cell(hit.told)


HIT: Final[dict[str, Callable[[Any], str]]] = {
    **{name: _of_hit(cell) for name, cell in EVENT.items()},
    "words": lambda hit: " ".join(str(hit.excerpt).split()),
}


@question
def timeline(asked: Asked) -> None:
    """List what happened and what is to come, each event once however many reports tell it."""
    with lasting(asked.record) as record:
        answer_lines(record.lines("timeline", **_period(asked)), HAPPENING, asked, ("event", "events"))


HAPPENING: Final[dict[str, Callable[[Any], str]]] = {
    "day": lambda item: _days(item.first, item.last),
    "event": lambda item: item.type + ("" if item.status == "actual" else f" ({item.status})"),
    "who": lambda item: _sides(item.actors) + (f" → {_sides(item.recipients)}" if item.recipients else ""),
    "words": lambda item: _shortly(item.tellings[0].sentence.text),
    "voices": lambda item: str(item.voices),
}


# ---------------------------------------------------------------- contacts


@question
def contacts(asked: Asked) -> None:
    """List every call, meeting, visit and letter once, with who tells of it.  See one of them with: onrecord contact ID."""
    with lasting(asked.record) as record:
        answer_lines(record.lines("contacts", **_period(asked)), CONTACT, asked, ("contact", "contacts"))


CONTACT: Final[dict[str, Callable[[Any], str]]] = {
    "day": lambda item: _days(item.first, item.last),
    "contact": lambda item: item.sort + ("" if item.status == "held" else f" ({item.status})"),
    "who": lambda item: "\n".join(
        f"{one.name} ({one.country})" if one.country and one.country != one.name else one.name for one in item.participants
    ),
    "topics": lambda item: ", ".join(item.topics[:TOPICS]),
    "told by": lambda item: _who_tells(telling for side in item.accounts for telling in side.tellings),
    "id": lambda item: item.id[:ID],
}


def contact(
    id: Annotated[str, typer.Argument(metavar="ID", help="The contact's id, as `onrecord contacts` lists it, or its first letters.")],
    record: RecordFile = DEFAULT,
    json: Json = False,
) -> None:
    """Show one contact as its tellers tell it, side by side, and what only one of them says."""
    from onrecord.record import InputError

    with complaints(), lasting(record) as held:
        found = [line for line in held.lines("contacts") if line.startswith(compact({"id": id})[:-2].encode())]
        if len(found) != 1:
            raise InputError(f"{record}: {len(found) or 'no'} contact{'s' * (len(found) != 1)} with an id that starts with {id!r}")
        if json:
            typer.echo(found[0].decode())
        else:
            _show(item_of(found[0]))


def _show(item: Any) -> None:
    """What is known of it, then one column a publisher."""
    known = {
        "": f"{item.sort}, {item.status}",
        "who": ", ".join(f"{one.name} ({one.country})" for one in item.participants),
        "day": _days(item.first, item.last),
        "time": " ".join(part for part in (item.time, item.timezone) if part),
        "length": item.duration or "",
        "place": item.place or "",
        "asked for by": item.initiator or "",
        "planned for": ", ".join(item.planned_for),
    }
    typer.echo("\n".join(f"{name}: {' '.join(value.split())}".removeprefix(": ") for name, value in known.items() if value))
    sides = item.accounts
    table([side.publisher for side in sides], [[_account(side) for side in sides]])


def _account(side: Any) -> str:
    """What one publisher tells; a star marks what no other tells."""
    alone = {(thing.kind, thing.label) for thing in side.only}
    lines = [f"{'*' if (thing.kind, thing.label) in alone else ' '} {thing.kind}: {thing.label}" for thing in side.items]
    return "\n".join([*dict.fromkeys(telling.report for telling in side.tellings), *dict.fromkeys(lines)])


# ---------------------------------------------------------------- demands, warnings, disputes


@question
def demands(asked: Asked) -> None:
    """List who demands what of whom, since when, how often, and how it was answered."""
    with lasting(asked.record) as record:
        answer_lines(record.lines("demands", **_period(asked)), DEMAND, asked, ("demand", "demands"))


def _answered(item: Any) -> str:
    answers = [f"{one.verdict} by {_sides(one.by)}" + (f" on {one.day}" if one.day else "") for one in item.answers]
    return "\n".join([item.outcome, *dict.fromkeys(answers)]) if answers else item.outcome


DEMAND: Final[dict[str, Callable[[Any], str]]] = {
    "since": lambda item: item.since or "",
    "who": lambda item: _sides(item.by) + (f" → {_sides(item.of)}" if item.of else ""),
    "demand": lambda item: _shortly(item.content.text),
    "told": lambda item: f"{len(item.tellings)} ×",
    "answer": _answered,
    "id": lambda item: item.id[:ID],
}


@question
def warnings(asked: Asked) -> None:
    """List threats and warnings: the condition, the consequence, and whether it was carried out."""
    with lasting(asked.record) as record:
        answer_lines(record.lines("warnings", **_period(asked)), THREAT, asked, ("warning", "warnings"))


def _carried_out(item: Any) -> str:
    return "\n".join(dict.fromkeys(f"{one.type} {one.published or ''}".strip() for one in item.carried_out)) or "not so far"


THREAT: Final[dict[str, Callable[[Any], str]]] = {
    "since": lambda item: item.since or "",
    "who": lambda item: _sides(item.by) + (f" → {_sides(item.against)}" if item.against else ""),
    "consequence": lambda item: _shortly(item.consequence.text),
    "condition": lambda item: _shortly(item.condition.text) if item.condition else "",
    "told": lambda item: f"{len(item.tellings)} ×",
    "carried out": _carried_out,
    "id": lambda item: item.id[:ID],
}


@question
def disputes(asked: Asked) -> None:
    """List events that one source asserts and another denies, and accusations that were rejected, in the words of both."""
    with lasting(asked.record) as record:
        answer_lines(record.lines("disputes", **_period(asked)), DISPUTE, asked, ("disputed claim", "disputed claims"))


def _claims(side: str) -> Callable[[Any], str]:
    def told(item: Any) -> str:
        return "\n".join(f"{one.by}: {_shortly(one.telling.sentence.text)}" for one in getattr(item, side)[:SIDE])

    return told


SIDE: Final = 3
"""Tellings of one side of a dispute that a table shows."""
DISPUTE: Final[dict[str, Callable[[Any], str]]] = {
    "since": lambda item: item.since or "",
    "what": lambda item: f"{item.type} {_sides(item.actors)}" + (f" → {_sides(item.recipients)}" if item.recipients else ""),
    "asserted": _claims("asserted"),
    "denied": _claims("denied"),
}


# ---------------------------------------------------------------- agenda, forces, tension


@question
def agenda(
    asked: Asked,
    after: Annotated[
        str | None, typer.Option(metavar="DATE", callback=terminal.day, help="What is to come after this day; by default today.")
    ] = None,
    ics: Annotated[bool, typer.Option("--ics", help="Write it as a calendar (iCalendar, RFC 5545).")] = False,
) -> None:
    """List what is scheduled after a day, with what was moved or called off."""
    import datetime as dt

    from onrecord import ledger

    day = after or dt.datetime.now(dt.UTC).date().isoformat()
    with lasting(asked.record) as record:
        if ics:
            terminal.stdout(data=True).write(ledger.ics(record.agenda(day, **_period(asked))))
        else:
            answer_lines(record.lines("agenda", day, **_period(asked)), ITEM, asked, ("item", "items"))


ITEM: Final[dict[str, Callable[[Any], str]]] = {
    "day": lambda item: _days(item.first, item.last) + (f"\n{item.time} {item.timezone or ''}" if item.time else ""),
    "what": lambda item: item.what + ("" if item.status == "planned" else f" ({item.status})"),
    "who": lambda item: _sides(item.parties),
    "place": lambda item: item.place or "",
    "told by": lambda item: _who_tells(item.tellings),
}


@question
def forces(asked: Asked) -> None:
    """List military moves by owner, place and kind, with every figure told and who says it."""
    with lasting(asked.record) as record:
        answer_lines(record.lines("forces", **_period(asked)), FORCE, asked, ("force", "forces"))


def _figures(item: Any) -> str:
    told = (f"{one.value:,.0f} {one.unit or ''} ({one.day or 'no day'}, {one.says})" for one in item.figures)
    return "\n".join(dict.fromkeys(" ".join(line.split()) for line in told))


FORCE: Final[dict[str, Callable[[Any], str]]] = {
    "owner": lambda item: item.owner,
    "kind": lambda item: item.kind,
    "place": lambda item: item.place or "",
    "told": lambda item: f"{len(item.tellings)} ×",
    "figures": _figures,
}


@question
def tension(
    asked: Asked,
    per: Annotated[Per, typer.Option(help="How long a period is.")] = Per.week,
    both: Annotated[bool, typer.Option("--both", help="What passes between two states in either direction as one line.")] = False,
) -> None:
    """Score each pair of states by period: PLOVER's scale from -10 (conflict) to 10 (cooperation), copies counted once."""
    with opened(asked.record) as record:
        answer(record.tension("day" if per is Per.day else "week", not both, **_period(asked)), TENSION, asked, ("line", "lines"))


TENSION: Final[dict[str, Callable[[Any], str]]] = {
    "day": lambda item: _days(item.first, item.last),
    "who": lambda item: f"{item.source} → {item.target}",
    "mean": lambda item: f"{item.mean:+.1f}",
    "sum": lambda item: f"{item.sum:+.1f}",
    "events": lambda item: str(item.count),
}
