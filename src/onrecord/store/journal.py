"""The journal of adding: what could not be added, and what servers said of their pages; and files written whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from onrecord.record import digest
from onrecord.store import sql
from onrecord.store.errors import StoreError
from onrecord.store.values import packed, packed_or_none, unpacked, unpacked_or_none


@dataclass(frozen=True, slots=True)
class Failed:
    """Something that could not be added: where, why, and when this was first seen."""

    where: str
    reason: str
    at: str

    def to_dict(self) -> dict[str, str]:
        """JSON-ready."""
        return {"where": self.where, "reason": self.reason, "at": self.at}

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said of a page (headers ETag and Last-Modified), to be sent back when asking again."""

    etag: str | None = None
    last_modified: str | None = None


def fail(db: apsw.Connection, where: str, reason: str, at: str) -> None:
    """Note a failure; the same place and reason again changes nothing."""
    db.execute("INSERT OR IGNORE INTO failures (origin, reason, at) VALUES (?, ?, ?)", (packed(where), packed(reason), at))


def clear(db: apsw.Connection, where: str) -> None:
    """Forget the failures at a place: what stands there could be added."""
    db.execute("DELETE FROM failures WHERE origin = ?", (packed(where),))


def failures(db: apsw.Connection) -> Iterator[Failed]:
    """All failures, by place and reason."""
    for where, reason, at in sql.stream(db, "SELECT origin, reason, at FROM failures ORDER BY origin, reason"):
        yield Failed(unpacked(where), unpacked(reason), at)


def validators(db: apsw.Connection, url: str) -> Validators | None:
    """What is kept of a page; None when it was never fetched."""
    found = sql.maybe(db, "SELECT etag, modified FROM validators WHERE url = ?", (packed(url),))
    return None if found is None else Validators(unpacked_or_none(found[0]), unpacked_or_none(found[1]))


def keep_validators(db: apsw.Connection, url: str, kept: Validators) -> None:
    """Keep what a server said, in the place of what it said before."""
    values = (packed(url), packed_or_none(kept.etag), packed_or_none(kept.last_modified))
    db.execute("INSERT OR REPLACE INTO validators (url, etag, modified) VALUES (?, ?, ?)", values)


def write_documents(folder: Path, documents: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Path]:
    """Write documents as JSON files named for their ids, each whole or not at all; StoreError when that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / f"{_file_name(name)}.json", document) for name, document in documents]
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror or error})") from error


def _write(path: Path, document: Mapping[str, Any]) -> Path:
    part = path.with_suffix(".part")
    part.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    part.replace(path)
    return path


def _file_name(name: str) -> str:
    """An id as a file's name: the same where it can be, else its letters with a digest."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip(".-")[:80]
    return plain if plain == name else f"{plain or 'report'}-{digest(name)[:8]}"
