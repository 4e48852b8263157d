"""Rows into other formats, one file a format.

``FORMATS`` maps a format's name to a ``Format``: calling it with readings and a stream writes the ones
to the other as they come.  A format's module is imported when it is first used; its ``write`` takes
readings and a stream (of text, or of bytes for a binary format).
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import ModuleType

    from onrecord.record import Reading


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, the endings of file names that ask for it, and what its files are like."""

    name: str
    suffixes: tuple[str, ...] = ()
    binary: bool = False
    evidence: bool = True
    """False when it has no place for the words of every field: then ``spans.csv`` is written beside it."""
    module: str | None = None
    """The module of this package that writes it, when its name is another."""
    headless: bool = False
    """True for a table whose columns are known by their order only: its module's ``COLUMNS`` name them."""

    def __call__(self, readings: Iterable[Reading], stream: Any) -> None:
        """Write the readings to the stream; MissingExtraError names a library that only an extra brings."""
        self._module().write(readings, stream)

    def columns(self) -> tuple[str, ...]:
        """The columns of a table without a head line; none where the file says them itself."""
        return tuple(self._module().COLUMNS) if self.headless else ()

    def _module(self) -> ModuleType:
        return importlib.import_module(f"onrecord.export.{self.module or self.name}")

    @property
    def suffix(self) -> str:
        """The ending of a file name that nobody chose."""
        return self.suffixes[0] if self.suffixes else f".{self.name}"


_KNOWN: Final = (
    Format("table", (".txt",)),
    Format("jsonl", (".jsonl", ".ndjson")),
    Format("csv", (".csv",)),
    Format("html", (".html", ".htm")),
    Format("spans", (".spans.csv",)),
    Format("parquet", (".parquet",), binary=True),
    Format("arrow", (".arrow", ".feather"), binary=True),
    Format("annotation", (".jsonld",)),
    Format("brat", (".brat.zip",), binary=True),
    Format("cas", (".cas.zip",), binary=True),
    Format("xmi", (".xmi.zip",), binary=True),
    Format("docbin", (".spacy",), binary=True),
    Format("dossier-md", (".dossier.md", ".md"), module="dossier_md"),
    Format("dossier-html", (".dossier.html",), module="dossier_html"),
    Format("polecat", (".polecat.tsv",), evidence=False),
    Format("plover", (".plover.jsonl",)),
    Format("icews", (".icews.tsv",), evidence=False),
    Format("gdelt", (".gdelt.tsv",), evidence=False, headless=True),
    Format("acled", (".acled.csv",), evidence=False),
    Format("geojson", (".geojson",)),
    Format("gexf", (".gexf",), evidence=False),
    Format("timelinejs", (".timeline.csv",), evidence=False),
    Format("ics", (".ics",), evidence=False),
    Format("ftm", (".ftm.json",), evidence=False),
)

FORMATS: Final[Mapping[str, Format]] = MappingProxyType({format.name: format for format in _KNOWN})
SUFFIXES: Final[Mapping[str, str]] = MappingProxyType({suffix: name for name, format in FORMATS.items() for suffix in format.suffixes})
"""Which format a file's ending asks for."""


def format_of(filename: str) -> str | None:
    """The format that a file's name asks for by the longest ending that is known; None when none is."""
    name = filename.lower()
    return next((SUFFIXES[suffix] for suffix in sorted(SUFFIXES, key=len, reverse=True) if name.endswith(suffix)), None)
