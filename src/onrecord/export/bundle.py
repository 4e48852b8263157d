"""A zip of small files, a few for each report: for tools that keep one document to a file."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO, Final, Self

from onrecord.record import Report

BROKEN: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""Control characters and all that some reader takes for the end of a line; a line feed is none of them."""
SURROGATE: Final = re.compile("[\ud800-\udfff]")
UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
LONGEST_NAME: Final = 60


def steady(text: str) -> str:
    """The text with what a line or an XML file cannot hold replaced, one character for one: every offset stays right.

    Control characters and odd line ends become spaces, lone surrogates the replacement character.
    """
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", BROKEN.sub(" ", text))


def file_name(report: Report, number: int) -> str:
    """A name for a report's files: its number, which sorts, and as much of its id as is safe in any file system."""
    return f"{number:04d}-{UNSAFE.sub('-', report.id).strip('.-')[:LONGEST_NAME]}".rstrip(".-")


class Bundle:
    """A zip that is written as its files come; they bear no date, so the same files give the same bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, text: str) -> None:
        """Write one file of UTF-8 text."""
        self._zip.writestr(zipfile.ZipInfo(name), text.encode("utf-8"), zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
