"""At whose wish a contact came about: "at the initiative of the Israeli side", "Moscow requested the call"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.knowledge import whoswho
from onrecord.ledger import wording
from onrecord.ledger.accounts import Account
from onrecord.ledger.tellings import row_of

AFTER = re.compile(r"[^.;]{0,90}")
BEFORE = re.compile(r"[^.;]{0,90}$")


def initiator(told: Iterable[Account], sides: Sequence[str]) -> str | None:
    """The side that asked for it, by what the accounts' sentences say; None where none says so, or they differ."""
    found = {side for account in told for side in _of(account, frozenset(sides))}
    return found.pop() if len(found) == 1 else None


def _of(account: Account, sides: frozenset[str]) -> set[str]:
    found = set()
    for row in map(row_of, account.rows):
        if wording.says("topic_verbs", row["trigger"]["text"]):
            continue  # at whose wish something was discussed is another matter
        side = _named(row["sentence"]["text"], sides, account)
        if side is not None:
            found.add(side)
    return found


def _named(sentence: str, sides: frozenset[str], account: Account) -> str | None:
    """The side named beside a phrase of asking in a sentence."""
    after = wording.phrases("initiative", "after").search(sentence)
    if after is not None:
        words = AFTER.match(sentence, after.end())
        return _first(words.group() if words else "", sides, account)
    before = wording.phrases("initiative", "before").search(sentence)
    if before is not None:
        words = BEFORE.search(sentence, 0, before.start())
        return _first(words.group() if words else "", sides, account)
    return None


def _first(text: str, sides: frozenset[str], account: Account) -> str | None:
    """The first side that a stretch of text names: by a state's name, its people's, or somebody who took part."""
    words = wording.WORD.findall(whoswho.fold(text))
    surnames = {name[1]: side for side, names in account.names.items() for name in names if side}
    known = {name.first: name.entries[0].country for name in whoswho.load().find(words)}
    for place, word in enumerate(words):
        side = known.get(place) or surnames.get(word.lower())
        if side in sides:
            return side
    return None
