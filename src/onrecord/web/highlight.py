"""Text with words of it marked, as HTML: the one place where the desk makes markup itself.

Everything that comes from a record is escaped here, names of classes and ids included; only the tags are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from onrecord.export.html import SHOWN_FLAGS, Row, Segment
from onrecord.store import Excerpt


def tag(name: str, inside: str, **attributes: str | None) -> Markup:
    """One element; ``inside`` is escaped unless it is markup; attributes without a value are left out (``class_``, ``data_rows``)."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in attributes.items() if value is not None and value != ""
    )
    return Markup(f"<{name}{given}>{escape(inside)}</{name}>")  # noqa: S704  # every part of it is escaped


def joined(pieces: Iterable[str]) -> Markup:
    """Pieces one after the other, each escaped unless it is markup."""
    return Markup("").join(pieces)


def excerpt(found: Excerpt) -> Markup:
    """The words around what a search found, with what it found marked."""
    made: list[str] = []
    at = 0
    for start, end in found.found:
        made += [found.words[at:start], tag("mark", found.words[start:end])]
        at = end
    return joined((*made, found.words[at:]))


CLASSES: Final = re.compile(r"[\w-]+(?: [\w-]+)*")


def classes(*names: str | None) -> str:
    """Names of classes as an attribute has them; what could not be one is left out."""
    return " ".join(name for name in names if name and CLASSES.fullmatch(name))


def evidence(pieces: Sequence[tuple[str, Sequence[str]]], said: Mapping[str, str]) -> Markup:
    """A sentence in pieces, each with the parts of the row that it is, named by ``said``."""
    return joined(
        tag("span", text, class_=classes("part", *roles), title=", ".join(dict.fromkeys(said.get(role, role) for role in roles)))
        if roles
        else text
        for text, roles in pieces
    )


# ---------------------------------------------------------------- a report's text


@dataclass(frozen=True, slots=True)
class Named:
    """What a row is called on its page: its number, the id of its anchors, its classes, and what it is in words."""

    number: int
    id: str
    kind: str
    said: str


Names = Callable[[Row], Named]
"""The name of a row that stands in the text."""
SILENT = frozenset(SHOWN_FLAGS)


def line(segments: Iterable[Segment], names: Names, lit: Mapping[str, str]) -> Markup:
    """A line of the text: words that stand for rows lead to them; ``lit`` maps rows' ids to numbers, by which a pointer lights them."""
    return joined(_segment(piece, names, lit) for piece in segments)


def _segment(piece: Segment, names: Names, lit: Mapping[str, str]) -> str:
    flags = (("damaged" if "damaged-text" in piece.roles else None), ("elsewhere" if "related-link" in piece.roles else None))
    rows = " ".join(dict.fromkeys(lit[row] for row in piece.lit if row in lit)) or None
    if piece.anchors:
        return _anchored(piece, names, classes("hit", names(piece.anchors[0]).kind, *flags), rows)
    if piece.roles:
        return tag(
            "span", piece.text, class_=classes("part", *(role for role in piece.roles if role not in SILENT), *flags), data_rows=rows
        )
    return piece.text


def _anchored(piece: Segment, names: Names, look: str, rows: str | None) -> Markup:
    """The words of a row: an anchor for each row whose words begin here, a link to the row, a number for each that ends here."""
    first = names(piece.anchors[0])
    made: str = tag("a", piece.text, class_=look, href=f"#row-{first.id}", title=first.said, data_rows=rows)
    for row in piece.begins:
        made = tag("span", made, class_="here", id=f"words-{names(row).id}")
    ends = (names(row) for row in piece.ends)
    return joined((made, *(tag("a", str(end.number), class_=f"no {end.kind}", href=f"#row-{end.id}", title=end.said) for end in ends)))
