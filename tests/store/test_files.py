"""A record is one file that says what it is; anything else is refused in clear words, and nothing is harmed."""

from __future__ import annotations

import gzip
from pathlib import Path

import apsw
import pytest
from made import AT, made

from onrecord.held import Wanted
from onrecord.store import Arrival, NotARecordError, RecordBusyError, RecordFullError, RecordReadOnlyError, Store, StoreError, files

FIRST_FORMAT = Path(__file__).with_name("version-1.db.gz")
"""A record as format 1 had it: two reports, a corrected row, a failure."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crisis.db"


def test_a_new_record_says_what_it_is(path: Path) -> None:
    Store(path).close()
    db = apsw.Connection(str(path))
    assert db.pragma("application_id") == files.APPLICATION and db.pragma("user_version") == files.VERSION
    assert db.pragma("journal_mode") == "wal" and db.pragma("integrity_check") == "ok"
    assert all(sql.rstrip().endswith(("STRICT", "WITHOUT ROWID")) for (sql,) in db.execute(OWN_TABLES))


OWN_TABLES = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE '%_words_%'"


def test_an_older_record_is_brought_up_to_date(path: Path) -> None:
    path.write_bytes(gzip.decompress(FIRST_FORMAT.read_bytes()))
    with Store(path) as store:
        assert not list(store.verify())
        assert store.reading("r1") == made()
        assert store.put(made(), fingerprint="1").what == "unchanged"
        assert [told.status for told in store.events() if told.verdict] == ["planned"]
        assert [failed.where for failed in store.failures()] == ["first.jsonl:2"]
        assert [spoken.head.id for spoken in store.statements(Wanted(words="envoys korvel"))] == ["r1", "r2"]


def test_an_older_record_cannot_be_only_read(path: Path) -> None:
    path.write_bytes(gzip.decompress(FIRST_FORMAT.read_bytes()))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="of an older format"):
        Store(path, readonly=True)
    assert path.read_bytes() == before


def test_a_step_that_fails_leaves_the_older_record_as_it_was(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(gzip.decompress(FIRST_FORMAT.read_bytes()))
    broken = tmp_path / "0003.sql"
    broken.write_text("CREATE TABLE more (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);", encoding="utf-8")
    monkeypatch.setattr(files, "STEPS", (*files.STEPS, broken))
    monkeypatch.setattr(files, "VERSION", files.VERSION + 1)
    with pytest.raises(StoreError, match="no such table: nowhere"):
        Store(path)
    db = apsw.Connection(str(path))
    assert db.pragma("user_version") == 1
    assert not db.execute("SELECT 1 FROM sqlite_schema WHERE name IN ('more', 'statement_words')").fetchall()


def test_a_later_record_is_refused_and_not_touched(path: Path) -> None:
    Store(path).close()
    db = apsw.Connection(str(path))
    db.pragma("user_version", files.VERSION + 1)
    db.close()
    before = path.read_bytes()
    for readonly in (True, False):
        with pytest.raises(NotARecordError, match="written by a later onrecord"):
            Store(path, readonly=readonly)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database, only words", b"x" * 10_000, b"SQLite format 3\x00" + b"\x07" * 5000], ids=["short", "long", "alike"]
)
def test_a_file_of_something_else_is_refused_and_not_touched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="crisis.db: this "):
        Store(path)
    assert path.read_bytes() == content


def test_another_program_s_database_is_refused(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE theirs (x)")
    db.close()
    with pytest.raises(NotARecordError, match="another program's database"):
        Store(path)


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.touch()
    with Store(path) as store:
        assert store.put(made()).what == "added"


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotARecordError, match="this is a directory"):
        Store(tmp_path)


def test_what_is_not_there_cannot_be_read(path: Path) -> None:
    with pytest.raises(StoreError, match="no such record"):
        Store(path, readonly=True)
    assert not path.exists()
    with pytest.raises(StoreError, match="its directory does not exist"):
        Store(path / "deeper" / "crisis.db")


def test_a_damaged_record_is_told(path: Path) -> None:
    with Store(path) as store:
        store.put_many(Arrival(made(str(n))) for n in range(50))
    content = bytearray(path.read_bytes())
    content[8192 : len(content) // 2] = b"\xa5" * (len(content) // 2 - 8192)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="crisis.db: "), Store(path) as store:
        for told in store.events():
            assert told.event


def test_who_waits_too_long_for_another_writer_is_told(path: Path) -> None:
    with Store(path) as store, Store(path, patience=50) as second:
        store._db.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordBusyError, match="another process is writing"):
            second.put(made())
        store._db.execute("ROLLBACK")
        assert second.put(made()).what == "added"


def test_readers_see_the_record_while_it_is_written(path: Path) -> None:
    with Store(path) as store, Store(path, readonly=True) as reader:
        store.put(made("a"))
        store._db.execute("BEGIN IMMEDIATE")
        assert reader.counts()["reports"] == 1
        store._db.execute("ROLLBACK")


def test_a_record_open_for_reading_is_not_written(path: Path) -> None:
    with Store(path) as store:
        store.put(made())
    before = path.read_bytes()
    with Store(path, readonly=True) as store:
        for attempt in (lambda: store.put(made("b")), lambda: store.fail("a", "b"), lambda: store.undo("a", "b")):
            with pytest.raises(RecordReadOnlyError, match="open for reading only"):
                attempt()
    assert path.read_bytes() == before


def test_a_full_disk_costs_nothing_that_was_there(path: Path) -> None:
    with Store(path) as store:
        store.put(made("a"))
        pages = store._db.pragma("page_count")
        store._db.pragma("max_page_count", pages)
        with pytest.raises(RecordFullError, match="the disk is full"):
            store.put_many(Arrival(made(str(n))) for n in range(100))
        assert store.counts()["reports"] == 1 and not list(store.verify())
        store._db.pragma("max_page_count", 1_000_000)
        assert store.put(made("b"), at=AT).what == "added"
