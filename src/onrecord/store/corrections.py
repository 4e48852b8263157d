"""A person's changes to a row: checked field by field, then applied to a copy of the row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from onrecord.knowledge import lexicon
from onrecord.record import FLAGS, STATUSES, TYPES
from onrecord.store.errors import JudgementError

Row = dict[str, Any]
_Check = Callable[[Any, str, str], Any]
"""A value, the field's name for messages, the report's text → the value as a row has it; JudgementError."""


def corrected(row: Mapping[str, Any], changes: Mapping[str, Any], text: str) -> Row:
    """A held row with changes applied; JudgementError on an unknown field, a wrong value, or words that the text has not.

    Another type or mode brings its own score, unless the changes give one.
    """
    if not changes:
        raise JudgementError("a correction must change something: give the fields with their right values, or judge the row right or wrong")
    out = {**row, **{field: _checked(field, value, text) for field, value in changes.items()}}
    if "type" in changes and "mode" not in changes and out["mode"] not in _modes(out["type"]):
        out["mode"] = None
    if out["mode"] is not None and out["mode"] not in _modes(out["type"]):
        raise JudgementError(f"mode: {out['type']} has no mode {out['mode']!r}; it has {', '.join(sorted(_modes(out['type']))) or 'none'}")
    if not {"type", "mode"}.isdisjoint(changes) and "score" not in changes:
        out["score"] = lexicon.score(out["type"], out["mode"])
    _check_trigger(out)
    return out


def _checked(field: str, value: Any, text: str) -> Any:
    check = _FIELDS.get(field)
    if check is None:
        raise JudgementError(f"{field}: a row has no such field that can be corrected; these can: {', '.join(sorted(_FIELDS))}")
    return check(value, field, text)


def _modes(type_: str) -> frozenset[str]:
    return frozenset(lexicon.ontology(type_).get("modes") or ())


def _check_trigger(row: Row) -> None:
    start, end = row["sentence"]["start"], row["sentence"]["end"]
    if not start <= row["trigger"]["start"] <= row["trigger"]["end"] <= end:
        raise JudgementError(f"trigger: it must stand in the row's sentence ({start}:{end})")


# ---------------------------------------------------------------- one check a kind of value


def _one_of(*allowed: str) -> _Check:
    def check(value: Any, field: str, text: str) -> Any:
        if value not in allowed:
            raise JudgementError(f"{field}: {value!r} is none of {', '.join(allowed)}")
        return value

    return check


def _a(kind: type, words: str) -> _Check:
    def check(value: Any, field: str, text: str) -> Any:
        number = kind is float and isinstance(value, int)
        if isinstance(value, bool) is not (kind is bool) or not (number or isinstance(value, kind)):
            raise JudgementError(f"{field}: {value!r} is not {words}")
        return float(value) if number else value

    return check


def _or_none(check: _Check) -> _Check:
    return lambda value, field, text: None if value is None else check(value, field, text)


def _list_of(check: _Check) -> _Check:
    def checked(value: Any, field: str, text: str) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise JudgementError(f"{field}: {value!r} is not a list")
        return [check(item, f"{field}[{i}]", text) for i, item in enumerate(value)]

    return checked


def _shaped(shape: Mapping[str, _Check], needed: frozenset[str] = frozenset()) -> _Check:
    """A quotation of the text with fields of its own; a field that is not given is null."""

    def check(value: Any, field: str, text: str) -> Row:
        quoted = _quotation(value, field, text)
        if odd := sorted(set(value) - {*quoted, *shape}):
            raise JudgementError(f"{field}: no such field: {', '.join(odd)}")
        if lacking := sorted(needed - set(value)):
            raise JudgementError(f"{field}: {', '.join(lacking)} is missing")
        return quoted | {name: test(value.get(name), f"{field}.{name}", text) for name, test in shape.items()}

    return check


def _quotation(value: Any, field: str, text: str) -> Row:
    """Words of the text with their place; the words may be left out."""
    if not isinstance(value, Mapping):
        raise JudgementError(f"{field}: {value!r} is not an object with text, start and end")
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise JudgementError(f"{field}: start {start!r} and end {end!r} are not a place in the report's text (0 to {len(text)})")
    words = value.get("text", text[start:end])
    if words != text[start:end]:
        raise JudgementError(f"{field}: {words!r} does not stand at {start}:{end}, where the report says {text[start:end]!r}")
    return {"text": words, "start": start, "end": end}


def _day(value: Any, field: str, text: str) -> Any:
    try:
        if not (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise JudgementError(f"{field}: {value!r} is not a day (YYYY-MM-DD)") from None
    return value


def _period(value: Any, field: str, text: str) -> Row:
    row: Row = _WHEN(value, field, text)
    first, last = row["earliest"], row["latest"]
    if (first is None) is not (last is None) or (first is not None and first > last):
        raise JudgementError(f"{field}: earliest {first!r} and latest {last!r} are not the first and the last day of a period")
    return row


_STRING: Final = _or_none(_a(str, "a text"))
_NUMBER: Final = _or_none(_a(float, "a number"))
_FLAG: Final = _a(bool, "true or false")
_SPAN: Final = _shaped({})
_ENTITY_FIELDS: Final = dict.fromkeys(("name", "country", "sector", "role", "kind"), _STRING)
_WHEN: Final = _shaped({"earliest": _or_none(_day), "latest": _or_none(_day), "time": _STRING, "timezone": _STRING, "duration": _STRING})
_WHERE: Final = _shaped(
    {
        "name": _a(str, "a text"),
        "country": _STRING,
        "lat": _NUMBER,
        "lon": _NUMBER,
        "geonames": _or_none(_a(int, "a whole number")),
    }
)
_SOURCE: Final = _shaped(
    {**_ENTITY_FIELDS, "anonymous": _FLAG, "quoted": _FLAG, "cue": _or_none(_SPAN)}, frozenset({"anonymous", "quoted"})
)
_QUANTITY: Final = _shaped({"value": _a(float, "a number"), "unit": _STRING}, frozenset({"value"}))

_FIELDS: Final[Mapping[str, _Check]] = {
    "type": _one_of(*TYPES),
    "mode": _STRING,
    "status": _one_of(*STATUSES),
    "actors": _list_of(_shaped(_ENTITY_FIELDS)),
    "recipients": _list_of(_shaped(_ENTITY_FIELDS)),
    "content": _or_none(_SPAN),
    "date": _or_none(_period),
    "place": _or_none(_WHERE),
    "source": _or_none(_SOURCE),
    "trigger": _SPAN,
    "quantities": _list_of(_QUANTITY),
    "contact": _STRING,
    "answers": _STRING,
    "contexts": _list_of(_a(str, "a text")),
    "score": _NUMBER,
    "flags": _list_of(_one_of(*FLAGS)),
}
