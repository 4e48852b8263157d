"""Coreference: a page and its cast in, the cast with every word that points back filled in.

Reads the report once, from its start, and keeps those who were spoken of.  A pronoun, "the two
leaders" or "the alliance" gets a mention of its own whose entities are the antecedent's, under the
words at this place; a home-grown party without a country ("police", "the government") gets that of
the place which the sentence, the paragraph or the report speaks of.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from onrecord.knowledge import groups, homes, pointers, press, titles, whoswho
from onrecord.knowledge.homes import Heard, Talk
from onrecord.knowledge.pointers import SUBJECTS
from onrecord.knowledge.titles import Noun
from onrecord.page import Cast, Mention, Page, Sentence, Token
from onrecord.record import Entity, Span

NEAR: Final = 12
"""How many parties back "it" looks, within its paragraph."""
REACH: Final = 3
"""How many sentences back a pronoun looks."""


def resolve(page: Page, cast: Cast) -> Cast:
    """The cast with pronouns, definite nouns and home-grown parties resolved; the one given is not changed."""
    talk = Talk(whoswho.day_of(page.report.published), press.home(page, cast))
    talk.author = press.author(page, cast)
    talk.host = press.host(page, cast, talk.author)
    talk.heard += [Heard(mention, False, False, press.BEFORE) for mention in press.titled(page, talk.day)]
    talk.ahead = _ahead(page, cast)
    filled = Cast()
    for number, sentence in enumerate(page.sentences):
        for mention in _sentence(number, sentence, cast.of(number), talk):
            filled.add(_spelt_out(page, mention, cast))
    return filled


def _spelt_out(page: Page, mention: Mention, cast: Cast) -> Mention:
    """ "The following leaders:" as those whom the lines below it list; any other mention as it is."""
    table, sentence = pointers.load().sets, page.sentences[mention.sentence]
    if sentence.tokens[-1].text != ":" or all(t.lower not in table["announcing"] for t in sentence.tokens[mention.first : mention.head]):
        return mention
    lines = itertools.takewhile(lambda s: s.tokens[0].text in table["bullets"], page.sentences[mention.sentence + 1 :])
    first = (next((m for m in cast.of(line.number) if not m.adjective), None) for line in lines)
    listed = [entity for found in first if found is not None for entity in found.entities]
    return replace(mention, entities=_moved(listed, mention.entities[0].span)) if listed else mention


def _ahead(page: Page, cast: Cast) -> dict[int, Mention]:
    """Who speaks where a quotation runs on over the sentence's end."""
    speakers: dict[int, Mention] = {}
    for sentence, after in itertools.pairwise(reversed(page.sentences)):
        sentence, after = after, sentence
        if sentence.block.start == after.block.start and sentence.in_quotes(len(sentence) - 1) and after.in_quotes(0):
            speaker = _speaker(after, cast.of(after.number)) or speakers.get(after.number)
            if speaker is not None:
                speakers[sentence.number] = speaker
    return speakers


def _sentence(number: int, sentence: Sentence, mentions: Sequence[Mention], talk: Talk) -> Iterator[Mention]:
    """The mentions of one sentence, old and new, in text order."""
    by_first = {m.first: m for m in mentions}
    covered = {i for m in mentions for i in range(m.first, m.last + 1)}
    here: list[Mention] = []
    if sentence.start == sentence.block.start or _opens_a_turn(sentence):
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


def _opens_a_turn(sentence: Sentence) -> bool:
    """True for a sentence that begins with a capitalised name or title and a colon."""
    colon = next((t.i for t in sentence.tokens[:14] if t.text == ":"), 0)
    return colon > 0 and all(t.pos in {"PROPN", "ADP"} or t.text[0].isupper() for t in sentence.tokens[:colon])


def _label(sentence: Sentence, mention: Mention | None) -> Mention | None:
    """The person at the head of a paragraph of dialogue ("X: I thank you.")."""
    if mention is None or mention.last + 1 >= len(sentence) or sentence.tokens[mention.last + 1].text != ":":
        return None
    return mention if mention.entities[0].kind == "person" else None


def _hear(sentence: Sentence, mention: Mention, talk: Talk) -> None:
    token = sentence.tokens[mention.head]
    subject = token.dep in SUBJECTS or (token.dep == "conj" and sentence.head(token.i).dep in SUBJECTS)
    plural = len(mention.entities) > 1 or token.tag in {"NNS", "NNPS"} or pointers.load().pronouns.get(token.lower) == "plural"
    if mention.place and not subject and pointers.preposition(sentence, mention) in pointers.load().sets["placing"]:
        mention = replace(mention, entities=tuple(replace(e, kind="place") if e.kind == "government" else e for e in mention.entities))
    heard = Heard(mention, subject, plural, sentence.block.start)
    joined = _joined(sentence, mention, talk)
    talk.heard.append(heard)
    if joined is not None:
        entities = tuple(dict.fromkeys((*joined.mention.entities, *mention.entities)))
        together = replace(joined.mention, last=mention.last, head=mention.head, entities=entities)
        talk.heard.append(Heard(together, joined.subject, True, sentence.block.start))


def _joined(sentence: Sentence, mention: Mention, talk: Talk) -> Heard | None:
    """What was heard of those to whom a party is coordinated: with it, they are several."""
    token = sentence.tokens[mention.head]
    listed = token.dep == "conj" or (token.dep == "appos" and mention.entities[0].kind == "person")
    if not listed or mention.adjective or pointers.preposition(sentence, mention) in pointers.load().sets["placing"]:
        return None
    before = [h for h in reversed(talk.heard[-6:]) if h.mention.sentence == mention.sentence and not h.mention.adjective]
    first = next((h for h in before if h.mention.head == token.head), None)
    if first is not None and token.dep == "appos" and first.mention.entities[-1].kind != "person":
        return None
    return next((h for h in before if first is not None and set(first.mention.entities) <= set(h.mention.entities)), None)


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
        return replace(mention, entities=(homes.belonging(sentence, mention, entity, mentions, talk),))
    noun = _noun(sentence, mention)
    if noun is None or entity.name is not None:
        return mention
    several = _several(sentence, mention, talk)
    if several:
        return replace(mention, entities=_moved(several, entity.span))
    if entity.country is None:
        entity = replace(entity, country=None if titles.load().has("others", noun.word) else _possessed(sentence, mention, here, talk))
    if entity.kind == "role":
        entity = (
            homes.counterpart(entity, talk)
            if noun.word in pointers.load().sets["other"]
            else _holder(sentence, mention, entity, noun, talk)
        )
    if entity.country is None and entity.name is None:
        entity = homes.again(sentence, mention, entity, talk)
    if entity.country is None and entity.name is None:
        entity = replace(entity, country=homes.of_context(sentence, mention, noun, mentions, talk))
    return replace(mention, entities=(entity,))


def _possessed(sentence: Sentence, mention: Mention, here: Sequence[Mention], talk: Talk) -> str | None:
    """The country of the owner in "its army", "their leaders"."""
    owner = next((t for t in sentence.kids(mention.head, "poss") if t.pos == "PRON" or t.i < mention.first), None)
    found = next((m for m in here if owner is not None and m.head == owner.i), None)
    if owner is None:
        return _pointed_at(sentence, mention, talk)
    return found.entities[0].country if found is not None and len(found.entities) == 1 else None


def _pointed_at(sentence: Sentence, mention: Mention, talk: Talk) -> str | None:
    """The country of the state in "the country's army", which is told by a noun that points back."""
    noun = next((t for t in sentence.kids(mention.head, "poss") if t.lemma in pointers.load().singles), None)
    meant = _single(sentence, noun, talk) if noun is not None else None
    return meant.country if meant is not None else None


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
    if sort is None or not pointers.definite(sentence, mention.first):
        return ()
    if token.lemma in pointers.load().sets["counted"] and not pointers.counted(sentence, mention.first, token.i):
        return ()
    return groups.meant(sort, talk, pointers.count(sentence, mention.first, mention.head), sentence.number)


def _holder(sentence: Sentence, mention: Mention, entity: Entity, noun: Noun, talk: Talk) -> Entity:
    """Who "the president" or "the Russian leader" is: the last one named whose role or country fits."""
    if sentence.tokens[mention.head].tag in {"NNS", "NNPS"}:
        return entity
    if entity.country is None and not pointers.definite(sentence, mention.first):
        return entity
    person = _own(sentence, mention, entity, noun, talk) or _last_holder(entity, noun, talk)
    if person is not None:
        return replace(person, span=entity.span, role=entity.role)
    country = entity.country or (talk.home if noun.domestic else None)
    holder = whoswho.load().holder(country, noun.word, talk.day) if country else None
    return replace(entity, name=holder.name, country=country) if holder else entity


def _own(sentence: Sentence, mention: Mention, entity: Entity, noun: Noun, talk: Talk) -> Entity | None:
    """Whom "the President" means in the words of a press office: its own."""
    table = pointers.load()
    if talk.host is None or entity.country is not None or noun.word not in table.sets["own"]:
        return None
    if talk.label is not None or sentence.in_quotes(mention.head):
        return None
    roles = (noun.word,) if noun.word not in table.sets["leading"] else ("president", "king", "emir", "prime minister")
    names = whoswho.load()
    holder = next((h for role in roles if (h := names.holder(talk.host, role, talk.day)) is not None), None)
    return Entity(entity.span, holder.name, talk.host, holder.sector_on(talk.day), entity.role, "person") if holder else None


def _last_holder(entity: Entity, noun: Noun, talk: Talk) -> Entity | None:
    """The last person whose role fits; one who was a subject in an earlier sentence before one named in passing."""
    fitting = [h for h in talk.heard if _is_person(h) and _fits(h.mention.entities[0], entity, noun)]
    if not fitting:
        return None
    last = talk.heard[-1].mention.sentence
    subjects = [h for h in fitting if h.subject and h.mention.sentence < last] or [h for h in fitting if h.subject] or fitting
    return subjects[-1].mention.entities[0]


def _is_person(heard: Heard) -> bool:
    return len(heard.mention.entities) == 1 and heard.mention.entities[0].kind == "person"


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
    if pointers.pair(sentence, token):
        return _pair(number, sentence, token, talk)
    if token.lemma in table.sets["foes"] and token.pos == "NOUN":
        return _foe(number, sentence, token, around[1], talk)
    if token.tag in {"NNS", "NNPS"} and token.lemma in table.groups:
        return _plural_noun(number, sentence, token, around[1], talk)
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
    single = token.lower in pointers.load().sets["single_self"]
    if not sentence.in_quotes(token.i):
        known = talk.author or (talk.label if single else None)
        return known.entities if known is not None else _press(sentence, token, talk, single)
    speaker = _speaker(sentence, here) or talk.ahead.get(sentence.number)
    if speaker is not None and speaker.entities[0].name is None:
        speaker = _named(sentence, speaker, (), (), talk) if speaker.sentence == sentence.number else talk.speaker or speaker
    speaker = speaker or talk.speaker
    return speaker.entities if speaker is not None else ()


def _press(sentence: Sentence, token: Token, talk: Talk, single: bool) -> tuple[Entity, ...]:
    """ "We" in the own words of a press office: its government; nobody in a dialogue."""
    state = whoswho.load().states.get(talk.host or "")
    if single or state is None or talk.label is not None:
        return ()
    return (Entity(sentence.cut(token.i, token.i), state.name, state.country, "GOV", kind="government"),)


def _he(sentence: Sentence, token: Token, gender: str, talk: Talk) -> tuple[Entity, ...]:
    people = [h for h in _recent(sentence, token, talk) if _one_person(h) and _gender(h.mention, talk) in {gender, ""}]
    if token.dep != "poss" and token.dep not in SUBJECTS and not token.lower.endswith("self"):
        people = [h for h in people if not _same_clause(sentence, token, h.mention, talk)]
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


def _same_clause(sentence: Sentence, token: Token, mention: Mention, talk: Talk) -> bool:
    """True for the subject of the very verb that "him" is an object of, under whatever words: nobody else's self."""
    subject = pointers.subject(sentence, token.i)
    if subject is None:
        return False
    own = next((h.mention for h in talk.heard[::-1] if (h.mention.sentence, h.mention.head) == (sentence.number, subject.i)), None)
    return own is not None and _same_party(own.entities, mention.entities)


def _same_party(these: Sequence[Entity], those: Sequence[Entity]) -> bool:
    return {(e.country, e.sector, e.name) for e in these} == {(e.country, e.sector, e.name) for e in those}


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
    if not pointers.points(sentence, token):
        return ()
    subject = pointers.subject(sentence, token.i)
    if subject is not None:
        number = talk.heard[-1].mention.sentence if talk.heard else -1
        if not any(h.mention.head == subject.i and h.mention.sentence == number for h in talk.heard):
            return ()
    near = [h for h in _recent(sentence, token, talk)[-NEAR:] if h.block == sentence.block.start and not pointers.is_self(h.mention)]
    things = [h for h in near if _thing(h.mention) and not h.mention.adjective and not pointers.listed(sentence, h.mention)]
    chosen = _choose(sentence, token, things)
    return chosen.mention.entities if chosen is not None and (chosen.subject or token.dep == "poss") else ()


def _thing(mention: Mention) -> bool:
    return len(mention.entities) == 1 and mention.entities[0].kind in groups.THINGS and mention.entities[0].country is not None


def _they(sentence: Sentence, token: Token, talk: Talk) -> tuple[Entity, ...]:
    recent = [h for h in _recent(sentence, token, talk) if not h.mention.adjective and not pointers.is_self(h.mention)]
    plural = [h for h in recent if h.plural or (token.dep == "poss" and _a_body_here(sentence, h))]
    if token.dep != "poss" and token.dep not in SUBJECTS and token.lower != "themselves":
        plural = [h for h in plural if not _same_clause(sentence, token, h.mention, talk)]
    chosen = _choose(sentence, token, plural)
    if chosen is not None and token.dep == "dobj" and pointers.things_between(sentence, token, chosen.mention):
        return ()
    if chosen is not None and (chosen.subject or token.dep not in SUBJECTS):
        return chosen.mention.entities
    pair = groups.meant("person", talk, 2) if token.dep in SUBJECTS else ()
    return pair or (chosen.mention.entities if chosen is not None else ())


def _a_body_here(sentence: Sentence, heard: Heard) -> bool:
    """True for a group or body that is the subject of this sentence: "their" may be its."""
    return heard.subject and heard.mention.sentence == sentence.number and heard.mention.entities[0].kind in {"group", "organisation"}


def _recent(sentence: Sentence, token: Token, talk: Talk) -> list[Heard]:
    """Those spoken of within reach, the latest last; beyond the paragraph only for a word near the sentence's start."""
    if not talk.heard:
        return []
    last = talk.heard[-1].mention.sentence
    opening = token.i <= OPENING
    near = (h for h in talk.heard[-homes.LATEST :] if h.mention.sentence > last - REACH and (opening or h.block == sentence.block.start))
    return list(near)


OPENING: Final = 5
"""The last place in a sentence from which a pronoun may point to the paragraph before."""


def _choose(sentence: Sentence, token: Token, candidates: Sequence[Heard]) -> Heard | None:
    """The likeliest antecedent: a subject of this sentence, then one of the last, then the latest at all."""
    if not candidates:
        return None
    latest = max(h.mention.sentence for h in candidates)
    near = [h for h in candidates if h.mention.sentence == latest]
    subjects = [h for h in near if h.subject]
    return subjects[-1] if subjects else near[-1]


def _relative(sentence: Sentence, token: Token, here: Sequence[Mention]) -> tuple[Entity, ...]:
    """Whom "who" means: the party that its clause hangs on."""
    clause = next((t for t in (sentence.tokens[token.i], *sentence.ancestors(token.i)) if t.dep == "relcl"), None)
    if clause is None:
        return ()
    noun = sentence.head(clause.i)
    found = next((m for m in here if m.first <= noun.i <= m.last and not m.adjective), None)
    if found is None:
        return ()
    human = found.entities[0].kind in {"person", "people", "role"}
    if token.lower == "which" and human:
        return ()
    if token.lower in {"who", "whom"} and (found.place or found.entities[0].kind == "state"):
        owner = pointers.above(sentence, noun.i)
        found = next((m for m in here if owner is not None and m.first <= owner.i <= m.last and m != found), None)
    return found.entities if found is not None else ()


def _pair(number: int, sentence: Sentence, token: Token, talk: Talk) -> Mention | None:
    """Resolves "the two" and "both" without a noun: people, else any parties."""
    first = token.i - (token.i > 0 and sentence.tokens[token.i - 1].pos == "DET")
    count = pointers.count(sentence, token.i, token.i + 1)
    if token.dep in SUBJECTS:
        return _made(number, sentence, first, token.i, groups.meant("person", talk, count) or groups.meant("any", talk, count))
    speaker = pointers.subject(sentence, token.i)
    others = [h.mention for h in talk.heard[-homes.LATEST :] if speaker is not None and h.mention.sentence == number]
    apart = frozenset(e.country for m in others if speaker is not None and m.head == speaker.i for e in m.entities)
    return _made(number, sentence, first, token.i, groups.meant("any", talk, count, apart=apart))


def _foe(number: int, sentence: Sentence, token: Token, here: Sequence[Mention], talk: Talk) -> Mention | None:
    """ "The enemy", "the occupiers": the state at war with that of the speaker, or of the press office or home of the report."""
    first = token.i
    while first and sentence.tokens[first - 1].dep in BEFORE and sentence.tokens[first - 1].head == token.i:
        first -= 1
    speaker = (_speaker(sentence, here) or talk.ahead.get(number) or talk.speaker) if sentence.in_quotes(token.i) else None
    country = speaker.entities[0].country if speaker is not None else talk.host or talk.home
    foe = whoswho.load().foe(country, talk.day) if country else None
    modifies = token.dep in {"compound", "amod"}
    if foe is None or not (modifies or pointers.definite(sentence, token.i) or token.tag == "NNS") or pointers.specified(sentence, token):
        return None
    made = _made(number, sentence, first, token.i, (Entity(sentence.cut(first, token.i), foe.name, foe.country, kind="state"),))
    return replace(made, adjective=modifies) if made is not None else None


def _plural_noun(number: int, sentence: Sentence, token: Token, around: Sequence[Mention], talk: Talk) -> Mention | None:
    """ "Both sides", "the two countries": those named before."""
    first = token.i
    while first and sentence.tokens[first - 1].dep in BEFORE and sentence.tokens[first - 1].head == token.i:
        first -= 1
    if pointers.ours(sentence, token):
        return _made(number, sentence, first, token.i, _with_ours(sentence, token, around, talk))
    if not pointers.definite(sentence, first) and sentence.tokens[first].lower not in pointers.load().sets["definite"]:
        return None
    if token.lemma in pointers.load().sets["counted"] and not pointers.counted(sentence, first, token.i):
        return None
    count = pointers.count(sentence, first, token.i)
    if pointers.specified(sentence, token):
        return None
    return _made(number, sentence, first, token.i, groups.meant(pointers.load().groups[token.lemma], talk, count, number))


def _with_ours(sentence: Sentence, token: Token, here: Sequence[Mention], talk: Talk) -> tuple[Entity, ...]:
    """The speaker's state and the other that the talk is of."""
    owner = sentence.kids(token.i, "poss")[0]
    mine = groups.as_state(next(iter(_self(sentence, owner, here, talk)), Entity(sentence.cut(token.i, token.i))))
    pair = groups.meant("state", talk, 2)
    return pair if mine.country in {e.country for e in pair} else ()


BEFORE: Final = frozenset({"det", "nummod", "amod", "predet"})


def _single_noun(number: int, sentence: Sentence, token: Token, talk: Talk) -> Mention | None:
    """ "The alliance", "the country", "the group": the last one named of that sort."""
    meant = _single(sentence, token, talk)
    return _made(number, sentence, token.i - 1, token.i, (meant,)) if meant is not None else None


def _single(sentence: Sentence, token: Token, talk: Talk) -> Entity | None:
    """The last one named of the sort that a definite noun points at."""
    first = token.i - 1
    if first < 0 or sentence.tokens[first].lower not in pointers.load().sets["definite"] or pointers.specified(sentence, token):
        return None
    row = pointers.load().singles[token.lemma]
    fitting = [h for h in talk.heard if len(h.mention.entities) == 1 and _is_sort(h.mention.entities[0], row)]
    if not fitting:
        return None
    latest = [h for h in fitting if h.mention.sentence == fitting[-1].mention.sentence]
    subjects = [h for h in latest if h.subject] if latest[0].mention.sentence != sentence.number else []
    entity = (subjects or latest)[-1].mention.entities[0]
    return groups.as_state(entity) if row["sort"] == "state" else entity


def _is_sort(entity: Entity, row: Mapping[str, Any]) -> bool:
    if "only" in row and entity.country not in row["only"]:
        return False
    if row["sort"] == "state":
        return entity.kind in groups.STATES and entity.country in whoswho.load().states
    return bool(entity.kind == row["sort"])
