"""``onrecord serve``: it says where it is, answers there, and says what is wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.keeping import Record

COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve"]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "empty.db"
    Record(path).close()
    return path


def test_it_serves_until_it_is_interrupted(record: Path) -> None:
    with subprocess.Popen([*COMMAND, str(record), "--port", "0"], stderr=subprocess.PIPE, text=True) as serving:
        assert serving.stderr is not None
        url = serving.stderr.readline().split()[0]
        try:
            with urllib.request.urlopen(url + "events.json", timeout=20) as answer:
                assert answer.read() == b'{"items": [], "next": null}'
        finally:
            serving.send_signal(signal.SIGINT)
        assert serving.wait(20) in (0, 130)
        assert "Traceback" not in serving.stderr.read()


def test_a_record_that_is_not_there_is_named_with_how_to_make_it(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["serve", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert "onrecord add SOURCE --into" in done.stderr


def test_a_file_that_is_no_record_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("These are notes, not a record.\n" * 40)
    done = CliRunner().invoke(app, ["serve", str(tmp_path / "notes.txt")])
    assert done.exit_code == 1
    assert "notes.txt" in done.stderr


def test_a_port_that_is_taken_is_said(record: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = CliRunner().invoke(app, ["serve", str(record), "--port", str(taken.getsockname()[1])])
    assert done.exit_code == 1
    assert "--port" in done.stderr


def test_without_the_extra_it_says_what_to_install(record: Path, tmp_path: Path) -> None:
    (tmp_path / "fastapi.py").write_text("raise ModuleNotFoundError('none', name='fastapi')")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([*COMMAND, str(record)], env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert 'pip install "onrecord[desk]"' in done.stderr
    assert "Traceback" not in done.stderr
