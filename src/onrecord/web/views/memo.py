"""What a page makes of the ledgers, kept as long as they hold: a drawing of thousands of events is drawn once, not for each reader."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from onrecord.held import Wanted
from onrecord.web.desk import Desk
from onrecord.web.drawing.svg import Element
from onrecord.web.filters import Query

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """A drawing as it was written out once, escaped: templates take it as it is."""

    markup: str

    def __html__(self) -> str:
        """The drawing."""
        return self.markup


def written(drawn: Element) -> Written:
    """A drawing to be kept."""
    return Written(drawn.__html__())


def kept(desk: Desk, page: str, query: Query, needs: Iterable[Hashable], made: Callable[[], T]) -> T:
    """What a page makes for a query of kept answers (``needs``: their keys in ``Ledgers``).

    It is made each time while any of them is behind the record: it would else outlive the answer that it was made of.
    """
    edition = desk.ledgers.edition
    if not all(desk.ledgers.fresh(key) for key in needs):
        return made()
    return desk.ledgers.kept((page, edition, query.pairs), lambda _: made())


def ledger(question: str, wanted: Wanted, **options: str | bool) -> list[Hashable]:
    """The keys under which a list of the ledger is kept, with what chooses from it."""
    if question == "tension":
        return [(question, wanted, *sorted(options.items()))]
    return [(question, *sorted(options.items())), ("ids", wanted)]
