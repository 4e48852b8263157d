"""Coreference: a page and its cast in, the cast with every word that points back filled in.

Reads the report once, from its start, and keeps those who were spoken of.  A pronoun, "the two
leaders" or "the alliance" gets a mention of its own whose entities are the antecedent's, under the
words at this place; a home-grown party without a country ("police", "the government") gets that of
the place which the sentence, the paragraph or the report speaks of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from onrecord.knowledge import pointers, titles, whoswho
from onrecord.knowledge.titles import Noun
from onrecord.page import Cast, Mention, Page, Sentence, Token
from onrecord.record import Entity, Span

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})
STATES: Final = frozenset({"state", "government"})
THINGS: Final = frozenset({"state", "government", "organisation", "group"})
NEAR: Final = 12
"""How many parties back "it" looks, within its paragraph."""
REACH: Final = 3
"""How many sentences back a pronoun looks."""


@dataclass(slots=True)
class Heard:
    """A party that was spoken of: where, and whether as a subject."""

    mention: Mention
    subject: bool
    plural: bool
    block: int


@dataclass(slots=True)
class Talk:
    """What has been said so far in the report."""

    day: str | None
    home: str | None
    heard: list[Heard] = field(default_factory=list)
    author: Mention | None = None
    speaker: Mention | None = None
    label: Mention | None = None
    """Who speaks in a paragraph that opens with a name and a colon."""
    genders: dict[str, str] = field(default_factory=dict)
    belongs: dict[str, str] = field(default_factory=dict)
    """Whose the people are whom the report first named without a country."""


def resolve(page: Page, cast: Cast) -> Cast:
    """The cast with pronouns, definite nouns and home-grown parties resolved; the one given is not changed."""
    talk = Talk(page.report.published, _home(page, cast))
    talk.author = _author(page, cast)
    filled = Cast()
    for number, sentence in enumerate(page.sentences):
        for mention in _sentence(number, sentence, cast.of(number), talk):
            filled.add(mention)
    return filled


def _home(page: Page, cast: Cast) -> str | None:
    """The state that the report speaks of most; a place counts twice, one in the dateline settles it."""
    votes: Counter[str] = Counter()
    states = whoswho.load().states
    for mention in cast:
        countries = {e.country for e in mention.entities if e.country in states}
        weight = 1 + mention.place + 20 * (mention.place and _in_dateline(page.sentences[mention.sentence], mention))
        for country in sorted(c for c in countries if c):
            votes[country] += weight
    best = votes.most_common(2)
    if not best or (len(best) > 1 and best[0][1] < best[1][1] * 1.5):
        return None
    return best[0][0]


def _in_dateline(sentence: Sentence, mention: Mention) -> bool:
    """True for the place that a paragraph opens with, before a bracket or a dash: "CAIRO, Egypt (AP) --"."""
    if sentence.block.kind != "paragraph" or sentence.start != sentence.block.start or mention.first > 4:
        return False
    after = [t.text for t in sentence.tokens[mention.last + 1 : mention.last + 7]]
    return any(mark in DATELINE for mark in after) and sentence.tokens[0].text.isupper()


DATELINE: Final = frozenset({"(", "--", "\u2014", "\u2013", "_"})


def _author(page: Page, cast: Cast) -> Mention | None:
    """Whose statement the report is, where its headline says so ("Statement from President …")."""
    if not page.sentences:
        return None
    sentence, table = page.sentences[0], pointers.load()
    if not any(token.lower in table.sets["documents"] for token in sentence.tokens[:4]):
        return None
    for mention in cast.of(0):
        before = sentence.tokens[mention.first - 1].lower if mention.first else ""
        if before in table.sets["authors"] and mention.entities[0].kind == "person":
            return mention
    return None


def _sentence(number: int, sentence: Sentence, mentions: Sequence[Mention], talk: Talk) -> Iterator[Mention]:
    """The mentions of one sentence, old and new, in text order."""
    by_first = {m.first: m for m in mentions}
    covered = {i for m in mentions for i in range(m.first, m.last + 1)}
    here: list[Mention] = []
    if sentence.start == sentence.block.start:
        talk.label = _label(sentence, by_first.get(0))
    for token in sentence.tokens:
        mention = by_first.get(token.i)
        if mention is not None:
            mention = _named(sentence, mention, mentions, here, talk)
        elif token.i not in covered:
            mention = _pointer(number, sentence, token, (here, mentions), talk)
        if mention is None:
            continue
        covered.update(range(mention.first, mention.last + 1))
        here.append(mention)
        _hear(sentence, mention, talk)
        yield mention
    talk.speaker = _speaker(sentence, here) or talk.speaker


def _label(sentence: Sentence, mention: Mention | None) -> Mention | None:
    """The person at the head of a paragraph of dialogue ("X: I thank you.")."""
    if mention is None or mention.last + 1 >= len(sentence) or sentence.tokens[mention.last + 1].text != ":":
        return None
    return mention if mention.entities[0].kind == "person" else None


def _hear(sentence: Sentence, mention: Mention, talk: Talk) -> None:
    token = sentence.tokens[mention.head]
    subject = token.dep in SUBJECTS or (token.dep == "conj" and sentence.head(token.i).dep in SUBJECTS)
    plural = len(mention.entities) > 1 or token.tag in {"NNS", "NNPS"} or pointers.load().pronouns.get(token.lower) == "plural"
    talk.heard.append(Heard(mention, subject, plural, sentence.block.start))


def _speaker(sentence: Sentence, here: Iterable[Mention]) -> Mention | None:
    """Who speaks in the sentence: the subject of a verb of saying."""
    table = titles.load()
    for mention in here:
        token = sentence.tokens[mention.head]
        if token.dep in SUBJECTS and table.has("speech", sentence.head(token.i).lemma) and not sentence.in_quotes(token.i):
            return mention
    return None


# ---------------------------------------------------------------- nouns that wait for a country or a holder


def _named(sentence: Sentence, mention: Mention, mentions: Sequence[Mention], here: Sequence[Mention], talk: Talk) -> Mention:
    """A mention of the names stage, its country and holder filled in where the talk tells them."""
    entity = mention.entities[0]
    if len(mention.entities) > 1 or entity.kind == "state":
        return mention
    if entity.kind == "person":
        return replace(mention, entities=(_belonging(entity, talk),))
    noun = _noun(sentence, mention)
    if noun is None or entity.name is not None:
        return mention
    several = _several(sentence, mention, talk)
    if several:
        return replace(mention, entities=_moved(several, entity.span))
    if entity.country is None:
        entity = replace(entity, country=_possessed(sentence, mention, here))
    if entity.kind == "role":
        entity = (
            _counterpart(entity, talk) if noun.word in pointers.load().sets["other"] else _holder(sentence, mention, entity, noun, talk)
        )
    if entity.country is None and entity.name is None:
        entity = replace(entity, country=_context(sentence, mention, noun, mentions, talk))
    return replace(mention, entities=(entity,))


def _belonging(person: Entity, talk: Talk) -> Entity:
    """A person without a country takes that of the role told before ("Russia's ambassador … Ambassador X")."""
    if person.country is not None or person.name is None:
        return person
    known = talk.belongs.get(person.name)
    if known is not None:
        return replace(person, country=known)
    word = (person.role or "").rsplit(" ", 1)[-1].lower()
    for heard in reversed(talk.heard):
        entity = heard.mention.entities[0]
        if word and entity.kind == "role" and entity.name is None and entity.country and word in (entity.role or "").lower().split():
            talk.belongs[person.name] = entity.country
            return replace(person, country=entity.country, sector=person.sector or entity.sector)
    return person


def _possessed(sentence: Sentence, mention: Mention, here: Sequence[Mention]) -> str | None:
    """The country of the owner in "its army", "their leaders"."""
    owner = next((t for t in sentence.kids(mention.head, "poss") if t.pos == "PRON" or t.i < mention.first), None)
    found = next((m for m in here if owner is not None and m.head == owner.i), None)
    return found.entities[0].country if found is not None and len(found.entities) == 1 else None


def _counterpart(entity: Entity, talk: Talk) -> Entity:
    """The other one: of the people of other countries than the last subject's the one spoken of most, or of the country told."""
    subject = next((h.mention.entities[0] for h in reversed(talk.heard) if h.subject and h.mention.entities[0].kind == "person"), None)
    if subject is None:
        return entity
    told = entity.country if entity.country != subject.country else None
    others = [e for h in talk.heard for e in h.mention.entities if e.kind == "person" and e.country not in {subject.country, None}]
    fitting = [e for e in others if told in {None, e.country}]
    if not fitting:
        return replace(entity, country=told)
    name, _ = Counter(e.name for e in fitting).most_common(1)[0]
    other = next(e for e in fitting if e.name == name)
    return replace(other, span=entity.span, role=entity.role)


def _noun(sentence: Sentence, mention: Mention) -> Noun | None:
    """The role noun that a mention stands on."""
    table = titles.load()
    tokens = sentence.tokens[mention.first : mention.last + 1]
    lowers, lemmas = [t.lower for t in tokens], [t.lemma for t in tokens]
    found = None
    for i in range(mention.head - mention.first + 1):
        match = table.at(lowers, lemmas, i)
        if match is not None and match.last >= mention.head - mention.first and found is None:
            found = match.noun
    return found


def _several(sentence: Sentence, mention: Mention, talk: Talk) -> tuple[Entity, ...]:
    """Whom "the presidents" or "both leaders" mean; empty for one president."""
    token = next((t for t in sentence.tokens[mention.first : mention.last + 1] if t.tag in {"NNS", "NNPS"}), None)
    if token is None or mention.entities[0].country is not None:
        return ()
    sort = pointers.load().groups.get(token.lemma)
    if sort is None or not _definite(sentence, mention.first):
        return ()
    return _group(sort, talk, _count(sentence, mention.first, mention.head))


def _holder(sentence: Sentence, mention: Mention, entity: Entity, noun: Noun, talk: Talk) -> Entity:
    """Who "the president" or "the Russian leader" is: the last one named whose role or country fits."""
    if sentence.tokens[mention.head].tag in {"NNS", "NNPS"}:
        return entity
    if entity.country is None and not _definite(sentence, mention.first):
        return entity
    person = _last_holder(entity, noun, talk)
    if person is not None:
        return replace(person, span=entity.span, role=entity.role)
    country = entity.country or (talk.home if noun.domestic else None)
    holder = whoswho.load().holder(country, noun.word, talk.day) if country else None
    return replace(entity, name=holder.name, country=country) if holder else entity


def _last_holder(entity: Entity, noun: Noun, talk: Talk) -> Entity | None:
    """The last person whose role fits; one who was a subject in an earlier sentence before one named in passing."""
    fitting = [h for h in talk.heard if h.mention.entities[0].kind == "person" and _fits(h.mention.entities[0], entity, noun)]
    if not fitting:
        return None
    last = talk.heard[-1].mention.sentence
    subjects = [h for h in fitting if h.subject and h.mention.sentence < last] or [h for h in fitting if h.subject] or fitting
    return subjects[-1].mention.entities[0]


def _fits(person: Entity, entity: Entity, noun: Noun) -> bool:
    if entity.country is not None and person.country != entity.country:
        return False
    role = (person.role or "").lower()
    if not role or not _same_post(person.sector, entity.sector):
        return False
    head = noun.word.rsplit(" ", 1)[-1]
    if noun.word in pointers.load().sets["leading"]:
        return person.sector == "GOV" and any(word in role for word in pointers.load().sets["heads"])
    return head in role


def _same_post(one: str | None, other: str | None) -> bool:
    """True when two sectors can be one person's: ministers of defence count with either."""
    return one == other or None in {one, other} or {one, other} == {"GOV", "MIL"}


def _context(sentence: Sentence, mention: Mention, noun: Noun, mentions: Sequence[Mention], talk: Talk) -> str | None:
    """The country of a party at home: of a place in the sentence, else of its only state, else the paragraph's or report's."""
    if noun.kind not in {"people", "group", "organ", "person"} or (noun.kind == "person" and not noun.domestic):
        return None
    here = _placed(sentence, mention, mentions)
    if here is not None or not noun.domestic:
        return None if mention.adjective and not noun.domestic else here
    if mention.adjective and noun.kind in {"people", "person"}:
        return None
    told = _states(mentions)
    if told:
        return told.pop() if len(told) == 1 else None
    around = _states(h.mention for h in talk.heard if h.block == sentence.block.start)
    return talk.home if not around or talk.home in around else (around.pop() if len(around) == 1 else None)


def _states(mentions: Iterable[Mention]) -> set[str]:
    """The states that some mentions name, or whose organs and places they are; who reports or is spoken of does not count."""
    states = whoswho.load().states
    entities = (e for m in mentions for e in m.entities if e.kind not in {"person", "people", "role"} and e.sector != "JRN")
    return {e.country for e in entities if e.country in states and e.country is not None}


def _placed(sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> str | None:
    """The country of the nearest place in the sentence that something happens in."""
    table = pointers.load()
    places = [m for m in mentions if m.place and _preposition(sentence, m) in table.sets["placing"] and not m.adjective]
    if not places:
        return None
    return min(places, key=lambda m: abs(m.first - mention.head)).entities[0].country


def _preposition(sentence: Sentence, mention: Mention) -> str:
    """The preposition that governs a mention, in lower case, or nothing."""
    for token in sentence.ancestors(mention.head):
        if token.pos == "ADP":
            return token.lower
        if token.pos not in {"NOUN", "PROPN"}:
            break
    return ""


# ---------------------------------------------------------------- words that point back


_Around = tuple[Sequence[Mention], Sequence[Mention]]
"""The mentions so far in the sentence, pronouns too, and all those by name."""


def _pointer(number: int, sentence: Sentence, token: Token, around: _Around, talk: Talk) -> Mention | None:
    """The mention that a pronoun or a definite noun makes, when its antecedent is found."""
    table = pointers.load()
    sort = table.pronouns.get(token.lower)
    if sort is not None and (token.pos == "PRON" or sort in {"masculine", "feminine"}):
        return _made(number, sentence, token.i, token.i, _pronoun(sentence, token, sort, around[1], talk))
    if token.lower in table.sets["relatives"] and token.dep != "mark":
        return _made(number, sentence, token.i, token.i, _relative(sentence, token, around[0]))
    if token.lower in table.numbers and token.dep in SUBJECTS and not sentence.children(token.i)[1:]:
        return _pair(number, sentence, token, talk)
    if token.tag in {"NNS", "NNPS"} and token.lemma in table.groups:
        return _plural_noun(number, sentence, token, talk)
    if token.tag == "NN" and token.lemma in table.singles:
        return _single_noun(number, sentence, token, talk)
    return None


def _made(number: int, sentence: Sentence, first: int, head: int, entities: tuple[Entity, ...]) -> Mention | None:
    if not entities:
        return None
    return Mention(number, first, head, head, _moved(entities, sentence.cut(first, head)))


def _moved(entities: Iterable[Entity], span: Span) -> tuple[Entity, ...]:
    """The same parties, said with the words at another place."""
    return tuple(dict.fromkeys(replace(e, span=span) for e in entities))


def _pronoun(sentence: Sentence, token: Token, sort: str, here: Sequence[Mention], talk: Talk) -> tuple[Entity, ...]:
    if sort == "self":
        return _self(sentence, token, here, talk)
    if sort == "plural":
        return _they(sentence, token, talk)
    if sort == "thing":
        return _it(sentence, token, talk)
    return _he(sentence, token, sort, talk)


def _self(sentence: Sentence, token: Token, here: Sequence[Mention], talk: Talk) -> tuple[Entity, ...]:
    """ "I" and "we": outside quotes the author of a statement, inside them the speaker when he is plain to see."""
    if not sentence.in_quotes(token.i):
        known = talk.author or (talk.label if token.lower in pointers.load().sets["single_self"] else None)
        return known.entities if known is not None else ()
    speaker = _speaker(sentence, here) or talk.speaker
    return speaker.entities if speaker is not None else ()


def _he(sentence: Sentence, token: Token, gender: str, talk: Talk) -> tuple[Entity, ...]:
    people = [h for h in _recent(sentence, token, talk) if _one_person(h) and _gender(h.mention, talk) in {gender, ""}]
    object_ = _thanked(sentence, token, people)
    if object_ is not None:
        return object_.mention.entities
    known = [h for h in people if _gender(h.mention, talk)]
    chosen = _choose(sentence, token, known if gender == "feminine" and known else people)
    if chosen is None:
        return ()
    name = chosen.mention.entities[0].name
    if name:
        talk.genders.setdefault(name, gender)
    return chosen.mention.entities


def _thanked(sentence: Sentence, token: Token, people: Sequence[Heard]) -> Heard | None:
    """The object in "thanked X for his visit": there the possessive is not the subject's."""
    prep = next((t for t in sentence.ancestors(token.i) if t.pos == "ADP"), None)
    if token.dep != "poss" or prep is None or prep.lower not in pointers.load().sets["thanking"]:
        return None
    heads = {t.i for t in sentence.kids(prep.head, "dobj")}
    return next((h for h in people[::-1][:3] if h.mention.head in heads), None)


def _one_person(heard: Heard) -> bool:
    entities = heard.mention.entities
    if len(entities) > 1 or heard.mention.adjective or heard.plural:
        return False
    return entities[0].kind in {"person", "role", "people"} and (entities[0].country or entities[0].name) is not None


def _gender(mention: Mention, talk: Talk) -> str:
    """What is known of a person's gender, from earlier pronouns, the title or the first name."""
    entity, table = mention.entities[0], pointers.load()
    name = entity.name or ""
    known = talk.genders.get(name)
    if known:
        return known
    role = {w.lower() for w in (entity.role or "").split()}
    if role & table.sets["feminine_titles"] or name.partition(" ")[0] in table.sets["feminine"]:
        return "feminine"
    return "masculine" if role & table.sets["masculine_titles"] else ""


def _it(sentence: Sentence, token: Token, talk: Talk) -> tuple[Entity, ...]:
    """A state or body; nothing for "it is clear that", nor where the nearest subject is a thing that is no party."""
    if not _points(sentence, token):
        return ()
    subject = _subject(sentence, token.i)
    if subject is not None:
        number = talk.heard[-1].mention.sentence if talk.heard else -1
        if not any(h.mention.head == subject.i and h.mention.sentence == number for h in talk.heard):
            return ()
    near = [h for h in _recent(sentence, token, talk)[-NEAR:] if h.block == sentence.block.start]
    things = [h for h in near if _thing(h.mention) and not h.mention.adjective]
    chosen = _choose(sentence, token, things)
    return chosen.mention.entities if chosen is not None and (chosen.subject or token.dep == "poss") else ()


def _points(sentence: Sentence, token: Token) -> bool:
    """True for a possessive and for a subject whose verb does not take a clause in its stead ("it is expected that")."""
    if token.dep not in SUBJECTS:
        return token.dep == "poss"
    verb = _verb(sentence, token.i)
    if verb is None or verb.lemma in pointers.load().sets["expletive"]:
        return False
    return token.dep == "nsubj" or sentence.kid(verb.i, "ccomp", "xcomp", "advcl") is None


def _thing(mention: Mention) -> bool:
    return len(mention.entities) == 1 and mention.entities[0].kind in THINGS and mention.entities[0].country is not None


def _they(sentence: Sentence, token: Token, talk: Talk) -> tuple[Entity, ...]:
    plural = [h for h in _recent(sentence, token, talk) if h.plural and not h.mention.adjective]
    chosen = _choose(sentence, token, plural)
    if chosen is not None and (chosen.subject or token.dep not in SUBJECTS):
        return chosen.mention.entities
    pair = _group("person", talk, 2) if token.dep in SUBJECTS else ()
    return pair or (chosen.mention.entities if chosen is not None else ())


def _recent(sentence: Sentence, token: Token, talk: Talk) -> list[Heard]:
    """Those spoken of within reach, the latest last; beyond the paragraph only for a word near the sentence's start."""
    if not talk.heard:
        return []
    last = talk.heard[-1].mention.sentence
    opening = token.i <= OPENING
    return [h for h in talk.heard[-LATEST:] if h.mention.sentence > last - REACH and (opening or h.block == sentence.block.start)]


OPENING: Final = 5
"""The last place in a sentence from which a pronoun may point to the paragraph before."""
LATEST: Final = 40
"""How many parties back any pronoun looks."""


def _choose(sentence: Sentence, token: Token, candidates: Sequence[Heard]) -> Heard | None:
    """The likeliest antecedent: a subject of this sentence, then one of the last, then the latest at all."""
    if not candidates:
        return None
    latest = max(h.mention.sentence for h in candidates)
    near = [h for h in candidates if h.mention.sentence == latest]
    subjects = [h for h in near if h.subject]
    return subjects[-1] if subjects else near[-1]


def _verb(sentence: Sentence, i: int) -> Token | None:
    """The verb above a token."""
    return next((t for t in sentence.ancestors(i) if t.pos in {"VERB", "AUX"}), None)


def _subject(sentence: Sentence, i: int) -> Token | None:
    """The subject of the clause that a token stands in, when the token is not that subject."""
    verb = _verb(sentence, i)
    if verb is None:
        return None
    subject = sentence.kid(verb.i, *SUBJECTS)
    return subject if subject is not None and subject.i < i else None


def _relative(sentence: Sentence, token: Token, here: Sequence[Mention]) -> tuple[Entity, ...]:
    """Whom "who" means: the party that its clause hangs on."""
    clause = next((t for t in (sentence.tokens[token.i], *sentence.ancestors(token.i)) if t.dep == "relcl"), None)
    if clause is None:
        return ()
    noun = sentence.head(clause.i)
    found = next((m for m in here if m.first <= noun.i <= m.last and not m.adjective), None)
    return found.entities if found is not None else ()


def _definite(sentence: Sentence, i: int) -> bool:
    """True when "the", "both" or the like stands before or among the words that begin at a token."""
    table = pointers.load()
    before = sentence.tokens[i - 1].lower if i else ""
    return before in table.sets["definite"] or before in table.numbers or sentence.tokens[i].lower in table.numbers


def _pair(number: int, sentence: Sentence, token: Token, talk: Talk) -> Mention | None:
    """Resolves "the two" and "both" without a noun: people, else any parties."""
    first = token.i - (token.i > 0 and sentence.tokens[token.i - 1].pos == "DET")
    count = _count(sentence, token.i, token.i + 1)
    return _made(number, sentence, first, token.i, _group("person", talk, count) or _group("any", talk, count))


def _count(sentence: Sentence, first: int, last: int) -> int:
    """How many "the two leaders" or "the three countries" are; 2 where it is not said."""
    numbers = pointers.load().numbers
    return next((numbers[t.lower] for t in sentence.tokens[max(first - 2, 0) : last] if t.lower in numbers), 2)


def _plural_noun(number: int, sentence: Sentence, token: Token, talk: Talk) -> Mention | None:
    """ "Both sides", "the two countries": those named before."""
    first = token.i
    while first and sentence.tokens[first - 1].dep in BEFORE and sentence.tokens[first - 1].head == token.i:
        first -= 1
    if not _definite(sentence, first) and sentence.tokens[first].lower not in pointers.load().sets["definite"]:
        return None
    return _made(number, sentence, first, token.i, _group(pointers.load().groups[token.lemma], talk, _count(sentence, first, token.i)))


BEFORE: Final = frozenset({"det", "nummod", "amod", "predet"})


def _group(sort: str, talk: Talk, count: int) -> tuple[Entity, ...]:
    """Those whom a plural means: an earlier plural of as many, else the states spoken of most and last, one party each."""
    weights: Counter[str] = Counter()
    entities: dict[str, Entity] = {}
    for heard in talk.heard:
        party = [e for e in heard.mention.entities if _sorted_as(e, sort)]
        if len(party) == count and not heard.mention.adjective and party[0].country != party[-1].country:
            weights.clear()
            entities.clear()
        for entity in party:
            country = str(entity.country)
            weights[country] += (2 + 2 * heard.subject - heard.mention.adjective) * (3 if entity.kind == "person" else 1)
            entities[country] = entity if entity.kind == "person" or country not in entities else entities[country]
    best = [country for country, _ in weights.most_common(count)]
    if len(best) < count:
        return ()
    return tuple(_as_state(entities[c]) if sort == "state" else entities[c] for c in entities if c in best)


def _as_state(entity: Entity) -> Entity:
    """The bare state to which a party belongs."""
    state = whoswho.load().states.get(entity.country or "")
    return Entity(entity.span, state.name, state.country, kind="state") if state is not None else entity


def _sorted_as(entity: Entity, sort: str) -> bool:
    if entity.country is None:
        return False
    if sort == "person":
        return entity.kind in {"person", "role"} and (entity.sector == "GOV" or (entity.kind == "person" and entity.sector is not None))
    if sort == "state":
        return entity.kind in STATES or entity.kind == "person"
    return entity.kind in THINGS or entity.kind == "person"


def _single_noun(number: int, sentence: Sentence, token: Token, talk: Talk) -> Mention | None:
    """ "The alliance", "the country", "the group": the last one named of that sort."""
    first = token.i - 1
    if first < 0 or sentence.tokens[first].lower not in pointers.load().sets["definite"]:
        return None
    row = pointers.load().singles[token.lemma]
    for heard in reversed(talk.heard):
        entity = heard.mention.entities[0]
        if len(heard.mention.entities) == 1 and _is_sort(entity, row):
            meant = _as_state(entity) if row["sort"] == "state" else entity
            return _made(number, sentence, first, token.i, (meant,))
    return None


def _is_sort(entity: Entity, row: Mapping[str, Any]) -> bool:
    if "only" in row and entity.country not in row["only"]:
        return False
    if row["sort"] == "state":
        return entity.kind in STATES and entity.country in whoswho.load().states
    return bool(entity.kind == row["sort"])
