"""How long a contact took, where its rows give a length among their quantities: "lasted 40 minutes", "a two-hour meeting"."""

from __future__ import annotations

from typing import Final

from onrecord.ledger import wording
from onrecord.ledger.tellings import Row

HOUR: Final = 60
NEAR: Final = 3
"""So many words may stand between a length and the contact that it is of ("a two-hour closed-door meeting")."""


def of(row: Row) -> str | None:
    """The length that a contact's row tells, as ISO 8601; None where it tells none."""
    return next((_iso(value) for value in row["quantities"] if value["unit"] in wording.words("lengths") and _is_length(row, value)), None)


def _is_length(row: Row, value: Row) -> bool:
    """True when a word of lasting stands before the quantity, or the contact itself just after a hyphened one."""
    sentence, trigger = row["sentence"], row["trigger"]
    start, end = value["start"] - sentence["start"], value["end"] - sentence["start"]
    before: list[str] = sentence["text"][:start].lower().split()
    while before and before[-1] in wording.words("hedges"):
        before.pop()
    if before and before[-1] in wording.words("lasted"):
        return True
    between = sentence["text"][end : max(end, trigger["start"] - sentence["start"])]
    return "-" in value["text"] and trigger["start"] >= value["end"] and len(between.split()) <= NEAR


def _iso(value: Row) -> str:
    """A quantity of time: minutes stay minutes, parts of an hour become minutes."""
    minutes = round(value["value"] * wording.words("lengths")[value["unit"]])
    if wording.words("lengths")[value["unit"]] != HOUR:
        return f"PT{minutes}M"
    hours, rest = divmod(minutes, HOUR)
    return "PT" + (f"{hours}H" if hours else "") + (f"{rest}M" if rest or not hours else "")
