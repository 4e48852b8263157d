"""Warnings: what is threatened, on what condition, how often, and whether it was carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from onrecord.ledger import Threat
from onrecord.ledger.tellings import Telling
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.filters import Query, parsed

router = APIRouter(include_in_schema=False)
OWN: Final = ("by", "against", "done")
DONE: Final = ("yes", "no")


@router.get("/warnings")
@router.get("/warnings.json")
@router.get("/warnings.csv")
def warnings(request: Request) -> Response:
    """The list of threats and warnings."""
    desk, query = desk_of(request), parsed(request, own=(*OWN, *sheets.PAGED))
    every: list[Threat] = desk.ledgers.get("warnings", query.wanted)
    found = chosen(every, query)

    def shown(part: sheets.Sheet[Threat]) -> Response:
        more: dict[str, Any] = {
            "made": [line(item) for item in part.items],
            "pairs": pairs(every),
            "fresh": desk.ledgers.fresh(("warnings",)),
        }
        return answers.page(request, "warnings.html", sheet=part, query=query, done=DONE, **more)

    return sheets.listing(request, query, found, COLUMNS, page=shown)


def chosen(every: Iterable[Threat], query: Query) -> list[Threat]:
    """The warnings that the page's own parameters ask for, the newest first (or the oldest), those without a day last."""
    by, against = sheets.party(query, "by"), sheets.party(query, "against")
    done = sheets.choice(query, "done", DONE)
    found = (item for item in every if by(item.by) and against(item.against) and done in (None, DONE[not item.carried_out]))
    return sheets.by_day(found, query)


PAIRS: Final = 12


def pairs(every: Iterable[Threat]) -> list[tuple[str, str, int]]:
    """Who warns whom, how often, the most frequent first; ``-`` where nobody is named."""
    count = Counter((by, against) for item in every for by in item.by for against in (item.against or (sheets.NOBODY,)))
    return [(by, against, times) for (by, against), times in sorted(count.items(), key=lambda one: (-one[1], one[0]))[:PAIRS]]


@dataclass(frozen=True, slots=True)
class Line:
    """One warning as the list shows it; ``home`` is the telling that its words are from."""

    threat: Threat
    home: Telling
    voices: int


def line(threat: Threat) -> Line:
    """A warning as the list shows it."""
    voices = {telling.voice for telling in threat.tellings}
    return Line(threat, sheets.holder(threat.consequence, threat.tellings), len(voices))


COLUMNS: Final[answers.Columns] = {
    "id": lambda item: item.id,
    "since": lambda item: item.since,
    "by": lambda item: "; ".join(item.by),
    "against": lambda item: "; ".join(item.against),
    "mode": lambda item: item.mode,
    "condition": lambda item: " ".join(item.condition.text.split()) if item.condition else None,
    "consequence": lambda item: " ".join(item.consequence.text.split()),
    "tellings": lambda item: len(item.tellings),
    "publishers": lambda item: "; ".join(sheets.tellers(item.tellings)),
    "carried_out": lambda item: "; ".join(dict.fromkeys(f"{one.type} {one.published or ''}".strip() for one in item.carried_out)),
    "rows": lambda item: "; ".join(item.rows),
}
