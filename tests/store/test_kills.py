"""A crash at any moment loses nothing that was acknowledged; ``bench/kills.py`` is the long form."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from made import made

KILLS = Path(__file__).parents[2] / "bench" / "kills.py"


def test_killing_who_adds_loses_nothing(tmp_path: Path) -> None:
    prepared = tmp_path / "made.pickle"
    prepared.write_bytes(pickle.dumps([made(f"r{n}", published=f"20{n:02}-05-06") for n in range(99)]))
    command = [sys.executable, KILLS, "--kills", "10", "--seed", "7", "--prepared", prepared]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "10 kills" in done.stdout and " 0 faults" in done.stdout
