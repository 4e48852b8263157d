"""A dossier of one crisis as a page to print: counts, timeline, contacts, demands, warnings, plans and denials, each with its words.

One self-contained HTML file over all reports: no script, no external reference, and a content security policy that
forbids both.  Light or dark as the reader's system is, black on white on paper.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any, TextIO

from onrecord.export import dossier, words
from onrecord.export.html import UNCARRIED
from onrecord.record import Reading


def write(readings: Iterable[Reading], stream: TextIO) -> None:
    """Write the page, once all readings are there."""
    template = _environment().get_template("dossier.html.j2")
    for piece in template.generate(whole=dossier.of(readings), labels=words.labels):
        stream.write(UNCARRIED.sub("\N{REPLACEMENT CHARACTER}", piece))


@functools.cache
def _environment() -> Any:
    """The templates of this package, with escaping on and the words for people as filters."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("onrecord.export"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(clean=words.clean, parties=words.parties, source=words.source, where=words.where)
    environment.filters.update(about=dossier.about, kind=dossier.kind, coded=dossier.coded)
    return environment
