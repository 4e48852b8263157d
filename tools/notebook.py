"""Runs docs/notebook.ipynb in a fresh kernel and writes its outputs as they come: ``make docs``.

A test compares the outputs that are stored with those that this makes.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"
SECONDS = 120
"""The longest that one cell may take."""
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
COMPARED = ("text/plain", "image/svg+xml")
"""The kinds of output that onrecord or the cell itself makes; HTML is also made by pandas, each version in its way."""
ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def executed(notebook: Any) -> Any:
    """The notebook with the outputs of its cells, run from first to last in a fresh kernel and an empty folder.

    CellExecutionError where a cell fails.
    """
    found = nbformat.from_dict(notebook)
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            found, timeout=SECONDS, kernel_name="python3", record_timing=False, resources={"metadata": {"path": folder}}
        )
        client.execute()
    found.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    return found


def outputs(notebook: Any) -> list[list[str]]:
    """What each code cell shows, without what changes from run to run: addresses, spaces at the ends of lines."""
    return [[plain(text) for output in cell.outputs for text in shown(output)] for cell in notebook.cells if cell.cell_type == "code"]


def shown(output: Any) -> list[str]:
    """The texts of one output."""
    if output.output_type == "stream":
        return [output.text]
    if output.output_type == "error":
        return [f"{output.ename}: {output.evalue}"]
    return [output.data[kind] for kind in COMPARED if kind in output.data]


def plain(text: str) -> str:
    """A text by which two runs are compared."""
    return "\n".join(line.rstrip() for line in ADDRESS.sub("", text).strip().splitlines())


def written(notebook: Any) -> str:
    """The notebook as its file has it."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


if __name__ == "__main__":
    NOTEBOOK.write_text(written(executed(nbformat.read(NOTEBOOK, as_version=4))), encoding="utf-8")
    sys.exit(0)
