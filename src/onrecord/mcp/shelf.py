"""A record with what was last derived from it at hand, so that the next page costs nothing anew."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import fields
from typing import Any, Final

from onrecord.held import Head, Wanted
from onrecord.keeping import Record
from onrecord.ledger.tellings import Telling
from onrecord.mcp.citing import Cite, cite
from onrecord.record import Span

KEPT: Final = 8
"""Answers that are kept at a time."""


class Shelf:
    """A record that is asked again and again; what is at hand is derived anew once somebody else writes to the record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.lock = threading.Lock()
        """Held while a question is answered: the tools run in threads, the record is one file."""
        self._state = -1
        self._derived: dict[Hashable, Any] = {}

    def derived(self, key: Hashable, derive: Callable[[], Any]) -> Any:
        """What a function gives, or gave last time for the same key and the same record."""
        state = self.record.store.changes()
        if state != self._state:
            self._state, self._derived = state, {}
        if key not in self._derived:
            self._derived[key] = derive()
            if len(self._derived) > KEPT:
                del self._derived[next(iter(self._derived))]
        return self._derived[key]

    def items(self, name: str, wanted: Wanted, **more: Any) -> Sequence[Any]:
        """A list of the ledger by the name of the record's method, joined over the whole record."""
        ask: Callable[..., list[Any]] = getattr(self.record, name)
        found: list[Any] = self.derived((name, wanted, *more.items()), lambda: ask(**more, **asked(wanted)))
        return found

    def head(self, report: str) -> Head:
        """A report's head by its id."""
        heads: dict[str, Head] = self.derived("heads", lambda: {head.id: head for head in self.record.reports()})
        return heads.get(report) or Head(report, report)

    def cited(self, telling: Telling, span: Span | None = None) -> Cite:
        """A telling's sentence, or other words of it, as its report is cited."""
        return cite(self.head(telling.report), span or telling.sentence)


def asked(wanted: Wanted) -> dict[str, Any]:
    """What of a question differs from asking for everything."""
    return {f.name: getattr(wanted, f.name) for f in fields(Wanted) if getattr(wanted, f.name) != f.default}
