"""A record of the example crisis, made once, and a way to run commands on it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.testing

from onrecord import cli
from onrecord.keeping import Record

CRISIS = Path(__file__).parents[2] / "examples" / "crisis.jsonl"
Run = Callable[..., "typer.testing.Result"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "crisis.db"
    with Record(path) as record:
        record.add(CRISIS)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    return Path(shutil.copy(made, tmp_path / "crisis.db"))


@pytest.fixture
def ask(made: Path) -> Run:
    """Run a command that only asks."""
    return lambda *words: typer.testing.CliRunner().invoke(cli.app, [*words, "--record", str(made)], terminal_width=120)


@pytest.fixture
def run() -> Run:
    return lambda *words: typer.testing.CliRunner().invoke(cli.app, list(map(str, words)), terminal_width=120)
