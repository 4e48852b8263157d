"""Demands: who demands what of whom, as a matrix by party, and each demand with its answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from onrecord.ledger import Demand
from onrecord.ledger.demands import Outcome
from onrecord.ledger.tellings import Telling
from onrecord.web import answers, sheets
from onrecord.web.desk import desk_of
from onrecord.web.filters import Query, parsed

router = APIRouter(include_in_schema=False)
OWN: Final = ("by", "of", "outcome")
OUTCOMES: Final[Mapping[str, Outcome]] = {"open": "none yet", "refused": "refused", "partly": "partly", "accepted": "accepted"}
"""What an outcome is called in an address."""
NAMES: Final[Mapping[str, str]] = {outcome: name for name, outcome in OUTCOMES.items()}
ROWS, ACROSS = 16, 10
"""Parties of the matrix at most: those with the most demands."""


@router.get("/demands")
@router.get("/demands.json")
@router.get("/demands.csv")
def demands(request: Request) -> Response:
    """The matrix, and the list of demands below it."""
    desk, query = desk_of(request), parsed(request, own=(*OWN, *sheets.PAGED))
    every: list[Demand] = desk.ledgers.get("demands", query.wanted)
    found = chosen(every, query)

    def shown(part: sheets.Sheet[Demand]) -> Response:
        more: dict[str, Any] = {
            "matrix": matrix(every),
            "asked": [line(item) for item in part.items],
            "fresh": desk.ledgers.fresh(("demands",)),
        }
        return answers.page(request, "demands.html", sheet=part, query=query, outcomes=OUTCOMES, **more)

    return sheets.listing(request, query, found, COLUMNS, page=shown)


def chosen(every: Iterable[Demand], query: Query) -> list[Demand]:
    """The demands that the page's own parameters ask for, the newest first (or the oldest), those without a day last."""
    by, of = sheets.party(query, "by"), sheets.party(query, "of")
    outcome = sheets.choice(query, "outcome", OUTCOMES)
    wanted = OUTCOMES[outcome] if outcome else None
    found = [item for item in every if by(item.by) and of(item.of) and wanted in (None, item.outcome)]
    return sheets.by_day(found, query)


# ---------------------------------------------------------------- the matrix


@dataclass(slots=True)
class Cell:
    """How many demands one party makes of another, by what became of them."""

    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """All of them."""
        return self.outcomes.total()

    @property
    def marks(self) -> tuple[tuple[str, int], ...]:
        """Outcomes with their numbers, in the order of the legend."""
        return tuple((name, self.outcomes[name]) for name in OUTCOMES if self.outcomes[name])


@dataclass(frozen=True, slots=True)
class Matrix:
    """Demands by who makes them (rows) and of whom (columns; ``-`` where no addressee is told), the busiest first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    left_out: tuple[int, int]
    """How many further rows and columns there are."""


def matrix(items: Iterable[Demand]) -> Matrix:
    """The matrix of some demands; one that several parties make, or make of several, stands in the cell of each."""
    cells: dict[tuple[str, str], Cell] = {}
    made: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for item in items:
        addressed = item.of or (sheets.NOBODY,)
        made.update(item.by)
        met.update(addressed)
        for by in item.by:
            for of in addressed:
                cells.setdefault((by, of), Cell()).outcomes[NAMES[item.outcome]] += 1
    rows, columns = _busiest(made, ROWS), _busiest(met, ACROSS)
    return Matrix(rows, columns, cells, (len(made) - len(rows), len(met) - len(columns)))


def _busiest(count: Counter[str], most: int) -> tuple[str, ...]:
    """The parties with the most demands, by code where they have as many; nobody named last."""
    named = sorted((code for code in count if code != sheets.NOBODY), key=lambda code: (-count[code], code))
    return (*named[:most], *(code for code in count if code == sheets.NOBODY))


# ---------------------------------------------------------------- the list


@dataclass(frozen=True, slots=True)
class Line:
    """One demand as the list shows it; ``home`` is the telling that its words are from."""

    demand: Demand
    outcome: str
    home: Telling

    @property
    def voices(self) -> int:
        """How many tell it, copies counted once."""
        return len({telling.voice for telling in self.demand.tellings})


def line(demand: Demand) -> Line:
    """A demand as the list shows it."""
    return Line(demand, NAMES[demand.outcome], sheets.holder(demand.content, demand.tellings))


COLUMNS: Final[answers.Columns] = {
    "id": lambda item: item.id,
    "since": lambda item: item.since,
    "by": lambda item: "; ".join(item.by),
    "of": lambda item: "; ".join(item.of),
    "content": lambda item: " ".join(item.content.text.split()),
    "outcome": lambda item: NAMES[item.outcome],
    "tellings": lambda item: len(item.tellings),
    "publishers": lambda item: "; ".join(sheets.tellers(item.tellings)),
    "answers": lambda item: "; ".join(f"{one.verdict} by {' + '.join(one.by)} {one.day or ''}".strip() for one in item.answers),
    "rows": lambda item: "; ".join(item.rows),
}
