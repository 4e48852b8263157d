"""What all pages share: the record, the ledgers that were derived from it, the templates."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from fastapi import Request

from onrecord.keeping import Record
from onrecord.web.ledgers import Ledgers


class Desk:
    """One record and what is known of it.  Any number of threads may ask it at once."""

    def __init__(self, path: Path, judge: bool = False) -> None:
        """Open the record; StoreError says why it cannot be."""
        self.path = path
        self.judge = judge
        self.token = secrets.token_urlsafe(24)
        """What a form must bring along to be taken: a page of somebody else cannot know it."""
        self._free: list[Record] = [Record(path, readonly=True)]
        self._lock = threading.Lock()
        self._closed = False
        self.ledgers = Ledgers(path)

    @contextmanager
    def record(self) -> Iterator[Record]:
        """The record for reading, for this request alone; a connection is kept for the next."""
        with self._lock:
            kept = self._free.pop() if self._free else None
        record = kept or Record(self.path, readonly=True)
        try:
            yield record
        finally:
            with self._lock:
                if not self._closed:
                    self._free.append(record)
                    record = None  # type: ignore[assignment]
            if record is not None:
                record.close()

    @contextmanager
    def writing(self) -> Iterator[Record]:
        """The record for one judgement; StoreError while somebody else writes for too long."""
        with Record(self.path) as record:
            yield record

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            self._closed, free = True, self._free
            self._free = []
        for record in free:
            record.close()
        self.ledgers.close()


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    return cast(Desk, request.app.state.desk)
