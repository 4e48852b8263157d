"""What can go wrong with a record's file; every message says what and where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import apsw

from onrecord.record import OnrecordError


class StoreError(OnrecordError):
    """The record cannot be read or written: says what and where."""


class NotARecordError(StoreError):
    """The path holds something else than a record that this version knows."""


class RecordBusyError(StoreError):
    """Another process writes the record, and did not finish in time."""


class RecordReadOnlyError(StoreError):
    """The record may be read and not written."""


class RecordFullError(StoreError):
    """There is no room to write: nothing of the report at hand was kept, everything before it was."""


class JudgementError(StoreError):
    """A judgement does not fit: no such row, no such field, or a value that the row cannot have."""


_KINDS: Final[tuple[tuple[type[apsw.Error], type[StoreError], str], ...]] = (
    (apsw.NotADBError, NotARecordError, "this file is no record of onrecord"),
    (apsw.BusyError, RecordBusyError, "another process is writing this record; try again when it is done"),
    (apsw.LockedError, RecordBusyError, "another process is writing this record; try again when it is done"),
    (apsw.ReadOnlyError, RecordReadOnlyError, "this record may not be written"),
    (apsw.PermissionsError, RecordReadOnlyError, "access to this record is not allowed"),
    (apsw.FullError, RecordFullError, "the disk is full; nothing of this report was kept"),
    (apsw.CantOpenError, StoreError, "this file cannot be opened"),
    (apsw.CorruptError, StoreError, "this record is damaged; restore it from a copy"),
    (apsw.IOError, StoreError, "the disk cannot be read or written"),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into one that is fit for a user and names the file."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise StoreError(f"{path}: a code with characters that no file can carry: {error.object!r}") from error
    except apsw.Error as error:
        kind, words = next(((ours, words) for theirs, ours, words in _KINDS if isinstance(error, theirs)), (StoreError, "SQLite refused"))
        raise kind(f"{path}: {words} ({error})") from error
