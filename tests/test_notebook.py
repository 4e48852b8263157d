"""The notebook runs, shows what it stores, and makes sense without being run."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("nbclient")
pytest.importorskip("ipykernel")

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "notebook.ipynb"


def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notebook", ROOT / "tools" / "notebook.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def stored() -> Any:
    return nbformat.read(PAGE, as_version=4)


def test_it_is_a_valid_notebook_with_outputs(stored: Any) -> None:
    nbformat.validate(stored)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert sum(bool(cell.outputs) for cell in code) >= 8
    assert not [output for cell in code for output in cell.outputs if output.output_type == "error"]


def test_it_shows_what_a_fresh_run_shows(stored: Any) -> None:
    """After a change that alters the outputs on purpose: ``make docs``."""
    notebook = tool()
    for number, (old, new) in enumerate(zip(notebook.outputs(stored), notebook.outputs(notebook.executed(stored)), strict=True), 1):
        assert new == old, f"cell [{number}]"


def test_a_changed_output_would_be_seen(stored: Any) -> None:
    notebook = tool()
    other = nbformat.from_dict(stored)
    cell = next(cell for cell in other.cells if cell.cell_type == "code" and cell.outputs)
    shown = notebook.outputs(other)
    cell.outputs[0] = nbformat.v4.new_output("stream", text="something else")
    assert notebook.outputs(other) != shown


def test_the_file_is_as_the_tool_writes_it(stored: Any) -> None:
    assert tool().written(stored) == PAGE.read_text(encoding="utf-8")


def test_it_names_no_folder_of_this_machine(stored: Any) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert "/tmp/" not in text and str(Path(sys.prefix)) not in text and "/home/" not in text
