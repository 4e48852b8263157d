"""The edition follows what has a say in the rows, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import edition


def test_the_fingerprint_follows_what_is_read_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(word: str, skin: str) -> str:
        for name, text in (("stages/a.py", word), ("cli/b.py", skin)):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        edition.fingerprint.cache_clear()
        return edition.fingerprint()

    monkeypatch.setattr(edition, "PACKAGE", tmp_path)
    first = made("one", "skin")
    assert made("one", "another skin") == first != made("two", "skin")
    edition.fingerprint.cache_clear()
