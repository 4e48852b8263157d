"""What people said of rows: added to, never overwritten; the latest that was not taken back counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import apsw

from onrecord.held import VERDICTS, Judgement
from onrecord.record import digest
from onrecord.store import sql
from onrecord.store.corrections import Row, corrected
from onrecord.store.errors import JudgementError
from onrecord.store.values import event_columns, loads, packed, packed_or_none, parties, unpacked, unpacked_or_none, written


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement with what became of it: who took it back, if anybody did, and whether its row is still there."""

    judgement: Judgement
    report: str
    undone_by: str | None = None
    undone_at: str | None = None
    orphan: bool = False
    """True when a later reading has no such row, or the report's text changed under it: it is shown and does not count."""

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        given = self.judgement
        said = {"row": given.row, "report": self.report, "verdict": given.verdict, "by": given.by, "at": given.at}
        more = {"changes": dict(given.changes), "remark": given.remark}
        return {**said, **more, "undone_by": self.undone_by, "undone_at": self.undone_at, "orphan": self.orphan}


def judge(db: apsw.Connection, judgement: Judgement) -> None:
    """Enter a judgement and apply it; the caller holds the transaction.  JudgementError when it does not fit its row."""
    if judgement.verdict not in VERDICTS:
        raise JudgementError(f"row {judgement.row}: the verdict {judgement.verdict!r} is none of {', '.join(VERDICTS)}")
    if not judgement.by.strip():
        raise JudgementError(f"row {judgement.row}: a judgement needs the name of who gives it")
    if judgement.changes and judgement.verdict != "corrected":
        raise JudgementError(f"row {judgement.row}: only the verdict 'corrected' changes fields")
    rid, report, held, row = _target(db, judgement.row)
    if judgement.verdict == "corrected":
        _correct(db, rid, row, judgement)
    j = judgement
    values = (j.row, report, held, _sentence(row), j.verdict, packed(j.by), j.at, json.dumps(dict(j.changes)), packed_or_none(j.remark))
    db.execute(_INSERT, values)
    apply(db, rid)


_INSERT: Final = (
    'INSERT INTO judgements (row, report, digest, sentence, verdict, "by", at, changes, remark) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'
)


def undo(db: apsw.Connection, row: str, by: str, at: str) -> Judgement:
    """Take back the latest judgement of a row that counts; the one before it counts again.  JudgementError when there is none."""
    found = sql.maybe(db, f"SELECT {_COLUMNS}, jid FROM judgements WHERE row = ? AND {_COUNTS} ORDER BY jid DESC LIMIT 1", (row,))
    if found is None:
        raise JudgementError(f"row {row}: there is no judgement to take back")
    db.execute('INSERT INTO undone (jid, "by", at) VALUES (?, ?, ?)', (found[-1], packed(by), at))
    for (rid,) in sql.every(db, "SELECT DISTINCT rid FROM events WHERE id = ?", (row,)):
        apply(db, rid)
    return _judgement(found)


def history(db: apsw.Connection, where: str = "TRUE", *values: str) -> Iterator[Said]:
    """Judgements in the order in which they were given, those taken back included; ``where`` is a condition on judgements as j."""
    columns = ", ".join(f"j.{name.strip()}" for name in _COLUMNS.split(","))
    joined = "judgements AS j LEFT JOIN undone AS u USING (jid)"
    query = f'SELECT {columns}, j.report, u."by", u.at, j.jid FROM {joined} WHERE {where} ORDER BY j.jid'
    for found in sql.every(db, query, values):
        *_, report, by, at, jid = found
        yield Said(_judgement(found), unpacked(report), unpacked_or_none(by), at, not _stands(db, jid))


def apply(db: apsw.Connection, rid: int) -> None:
    """Set the columns of a report's events to what counts: as read, or as the latest judgement that stands has it."""
    for eid, id_, row in sql.every(db, _JUDGED, (rid,)):
        _set(db, eid, rid, loads(row), _counting(db, rid, id_, loads(row)))


_JUDGED: Final = """
    SELECT eid, id, row FROM whole_events WHERE rid = ? AND (verdict IS NOT NULL OR id IN (SELECT row FROM judgements))
"""


def enter_parties(db: apsw.Connection, eid: int, row: Row) -> None:
    """Who and what an event can be found by, in the place of what was there."""
    db.execute("DELETE FROM parties WHERE eid = ?", (eid,))
    db.executemany(_PARTY, ((eid, *found) for found in parties(row)))


_PARTY: Final = "INSERT INTO parties (eid, side, k, party, country, sector, name) VALUES (?, ?, ?, ?, ?, ?, ?)"
_COLUMNS: Final = 'row, verdict, "by", at, changes, remark'
_COUNTS: Final = "jid NOT IN (SELECT jid FROM undone)"


def _judgement(found: tuple[Any, ...]) -> Judgement:
    row, verdict, by, at, changes, remark = found[:6]
    return Judgement(row, verdict, unpacked(by), at, json.loads(changes), unpacked_or_none(remark))


def _target(db: apsw.Connection, row: str) -> tuple[int, str, str, Row]:
    """The event that is judged: its report's number, id and digest, and the row as it was read."""
    query = "SELECT r.rid, r.id, r.digest, e.row FROM whole_events AS e JOIN reports AS r USING (rid) WHERE e.id = ?"
    found = sql.maybe(db, query, (packed(row),))
    if found is None:
        raise JudgementError(f"there is no event with the id {row!r} in this record")
    return found[0], found[1], found[2], loads(found[3])


def _correct(db: apsw.Connection, rid: int, row: Row, judgement: Judgement) -> Row:
    """The row with a judgement's changes; JudgementError names the row."""
    (text,) = sql.one(db, "SELECT text FROM texts WHERE rid = ?", (rid,))
    try:
        return corrected(row, judgement.changes, unpacked(text))
    except JudgementError as error:
        raise JudgementError(f"row {judgement.row}: {error}") from None


def _counting(db: apsw.Connection, rid: int, id_: str, row: Row) -> Judgement | None:
    """The latest judgement of a row that was not taken back and still fits it."""
    query = f"SELECT {_COLUMNS}, digest, sentence FROM judgements WHERE row = ? AND {_COUNTS} ORDER BY jid DESC"
    (held,) = sql.one(db, "SELECT digest FROM reports WHERE rid = ?", (rid,))
    for found in sql.every(db, query, (id_,)):
        if _fits(db, rid, row, _judgement(found), same=found[-2] == held or found[-1] == _sentence(row)):
            return _judgement(found)
    return None


def _fits(db: apsw.Connection, rid: int, row: Row, judgement: Judgement, *, same: bool) -> bool:
    """Whether a judgement can count for a row as it is read now: the same text or sentence, and its changes still possible."""
    if not same:
        return False
    try:
        if judgement.verdict == "corrected":
            _correct(db, rid, row, judgement)
    except JudgementError:
        return False
    return True


def _stands(db: apsw.Connection, jid: int) -> bool:
    """Whether the row that a judgement speaks of is still there as it was judged."""
    found = sql.maybe(db, _STANDING, (jid,))
    if found is None:
        return False
    rid, row, held, digest_then, sentence = found[:5]
    same = held == digest_then or sentence == _sentence(loads(row))
    return _fits(db, rid, loads(row), _judgement(found[5:]), same=same)


_STANDING: Final = """
    SELECT r.rid, e.row, r.digest, j.digest, j.sentence, j.row, j.verdict, j."by", j.at, j.changes, j.remark
    FROM judgements AS j JOIN whole_events AS e ON e.id = j.row JOIN reports AS r USING (rid) WHERE j.jid = ?
"""


def _set(db: apsw.Connection, eid: int, rid: int, row: Row, judgement: Judgement | None) -> None:
    changed = _correct(db, rid, row, judgement) if judgement is not None and judgement.verdict == "corrected" else None
    counts = row if changed is None else changed
    (published,) = sql.one(db, "SELECT published FROM reports WHERE rid = ?", (rid,))
    columns: Mapping[str, Any] = event_columns(counts, unpacked_or_none(published))
    given = {**columns, "verdict": judgement.verdict if judgement else None}
    db.execute(f"UPDATE events SET {', '.join(f'{name} = :{name}' for name in given)} WHERE eid = :eid", {**given, "eid": eid})
    db.execute("UPDATE event_rows SET corrected = ? WHERE eid = ?", (written(changed) if changed else None, eid))
    enter_parties(db, eid, counts)


def _sentence(row: Row) -> str:
    """A digest of the sentence that a row was read from."""
    return digest(row["sentence"]["text"])
