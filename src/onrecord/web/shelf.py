"""All reports of a record in their order, without their texts: what stands before and after each, and how much it tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.held import Head
from onrecord.keeping import Record
from onrecord.web.desk import Desk


@dataclass(frozen=True, slots=True)
class Shelved:
    """A report's head, and how many events and statements it has."""

    head: Head
    events: int
    statements: int

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        head = self.head
        about = {"id": head.id, "title": head.title, "published": head.published, "publisher": head.publisher, "url": head.url}
        more = {"language": head.language, "author": head.author, "voice": head.voice}
        return {**about, **more, "events": self.events, "statements": self.statements}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The reports by day and id."""

    reports: tuple[Shelved, ...]
    places: Mapping[str, int]

    def head(self, id_: str) -> Head | None:
        """A report's head."""
        return self.reports[self.places[id_]].head if id_ in self.places else None

    def beside(self, id_: str) -> tuple[Head | None, Head | None]:
        """The reports before and after one."""
        at = self.places.get(id_)
        if at is None:
            return None, None
        return tuple(self.reports[k].head if 0 <= k < len(self.reports) else None for k in (at - 1, at + 1))  # type: ignore[return-value]


def shelf(desk: Desk) -> Shelf:
    """All reports; kept until the record changes."""
    return desk.ledgers.kept(("shelf",), made)


def made(record: Record) -> Shelf:
    """All reports of a record."""
    sizes = record.store.sizes()
    reports = tuple(Shelved(head, *sizes.get(head.id, (0, 0))) for head in record.reports())
    return Shelf(reports, {one.head.id: k for k, one in enumerate(reports)})
