"""Sightings: which known names a sentence holds, and whom each means there.

A weak name ("Georgia", "May") is taken only in company, a name inside a bigger unknown one ("Jordan
Spieth") not at all, and of several people with one surname the one whom the report's day suggests.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from onrecord.knowledge import gazetteer, titles, whoswho
from onrecord.knowledge.whoswho import Entry, Found, fold
from onrecord.page import Sentence, Token

NAMES: Final = frozenset({"person", "surname"})
LAND: Final = frozenset({"state", "capital", "seat", "place"})


@dataclass(slots=True)
class Person:
    """Somebody whom the report names, and what it says of them."""

    name: str
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    entry: Entry | None = None


@dataclass(slots=True)
class Known:
    """What the report has told so far: its day, its people by last name, the states it speaks of."""

    day: str | None
    people: dict[str, Person] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Those whom the report names in full or with a title."""


@dataclass(slots=True)
class Scan:
    """One sentence with the known names in it."""

    number: int
    sentence: Sentence
    known: Known
    words: list[str]
    """The tokens, folded."""
    found: dict[int, Found]
    """Known names by each of their tokens."""
    capitals: bool = False
    titled: bool = False
    _senses: dict[Found, Entry | None] = field(default_factory=dict)

    def entry(self, i: int) -> Entry | None:
        """Whom the known name at a token means here; None where there is none, or it means no party."""
        found = self.found.get(i)
        if found is None:
            return None
        if found not in self._senses:
            self._senses[found] = _sense(self, found)
        return self._senses[found]


def scan(number: int, sentence: Sentence, known: Known) -> Scan:
    """Looks every known name of a sentence up; which of its meanings holds is decided when asked."""
    words = [fold(token.text) for token in sentence.tokens]
    letters = [w for w in words if w.isalpha()]
    capitals = sum(w.isupper() and len(w) > 1 for w in letters) * 2 > len(letters) and any(len(w) > 4 for w in letters if w.isupper())
    names = whoswho.load()
    found = names.in_capitals().find([w.upper() for w in words]) if capitals else names.find(words)
    found.extend(_elided(words, found))
    titled = sentence.block.kind == "headline" and sum(w[0].isupper() for w in letters) * 3 > len(letters) * 2
    return Scan(number, sentence, known, words, {i: f for f in found for i in range(f.first, f.last + 1)}, capitals, titled)


def _elided(words: Sequence[str], found: Sequence[Found]) -> Iterator[Found]:
    """The first of two names that share their last word: "North" in "North and South Korea"."""
    names = whoswho.load()
    for name in found:
        if name.last > name.first > 1 and titles.load().has("joining", words[name.first - 1]):
            entries = names.get(" ".join((words[name.first - 2], *words[name.first + 1 : name.last + 1])))
            if entries:
                yield Found(name.first - 2, name.first - 2, entries)


def _sense(scan: Scan, found: Found) -> Entry | None:
    """The entry that a found name means here; None when it is no party after all."""
    entries = [e for e in found.entries if not e.weak or _company(scan, found, e)]
    if not entries or _part_of_a_name(scan, found, entries[0]):
        return None
    people = [e for e in entries if e.sort in NAMES]
    if people and len(people) == len(entries):
        return _likeliest(people, scan.known)
    meant = next((e for e in entries if e.country in scan.known.countries), entries[0])
    return _of_neighbour(scan, found, meant) if meant.sort == "body" else meant.standing(scan.known.day)


def _of_neighbour(scan: Scan, found: Found, body: Entry) -> Entry:
    """The body of the state told right before it, where that is another's: "the Iraqi National Intelligence Service"."""
    tokens, before = scan.sentence.tokens, scan.found.get(found.first - 1)
    if before is None or found.first == found.last or body.sector == "JRN" or not found.first <= tokens[before.last].head <= found.last:
        return body
    owner = next((e for e in before.entries if not e.weak and e.sort in {"state", "demonym"}), None)
    return replace(body, country=owner.country) if owner is not None and owner.country != body.country else body


def _company(scan: Scan, found: Found, entry: Entry) -> bool:
    """True when a weak name stands in company: a title before it, its country told elsewhere, or a place's grammar."""
    if entry.sort == "state" and titles.load().has("compass", scan.words[found.last].lower()):
        return _a_half(scan, found)
    if entry.kind == "seat":
        return scan.sentence.tokens[found.last].dep in {"nsubj", "poss", "agent"}
    if entry.sort == "surname" and _in_office(scan, found, entry):
        return True
    if entry.sort == "surname":
        return _titled_before(scan, found.first) or fold(entry.name.rsplit(" ", 1)[-1]) in scan.known.people
    if entry.country in scan.known.countries or (entry.sort in {"group", "organisation"} and _an_acronym(scan, found)):
        return True
    if entry.sort not in LAND or titles.load().homonyms.get(entry.key) in scan.known.countries:
        return False
    token = scan.sentence.tokens[found.last]
    before = scan.sentence.tokens[found.first - 1] if found.first else None
    placed = token.dep == "pobj" or (before is not None and (before.pos == "ADP" or before.text == ","))
    return placed or (token.dep in {"nsubj", "conj", "dobj", "poss"} and bool(scan.known.countries))


def _an_acronym(scan: Scan, found: Found) -> bool:
    """True for "the PRI": an article and capitals make a party's letters a name, where no other bears them."""
    before = scan.sentence.tokens[found.first - 1].lower if found.first else ""
    letters = scan.words[found.first]
    return before == "the" and found.first == found.last and letters.isupper() and not scan.capitals and len(found.entries) == 1


def _a_half(scan: Scan, found: Found) -> bool:
    """True for "the North" in a report of both halves of a divided country."""
    tokens, i = scan.sentence.tokens, found.last
    named = any(_proper(t) for t in tokens[i + 1 : i + 3] if t.i == i + 1 or tokens[i + 1].lower == "of")
    return i > 0 and tokens[i - 1].lower == "the" and not named and titles.load().words["divided"] <= scan.known.countries


def _in_office(scan: Scan, found: Found, entry: Entry) -> bool:
    """True for the bare surname of who holds a high office of a state spoken of, where the grammar is a person's."""
    known, table, tokens = scan.known, titles.load(), scan.sentence.tokens
    office = entry.office(known.day) if known.day is not None else None
    if (
        office is None
        or not office.start
        or not office.holds(known.day or "")
        or entry.country not in known.countries
        or len(known.countries) < 2
    ):
        return False
    token = tokens[found.last]
    alone = found.first == found.last and not table.has("impersonal", token.lower) and _proper(token) and not scan.titled
    beside = any(_proper(tokens[j]) for j in (found.first - 1, found.last + 1) if 0 <= j < len(tokens))
    if not alone or beside or office.role.lower() not in table.words["high_offices"]:
        return False
    verb = tokens[token.head]
    acting = token.dep in {"nsubj", "nsubjpass"} and verb.pos in {"VERB", "AUX"} and (token.i > 0 or verb.tag == "VBD")
    return acting or (token.i > 0 and token.dep in {"dobj", "poss"})


def _titled_before(scan: Scan, i: int) -> bool:
    table = titles.load()
    if not i:
        return False
    before = scan.sentence.tokens[i - 1]
    noun = table.nouns.get(before.lower) or table.nouns.get(before.lemma)
    return table.has("honorifics", before.lower) or (noun is not None and noun.title)


def _likeliest(people: Sequence[Entry], known: Known) -> Entry:
    """Of several people with one surname: whom the report named in full, else who is nearest to office on its day."""
    named = [p for p in people if any(q.entry is not None and q.entry.name == p.name for q in known.people.values())]
    at_home = [p for p in people if p.country in known.countries]
    choice = named or at_home or people
    day = known.day
    if day is None:
        return choice[0]
    return min(choice, key=lambda p: office.distance(day) if (office := p.office(day)) else 1_000_000)


def _part_of_a_name(scan: Scan, found: Found, entry: Entry) -> bool:
    """True for a known name inside a bigger unknown one: Jordan Spieth, Paris Hilton, Air France, Hunter Biden."""
    if scan.titled or scan.capitals or entry.sort in NAMES:
        return False
    if entry.sort in {"group", "body"}:
        return found.first == found.last and not scan.words[found.first].isupper() and _began_before(scan, found)
    if found.first and titles.load().has("of", scan.sentence.tokens[found.first - 1].lower):
        return False
    return entry.sort in LAND and (_goes_on(scan, found) or ((entry.weak or _renamed(scan, found)) and _began_before(scan, found)))


def _goes_on(scan: Scan, found: Found) -> bool:
    tokens, after = scan.sentence.tokens, found.last + 1
    if after >= len(tokens):
        return False
    token = tokens[after]
    if not _proper(token) or after in scan.found or title_word(token) or not _is_kin(tokens, found.last, after):
        return False
    while after + 1 < len(tokens) and _proper(tokens[after + 1]) and after + 1 not in scan.found:
        after += 1
    return not titles.load().has("sites", tokens[after].lower)


def _began_before(scan: Scan, found: Found) -> bool:
    tokens, before = scan.sentence.tokens, found.first - 1
    if before < 0:
        return False
    token = tokens[before]
    table = titles.load()
    if _renamed(scan, found):
        return True
    plain = title_word(token) or table.has("compass", token.lower) or before in scan.found
    return _proper(token) and not plain and _is_kin(tokens, before, found.first)


def _renamed(scan: Scan, found: Found) -> bool:
    """True after "New" and the like, with a capital: another place of that name."""
    before = scan.sentence.tokens[found.first - 1] if found.first else None
    return before is not None and before.pos == "PROPN" and titles.load().has("renaming", before.lower)


def _is_kin(tokens: Sequence[Token], left: int, right: int) -> bool:
    """True when two neighbours stand in one name by the parse."""
    return tokens[left].head == right or tokens[right].head == left or tokens[left].head == tokens[right].head != left


def title_word(token: Token) -> bool:
    """True for a word of titles: a role noun, a sector word, "deputy", "Mr", "former"."""
    table = titles.load()
    lower = token.lower
    known = lower in table.nouns or token.lemma in table.nouns or lower in table.modifiers or lower in table.longest
    return known or table.has("qualifiers", lower) or table.has("honorifics", lower) or table.has("former", lower)


def _proper(token: Token) -> bool:
    return token.pos == "PROPN" and token.text[:1].isupper()


# ---------------------------------------------------------------- people


def run(scan: Scan, i: int) -> int | None:
    """The last token of the run of name words that begins at ``i``."""
    tokens = scan.sentence.tokens
    table = titles.load()
    last = None
    j = i
    while j < len(tokens) and j - i < 6:
        token = tokens[j]
        if not _name_word(scan, j) and not (last is not None and table.has("particles", token.lower)):
            break
        if not table.has("particles", token.lower) or token.text[0].isupper():
            last = j
        j += 1
    return last


def _name_word(scan: Scan, j: int) -> bool:
    token = scan.sentence.tokens[j]
    entry = scan.entry(j)
    if entry is not None and entry.sort not in NAMES:
        return False
    if entry is not None:
        return True
    initial = len(token.text) == 2 and token.text[1] == "." and token.text[0].isupper()
    if not initial and (not _proper(token) or not token.text[-1].isalpha() or (token.text.isupper() and len(token.text) > 1)):
        return False
    lower = token.lower
    table = titles.load()
    return not (title_word(token) or table.has("impersonal", lower))


def person(scan: Scan, first: int, last: int, owners: Sequence[Entry] | None = None) -> Person | None:
    """Whom a run of name words means, when there is reason to take it for a person."""
    words = scan.words[first : last + 1]
    names = whoswho.load()
    people = [e for e in names.get(" ".join(words)) if e.sort in NAMES and (not e.weak or owners is not None)]
    if not people and len(words) > 1:
        surname = [e for e in names.get(words[-1]) if e.sort == "surname"]
        people = [e for e in surname if _same_first(words[0], e)]
        if surname and not people and owners is None and _a_relative(scan, first, last, surname):
            return unknown(scan, first, last)
    if owners:
        people = [e for e in people if e.country in {o.country for o in owners}]
    if people:
        return from_entry(_likeliest(people, scan.known), scan.known.day)
    if len(words) == 1:
        return scan.known.people.get(words[0])
    return unknown(scan, first, last) if not scan.titled and _looks_personal(scan, first, words) else None


def _looks_personal(scan: Scan, first: int, words: Sequence[str]) -> bool:
    """True for a run of name words that opens with a given name, or has one in its midst ("Jam Kamal Khan"), and is no place's."""
    table, given = titles.load(), whoswho.load().first_names
    known = [n for n, word in enumerate(words[:-1]) if word in given and not table.has("particles", word.lower())]
    return bool(known) and (known[0] == 0 or _plainly_a_person(scan, first, first + len(words) - 1))


def _plainly_a_person(scan: Scan, first: int, last: int) -> bool:
    """False where a place would stand: right after a preposition or "the", or before a comma and a land."""
    tokens = scan.sentence.tokens
    before, after = tokens[first - 1] if first else None, scan.entry(last + 2) if last + 2 < len(tokens) else None
    listed = tokens[last + 1].text == "," and after is not None and after.sort in LAND if last + 1 < len(tokens) else False
    return not listed and (before is None or before.pos not in {"ADP", "DET"})


def _a_relative(scan: Scan, first: int, last: int, surname: Sequence[Entry]) -> bool:
    """True for another bearer of a known surname: "Melania Trump"; not for another spelling, nor for "Candidate Trump"."""
    tokens = scan.sentence.tokens
    word = scan.words[first]
    plain = not (scan.titled or scan.capitals) and last == first + 1 and all(_proper(tokens[i]) for i in (first, last))
    like = any(_same_sound(part[0], word[0]) for e in surname for part in fold(e.name).split())
    given = word in whoswho.load().first_names or (first > 0 and word[1:].islower() and len(surname) == 1)
    return plain and not like and tokens[first].head == last and given


def _same_sound(one: str, other: str) -> bool:
    """True for initials by which one given name may be written: Yulia and Julia, Evgeny and Yevgeny."""
    return one == other or any(one in row and other in row for row in titles.load().words["initials"])


def _same_first(first: str, entry: Entry) -> bool:
    own = fold(entry.name).partition(" ")[0]
    return own == first or (first.endswith(".") and own.startswith(first[0]))


def from_entry(entry: Entry, day: str | None) -> Person:
    """Somebody of the tables, with the office of that day."""
    office = entry.office(day)
    return Person(entry.name, entry.country, entry.sector_on(day), office.role if office else None, entry)


def unknown(scan: Scan, first: int, last: int) -> Person:
    """Somebody of whom only the words of the name are known."""
    return Person(" ".join(t.text for t in scan.sentence.tokens[first : last + 1]))


# ---------------------------------------------------------------- towns


def town(scan: Scan, i: int) -> tuple[int, Entry] | None:
    """The town or region named at a token that a preposition or another place leads in, with its last token."""
    tokens = scan.sentence.tokens
    if not i or i in scan.found or not _proper(tokens[i]) or not _led_in(tokens, i):
        return None
    for last in range(min(i + 3, len(tokens)) - 1, i - 1, -1):
        if all(_proper(tokens[j]) and _plain(scan.words[j]) and j not in scan.found for j in range(i, last + 1)):
            entry = _likeliest_town(_places(" ".join(scan.words[i : last + 1])), scan, last)
            if entry is not None and not _goes_on(scan, Found(i, last, (entry,))):
                return last, entry
    return None


def _plain(word: str) -> bool:
    """True for a word with capitals only where a town has them: Mar-a-Lago, not SoFi or USAID."""
    return all(part[1:].islower() or not part[1:] for part in word.replace("'", "-").split("-"))


def town_before(scan: Scan, i: int) -> Entry | None:
    """The big town that a single word before a noun names: Istanbul police."""
    token = scan.sentence.tokens[i]
    if not _proper(token) or i in scan.found or title_word(token) or scan.words[i] in whoswho.load().first_names:
        return None
    places = [place for place in _places(scan.words[i]) if place[1] >= BIG]
    return _likeliest_town(places, scan, i)


BIG: Final = 100_000
"""People in a town that needs no other company than a role noun after it."""


_Places = list[tuple[Entry, int]]


def _places(name: str) -> _Places:
    """Towns and regions of that name, each with its people: they say only in which state something is."""
    if gazetteer.key(name) in gazetteer.common():
        return []
    sites = (site for site in gazetteer.meanings(name) if site.level >= 2 and site.country)
    return [(Entry("place", "region" if site.level == 2 else "town", site.name, site.country, kind="place"), site.people) for site in sites]


def _led_in(tokens: Sequence[Token], i: int) -> bool:
    """True after a preposition, also one that leads "the city of", "southern" or a list in."""
    before = tokens[i - 1]
    if before.text == "," or before.pos in {"CCONJ", "DET"} or titles.load().has("compass", before.lower):
        return tokens[i].dep in {"pobj", "conj", "appos"} or tokens[tokens[i].head].dep in {"pobj", "conj"}
    return before.pos == "ADP"


def _container(scan: Scan, i: int) -> Entry | None:
    """The state or region named at a token."""
    if i >= len(scan.words) or not _proper(scan.sentence.tokens[i]):
        return None
    entry = scan.entry(i)
    regions = [] if entry is not None else [place for place, _ in _places(scan.words[i]) if place.key == "region"]
    return entry or next(iter(regions), None)


def _likeliest_town(places: Sequence[tuple[Entry, int]], scan: Scan, last: int) -> Entry | None:
    """Of several of one name that in the state named right after it, else in a state of the report, else by far the biggest."""
    after = _container(scan, last + 2) if scan.words[last + 1 : last + 2] == [","] else None
    told = [p for p in places if after is not None and p[0].country == after.country]
    largest = max((p[1] for p in places), default=0)
    near = told or [p for p in places if p[0].country in scan.known.countries and p[1] * 8 >= largest]
    ranked = sorted(near or places, key=lambda p: -p[1])
    if not ranked or (after is not None and not told and after.sort in {"state", "place"}):
        return None
    clear = bool(near) or len(ranked) == 1 or ranked[0][1] >= 4 * ranked[1][1]
    return ranked[0][0] if clear else None


# ---------------------------------------------------------------- hyphenated words


def compound(token: Token) -> list[Entry]:
    """The names in a hyphenated word that is made of names alone: not in "Russian-backed", nor in "pro-Russian"."""
    table = titles.load()
    parts = token.text.split("-")
    if any(table.has("allied", p.lower()) for p in parts[1:]) or table.has("affixes", parts[0].lower()):
        return []
    entries = [entry for part in parts if (entry := _part(fold(part), table)) is not None]
    return entries if len(entries) == len(parts) else []


def _part(word: str, table: titles.Titles) -> Entry | None:
    names = whoswho.load()
    iso = table.combining.get(word.lower())
    if iso is not None:
        return names.states.get(iso)
    return next((e for e in names.get(word) if e.sort in {"state", "demonym", "organisation", "capital"}), None)


def leader(token: Token) -> Entry | None:
    """The state that leads, in "the Saudi-led coalition"."""
    first, dash, second = token.text.partition("-")
    if not dash or not titles.load().has("leading", second.lower()):
        return None
    return next((e for e in whoswho.load().get(fold(first)) if not e.weak), None)


def sure(scan: Scan) -> Iterator[str]:
    """The countries of names that can mean but one."""
    for found in scan.found.values():
        countries = {e.country for e in found.entries if not e.weak}
        if len(countries) == 1 and not found.entries[0].weak:
            yield from (c for c in countries if c)


def stands_as_noun(scan: Scan, match: titles.Match) -> bool:
    """True when the words stand as a noun here; a capitalised people word inside a name ("Korean People's Army") does not."""
    token = scan.sentence.tokens[match.last]
    if token.pos not in titles.NOMINAL:
        return token.i == 0 and token.pos in {"ADJ", "VERB"} and match.noun.kind in {"organ", "people"} and token.tag != "VB"
    proper = token.pos == "PROPN" and token.text[0].isupper() and token.i > 0
    return not proper or scan.titled or scan.capitals or match.noun.kind in {"person", "organ"}


def before_person(scan: Scan, first: int, end: int) -> int:
    """Cuts the name of the holder off a run of capitalised words: "Minister of Foreign Affairs X Y"."""
    names = whoswho.load().first_names
    for j in range(first + 1, end + 1):
        entry = scan.entry(j)
        if (entry is not None and entry.sort in NAMES) or (entry is None and j < end and scan.words[j] in names):
            return j - 1
    return end


def leaves(scan: Scan, first: int, head: int) -> bool:
    """True for "the withdrawal of its forces from Iraq": the land that they leave is not whose they are."""
    table, sentence = titles.load(), scan.sentence
    mine = first > 0 and sentence.tokens[first - 1].tag == "PRP$"
    return mine or any(table.has("leaving", t.lemma) for t in itertools.islice(sentence.ancestors(head), 3))
