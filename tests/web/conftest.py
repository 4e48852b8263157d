"""One small record of invented reports, read once, and the desk over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import ledger_reports
import pytest
from starlette.testclient import TestClient

from onrecord import web
from onrecord.keeping import Record

EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "crisis.jsonl"


@pytest.fixture(scope="session")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example crisis.  Do not write to it: ``own_record`` is a copy for that."""
    path = tmp_path_factory.mktemp("web") / "crisis.db"
    with Record(path) as record:
        record.add(EXAMPLE)
    return path


@pytest.fixture
def own_record(record_path: Path, tmp_path: Path) -> Path:
    """A copy of the record for one test."""
    return Path(shutil.copy(record_path, tmp_path / "own.db"))


@pytest.fixture(scope="session")
def client(record_path: Path) -> Iterator[TestClient]:
    """A reader at the desk."""
    with TestClient(web.make(record_path, warm=False), base_url="http://localhost") as asking:
        yield asking


@pytest.fixture(scope="session")
def more_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example crisis and what it leaves out: a meeting put off, a threat carried out, a build-up that grows.  Do not write to it."""
    return ledger_reports.record_of(tmp_path_factory.mktemp("more") / "more.db")


@pytest.fixture(scope="session")
def more(more_path: Path) -> Iterator[TestClient]:
    """A reader at a desk over it."""
    with TestClient(web.make(more_path, warm=False), base_url="http://localhost") as asking:
        yield asking


@pytest.fixture
def judging(own_record: Path) -> Iterator[TestClient]:
    """A reader who may judge, at a record of one's own."""
    with TestClient(web.make(own_record, judge=True, warm=False), base_url="http://localhost") as asking:
        yield asking


@pytest.fixture
def desk() -> Iterator[Callable[[Path], TestClient]]:
    """A desk over any record."""
    opened: list[TestClient] = []

    def make(path: Path) -> TestClient:
        asking = TestClient(web.make(path, warm=False), base_url="http://localhost")
        asking.__enter__()
        opened.append(asking)
        return asking

    yield make
    for asking in opened:
        asking.__exit__(None, None, None)
