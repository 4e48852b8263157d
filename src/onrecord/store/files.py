"""Opening a record: what the file must be, and how an older one is brought up to date."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import apsw

from onrecord.store.errors import NotARecordError, RecordReadOnlyError, StoreError, told

APPLICATION: Final = 0x6F6E7263
"""``onrc``: what SQLite keeps in the head of the file to say whose it is."""

STEPS: Final = tuple(sorted((Path(__file__).parent / "migrations").glob("*.sql")))
"""What brings a record from one version to the next; step n makes version n."""

VERSION: Final = len(STEPS)
READABLE: Final = 3
"""The oldest version that can be read as it is: what came later only makes answers faster."""
PATIENCE: Final = 10_000
"""Milliseconds to wait for another writer."""

CACHE: Final = 64 * 1024
"""Kibibytes of the file that are kept in memory."""


def opened(path: Path, *, readonly: bool, patience: int = PATIENCE) -> apsw.Connection:
    """A connection to a record of this version: a missing file is made, an older one migrated, anything else refused."""
    _check_path(path, readonly=readonly)
    with told(path):
        db = _connected(path, readonly=readonly)
    try:
        with told(path):
            db.set_busy_timeout(patience)
            _check_owner(db, path)
            _settle(db, path, readonly=readonly)
    except StoreError:
        db.close()
        raise
    return db


def version(db: apsw.Connection) -> int:
    """The version of the record's tables; 0 for an empty file."""
    return int(db.pragma("user_version"))


def _check_path(path: Path, *, readonly: bool) -> None:
    if path.is_dir():
        raise NotARecordError(f"{path}: this is a directory; a record is a file")
    if readonly and not path.exists():
        raise StoreError(f"{path}: there is no such record")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: its directory does not exist")


def _connected(path: Path, *, readonly: bool) -> apsw.Connection:
    if not readonly:
        return apsw.Connection(str(path))
    # A record on read-only media has no room for the shared memory that readers of a live one need.
    still = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    uri = f"file:{quote(str(path.absolute()))}?mode=ro" + ("&immutable=1" if still else "")
    return apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def _check_owner(db: apsw.Connection, path: Path) -> None:
    """Refuse a database that another program made, and one from a later onrecord."""
    owner, made = int(db.pragma("application_id")), version(db)
    empty = owner == 0 and made == 0 and not db.execute("SELECT 1 FROM sqlite_schema").fetchone()
    if owner != APPLICATION and not empty:
        raise NotARecordError(f"{path}: this is another program's database, not a record of onrecord")
    if made > VERSION:
        raise NotARecordError(f"{path}: this record was written by a later onrecord (its format {made}, ours {VERSION}); update onrecord")


def _settle(db: apsw.Connection, path: Path, *, readonly: bool) -> None:
    """Set what every connection needs, and migrate a record that may be written."""
    db.create_scalar_function("casefold", _casefold, 1, deterministic=True)
    db.execute(f"PRAGMA cache_size = -{CACHE}; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY")
    if readonly:
        if version(db) < READABLE:
            raise StoreError(
                f"{path}: this record is of an older format ({version(db)}, now {VERSION}); open it once for writing to update it"
            )
        return
    if db.readonly("main"):
        raise RecordReadOnlyError(f"{path}: this record may not be written; open it for reading")
    db.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    if version(db) < VERSION:
        _migrate(db)


def _casefold(*values: Any) -> str | None:
    """A text with letters' case ignored, for SQL, which knows that of ASCII only."""
    return str(values[0]).casefold() if values[0] is not None else None


def _migrate(db: apsw.Connection) -> None:
    """Every step that is still to be made, in one transaction; another process may have made them meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[version(db) :]:
            db.execute(step.read_text(encoding="utf-8"))
        db.execute(f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT")
    except apsw.Error:
        db.execute("ROLLBACK")
        raise
