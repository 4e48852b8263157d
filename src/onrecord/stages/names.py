"""Names: a parsed page in, the cast of its political parties out.

Three passes over the sentences: find known names and title nouns; gather the people whom the report
introduces by full name; then make one mention of every party.  Pronouns, "the two leaders" and nouns
that wait for a country from context are the coreference stage's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from onrecord.knowledge import sightings, titles, whoswho
from onrecord.knowledge.sightings import LAND, NAMES, Known, Person, Scan
from onrecord.knowledge.titles import NOMINAL, Noun
from onrecord.knowledge.whoswho import Entry, Found
from onrecord.page import Cast, Mention, Page, Sentence, Token
from onrecord.record import Entity


@dataclass(slots=True)
class Unit:
    """A stretch of tokens that is a name, a role, or a role with the name of its holder."""

    first: int
    last: int
    head: int
    entry: Entry | None = None
    noun: Noun | None = None
    owners: list[Entry] = field(default_factory=list)
    sector: str | None = None
    former: bool = False
    person: Person | None = None
    words: tuple[int, int] = (0, -1)
    """The name's own tokens, without the title."""
    role: tuple[int, int] | None = None
    others: list[Entry] = field(default_factory=list)
    """The names before it that a dash joins to it."""

    @property
    def owner(self) -> Entry | None:
        """Whose the role or organ is: the first, where there are several ("the leaders of A and B")."""
        return self.owners[0] if self.owners else None


def cast(page: Page) -> Cast:
    """Every state, body, group, role and person that the page names, each resolved to whom it means."""
    known = Known(whoswho.day_of(page.report.published))
    scans = [sightings.scan(number, sentence, known) for number, sentence in enumerate(page.sentences)]
    for scan in scans:
        known.countries.update(sightings.sure(scan))
    units = [list(_units(scan)) for scan in scans]
    for scan, found in zip(scans, units, strict=True):
        _introduce(scan, found)
    mentions = Cast()
    for scan, found in zip(scans, units, strict=True):
        for mention in _mentions(scan, found):
            mentions.add(mention)
    return mentions


# ---------------------------------------------------------------- units


def _units(scan: Scan) -> Iterator[Unit]:
    """Names, roles and titled names of a sentence, left to right; an outer one swallows those inside it."""
    units: list[Unit] = []
    roles = _roles(scan)
    i = 0
    tokens = scan.sentence.tokens
    while i < len(tokens):
        role = roles.get(i)
        if role is not None:
            i = _named(scan, role)
            units.append(role)
            continue
        if i not in scan.found and not tokens[i].text[0].isupper():
            i += 1
            continue
        name = _name_at(scan, i) or _beside_role(scan, i, units, roles)
        if name is None:
            i += 1
            continue
        units.append(name)
        i = name.last + 1
    yield from _apposed(scan, list(_paired(scan, units)))


def _paired(scan: Scan, units: Sequence[Unit]) -> Iterator[Unit]:
    """Joins two names with a dash between them, as in "the Iran–U.S. talks", into one that means both."""
    last: Unit | None = None
    for unit in units:
        if last is not None and _dashed(scan, last, unit):
            assert last.entry is not None
            unit.first, unit.others = last.first, [last.entry, *last.others]
        elif last is not None:
            yield last
        last = unit
    if last is not None:
        yield last


def _dashed(scan: Scan, left: Unit, right: Unit) -> bool:
    tokens = scan.sentence.tokens
    beside = right.first == left.last + 2 and tokens[left.last + 1].text in DASHES
    return beside and all(u.noun is None and u.entry is not None and u.entry.sort in PAIRED for u in (left, right))


DASHES: Final = frozenset({"-", "\u2013", "/"})
PAIRED: Final = frozenset({"state", "demonym", "organisation", "capital"})


def _name_at(scan: Scan, i: int) -> Unit | None:
    """A known name, or a run of capitalised words that may be a person's, beginning at token ``i``."""
    run = sightings.run(scan, i)
    found = scan.found.get(i)
    entry = scan.entry(i)
    if run is not None and (entry is None or entry.sort in NAMES) and (found is None or run > found.last or entry is None):
        person = sightings.person(scan, i, run)
        if person is not None:
            return Unit(i, run, titles.outer(scan.sentence.tokens, i, run), person=person, words=(i, run))
    if found is None:
        return _town_at(scan, i)
    if entry is None or found.first != i:
        return None
    unit = Unit(i, found.last, titles.outer(scan.sentence.tokens, i, found.last), entry=entry, words=(i, found.last))
    if entry.sort in NAMES:
        unit.person = sightings.from_entry(entry, scan.known.day)
    return unit


def _town_at(scan: Scan, i: int) -> Unit | None:
    town = sightings.town(scan, i)
    if town is None:
        return None
    last, entry = town
    return Unit(i, last, titles.outer(scan.sentence.tokens, i, last), entry=entry, words=(i, last))


def _beside_role(scan: Scan, i: int, units: list[Unit], roles: dict[int, Unit]) -> Unit | None:
    """An unknown full name on the other side of a comma from a role: "the mayor, X Y" and "X Y, the mayor"."""
    run = sightings.run(scan, i)
    if run is None or run == i:
        return None
    tokens = scan.sentence.tokens
    before = i > 1 and tokens[i - 1].text == "," and bool(units) and units[-1].last == i - 2 and units[-1].noun is not None
    after = run + 1 < len(tokens) and tokens[run + 1].text == "," and (run + 2 in roles or run + 3 in roles)
    if not before and not after:
        return None
    return Unit(i, run, titles.outer(scan.sentence.tokens, i, run), words=(i, run))


# ---------------------------------------------------------------- roles and organs


def _roles(scan: Scan) -> dict[int, Unit]:
    """Role phrases by their first token: "the Kremlin spokesman", "Ukraine's navy", "president of France"."""
    table = titles.load()
    tokens = scan.sentence.tokens
    lowers = [t.lower for t in tokens]
    lemmas = [t.lemma for t in tokens]
    roles: dict[int, Unit] = {}
    i, left = 0, 0
    while i < len(tokens):
        found = scan.found.get(i)
        if found is not None and scan.entry(i) is not None:
            i = found.last + 1
            continue
        match = table.at(lowers, lemmas, i)
        if match is None or not sightings.stands_as_noun(scan, match):
            i += 1
            continue
        last, noun = _whole(table, tokens, lowers, lemmas, match.last, match.noun)
        unit = _role(scan, match.first, last, noun, left)
        roles[unit.first] = unit
        i = left = unit.last + 1
    return {first: unit for first, unit in roles.items() if _counts(unit) and not _vague(scan, unit)}


def _whole(table: titles.Titles, tokens: Sequence[Token], lowers: list[str], lemmas: list[str], last: int, noun: Noun) -> tuple[int, Noun]:
    """Goes on to the head noun of a compound: "Foreign Ministry" to "spokeswoman"."""
    while last + 1 < len(tokens):
        after = table.at(lowers, lemmas, last + 1)
        organ_of = noun.kind == "organ" and after is not None and titles.before_one_name(tokens, last, after.last)
        if after is None or tokens[after.last].pos not in NOMINAL or not (organ_of or titles.within(tokens, last, after.last)):
            return last, noun
        inherited = noun.sector if after.noun.inherits and not noun.inherits else after.noun.sector
        noun = Noun(after.noun.word, inherited, after.noun.kind, after.noun.title, after.noun.domestic, after.noun.fallback)
        last = after.last
    return last, noun


def _role(scan: Scan, first: int, last: int, noun: Noun, left: int) -> Unit:
    """The phrase round a role noun: modifiers on its left, "of Ukraine" on its right."""
    table = titles.load()
    tokens = scan.sentence.tokens
    unit = Unit(first, last, last, noun=noun, sector=None if noun.inherits else noun.sector)
    edge = titles.left_edge(tokens, first, last, left)
    for j in range(first - 1, edge - 1, -1):
        _modify(unit, scan, j, table)
    _adjacent(unit, scan, left)
    _complement(unit, scan, table)
    unit.head = titles.top(tokens, unit.first, unit.last, last)
    unit.role = (unit.first, unit.last)
    if unit.sector is None:
        fallback = noun.fallback if unit.owners or noun.kind == "person" else None
        unit.sector = unit.owner.sector if unit.owner is not None and unit.owner.sector else fallback
        if unit.sector is None and unit.owner is not None and unit.owner.sort in LAND and noun.kind == "person":
            unit.sector = "GOV"
    if unit.owner is not None and unit.owner.sort in {"group", "body"} and noun.kind == "group":
        unit.sector = unit.owner.sector
    if unit.sector == "GOV" and unit.owner is not None and unit.owner.sort == "organisation":
        unit.sector = unit.owner.sector
    if titles.load().has("presiding", noun.word) and unit.owner is not None and unit.owner.sector in {"LEG", "JUD"}:
        unit.sector = unit.owner.sector
    if unit.former and noun.kind == "person":
        unit.sector = "ELI"
    return unit


def _adjacent(unit: Unit, scan: Scan, left: int) -> None:
    """Takes in the demonym or body right before a title, which the parse may have torn off ("German Chancellor …")."""
    found = scan.found.get(i := unit.first - 1)
    if unit.owners or found is None or found.first < left or unit.noun is None or unit.noun.kind not in {"person", "organ"}:
        return
    entry, token = scan.entry(i), scan.sentence.tokens[i]
    capital = scan.sentence.tokens[unit.first].text[0].isupper()
    demonym = entry is not None and entry.sort == "demonym" and token.tag not in {"NNS", "NNPS"}
    state = entry is not None and entry.sort == "state" and not capital and unit.noun.title  # "United States vice president X"
    if entry is not None and (demonym or state or (entry.sort in {"body", "organisation"} and capital)):
        unit.owners.append(entry)
        unit.first = found.first


def _modify(unit: Unit, scan: Scan, j: int, table: titles.Titles) -> None:
    """Takes one word on the left into account: its country or owner, a sector word, "former"."""
    token = scan.sentence.tokens[j]
    entry = scan.entry(j) or sightings.leader(token) or sightings.town_before(scan, j)
    if token.pos in OUTSIDE:
        return
    unit.first = j
    if entry is not None:
        if not unit.owners or (entry not in unit.owners and scan.sentence.tokens[j + 1].dep == "cc"):
            unit.owners.insert(0, entry)
        return
    sector = table.modifiers.get(token.lower) or titles.sector_word(token, table)
    if unit.sector is None and sector is not None:
        unit.sector = sector
    unit.former = unit.former or table.has("former", token.lower) or token.lower.startswith("ex-")


OUTSIDE: Final = frozenset({"DET", "NUM", "CCONJ", "PART", "PUNCT"})


def _complement(unit: Unit, scan: Scan, table: titles.Titles) -> None:
    """Takes "of (the) X" in: X is the owner, or more of the title ("of Foreign Affairs of Ukraine")."""
    tokens = scan.sentence.tokens
    for _ in range(COMPLEMENTS):
        serves = _serves(unit, tokens, table)
        i = _after_link(unit, scan, table, serves=serves)
        if i is None:
            return
        end = sightings.before_person(scan, i, titles.chunk_end(tokens, i))
        first = next((scan.found[j] for j in range(i, end + 1) if scan.entry(j)), None)
        if first is None and (town := sightings.town(scan, i)) is not None:
            unit.last, owner = town
            unit.owners.append(owner)
            return
        served = titles.plain_title(tokens[i : end + 1], table) if end >= i else None
        if served is not None and tokens[i - 1].pos != "DET" and _serves_named(unit, scan, end + 1):
            return
        titled = (serves and served is not None) or (end >= i and all(titles.portfolio(t, table) for t in tokens[i : end + 1]))
        if first is None and not titled:
            return
        end = first.last if first is not None else end
        if end + 1 < len(tokens) and tokens[end + 1].dep == "case":
            organ = sightings.before_person(scan, end + 2, titles.organ_end(tokens, end + 2))
            if first is None or unit.owners or unit.noun is None or not unit.noun.title or organ < end + 2:
                return
            i, end = end + 2, organ
        if first is not None:
            end = max(end, _owned(unit, scan, first))
        if unit.sector is None:
            told = (s for t in tokens[i : end + 1] if t.i not in scan.found and (s := titles.sector_word(t, table)))
            unit.sector = next(told, served.own_sector if served is not None else None)
        unit.last = end


COMPLEMENTS: Final = 5
"""How often "of" may go on in a title: "head of the department of policy of the office of the president of Sweden"."""


def _serves(unit: Unit, tokens: Sequence[Token], table: titles.Titles) -> bool:
    """True for "adviser to": whom one serves stands behind it as an owner does behind "of"."""
    i, noun = unit.last + 1, unit.noun
    return i < len(tokens) and tokens[i].lower == "to" and noun is not None and table.has("serving", noun.word.split(" ")[-1])


def _after_link(unit: Unit, scan: Scan, table: titles.Titles, *, serves: bool) -> int | None:
    """Where the words after "of" and its article begin; None where no such word goes on with the title."""
    tokens, i = scan.sentence.tokens, unit.last + 1
    if (
        i >= len(tokens)
        or not (serves or table.has("of", tokens[i].lower))
        or (tokens[i].lower == "from" and sightings.leaves(scan, unit.first, unit.head))
    ):
        return None
    i += 1
    while i < len(tokens) and tokens[i].pos == "DET":
        i += 1
    return i if i < len(tokens) else None


def _serves_named(unit: Unit, scan: Scan, after: int) -> bool:
    """True where a name follows the title of whom one serves ("spokesman for President Erdogan"): a known one's state is then the owner."""
    run = sightings.run(scan, after)
    person = sightings.person(scan, after, run, unit.owners) if run is not None else None
    if run is not None and person is not None and person.entry is not None and not unit.owners:
        unit.owners.append(person.entry)
        unit.last = run
    return run is not None


def _owned(unit: Unit, scan: Scan, first: Found) -> int:
    """Enters the owners that are listed ("of Russia, Azerbaijan and Armenia"); gives the last token of the list."""
    found: Found | None = first
    last = first.last
    tokens = scan.sentence.tokens
    several = any(tokens[i].tag in {"NNS", "NNPS"} for i in (unit.head, unit.last))
    plural = unit.noun is not None and (several or tokens[unit.head].lower.endswith("s"))
    while found is not None:
        entry = scan.entry(found.first)
        if entry is None or (unit.owners and entry.sort != unit.owners[0].sort):
            break
        if not unit.owners or plural:
            unit.owners.append(entry)
            last = found.last
        after = found.last + 1
        while after < len(tokens) and (tokens[after].dep == "cc" or tokens[after].pos in {"DET", "PUNCT", "CCONJ"}):
            after += 1
        found = scan.found.get(after) if plural and after > found.last + 1 else None
    return last


def _counts(unit: Unit) -> bool:
    """A weapon or a ship counts only as some state's, a "group" or "head" only as somebody's or of some sector."""
    if unit.noun is None or unit.noun.kind == "none":
        return unit.noun is None
    if unit.owners:
        return True
    return unit.noun.kind not in {"thing", "owned"} and not (unit.noun.inherits and unit.sector is None and not unit.noun.title)


def _vague(scan: Scan, unit: Unit) -> bool:
    """True for "services of the republic": an ownerless kind of noun that only "of" gives an owner."""
    noun = unit.noun
    return noun is not None and noun.inherits and noun.kind == "organ" and unit.sector is None and not scan.entry(unit.first)


# ---------------------------------------------------------------- titled and apposed names


def _named(scan: Scan, unit: Unit) -> int:
    """Takes the name right after a title into the unit; gives the token to go on at."""
    after = unit.last + 1
    noun = unit.noun
    if noun is None or not noun.title or after >= len(scan.sentence.tokens):
        return after
    start = _after_post(scan, unit)
    run = sightings.run(scan, start)
    if run is None:
        return after
    person = sightings.person(scan, start, run, unit.owners) or sightings.unknown(scan, start, run)
    unit.words, unit.last = (start, run), run
    _state_after(unit, scan)
    _describe(person, unit, scan)
    unit.person = person
    unit.head = titles.outer(scan.sentence.tokens, unit.first, run)
    return unit.last + 1


def _after_post(scan: Scan, unit: Unit) -> int:
    """Where the name begins after "ambassador to the United States": behind the state to which an envoy is sent."""
    tokens, i = scan.sentence.tokens, unit.last + 1
    if unit.noun is None or tokens[i].lower != "to" or not titles.load().has("envoys", unit.noun.word.rsplit(" ", 1)[-1]):
        return i
    place = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].pos == "DET")
    found = scan.found.get(place)
    return found.last + 1 if found is not None and found.entries[0].sort in POSTS and found.last + 1 < len(tokens) else i


POSTS: Final = frozenset({"state", "organisation"})


def _state_after(unit: Unit, scan: Scan) -> None:
    """The state in "President Zelensky of Ukraine", which also says whose the Security Council of its secretary is."""
    tokens, i = scan.sentence.tokens, unit.last + 1
    if any(o.sort != "body" for o in unit.owners) or i + 1 >= len(tokens) or not titles.load().has("of", tokens[i].lower):
        return
    i += 1 + (tokens[i + 1].pos == "DET")
    found = scan.found.get(i)
    entry = scan.entry(i)
    if found is not None and entry is not None and entry.sort == "state":
        unit.owners = [entry]
        unit.last = found.last


def _describe(person: Person, unit: Unit, scan: Scan) -> None:
    """What the title says of the person; for those in the tables only the title's words and "former"."""
    if unit.role is not None:
        person.role = scan.sentence.cut(*unit.role).text
    if unit.former:
        person.sector = "ELI"
    elif unit.noun is not None and not unit.noun.inherits and not (unit.sector == "REL" and person.sector == "GOV"):
        person.sector = unit.sector or person.sector
    if person.entry is not None:
        return
    if unit.owner is not None:
        person.country = unit.owner.country
    person.sector = unit.sector or person.sector


def _apposed(scan: Scan, units: list[Unit]) -> Iterator[Unit]:
    """A name and a role on either side of a comma are one person, as are a name and "who served as …"."""
    for n, left in enumerate(units):
        for right in units[n + 1 : n + 4]:
            name, role = (left, right) if left.words[1] >= 0 else (right, left)
            if _can_be_one(name, role) and (_side_by_side(scan, left, right) or _told_of(scan, name, role)):
                name.person = name.person or sightings.unknown(scan, *name.words)
                _describe(name.person, role, scan)
                role.person = name.person
    yield from units


def _can_be_one(name: Unit, role: Unit) -> bool:
    if role.noun is None or role.person is not None or role.noun.kind != "person" or name.noun is not None or len(role.owners) > 1:
        return False
    person = name.person
    if person is not None and person.country and role.owner is not None and role.owner.country != person.country:
        return False
    return name.words[1] >= 0 and (name.entry is None or name.entry.sort in NAMES)


def _side_by_side(scan: Scan, left: Unit, right: Unit) -> bool:
    tokens = scan.sentence.tokens
    between = tokens[left.last + 1 : right.first]
    if not between or len(between) > 2 or between[0].text != "," or (len(between) == 2 and between[1].pos != "DET"):
        return False
    after = tokens[right.last + 1].text if right.last + 1 < len(tokens) else "."
    apposed = tokens[right.head].dep == "appos" or tokens[left.head].dep == "appos"
    return apposed or after in CLOSING


CLOSING: Final = frozenset({",", ".", ")", ";"})
TELLING: Final = frozenset({"pobj", "prep", "relcl", "appos", "attr", "acl"})


def _told_of(scan: Scan, name: Unit, role: Unit) -> bool:
    """True for "X, who served as ambassador": the role hangs below the name in a clause about it."""
    if name.person is None or name.person.country is not None or role.first < name.last:
        return False
    tokens, i = scan.sentence.tokens, role.head
    for _ in range(7):
        if tokens[i].dep not in TELLING:
            return False
        i = tokens[i].head
        if i == name.head:
            return True
    return False


# ---------------------------------------------------------------- mentions


def _introduce(scan: Scan, units: list[Unit]) -> None:
    """Enters everybody named in full, so that a surname alone finds them."""
    for unit in units:
        if unit.person is None:
            continue
        if unit.role is not None or unit.words[1] > unit.words[0]:
            scan.known.named.add(unit.person.name)
        if unit.words[1] <= unit.words[0]:
            continue
        surname = scan.words[unit.words[1]]
        person = scan.known.people.get(surname)
        if person is not None and person.entry is None and person.country is None:
            scan.known.people[surname] = unit.person
        else:
            scan.known.people.setdefault(surname, unit.person)


def _mentions(scan: Scan, units: list[Unit]) -> Iterator[Mention]:
    taken: set[int] = set()
    for unit in units:
        entities = tuple(e for e in _entities(scan, unit) if e.name or e.country or e.sector)
        if entities:
            taken.update(range(unit.first, unit.last + 1))
            yield _mention(scan, unit, entities)
    for token in scan.sentence.tokens:
        if token.i in taken:
            continue
        if "-" in token.text:
            yield from _compound(scan, token)
        elif token.text[:1].isupper() and token.pos == "PROPN":
            yield from _surname(scan, token)


def _mention(scan: Scan, unit: Unit, entities: tuple[Entity, ...]) -> Mention:
    entry = unit.entry
    token = scan.sentence.tokens[unit.head]
    adjective = unit.person is None and _modifies(scan.sentence, token, unit)
    place = entry is not None and (entry.sort in LAND)
    return Mention(scan.number, unit.first, unit.last, unit.head, entities, adjective, place)


def _modifies(sentence: Sentence, token: Token, unit: Unit) -> bool:
    """True for a name that modifies a noun after it: Russian troops, Gaza ceasefire."""
    return token.head > unit.last and token.dep in {"amod", "compound", "nmod"} and sentence.tokens[token.head].pos in NOMINAL


def _entities(scan: Scan, unit: Unit) -> Iterator[Entity]:
    span = scan.sentence.cut(unit.first, unit.last)
    if unit.person is not None:
        person = _fuller(unit, scan)
        yield Entity(span, person.name, person.country, person.sector, person.role, "person")
    elif unit.entry is not None:
        yield from (_party(scan, unit, entry) for entry in (*unit.others, unit.entry))
    elif unit.noun is not None:
        others = titles.load().has("others", unit.noun.word)
        owners: list[Entry | None] = [None] if others else [*unit.owners] or [None]
        for owner in owners:
            yield _office_holder(scan, unit, unit.noun, owner)


def _fuller(unit: Unit, scan: Scan) -> Person:
    """The person as the report introduces them elsewhere, when here there is only a surname, or a full name without a post."""
    person = unit.person
    assert person is not None
    other = scan.known.people.get(scan.words[unit.words[1]])
    if other is None or other is person:
        return person
    if unit.words[0] < unit.words[1]:
        told = person.country is None and person.entry is None and other.name == person.name
    else:
        told = person.entry is None or person.name not in scan.known.named
    if not told:
        return person
    other.role = other.role or person.role
    return other


_KINDS: Final = {"state": "state", "demonym": "state", "capital": "government", "seat": "government", "group": "group", "place": "place"}


def _party(scan: Scan, unit: Unit, entry: Entry) -> Entity:
    span = scan.sentence.cut(unit.first, unit.last)
    if entry.sort == "demonym" and unit.first and scan.sentence.tokens[unit.first - 1].lower in titles.load().words["ethnic"]:
        return Entity(span, None, None, "CVL", None, "people")
    kind = _KINDS.get(entry.sort, "organisation")
    sector = entry.sector
    if entry.sort == "demonym":
        token = scan.sentence.tokens[unit.head]
        modifies = _modifies(scan.sentence, token, unit)
        kind, sector = ("state", entry.sector) if modifies else ("people", "CVL" if token.tag == "NNPS" else None)
    return Entity(span, entry.name, entry.country, sector, None, kind)


def _office_holder(scan: Scan, unit: Unit, noun: Noun, owner: Entry | None) -> Entity:
    """A role without a name: the tables may know who holds it."""
    span = scan.sentence.cut(unit.first, unit.last)
    country = owner.country if owner is not None else None
    kind = {
        "person": "role",
        "thing": "group",
        "owned": "organisation",
        "organ": "government" if unit.sector == "GOV" else "organisation",
    }.get(noun.kind, noun.kind)
    role = span.text if noun.kind == "person" else None
    holder = whoswho.load().holder(country, noun.word, scan.known.day) if country and noun.kind == "person" and not unit.former else None
    return Entity(span, holder.name if holder else None, country, unit.sector, role, kind)


def _surname(scan: Scan, token: Token) -> Iterator[Mention]:
    """A last name alone, of somebody whom the report names in full."""
    person = scan.known.people.get(scan.words[token.i])
    if person is not None and (token.i not in scan.found or scan.entry(token.i) is None):
        entity = Entity(scan.sentence.cut(token.i, token.i), person.name, person.country, person.sector, person.role, "person")
        yield Mention(scan.number, token.i, token.i, token.i, (entity,))


def _compound(scan: Scan, token: Token) -> Iterator[Mention]:
    """A hyphenated word that is made of names alone: "US-Russia", "Russian-Ukrainian"."""
    entries = sightings.compound(token)
    if not entries:
        return
    span = scan.sentence.cut(token.i, token.i)
    entities = tuple(dict.fromkeys(Entity(span, e.name, e.country, e.sector, None, "state") for e in entries))
    head = scan.sentence.tokens[token.head]
    yield Mention(scan.number, token.i, token.i, token.i, entities, token.head != token.i and head.pos in NOMINAL)
