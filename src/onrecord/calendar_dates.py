"""Reading dates of the calendar: what a stretch of letters (``calendar_terms``) means as days.

``Scan`` is a sentence while it is read, ``Hit`` one stretch of it, ``Meaning`` what it says.  This module
reads days, months, years, seasons, quarters and feasts; ``calendar_relative`` the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from onrecord import intervals
from onrecord.calendar_terms import Terms, Word, terms
from onrecord.intervals import Period
from onrecord.page import Sentence, Token

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "future", "open"]


class Meaning(NamedTuple):
    """What an expression says before it becomes a Timex; dates that it leaves open are None."""

    kind: Kind
    value: str | None
    earliest: date | None = None
    latest: date | None = None
    time: str | None = None
    zone: str | None = None
    length: str | None = None
    first: int = -1
    """Where the expression really begins, when not at its first letter."""


@dataclass(slots=True)
class Scan:
    """One sentence while it is read: its letters, the day of publication, and the last day spoken of."""

    sentence: Sentence
    code: str
    words: list[Word]
    published: date | None
    anchor: Period | None
    day: date | None
    """The last single day up to publication that was spoken of: a time of day without a date falls on it."""
    known: Terms
    quarter: Period | None = None
    """The newest quarter spoken of, up to publication: "the quarter" is this one, and "a year earlier" the same a year before."""

    def lower(self, i: int) -> str:
        """The token in lower case; empty outside the sentence."""
        return self.sentence.tokens[i].lower if 0 <= i < len(self.code) else ""


class Hit:
    """A stretch of letters that a pattern found."""

    __slots__ = ("scan", "origin", "first", "last", "code")

    def __init__(self, scan: Scan, first: int, end: int) -> None:
        self.scan, self.origin, self.first, self.last, self.code = scan, first, first, end - 1, scan.code[first:end]

    def find(self, kinds: str, nth: int = 0) -> int | None:
        """The place of the nth token whose letter is one of these."""
        places = [self.origin + i for i, letter in enumerate(self.code) if letter in kinds]
        return places[nth] if nth < len(places) else None

    def value(self, kinds: str, nth: int = 0) -> Any:
        """What that token says."""
        place = self.find(kinds, nth)
        return None if place is None else self.scan.words[place].value

    def has(self, kinds: str) -> bool:
        """True when one of these letters is there."""
        return any(letter in kinds for letter in self.code)

    @property
    def edge(self) -> str | None:
        """early, mid, late, start or end."""
        return next((word.edge for word in self.scan.words[self.origin : self.last + 1] if word.edge), None)

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.scan.published

    @property
    def tense(self) -> Tense:
        """Whether the expression stands in the past or the future of its report; a deadline is ahead."""
        looked, before = tense(self.scan.sentence, self.top), self.scan.lower(self.first - 1)
        deadline = before in self.scan.known.sets["by"] or before in self.scan.known.sets["until"]
        return "future" if looked == "open" and deadline else looked

    @property
    def top(self) -> int:
        """The token by which the expression hangs in the sentence."""
        inside, tokens = range(self.first, self.last + 1), self.scan.sentence.tokens
        return next((i for i in inside if tokens[i].head not in inside and tokens[i].pos not in ("DET", "PUNCT")), self.last)

    def direction(self) -> int | None:
        """-1 for last, 1 for next, 0 for this; None when nothing says."""
        return -1 if self.has("lp") else 1 if self.has("n") else 0 if self.has("h0") else None


def found(period: Period | None, hit: Hit | None = None) -> Meaning | None:
    """A period as a dated meaning, narrowed by "early" or "the end of"."""
    if period is None:
        return None
    edge = hit.edge if hit else None
    narrow = intervals.edge(period, edge) if edge else period
    return Meaning("DATE", period.value, narrow.first, narrow.last)


# ---------------------------------------------------------------- past or future


def tense(sentence: Sentence, i: int) -> Tense:
    """How the verb over a token looks at time: future, past, or open where a noun stands between."""
    direct, below = True, sentence.tokens[i]
    for above in sentence.ancestors(i):
        if above.pos in ("VERB", "AUX"):
            awaited = below.dep == "prep" and not direct and _looked_forward_to(sentence, above)
            return "future" if awaited else _verb_tense(sentence, above, direct)
        below = above
        if above.lower in terms().sets["ahead"] or above.lower in terms().sets["ahead_words"]:
            return "future"
        if above.pos in ("NOUN", "PROPN") and above.dep not in ("npadvmod", "tmod"):
            direct = False
    return "open"


def _verb_tense(sentence: Sentence, verb: Token, direct: bool) -> Tense:
    """Future by auxiliary, by a participle or governor that looks ahead, or by a timetable verb in the present."""
    if _looks_ahead(sentence, verb, direct):
        return "future"
    dependent = verb.head != verb.i and verb.dep in ("xcomp", "ccomp", "pcomp", "conj", "acl")
    if dependent and (verb.tag in ("VB", "VBG", "VBP") or _infinitive(sentence, verb)):
        return _governed_tense(sentence, verb, direct)
    return "past" if direct and verb.tag in ("VBD", "VBN") else "open"


def _looks_ahead(sentence: Sentence, verb: Token, direct: bool) -> bool:
    """A verb that may or must be is ahead itself, but the nouns below it need not be."""
    known = terms().sets
    helpers = {helper.lower for helper in sentence.kids(verb.i, "aux", "auxpass")}
    if not helpers.isdisjoint(known["perfect"]) and helpers.isdisjoint(known["certain"]):
        return False
    return (
        not helpers.isdisjoint(known["auxiliaries"])
        or (direct and not helpers.isdisjoint(known["modals"]))
        or (verb.tag == "VBN" and verb.lemma in known["ahead"] and helpers.isdisjoint(known["pluperfect"]))
        or (verb.tag == "VBG" and not helpers.isdisjoint(known["present"]))
        or (verb.tag in ("VBZ", "VBP") and verb.lemma in known["scheduled"])
    )


def _infinitive(sentence: Sentence, verb: Token) -> bool:
    """ "to meet", "to be signed"."""
    return verb.tag == "VB" or any(helper.tag == "TO" for helper in sentence.kids(verb.i, "aux"))


def _governed_tense(sentence: Sentence, verb: Token, direct: bool) -> Tense:
    """An infinitive or participle takes its time from the verb above it."""
    known, above = terms().sets, sentence.tokens[verb.head]
    infinitive = _infinitive(sentence, verb)
    if verb.dep != "conj" and infinitive and (not known["governors"].isdisjoint((above.lemma, above.lower)) or above.lower in known["be"]):
        return "future"
    if verb.dep == "acl" and infinitive:
        return "future"
    if verb.dep == "pcomp" and _looked_forward_to(sentence, sentence.tokens[above.head]):
        return "future"
    return _verb_tense(sentence, above, direct) if above.pos in ("VERB", "AUX") else "open"


def _looked_forward_to(sentence: Sentence, verb: Token) -> bool:
    """ "Looked forward to meeting in June": what one waits for is ahead."""
    return any(f"{verb.lemma} {t.lower}" in terms().sets["awaiting"] for t in sentence.kids(verb.i, "advmod", "prt"))


# ---------------------------------------------------------------- dates of the calendar


def read_iso(hit: Hit) -> Meaning | None:
    """2021-12-30, 12/30/2021."""
    return found(intervals.one_day(hit.value("I")))


def read_month_day(hit: Hit) -> Meaning | None:
    """December 30(-31)(, 2021) in either order."""
    month, year = hit.value("M"), hit.value("Y")
    days = hit.value("J") or tuple(value for n in (0, 1) if (value := hit.value("uo", n)))
    if year is not None and not _plausible_year(hit, year):
        return None
    if len(days) == 2 and hit.has("&") and hit.scan.lower(hit.first - 1) not in hit.scan.known.sets["between"]:
        hit.first = hit.find("uo", 1) or hit.first
        days = days[1:]
    return _days(hit, month, days, year)


def _days(hit: Hit, month: int, days: Sequence[int], year: int | None) -> Meaning | None:
    ends = (days[0], days[-1])
    if year is None and hit.published is None:
        return Meaning("DATE", f"XXXX-{month:02d}-{ends[0]:02d}", first=hit.first) if ends[1] <= 31 else None
    if year is None:
        year = _year_of_event(hit, month, ends[0]) or _year_of_day(hit, month, ends[0])
    dates = [intervals.make_day(year, month, day) for day in ends] if year else []
    if not dates or dates[0] is None or dates[1] is None or dates[0] > dates[1]:
        return None
    return Meaning("DATE", dates[0].isoformat(), dates[0], dates[1], first=hit.first)


def _year_of_event(hit: Hit, month: int, day: int) -> int | None:
    """The year of a day that is known by what happened on it: "the October 7 attacks"."""
    year, words = hit.scan.known.named.get(f"{month:02d}-{day:02d}", (None, frozenset()))
    beside = {hit.scan.lower(hit.last + n) for n in (1, 2)}
    gone = year is not None and hit.published is not None and date(year, month, day) <= hit.published
    return year if gone and not beside.isdisjoint(words) else None


NEAR: Final = 45
"""After "to" or "until" a day this close after publication is ahead even under a past verb: "extended the offer to Nov. 20"."""
FAR: Final = 240
"""Beyond so many days even a verb that looks ahead would name the year: the day has gone by."""
SOON: Final = 60
"""A month and day this close after publication is ahead, unless a past verb governs it."""


def _year_of_day(hit: Hit, month: int, day: int) -> int | None:
    """The year that a day without one means: ahead for the future, else the last one gone by."""
    published = hit.published
    if published is None:
        return None
    tensed = hit.tense
    years = [y for y in range(published.year - 4, published.year + 5) if intervals.make_day(y, month, day) and 1 <= y <= 9999]
    ahead = [y for y in years if date(y, month, day) >= published]
    gone = [y for y in years if date(y, month, day) <= published]
    bound = hit.scan.lower(hit.first - 1) in hit.scan.known.sets["to"]
    limit = {"past": NEAR if bound else 1, "future": FAR}.get(tensed, SOON)
    if ahead and (not gone or (date(ahead[0], month, day) - published).days <= limit):
        return ahead[0]
    return gone[-1] if gone else None


def read_month_year(hit: Hit) -> Meaning | None:
    """December 2021, June of last year."""
    year = hit.value("Y")
    if year is None:
        direction = hit.direction()
        if hit.value("U") != "year" or hit.published is None:
            return None
        year = hit.published.year + (direction or 0)
    return found(intervals.month(year, hit.value("M")), hit)


def read_near_month(hit: Hit) -> Meaning | None:
    """last June, next January, this March."""
    number, direction, published = hit.value("M"), hit.direction(), hit.published
    if published is None:
        return Meaning("DATE", f"XXXX-{number:02d}")
    year = published.year
    if direction == -1 and number >= published.month:
        year -= 1
    if direction == 1 and number <= published.month:
        year += 1
    return found(intervals.month(year, number), hit)


SOON_MONTHS: Final = 1
"""A month this close after publication is ahead, unless a past verb governs it."""


def read_month(hit: Hit) -> Meaning | None:
    """A month alone: the last one gone by, or the next one where the verb looks ahead."""
    place = hit.find("M")
    if place is None or not _is_month(hit, place):
        return None
    number, published = hit.value("M"), hit.published
    if published is None:
        return Meaning("DATE", f"XXXX-{number:02d}")
    looked = hit.tense
    ahead = looked == "future" or (looked == "open" and 0 < (number - published.month) % 12 <= SOON_MONTHS)
    year = published.year
    if ahead and number < published.month:
        year += 1
    if not ahead and number > published.month:
        year -= 1
    return found(intervals.month(year, number), hit)


def _is_month(hit: Hit, place: int) -> bool:
    """False for Theresa May, the march, and shortened months that stand alone."""
    scan = hit.scan
    token = scan.sentence.tokens[place]
    named = place > 0 and scan.code[place - 1] == "." and scan.sentence.tokens[place - 1].pos == "PROPN"
    if named and token.dep in ("nsubj", "pobj", "dobj"):
        return bool(hit.edge)
    if token.lower not in scan.known.doubtful:
        return True
    modifies = token.lower not in scan.known.capital and token.dep == "compound"
    return bool(hit.edge) or scan.lower(place - 1) in scan.known.month_leads or modifies


def read_year(hit: Hit) -> Meaning | None:
    """2014, early 2022."""
    year = hit.value("Y")
    place = hit.find("Y")
    if place is None or not _plausible_year(hit, year) or not _year_alone(hit, place):
        return None
    return found(intervals.year(year), hit)


def _plausible_year(hit: Hit, year: int) -> bool:
    """A year, not a count, when it is near our time."""
    return 1500 <= year <= 2150


def _year_alone(hit: Hit, place: int) -> bool:
    """False for "2000 troops", "$1990", "No. 2014" and the like."""
    scan = hit.scan
    tokens, known = scan.sentence.tokens, scan.known.sets
    before, after = scan.lower(place - 1), tokens[place + 1] if place + 1 < len(tokens) else None
    if before in known["not_before_year"] or (after is not None and after.lower in known["not_after_year"]):
        return False
    numbered = place > 0 and tokens[place].head == place - 1 and tokens[place].dep == "nummod" and tokens[place - 1].pos == "PROPN"
    if numbered and scan.code[place - 1] == "." and hit.code == "Y":
        return False
    counted = after is not None and after.tag in ("NNS", "NNPS") and after.i == tokens[place].head
    led = before in known["month_leads"] or scan.code[place - 1 : place] in ("t", "e", "k", "(", "y") or hit.code != "Y"
    if counted and not led:
        return False
    return led or tokens[place].dep != "nummod" or not _round(tokens[place].lower)


def _round(number: str) -> bool:
    return number.endswith("00")


def read_year_range(hit: Hit) -> Meaning | None:
    """2009-11, 2009-2011."""
    first, last = hit.value("H")
    return found(intervals.years(first, last, f"{first:04d}"))


def read_unit_year(hit: Hit) -> Meaning | None:
    """the year 2000."""
    return found(intervals.year(hit.value("Y")), hit) if hit.value("U") == "year" else None


def read_spoken_year(hit: Hit) -> Meaning | None:
    """nineteen ninety-four."""
    head, tail = hit.value("N"), hit.value("N", 1)
    if head not in (19, 20) or not 10 <= tail <= 99:
        return None
    return found(intervals.year(head * 100 + tail))


def read_fiscal(hit: Hit) -> Meaning | None:
    """A fiscal year begins where its owner's law says: the days stay open."""
    year = hit.value("Y") or (hit.published.year + (hit.direction() or 0) if hit.published else None)
    return Meaning("DATE", f"{year:04d}" if year else None)


def read_decade(hit: Hit) -> Meaning | None:
    """the 1990s, the late '80s."""
    value = hit.value("X")
    if hit.scan.lower(hit.first) in hit.scan.known.sets["possessive"] or hit.scan.lower(hit.first - 1) in hit.scan.known.sets["possessive"]:
        return None  # "a man in his 40s"
    first = value if value > 99 else (1900 if value >= 20 else 2000) + value
    if value < 100 and hit.scan.lower(hit.last).isdigit():
        return None
    return found(intervals.decade(first), hit)


def read_century(hit: Hit) -> Meaning | None:
    """the 21st century, this century."""
    ordinal = hit.value("o")
    if ordinal:
        return found(intervals.century(ordinal), hit)
    return found(intervals.calendar_unit("century", hit.published, hit.direction() or 0), hit) if hit.published else None


def read_season(hit: Hit) -> Meaning | None:
    """spring 2022, last summer, in the autumn."""
    code, year, published = hit.value("S"), hit.value("Y"), hit.published
    if _no_season(hit):
        return None
    if year:
        return found(intervals.season(code, year), hit)
    if published is None:
        return Meaning("DATE", f"XXXX-{code}")
    direction = hit.direction()
    if hit.has("U"):
        return found(intervals.season(code, published.year + (direction or 0)), hit)
    return found(_near_season(code, published, direction, hit), hit)


def _no_season(hit: Hit) -> bool:
    """True for "prices fall" and "the fall of the city", for a name ("the Winter Garden"), and for a bare word that nothing leads in."""
    tokens, place = hit.scan.sentence.tokens, hit.find("S") or 0
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    named = tokens[place].text[0].isupper() and after is not None and after.text[0].isupper()
    bare = hit.code == "S" and hit.scan.lower(hit.first - 1) not in hit.scan.known.month_leads
    toppled = hit.code.endswith("S") and hit.scan.code[hit.last + 1 : hit.last + 2] == "k"
    return named or bare or toppled or tokens[place].pos in ("VERB", "AUX")


def _near_season(code: str, published: date, direction: int | None, hit: Hit) -> Period | None:
    """last: over before the report; next: not begun; else this year's, or the last gone by."""
    near = [s for y in range(published.year - 2, published.year + 3) if (s := intervals.season(code, y))]
    if direction == -1:
        return next((s for s in reversed(near) if s.last < published), None)
    if direction == 1 or (direction is None and hit.tense == "future"):
        return next((s for s in near if s.first > published), None)
    if direction == 0 and code != "WI":
        return intervals.season(code, published.year)
    if direction == 0:
        return next((s for s in near if s.last >= published), None)
    return next((s for s in reversed(near) if s.first <= published), None)


def read_quarter(hit: Hit) -> Meaning | None:
    """the third quarter (of 1989), fourth-quarter, the first half of last year."""
    number, unit = hit.value("Q") or (hit.value("o"), hit.value("G"))
    year, published = hit.value("Y"), hit.published
    if number is None and year and hit.has("l"):
        number = 4 if unit == "quarter" else 2
    if number is None:
        return found(intervals.calendar_unit(unit, published, hit.direction() or 0)) if published else None
    size, letter = (3, "Q") if unit == "quarter" else (6, "H")
    if number > 12 // size or (unit == "half" and not hit.has("kY")):
        return None
    if year is None and published is None:
        return Meaning("DATE", f"XXXX-{letter}{number}")
    if year is None and published is not None:
        year = published.year + (hit.direction() or 0)
        current = intervals.part(number, size, year, letter)
        if not hit.has("hlnp0U") and current and not _due(current, published, hit.tense):
            year -= 1
    return found(intervals.part(number, size, year, letter))


def _due(period: Period, published: date, looked: Tense) -> bool:
    """False for a period of this year that has not begun, where nothing says that it is ahead."""
    soon = looked == "open" and (period.first - published).days <= SOON
    return period.first <= published or looked == "future" or soon


def read_quarter_of_unit(hit: Hit) -> Meaning | None:
    """this year's third quarter, next year's first half."""
    place = hit.find("U") or hit.first
    number, unit = hit.value("Q") or (hit.value("o"), hit.value("G"))
    if hit.value("U") != "year" or hit.published is None or hit.scan.lower(place + 1) not in hit.scan.known.sets["owns"]:
        return None
    size, letter = (3, "Q") if unit == "quarter" else (6, "H")
    return found(intervals.part(number, size, hit.published.year + (hit.direction() or 0), letter)) if number <= 12 // size else None


def read_holiday(hit: Hit) -> Meaning | None:
    """Christmas, 9/11."""
    value = hit.value("F")
    if isinstance(value, date):
        return found(intervals.one_day(value))
    month, day = value
    year = hit.value("Y")
    if year is None and hit.direction() is not None and hit.published is not None:
        year = _near_holiday(hit.published, month, day, hit.direction() or 0)
    return _days(hit, month, (day,), year)


def _near_holiday(published: date, month: int, day: int, direction: int) -> int:
    passed = (month, day) < (published.month, published.day)
    return published.year + (-1 if direction < 0 and not passed else 1 if direction > 0 and passed else 0)


# ---------------------------------------------------------------- two expressions that make one

Found = tuple[int, int, Meaning]
"""First token, last token and meaning of an expression."""


def together(scan: Scan, left: Found, right: Found) -> Found | None:
    """The one expression that two neighbours make, or None."""
    gap = [scan.lower(i) for i in range(left[1] + 1, right[0])]
    if len(gap) > 2:
        return None
    clock = next((m for m in (left[2], right[2]) if m.time), None)
    day = next((m for m in (left[2], right[2]) if m.kind in ("DATE", "TIME") and m.earliest and not m.time), None)
    if clock and day and set(gap) <= scan.known.sets["time_gap"]:
        value = f"{day.earliest}T{clock.time}" + ("Z" if clock.value and clock.value.endswith("Z") else "")
        return left[0], right[1], day._replace(kind="TIME", value=value, time=clock.time, zone=clock.zone)
    return _ranged(scan, left, right, gap)


def _ranged(scan: Scan, left: Found, right: Found, gap: list[str]) -> Found | None:
    """from Monday to Wednesday, between 2004 and 2011, May 3 – June 2."""
    known, before = scan.known.sets, scan.lower(left[0] - 1)
    if len(gap) != 1 or left[2].kind != "DATE" or right[2].kind != "DATE":
        return None
    linked = (gap[0] in known["to"] and before in known["from"]) or (gap[0] in known["and"] and before in known["between"])
    if not linked and gap[0] not in known["range_links"]:
        return None
    first, last = left[2].earliest, right[2].latest
    if first is None or last is None:
        return None
    if "Y" in scan.code[right[0] : right[1] + 1] and "Y" not in scan.code[left[0] : left[1] + 1]:
        first = _in_year(first, last)
    if first and first > last:
        first = _week_back(left[2], last)
    return (left[0], right[1], Meaning("DATE", left[2].value, first, last)) if first else None


def _in_year(first: date, last: date) -> date | None:
    """From June 1 to July 3, 2020: the year stands once, at the end."""
    year = last.year if (first.month, first.day) <= (last.month, last.day) else last.year - 1
    return intervals.make_day(year, first.month, first.day)


def _week_back(left: Meaning, last: date) -> date | None:
    """From Friday to Sunday, when the Friday was read as the one after."""
    first = intervals.move(left.earliest, -7) if left.earliest else None
    return first if first and first <= last else None
