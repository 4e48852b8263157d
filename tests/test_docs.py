"""The pages say what is so: examples print what they show, links lead somewhere, no host of a registry is named."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
WITH_EXAMPLES = [ROOT / "README.md", ROOT / "docs" / "tutorial.md"]


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=names(WITH_EXAMPLES))
def test_the_examples_print_what_the_page_shows(page: Path) -> None:
    """After a change that alters them on purpose: ``make docs``."""
    text = page.read_text(encoding="utf-8")
    assert tool("doc_examples").refreshed(text) == text


def test_the_page_of_the_command_line_is_up_to_date() -> None:
    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == tool("cli_page").page()


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=names(PAGES))
def test_a_page_names_no_file_that_is_not_there(page: Path) -> None:
    """Paths in backticks that look like the project's own must exist."""
    for path in re.findall(r"`((?:src|docs|tests|bench|tools|examples)/[\w./-]+\.\w+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), path


def test_the_record_page_names_every_key_of_a_row(reading) -> None:
    text = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    keys = {key for row in reading.to_dicts() for key in row}
    assert not {key for key in keys if f"`{key}`" not in text}
