"""Rows into other formats, one file a format.

``FORMATS`` maps a format's name to its writer: a function that takes readings and a text stream, and
writes the ones to the other as they come.  A format's module is imported when it is first used.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, TextIO

from onrecord.record import Reading

Writer = Callable[[Iterable[Reading], TextIO], None]


def _writer(module: str) -> Writer:
    """The ``write`` of a module of this package, imported at the first call."""

    def write(readings: Iterable[Reading], stream: TextIO) -> None:
        importlib.import_module(f"onrecord.export.{module}").write(readings, stream)

    write.__name__ = module
    return write


FORMATS: Final[Mapping[str, Writer]] = MappingProxyType({name: _writer(name) for name in ("table", "jsonl", "csv", "html")})
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {".txt": "table", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".html": "html", ".htm": "html"}
)
"""Which format a file's ending asks for."""
