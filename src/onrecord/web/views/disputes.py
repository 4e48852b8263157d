"""Disputed claims: what one source asserts and another denies, in the words of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, get_args

from fastapi import APIRouter, Request, Response

from onrecord.ledger import Dispute
from onrecord.ledger.disputes import Kind, Voice
from onrecord.record import Span
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.filters import parsed

router = APIRouter(include_in_schema=False)
OWN: Final = ("kind",)
KINDS: Final[tuple[str, ...]] = get_args(Kind)
FIRST: Final = 4
"""Voices of one side that are shown at once; the rest unfold."""


@router.get("/disputes")
@router.get("/disputes.json")
@router.get("/disputes.csv")
def disputes(request: Request) -> Response:
    """The list of disputed claims."""
    desk, query = desk_of(request), parsed(request, own=(*OWN, *sheets.PAGED))
    kind = sheets.choice(query, "kind", KINDS)
    every: list[Dispute] = desk.ledgers.get("disputes", query.wanted)
    found = sheets.by_day((item for item in every if kind in (None, item.kind)), query)

    def shown(part: sheets.Sheet[Dispute]) -> Response:
        claims = [Line(item, _side(item.asserted), _side(item.denied)) for item in part.items]
        fresh = desk.ledgers.fresh(("disputes",))
        return answers.page(request, "disputes.html", sheet=part, query=query, claims=claims, kinds=KINDS, first=FIRST, fresh=fresh)

    return sheets.listing(request, query, found, COLUMNS, page=shown)


@dataclass(frozen=True, slots=True)
class Said:
    """One voice with its sentence cut around the words that matter: before, the words, after."""

    voice: Voice
    parts: tuple[str, str, str]
    copies: int
    """Further tellings of the same wire story, which count as this one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One dispute as the list shows it."""

    dispute: Dispute
    asserted: tuple[Said, ...]
    denied: tuple[Said, ...]


def _side(voices: Sequence[Voice]) -> tuple[Said, ...]:
    """The voices of one side; copies of one story once, with their number."""
    told: dict[tuple[str, str], list[Voice]] = {}
    for voice in voices:
        told.setdefault((voice.by, voice.telling.voice), []).append(voice)
    return tuple(
        Said(voice, around(voice.telling.sentence, voice.telling.content or voice.telling.trigger), len(same) - len(own))
        for same in told.values()
        for own in [[one for one in same if one.telling.report == same[0].telling.report]]
        for voice in own
    )


def around(sentence: Span, part: Span) -> tuple[str, str, str]:
    """A sentence cut around a part of it; uncut (the part empty) where it does not hold the part."""
    start, end = part.start - sentence.start, part.end - sentence.start
    if start < 0 or sentence.text[start:end] != part.text:
        return sentence.text, "", ""
    return sentence.text[:start], part.text, sentence.text[end:]


def _told(voices: Sequence[Voice]) -> str:
    return "; ".join(f"{voice.by}: {' '.join(voice.telling.sentence.text.split())}" for voice in voices)


COLUMNS: Final[answers.Columns] = {
    "id": lambda item: item.id,
    "since": lambda item: item.since,
    "kind": lambda item: item.kind,
    "type": lambda item: item.type,
    "actors": lambda item: "; ".join(item.actors),
    "recipients": lambda item: "; ".join(item.recipients),
    "asserted": lambda item: _told(item.asserted),
    "denied": lambda item: _told(item.denied),
    "rows": lambda item: "; ".join(item.rows),
}
