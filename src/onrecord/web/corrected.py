"""A filled-in form as a correction: which fields of a row are to be what.

Parties are written as the record writes them, with their words: ``RUS.GOV "Moscow" + UKR "Ukraine"``.  Whatever is put
in must stand in the report, since every party, day and place of a row points at words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onrecord.export import words
from onrecord.knowledge import gazetteer
from onrecord.record import Entity, Event, party

Row = Mapping[str, Any]
FIELDS: Final = ("type", "mode", "status", "actors", "recipients", "source", "date", "place")
"""What the form can change."""
KEPT: Final = ("content", "trigger", "quantities", "contact", "answers", "contexts", "flags")
"""What it leaves as it is, also where an earlier correction changed it."""
PARTY: Final = re.compile(r"""\s*(?P<code>\.?[A-Za-z][A-Za-z-]*(?:\.[A-Za-z]+)?)?\s*(?:"(?P<plain>[^"]+)"|“(?P<curly>[^”]+)”)?\s*""")
QUOTED: Final = re.compile(r"""("[^"]*"|“[^”]*”)""")


class FormError(ValueError):
    """A field of the form that cannot be taken; the message is fit for a user."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A row as it counts, as it was read, its report's text, and the entities of the whole report by which a code can be known."""

    now: Row
    read: Row
    text: str
    known: Sequence[Mapping[str, Any]] = ()


def filled(row: Event) -> dict[str, str]:
    """The fields of the form as the row has them."""
    date, place, source = row.date, row.place, row.source
    return {
        "type": row.type,
        "mode": row.mode or "",
        "status": row.status,
        "actors": written(row.actors),
        "recipients": written(row.recipients),
        "source": written([source.entity] if source else []),
        "date_words": _flat(date.span.text) if date else "",
        "earliest": (date.earliest or "") if date else "",
        "latest": (date.latest or "") if date else "",
        "place_words": _flat(place.span.text) if place else "",
        "place_name": _flat(place.name) if place else "",
        "place_country": (place.country or "") if place else "",
    }


def written(parties: Iterable[Entity]) -> str:
    """Parties as the form has them: ``RUS.GOV "Moscow" + UKR "Ukraine"``."""
    return " + ".join(_written(one) for one in parties)


def _written(entity: Entity) -> str:
    said = _flat(entity.span.text)
    quoted = f"“{said}”" if '"' in said else f'"{said}"'
    code = party(entity)
    return quoted if code.startswith('"') else f"{code} {quoted}"


def changes(asked: Asked, form: Mapping[str, str]) -> dict[str, Any]:
    """The fields whose right values differ from what was read, as ``Record.judge`` takes them; FormError names the field."""
    wished: dict[str, Any] = {
        "type": form.get("type", asked.now["type"]),
        "mode": form.get("mode") or None,
        "status": form.get("status", asked.now["status"]),
        "actors": _parties(asked, form, "actors"),
        "recipients": _parties(asked, form, "recipients"),
        "source": _source(asked, form),
        "date": _date(asked, form),
        "place": _place(asked, form),
        **{name: asked.now[name] for name in KEPT},
    }
    if wished["type"] != asked.now["type"] and wished["mode"] == asked.now["mode"]:
        del wished["mode"]  # a mode of the type before: the new type has it too, or it goes
    return {name: value for name, value in wished.items() if value != asked.read[name]}


# ---------------------------------------------------------------- parties


def _parties(asked: Asked, form: Mapping[str, str], side: str) -> list[Any]:
    given = form.get(side)
    if given is None:
        return list(asked.now[side])
    return [_entity(asked, one, side, asked.now[side]) for one in _split(given)]


def _split(given: str) -> Iterator[str]:
    """The parties of a field, cut at each plus sign outside of quotation marks."""
    one = ""
    for k, piece in enumerate(QUOTED.split(given)):
        first, *more = [piece] if k % 2 else piece.split("+")
        one += first
        for following in more:
            yield one
            one = following
    if one.strip() or "+" in QUOTED.sub("", given):
        yield one


def _entity(asked: Asked, given: str, field: str, before: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """One party: the one the row has so, else one that the report has so, else new with the words that are given."""
    found = PARTY.fullmatch(given)
    said = found and _flat(found["plain"] or found["curly"] or "")
    if found is None or not (found["code"] or said):
        raise FormError(f'{field}: {given.strip()!r} is not a party; write a code and its words, so: RUS.GOV "Moscow"')
    country, sector = _coded(found["code"] or "", field)
    for entity in (*before, *_nearest(asked)):
        if (entity["country"], entity["sector"]) == (country, sector) and said in ("", _flat(entity["text"])):
            return entity
    if not said:
        raise FormError(f'{field}: say by which words the report names {given.strip()}, so: {given.strip()} "words of the text"')
    return _renamed(asked, said, country, sector, field)


def _coded(code: str, field: str) -> tuple[str | None, str | None]:
    country, _, sector = code.upper().partition(".")
    if sector and sector not in words.labels("sectors"):
        raise FormError(f"{field}: there is no sector {sector}; there are {', '.join(sorted(words.labels('sectors')))}")
    return country or None, sector or None


def _renamed(asked: Asked, said: str, country: str | None, sector: str | None, field: str) -> Mapping[str, Any]:
    """A party at words of the text; of whoever stood there before, the name stays unless it is that of another state."""
    span = _words(asked, said, field)
    before = next((one for one in asked.known if (one["start"], one["end"]) == (span["start"], span["end"])), None)
    if before is None:
        return {**span, "name": None, "country": country, "sector": sector, "role": None, "kind": None}
    state = before["name"] is not None and before["name"] == words.country(before["country"])
    name = words.country(country) if state and country != before["country"] else before["name"]
    return {**before, "name": name, "country": country, "sector": sector}


def _nearest(asked: Asked) -> list[Mapping[str, Any]]:
    """The report's entities, those of the row's sentence first, then by how far they are from it."""
    first, last = asked.now["sentence"]["start"], asked.now["sentence"]["end"]
    return sorted(asked.known, key=lambda one: (max(first - one["start"], one["end"] - last, 0), one["start"]))


def _source(asked: Asked, form: Mapping[str, str]) -> Any:
    now, given = asked.now["source"], form.get("source")
    if given is None or not given.strip():
        return now if given is None else None
    parties = [*_split(given)]
    if len(parties) != 1:
        raise FormError(f"source: {given.strip()!r} are several; one says so")
    entity = _entity(asked, parties[0], "source", [_bare(now)] if now else [])
    if now and _bare(now) == _bare(entity):
        return now
    return {**_bare(entity), "anonymous": False, "quoted": bool(now and now["quoted"]), "cue": now["cue"] if now else None}


ENTITY: Final = ("text", "start", "end", "name", "country", "sector", "role", "kind")


def _bare(entity: Mapping[str, Any]) -> dict[str, Any]:
    """An entity without what only a source has."""
    return {name: entity[name] for name in ENTITY}


# ---------------------------------------------------------------- day and place


def _date(asked: Asked, form: Mapping[str, str]) -> Any:
    now = asked.now["date"]
    said, first, last = (_flat(form.get(name, "")) for name in ("date_words", "earliest", "latest"))
    if "date_words" not in form or not (said or first or last):
        return now if "date_words" not in form else None
    days = {"earliest": first or last or None, "latest": last or first or None}
    if now and said in ("", _flat(now["text"])):
        return {**now, **days}
    if not said:
        raise FormError("date: say by which words the report tells the day (words of the date)")
    return {**_words(asked, said, "date"), **days, "time": None, "timezone": None, "duration": None}


def _place(asked: Asked, form: Mapping[str, str]) -> Any:
    now = asked.now["place"]
    said, name, land = (_flat(form.get(field, "")) for field in ("place_words", "place_name", "place_country"))
    if "place_words" not in form or not (said or name or land):
        return now if "place_words" not in form else None
    span = _at(now) if now and said in ("", _flat(now["text"])) else _words(asked, said or name, "place")
    name, country = name or said, land.upper() or None
    if now and (name, country) == (_flat(now["name"]), now["country"]):
        return {**now, **span}
    return {**span, **_site(name, country)}


def _site(name: str, country: str | None) -> dict[str, Any]:
    """A place that is known by this name, in this state if one is given; else its name alone."""
    for site in gazetteer.meanings(name):
        if country in (None, site.country):
            return {"name": site.name, "country": site.country, "lat": site.lat, "lon": site.lon, "geonames": site.geonames}
    return {"name": name, "country": country, "lat": None, "lon": None, "geonames": None}


# ---------------------------------------------------------------- words of the text


def _at(span: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": span["text"], "start": span["start"], "end": span["end"]}


def _flat(said: str) -> str:
    """Words with one space between them."""
    return " ".join(said.split())


def _words(asked: Asked, said: str, field: str) -> dict[str, Any]:
    """Where these words stand in the report: in the row's sentence, else nearest to it."""
    start, end = asked.now["sentence"]["start"], asked.now["sentence"]["end"]
    trigger = asked.now["trigger"]["start"]
    pattern = re.compile(r"\s+".join(re.escape(word) for word in said.split()))
    found = [match.span() for match in pattern.finditer(asked.text)]
    if not found:
        raise FormError(f"{field}: the report does not say “{said}”; give words as they stand in its text")
    best = min(found, key=lambda at: (not start <= at[0] < end, abs(at[0] - trigger)))
    return {"text": asked.text[best[0] : best[1]], "start": best[0], "end": best[1]}
