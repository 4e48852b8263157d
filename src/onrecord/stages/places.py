"""Places: the names of places in a sentence, what they mean, and which of them is the place of an event.

What a name can mean is for the gazetteer (``onrecord.knowledge.gazetteer``) to say.  A name that
several places bear means the one whose country stands beside it, else one in a country that the
report speaks of, else the one with the most people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Final

from onrecord.knowledge import gazetteer
from onrecord.knowledge.gazetteer import Site, capitals, common, key, kinds, meanings, nations, region, words
from onrecord.page import Cast, Located, Sentence, Token
from onrecord.record import Span, Where

LONGEST: Final = 6
"""Tokens in the longest name that is looked for."""
GREAT: Final = 100_000
"""People from which on a city is known without a preposition before its name."""
BESIDE: Final = 4.0
"""What a country named in the sentence is worth, in powers of ten of people."""
AT_HOME: Final = 2.0
"""What the country that the report speaks of most is worth, likewise."""


# ---------------------------------------------------------------- what countries a report speaks of


def home(sentences: Iterable[Sentence]) -> Counter[str]:
    """How often each country is named in these sentences, by name, demonym, or one of its states.

    Named states of the United States count besides under a code of their own ("USA/TX").
    """
    counts: Counter[str] = Counter()
    for sentence in sentences:
        counts.update(_named(sentence))
    return counts


def _named(sentence: Sentence) -> Iterator[str]:
    tokens = sentence.tokens
    for i, token in enumerate(tokens):
        if token.text[0].isupper():
            pair = sentence.cut(i, i + 1).text if i + 1 < len(tokens) else ""
            code = nations().get(pair) or nations().get(token.text)
            state = region(pair) or region(token.text)
            if state is not None and state.admin:
                yield f"{state.country}/{state.admin}"
            if code is None and state is not None:
                code = state.country
            if code is not None:
                yield code


# ---------------------------------------------------------------- finding


@dataclass(frozen=True, slots=True)
class _Name:
    """Tokens [first, last] that can be a place's name; ``container`` is what stands beside it to say where it lies."""

    first: int
    last: int
    sites: tuple[Site, ...]
    kind: str | None = None
    container: Site | None = None
    placed: bool = False
    """True when it stands where places stand: after a preposition, before its country, beside another place."""


def find(
    sentence: Sentence,
    cast: Cast,
    home: Mapping[str, int] | None = None,
    known: MutableMapping[str, Where] | None = None,
) -> list[Located]:
    """The places named in a sentence, in text order.

    ``cast`` says which tokens are persons; ``home`` how often the report names each country;
    ``known`` remembers a report's places that were told apart by what stood beside them ("London,
    Ontario"), so that the bare name means the same later on.
    """
    counts = home or {}
    beside = Counter(_named(sentence))
    found: list[Located] = []
    for name in _names(sentence, cast):
        where = _where(sentence, name, beside, counts, {} if known is None else known)
        if where is not None:
            found.append(Located(name.first, name.last, where))
    return found


def resolve(text: str, home: Mapping[str, int] | None = None) -> Where | None:
    """What a bare name means, such as a dateline's "KYIV, Ukraine"; the span counts from the text's own start."""
    name, _, rest = text.partition(",")
    container = next(iter(meanings(rest.strip())), None) if rest.strip() else None
    site = _best(meanings(name.strip()), container, Counter(), home or {})
    return None if site is None else _made(Span.of(name.strip(), 0, len(name.strip())), site, None)


def _names(sentence: Sentence, cast: Cast) -> Iterator[_Name]:
    """Candidates from left to right, the longest first, each token used once."""
    i, before = 0, -2
    while i < len(sentence):
        name = _name_at(sentence, i, cast, before)
        if name is None:
            i += 1
            continue
        yield name
        before = name.last
        i = name.last + 1


def _name_at(sentence: Sentence, first: int, cast: Cast, before: int) -> _Name | None:
    """The longest place name that starts at a token; ``before`` is the last token of the place before it."""
    tokens = sentence.tokens
    if not tokens[first].text[0].isupper() or tokens[first].text in words("calendar"):
        return None
    for last in range(min(first + LONGEST, len(tokens)) - 1, first - 1, -1):
        if not _can_end(tokens[last]):
            continue
        sites = meanings(sentence.cut(first, last).text)
        if sites and not _is_somebody(sentence, first, last, cast):
            return _judge(sentence, first, last, sites, before)
    return _unlisted(sentence, first, cast)


def _can_end(token: Token) -> bool:
    """A name ends in a capitalised word, a kind of place, or the full stop of an abbreviation ("Que.")."""
    return token.text[0].isupper() or token.text == "." or token.lower in words("kinds")


def _is_somebody(sentence: Sentence, first: int, last: int, cast: Cast) -> bool:
    """True when the tokens are (part of) a person or of a longer name that is no place."""
    for i in range(first, last + 1):
        mention = cast.covering(sentence.number, i)
        if mention is None or mention.place:
            continue
        longer = mention.first < first or mention.last > last
        if longer or any(entity.kind == "person" for entity in mention.entities):
            return not mention.adjective
    return False


def _judge(sentence: Sentence, first: int, last: int, sites: tuple[Site, ...], before: int) -> _Name | None:
    """The name with what stands around it, or None when it is no place here."""
    kind = _kind_after(sentence, last)
    container = _container(sentence, first, last + (kind is not None))
    placed = container is not None or kind is not None or _placed(sentence, first) or _listed(sentence, first, before)
    if first == last and kind is not None and sentence.tokens[first].lower in words("modifiers"):
        return None
    if _part_of_longer(sentence, first, last, kind, container) or not _credible(sentence, first, last, sites, container, placed):
        return None
    return _Name(first, last, sites, kind, container, placed)


def _credible(sentence: Sentence, first: int, last: int, sites: tuple[Site, ...], container: Site | None, placed: bool) -> bool:
    """A common word needs its country beside it; a bare name must be great; both must be names to the parser."""
    name = sentence.cut(first, last).text
    if name in words("weak"):
        return placed
    if container is not None or sites[0].level < 3:
        return container is not None or first < last or sentence.tokens[first].tag.startswith("NNP") or placed
    if key(name) in common():
        return False
    great = max(site.people for site in sites) >= GREAT and not sites[0].other
    proper = first < last or sentence.tokens[first].pos in ("PROPN", "X")
    # the parser may take a strange name for another part of speech: a preposition and its fame vouch for it
    return (proper and (placed or great)) or (placed and great and first > 0)


def _kind_after(sentence: Sentence, last: int) -> str | None:
    """The kind of place that follows its name: "Kharkiv region", "Idlib Province"."""
    after = sentence.tokens[last + 1] if last + 1 < len(sentence) else None
    return after.lower if after is not None and after.lower in kinds() else None


def _part_of_longer(sentence: Sentence, first: int, last: int, kind: str | None, container: Site | None) -> bool:
    """True for "Moscow" in "Moscow Exchange" and "Paris" in "Jean Paris": the name goes on, and is no place's."""
    tokens = sentence.tokens
    left = tokens[first - 1] if first else None
    if left is not None and left.tag == "NNP" and left.text[0].isupper() and not _may_precede(left):
        return True
    if left is not None and left.lower == "of" and first > 1 and tokens[first - 2].tag == "NNP" and container is None:
        return tokens[first - 2].lower not in words("kinds")
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if after is None or after.text in words("calendar") or (kind is not None and kind not in words("no_city")):
        return False
    return after.lower in words("named_after") or (after.tag in ("NNP", "NNPS") and after.text[0].isupper())


def _may_precede(token: Token) -> bool:
    """Words in capitals before a place's name: "Northern", "Syrian", "Province" of a list, a dash."""
    return (
        token.lower in words("modifiers")
        or token.lower in words("kinds")
        or token.lower in words("prepositions")
        or token.text in nations()
        or not token.text[-1].isalnum()
    )


def _placed(sentence: Sentence, first: int) -> bool:
    """True after a preposition of place, an article, "northern", "the city of" or a demonym between them skipped."""
    i = first - 1
    tokens = sentence.tokens
    while i >= 0 and (_skipped(tokens[i]) or _of_kind(tokens, i)):
        i -= 1
    return i >= 0 and tokens[i].lower in words("prepositions") or (0 <= i < first - 1 and tokens[i + 1].lower in words("kinds"))


def _of_kind(tokens: tuple[Token, ...], i: int) -> bool:
    """True for the "of" of "the city of" and "north of"."""
    return i > 0 and tokens[i].lower == "of" and tokens[i - 1].lower in words("kinds") | words("modifiers")


def _skipped(token: Token) -> bool:
    return token.tag == "DT" or token.lower in words("modifiers") or token.lower in words("kinds") or token.text in nations()


def _listed(sentence: Sentence, first: int, before: int) -> bool:
    """True when only a comma or "and" lies between this name and the place before it."""
    between = sentence.tokens[before + 1 : first]
    return before >= 0 and 0 < len(between) <= 2 and all(token.lower in (",", "and", "or", "&") for token in between)


def _container(sentence: Sentence, first: int, last: int) -> Site | None:
    """The state or region that is named beside the name: "Tripoli, Lebanon", "Syria's Idlib", "the Syrian city of Homs"."""
    return _container_after(sentence, last) or _container_before(sentence, first)


def _container_after(sentence: Sentence, last: int) -> Site | None:
    """What follows a comma, a bracket or "in", unless it goes on to be somebody: not "Chu, US Energy Secretary"."""
    tokens = sentence.tokens
    if last + 2 >= len(tokens) or tokens[last + 1].lower not in (",", "(", "in"):
        return None
    start = last + 2
    while start + 1 < len(tokens) and _skipped(tokens[start]) and tokens[start].text not in nations():
        start += 1
    end, site = _wide_name(sentence, start)
    after = tokens[end + 1] if end + 1 < len(tokens) else None
    titled = after is not None and after.tag.startswith("NN") and after.text not in words("calendar")
    return None if titled and after is not None and after.lower not in words("kinds") else site


def _wide_name(sentence: Sentence, start: int) -> tuple[int, Site | None]:
    """The last token of the state's or region's name that starts at a token, and what it means."""
    tokens = sentence.tokens
    if tokens[start].text[0].isupper():
        for end in range(min(start + 4, len(tokens)) - 1, start - 1, -1):
            if _can_end(tokens[end]):
                kind = end + 1 < len(tokens) and tokens[end + 1].lower in words("around_city")
                levels = (1, 2, 3) if kind else (1, 2)
                site = next((site for site in meanings(sentence.cut(start, end).text) if site.level in levels), None)
                if site is not None:
                    return end, site
    return start, None


def _container_before(sentence: Sentence, first: int) -> Site | None:
    """A possessive or demonym before the name, with "northern", "city of" and the like between."""
    i = first - 1
    tokens = sentence.tokens
    passed = False
    while i >= 0 and tokens[i].text not in nations() and (_skipped(tokens[i]) or tokens[i].lower in ("of", "'s", "’s")):
        passed = True
        i -= 1
    if i < 0 or tokens[i].text not in nations() or (not passed and tokens[i].tag.startswith("NNP")):
        return None
    return gazetteer.state(nations()[tokens[i].text])


def _unlisted(sentence: Sentence, first: int, cast: Cast) -> _Name | None:
    """A name in no table beside its state or region, or after its kind: "in Kubaki, Nigeria", "the village of Kubaki"."""
    tokens = sentence.tokens
    if tokens[first].tag != "NNP" or not _placed(sentence, first) or (first and tokens[first - 1].tag == "NNP"):
        return None
    last = first
    while last + 1 < len(tokens) and last - first < 3 and tokens[last + 1].tag == "NNP" and tokens[last + 1].text[0].isupper():
        last += 1
    container = _container_after(sentence, last)
    name = sentence.cut(first, last).text
    if key(name) in common() or _is_somebody(sentence, first, last, cast):
        return None
    settled = first > 1 and _of_kind(tokens, first - 1) and tokens[first - 2].lower in words("settlements")
    if not settled and (container is None or tokens[last + 1].lower == "in"):
        return None
    return _Name(first, last, (Site(name, container.country if container else None, None, None, 3),), None, container, True)


# ---------------------------------------------------------------- meaning


def _where(
    sentence: Sentence, name: _Name, beside: Mapping[str, int], home: Mapping[str, int], known: MutableMapping[str, Where]
) -> Where | None:
    span = sentence.cut(name.first, name.last)
    told = known.get(key(span.text))
    if told is not None and name.container is None:
        return Where(span, told.name, told.country, told.lat, told.lon, told.geonames)
    site = _best(name.sites, name.container, beside, home)
    if site is None:
        return None
    where = _made(span, site, name.kind)
    if name.container is not None:
        known[key(span.text)] = where
    return where


def _made(span: Span, site: Site, kind: str | None) -> Where:
    """The place as a row shows it; a building or county does not stand where a city of its name does."""
    lends = kind is None or site.level < 3 or kind in words("around_city")
    return Where(span, site.name, site.country, site.lat if lends else None, site.lon if lends else None, site.geonames if lends else None)


def _best(sites: tuple[Site, ...], container: Site | None, beside: Mapping[str, int], home: Mapping[str, int]) -> Site | None:
    """The likeliest meaning; beside a container only what lies in it, and a name unknown there has no coordinates."""
    if not sites:
        return None
    if container is None:
        return max(sites, key=lambda site: (_weight(site, beside, home), -sites.index(site)))
    inside = [site for site in sites if _lies_in(site, container) or (container.level == 3 and site.country == container.country)]
    if inside:
        return max(inside, key=lambda site: (site.level, site.people))
    if container.country is None or sites[0].level < 3:
        return sites[0]
    return Site(sites[0].name, container.country, None, None, 3)


def _lies_in(site: Site, container: Site) -> bool:
    if container.country is None:
        return True
    same_state = not container.admin or not site.admin or site.admin == container.admin
    return site.country == container.country and site != container and same_state


def _weight(site: Site, beside: Mapping[str, int], home: Mapping[str, int]) -> float:
    """People in powers of ten, more where the sentence or the report speaks of the country."""
    weight = math.log10(site.people + 10)
    total = sum(count for code, count in home.items() if "/" not in code)
    if site.country is None:
        return weight
    if site.country in beside and total and home.get(site.country, 0) * 3 >= total:
        weight += BESIDE / 2
    if total:
        weight += AT_HOME * home.get(site.country, 0) / total
    if site.admin and site.level == 3 and home.get(f"{site.country}/{site.admin}"):
        weight += AT_HOME
    return weight - site.other - (site.lat is None)


# ---------------------------------------------------------------- choosing


def choose(sentence: Sentence, head: int, located: Iterable[Located]) -> Where | None:
    """The place of the event whose trigger is the token ``head``, or None.

    The place hangs on the event by a preposition ("talks in Geneva", "attack on Kharkiv"), is part
    of its name ("the Geneva talks"), or hangs on the verb that the event belongs to ("talks were
    held in Geneva").  The nearest wins, and among equals the most exact.
    """
    places = list(located)
    ranked = [
        (rank, -_exactness(place), place.first, place)
        for place in places
        if not _is_second(sentence, place, places) and (rank := _nearness(sentence, head, place)) is not None
    ]
    return min(ranked, key=lambda item: item[:3])[3].where if ranked else None


def _is_second(sentence: Sentence, place: Located, places: list[Located]) -> bool:
    """True for the second of two places named together ("Natanz and Isfahan"): a row has one place, the first."""
    top = sentence.tokens[_top(sentence, place)]
    return top.dep == "conj" and any(other.first <= top.head <= other.last for other in places)


def _exactness(place: Located) -> int:
    if place.where.geonames is not None:
        return 3
    return 1 if _is_state(place.where) else 2


def _is_state(where: Where) -> bool:
    return any(site.level < 2 and site.name == where.name for site in gazetteer.known().get(key(where.name), ()))


def _nearness(sentence: Sentence, head: int, place: Located) -> int | None:
    """0 hangs on the event itself, 1 on the verb that the event belongs to, None on neither."""
    top = _top(sentence, place)
    owners = _owners(sentence, head)
    for link, governor in _links(sentence, top):
        if governor in owners and _fits(sentence, head, link, governor, place):
            return min(owners.index(governor), 1)
        if link in words("here") and _lends(sentence, governor, head):
            return 1
    return None


def _lends(sentence: Sentence, noun: int, head: int) -> bool:
    """True when a verb happens where its noun is: "killed ten people in Gaza", "the blast in Beirut killed ten"."""
    token = sentence.tokens[noun]
    if token.head != head or token.pos != "NOUN":
        return False
    return token.dep in ("dobj", "nsubjpass") or (token.dep == "nsubj" and token.lemma in words("happenings"))


def _top(sentence: Sentence, place: Located) -> int:
    """The token that carries the name in the grammar."""
    inside = range(place.first, place.last + 1)
    return next((i for i in inside if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i), place.last)


def _links(sentence: Sentence, i: int) -> Iterator[tuple[str, int]]:
    """How a name hangs on what is above it, step by step: (preposition or relation, governor)."""
    for _ in range(8):
        token = sentence.tokens[i]
        above = sentence.head(i)
        if above.i == i:
            return
        if token.dep in ("appos", "conj", "nmod", "compound") and above.pos in ("PROPN", "NOUN") and token.dep != "compound":
            i = above.i
            continue
        if token.dep == "pobj" and above.pos in ("ADP", "SCONJ", "PART"):
            governor = _governor(sentence, above)
            yield above.lower, governor.i
            if governor.pos not in ("NOUN", "PROPN") or not _carries(sentence, governor) or _with_whom(above, governor):
                return
            i = governor.i
            continue
        yield token.dep, above.i
        if token.dep not in ("compound", "poss") or above.pos not in ("NOUN", "PROPN") or above.lower not in words("kinds"):
            return
        i = above.i


def _carries(sentence: Sentence, noun: Token) -> bool:
    """True when what a noun hangs on happens where the noun is: a rally at a base, an attack on a base; not a word on a base."""
    above = sentence.head(noun.i)
    if noun.dep != "pobj" or above.lower in words("nested") or noun.lower in words("kinds") or noun.lower in words("conditions"):
        return True
    return above.lower in words("target") and _governor(sentence, above).lemma in words("happenings")


def _with_whom(preposition: Token, noun: Token) -> bool:
    """ "In talks with Chile", "at the request of Chile": who stands below is the other side or the one who wishes, and no place."""
    return preposition.lower in words("partners") or noun.lemma in words("wishes")


def _governor(sentence: Sentence, preposition: Token) -> Token:
    """What a preposition hangs on, past other prepositions, adverbs and dates ("out of", "back in", "on Monday in")."""
    above = sentence.head(preposition.i)
    while (above.pos in ("ADP", "ADV") or _is_day(above)) and above.head != above.i:
        above = sentence.head(above.i)
    return above


def _is_day(token: Token) -> bool:
    """A part of a date: "on January 10 in Geneva" is not in Geneva because the tenth is."""
    return token.dep in ("pobj", "nummod", "npadvmod", "appos") and (token.text in words("calendar") or token.pos == "NUM")


def _owners(sentence: Sentence, head: int) -> list[int]:
    """The event's own token, then the verbs it belongs to: of a noun the verb it is subject or object of, and its chain."""
    owners = [head, *(t.i for t in sentence.kids(head, "acl") if t.tag == "VBN")]
    token = sentence.tokens[head]
    for _ in range(4):
        above = sentence.head(token.i)
        if above.i == token.i or token.dep not in ("nsubj", "nsubjpass", "dobj", "xcomp", "conj", "pobj", "prep", "ccomp", "auxpass"):
            break
        if above.pos in ("VERB", "AUX"):
            owners.append(above.i)
            if token.dep in ("ccomp", "nsubj", "dobj") and len(owners) > 2:
                break
        elif token.dep not in ("conj", "pobj"):
            break
        token = above
    return owners


def _fits(sentence: Sentence, head: int, link: str, governor: int, place: Located) -> bool:
    """True when that link makes the place the event's: not "sanctions on Russia", not "a Kyiv official said"."""
    exact = _exactness(place) > 1
    if link in words("here") - words("target") or link == "at":
        return True
    if governor != head:
        return link in words("here") and exact
    lemma = sentence.tokens[head].lemma
    if lemma in words("moves") | words("happenings") | words("done_to") and link in words("target") | {"dobj", "nsubjpass"}:
        return exact or lemma in words("moves")
    if link in ("compound", "nmod", "poss"):
        return exact and lemma in words("gatherings") | words("happenings")
    # a capital that is told, urged or sent something is a government
    return exact and link in words("target") | {"dobj", "nsubjpass"} and not _is_capital(place.where)


def _is_capital(where: Where) -> bool:
    return where.country is not None and key(where.name) in capitals(where.country)
