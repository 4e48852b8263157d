"""Sums over many rows, made where they are kept: who deals with whom, where events are, who is quoted, what is newest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import permutations, product
from typing import Any, Final, NamedTuple

import apsw

from onrecord.held import Head, Wanted
from onrecord.store import sql, wanting
from onrecord.store.values import HEAD, head_of, loads, packed, unlisted, unpacked, unpacked_or_none


class Act(NamedTuple):
    """What some countries did: events of the same parties, type, status and period, counted.

    ``recipients`` are empty where those who act do it together.  ``times`` is how many events there are, ``total`` the sum of
    the ``scored`` ones' scores.
    """

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    day: str | None
    last: str | None
    type: str
    status: str
    times: int
    total: float
    scored: int

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Who acts on whom, country by country; of what is done together each on each other."""
        return _directed(self.actors, self.recipients)


class Dealing(NamedTuple):
    """What passes between a party and another: ``way`` is "to" the other, "from" it, or "mutual"; ``mean`` None without scores."""

    other: str
    way: str
    times: int
    mean: float | None


class Spot(NamedTuple):
    """A place of events, with where it is as far as that is known."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    times: int
    total: float
    scored: int


class Quoted(NamedTuple):
    """One event for which a report names its source: ``party`` in notation, ``source`` as the row has it."""

    event: str
    report: str
    publisher: str | None
    day: str | None
    party: str
    source: dict[str, Any]


_RIGHT: Final = "e.verdict IS NOT 'wrong'"


def acts(db: apsw.Connection, wanted: Wanted) -> list[Act]:
    """What countries did toward each other in the events that are wanted; events in which two do not meet are left out."""
    where = wanting.of_events(wanted)
    columns = "e.actors, e.recipients, e.day, e.last, e.type, e.status, e.score"
    query = f"SELECT {columns} FROM events AS e JOIN reports AS r USING (rid) WHERE {_RIGHT} AND {where.sql}"
    sums: dict[tuple[Any, ...], list[float]] = {}  # summed here: SQLite would sort all rows to group them
    for actors, recipients, *rest, score in sql.stream(db, query, where.values):
        sides = _sides(actors, recipients)
        if sides is not None:
            found = sums.setdefault((*sides, *rest), [0, 0.0, 0])
            found[0] += 1
            if score is not None:
                found[1] += score
                found[2] += 1
    return [Act._make((*key, int(times), total, int(scored))) for key, (times, total, scored) in sums.items()]


Codes = tuple[str, ...]


@lru_cache(maxsize=65_536)
def _sides(actors: str, recipients: str) -> tuple[Codes, Codes] | None:
    """The countries on either side by the columns of an event; None where no two meet."""
    sides = _countries(actors), _countries(recipients)
    mutual = recipients == "[]"
    return sides if (len(sides[0]) > 1 if mutual else _directed(*sides) and all(sides)) else None


@lru_cache(maxsize=65_536)
def _directed(actors: Codes, recipients: Codes) -> tuple[tuple[str, str], ...]:
    pairs = product(actors, recipients) if recipients else permutations(actors, 2)
    return tuple((one, other) for one, other in pairs if one != other)


def _countries(column: str) -> Codes:
    codes = {"" if party.startswith('"') else party.partition(".")[0] for party in unlisted(column)}
    return tuple(sorted(codes - {""}))


def dealings(db: apsw.Connection, party: str, wanted: Wanted) -> list[Dealing]:
    """With whom a party (a country's code, or a party in notation) deals, the most frequent first.

    The others are countries and organisations; who is of none stands for itself.
    """
    where = wanting.of_events(wanted)
    way = "CASE WHEN e.recipients = '[]' THEN 'mutual' WHEN a.side = 'actor' THEN 'to' ELSE 'from' END"
    query = f"""
        SELECT coalesce(b.country, b.party) AS other, {way} AS way, count(DISTINCT e.eid) AS k, avg(e.score)
        FROM parties AS a JOIN parties AS b USING (eid) JOIN events AS e USING (eid) JOIN reports AS r USING (rid)
        WHERE (a.country = ? OR a.party = ?) AND {_BETWEEN} AND {_RIGHT} AND {where.sql}
        AND b.country IS NOT ? AND b.party <> a.party GROUP BY other, way ORDER BY k DESC, other, way
    """
    code = packed(party)
    values = (code, code, *where.values, code.partition(".")[0] or None)
    return [Dealing(unpacked(other), *rest) for other, *rest in sql.stream(db, query, values)]


_BETWEEN: Final = """(
    a.side = 'actor' AND b.side = 'recipient' OR a.side = 'recipient' AND b.side = 'actor'
    OR a.side = 'actor' AND b.side = 'actor' AND a.k <> b.k AND e.recipients = '[]'
)"""


def places(db: apsw.Connection, wanted: Wanted) -> list[Spot]:
    """The places of the events that are wanted, the most frequent first."""
    where = wanting.of_events(wanted)
    row = "coalesce(w.corrected, w.row)"
    query = f"""
        SELECT p.party, p.country, json_extract({row}, '$.place.lat') AS lat, json_extract({row}, '$.place.lon') AS lon,
            count(*) AS k, total(e.score), count(e.score)
        FROM parties AS p JOIN events AS e USING (eid) JOIN event_rows AS w USING (eid) JOIN reports AS r USING (rid)
        WHERE p.side = 'place' AND {_RIGHT} AND {where.sql}
        GROUP BY p.party, p.country, lat, lon ORDER BY k DESC, p.party, p.country, lat, lon
    """
    return [Spot(unpacked(name), *rest) for name, *rest in sql.stream(db, query, where.values)]


def quoted(db: apsw.Connection, wanted: Wanted) -> Iterator[Quoted]:
    """The events that are wanted and have a source, in no order."""
    where = wanting.of_events(wanted)
    query = f"""
        SELECT e.id, r.id, r.publisher, e.day, p.party, coalesce(w.corrected, w.row)
        FROM parties AS p JOIN events AS e USING (eid) JOIN event_rows AS w USING (eid) JOIN reports AS r USING (rid)
        WHERE p.side = 'source' AND {_RIGHT} AND {where.sql}
    """
    for id_, report, publisher, day, party, row in sql.stream(db, query, where.values):
        yield Quoted(unpacked(id_), unpacked(report), unpacked_or_none(publisher), day, unpacked(party), loads(row)["source"])


def published(db: apsw.Connection) -> tuple[str, str] | None:
    """The first and the last day on which a report came out; None where no report tells its day."""
    first, last = sql.one(db, "SELECT min(published), max(published) FROM reports")
    return None if first is None else (unpacked(first), unpacked(last))


def newest(db: apsw.Connection, most: int) -> list[Head]:
    """The reports that came out last, at most so many; those without a day last."""
    columns = ", ".join(HEAD)
    found = sql.every(db, f"SELECT {columns} FROM reports ORDER BY published DESC NULLS LAST, id LIMIT ?", (most,))
    return [head_of(row) for row in found]


def stands(db: apsw.Connection, party: str) -> bool:
    """Whether anybody in the record is of this country, or is this party in notation."""
    code = packed(party)
    query = "SELECT 1 FROM parties WHERE side <> 'place' AND (country = ? OR party = ?) LIMIT 1"
    return sql.maybe(db, query, (code, code)) is not None
