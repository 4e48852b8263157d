"""The gazetteer: what places a name can mean, from the tables of states, regions, sites and cities.

Three tables: states and their regions (``world/states``), regions, waters and sites made by hand
(``world/places``), and GeoNames' cities above 15,000 people (``world/cities.tsv.gz``).
"""

from __future__ import annotations

import bisect
import functools
import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from onrecord import knowledge

CITIES: Final = knowledge.ROOT / "world" / "cities.tsv.gz"


@dataclass(frozen=True, slots=True)
class Site:
    """One place that a name can mean.  ``level``: 0 wider than a state, 1 state, 2 region, 3 city or site."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    level: int
    people: int = 0
    geonames: int | None = None
    admin: str = ""
    other: bool = False
    """True when the name is only another spelling of the place's own."""


def key(name: str) -> str:
    """A name as it is looked up: small letters, no accents, no apostrophes, hyphens as spaces."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.sub(r"[-‐‑–/]", " ", re.sub(r"[.'’‘ʼʿʾ`´]", "", kept)).split())


@functools.cache
def table() -> dict[str, Any]:
    """The hand-made table, whole."""
    table: dict[str, Any] = knowledge.table("world/places")
    return table


@functools.cache
def words(name: str) -> frozenset[str]:
    """One of the hand-made table's lists of words."""
    return frozenset(table()["words"][name])


@functools.cache
def kinds() -> frozenset[str]:
    """Every word that may follow a name and say what kind of place it is."""
    return words("kinds") | words("no_city")


@functools.cache
def common() -> frozenset[str]:
    """Keys of cities that bear the name of a common word or a person."""
    return frozenset(key(name) for name in words("common"))


@functools.cache
def cities() -> list[str]:
    """The lines of the table of cities, sorted by name."""
    return gzip.decompress(CITIES.read_bytes()).decode().split("\n")


def _city_sites(name: str) -> Iterator[Site]:
    lines = cities()
    at = bisect.bisect_left(lines, name + "\t")
    while at < len(lines) and lines[at].startswith(name + "\t"):
        yield _city(lines[at].split("\t"))
        at += 1


def _city(row: list[str]) -> Site:
    shown = row[2] or row[0].title()
    return Site(shown, row[3] or None, float(row[5]), float(row[6]), 3, int(row[7]), int(row[8]), row[4], row[1] == "1")


@functools.cache
def known() -> dict[str, tuple[Site, ...]]:
    """States, their regions, and the places made by hand, by key."""
    found: dict[str, list[Site]] = {}
    for name, site in (*_hand_made(), *_states()):
        if not _is_short(name):
            found.setdefault(key(name), []).append(site)
    for name, site in _regions():
        if not any(other.country == site.country for other in found.get(key(name), ())):
            found.setdefault(key(name), []).append(site)
    return {name: tuple(sites) for name, sites in found.items()}


@functools.cache
def exact() -> dict[str, tuple[Site, ...]]:
    """Abbreviations, which mean a place only as they are written: "Ky.", "B.C.", "US", "NSW"."""
    found: dict[str, list[Site]] = {}
    for name, site in (*_hand_made(), *_states()):
        if _is_short(name):
            found.setdefault(name, []).append(site)
    return {name: tuple(sites) for name, sites in found.items()}


def _is_short(name: str) -> bool:
    return name.endswith(".") or (name.isupper() and len(name) <= 4)


def _hand_made() -> Iterator[tuple[str, Site]]:
    for name, fact in table()["places"].items():
        level = 2 if fact["country"] else 0
        site = Site(name, fact["country"], float(fact["lat"]), float(fact["lon"]), level, 2_000_000)
        yield from ((spelling, site) for spelling in (name, *fact.get("names", ())))
    for name, fact in table()["admin"].items():
        site = Site(name, fact["country"], float(fact["lat"]), float(fact["lon"]), 2, 3_000_000, admin=fact["code"])
        yield from ((spelling, site) for spelling in (name, *fact["names"]))


def _states() -> Iterator[tuple[str, Site]]:
    middles = table()["countries"]
    for code, fact in knowledge.table("world/states").items():
        if code in middles:
            lat, lon = middles[code]
            site = Site(fact["name"], code, float(lat), float(lon), 1, 20_000_000)
            yield from ((name, site) for name in (fact["name"], *fact["names"], *fact["weak"]))


def _regions() -> Iterator[tuple[str, Site]]:
    for code, fact in knowledge.table("world/states").items():
        for name in fact.get("regions", ()):
            yield name, Site(name, code, None, None, 2, 400_000)


def meanings(text: str) -> tuple[Site, ...]:
    """Every place that a name, as written, can mean: own names before other spellings."""
    if text in exact():
        return exact()[text]
    if text.endswith(".") or (_is_short(text) and len(text) <= 3):
        return ()
    return sites_of(key(text))


@functools.lru_cache(maxsize=20_000)
def sites_of(name: str) -> tuple[Site, ...]:
    """Every place that a key can mean: states, regions and sites first, then cities."""
    cities = tuple(_city_sites(name))
    wide = tuple(_with_city(site, name, cities) for site in known().get(name, ()))
    taken = {site.geonames for site in wide if site.geonames is not None}
    others = (city for city in cities if city.geonames not in taken)
    named = (*wide, *(city for city in others if not city.other or all(site.country != city.country for site in wide)))
    respelled = _respelled().get(name)
    return named if respelled is None else (*named, *sites_of(respelled))


@functools.cache
def _respelled() -> dict[str, str]:
    """Keys of former and odd spellings to the keys under which the cities are listed."""
    return {key(name): key(listed) for name, listed in table()["spellings"].items()}


def _with_city(region: Site, name: str, cities: tuple[Site, ...]) -> Site:
    """A region without coordinates is the city of that name, or lies around it: "Raqqa", "Khost Province"."""
    if region.lat is not None:
        return region
    city = max((city for city in cities if city.country == region.country), key=lambda city: city.people, default=None)
    if city is not None:
        return replace(city, name=region.name if city.other else city.name, other=False)
    base, _, kind = name.rpartition(" ")
    around = sites_of(base) if kind in words("around_city") and base else ()
    same = next((site for site in around if site.country == region.country and site.lat is not None), None)
    return region if same is None else replace(region, lat=same.lat, lon=same.lon)


@functools.cache
def nations() -> dict[str, str]:
    """Country codes by what names them beside a place: names, demonyms, and their regions' demonyms."""
    found: dict[str, str] = {}
    for code, fact in knowledge.table("world/states").items():
        names = (fact["name"], *fact["names"], *fact["weak"], *fact["demonyms"], *fact["weak_demonyms"])
        found.update((name, code) for name in names)
    return found


@functools.cache
def capitals(code: str) -> frozenset[str]:
    """Keys of a state's capital, in its several spellings."""
    fact = knowledge.table("world/states").get(code, {})
    return frozenset(key(name) for name in fact.get("capital", ()))


def state(code: str) -> Site | None:
    """A state by its code."""
    fact = knowledge.table("world/states").get(code)
    sites = known().get(key(fact["name"]), ()) if fact else ()
    return next((site for site in sites if site.country == code), None)


@functools.cache
def region(name: str) -> Site | None:
    """A region by its name or abbreviation ("Texas", "Ky.", "Ontario")."""
    sites = exact().get(name) or known().get(key(name), ()) if name else ()
    return next((site for site in sites if site.level == 2 and site.country), None)
