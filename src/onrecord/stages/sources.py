"""Sources: who speaks.  A page's statements in, whom each speaker means; an event's clause in, who says that it is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from onrecord.knowledge.cues import cues
from onrecord.page import Attribution, Cast, Clause, Mention, Page, Said, Sentence
from onrecord.record import Entity, Form, Source, Span, Statement

Part = tuple[int, int, int]
"""Sentence, first and last token of a stretch of content."""

MARKS: Final = frozenset({"“", "”", "„", "«", "»", "‘", "’", "``", "''", '"', "'", "`"})
BEFORE_NOUN: Final = frozenset({"det", "amod", "compound", "nmod", "nummod", "poss", "case", "quantmod", "predet", "advmod", "punct"})
REACH: Final = 3
"""How many sentences back "the statement" looks for whose it is."""


def name(page: Page, cast: Cast, found: Iterable[Said]) -> list[Attribution]:
    """The statements of a page as rows, in the order of the text, each with its speaker and audience by name."""
    made = [_attribution(page, cast, said) for said in found if said.parts or said.negated]
    return _nested(list(_owned(sorted(made, key=lambda a: (a.statement.cue.start, a.statement.cue.end)))))


def rows(attributions: Iterable[Attribution]) -> list[Statement]:
    """The statement rows of a page's attributions, each once, in the order of the text."""
    once = {a.statement.id: a.statement for a in attributions}
    return sorted(once.values(), key=lambda statement: (statement.cue.start, statement.cue.end))


def _nested(made: Sequence[Attribution]) -> list[Attribution]:
    """What is said within somebody else's words stands in that statement's row: its own text is not the reporter's."""
    here = by_sentence(made)
    return [replace(a, statement=outer.statement) if (outer := _outermost(a, here.get(a.sentence, ()))) is not None else a for a in made]


def by_sentence(made: Iterable[Attribution]) -> dict[int, list[Attribution]]:
    """The attributions that have content in each sentence, by its number."""
    found: dict[int, list[Attribution]] = {}
    for attribution in made:
        for number in {number for number, _, _ in attribution.content}:
            found.setdefault(number, []).append(attribution)
    return found


def _outermost(inner: Attribution, made: Iterable[Attribution]) -> Attribution | None:
    """The widest statement whose content holds the cue."""
    holding = [a for a in made if a is not inner and _holds(a, inner.sentence, inner.cue)]
    return max(holding, key=lambda a: sum(last - first for _, first, last in a.content), default=None)


def _owned(made: Sequence[Attribution]) -> Iterator[Attribution]:
    """A bare "the statement" speaks for whoever spoke last, a few sentences back."""
    last: Attribution | None = None
    for attribution in made:
        speaker = attribution.statement.speaker
        if speaker is not None and last is not None and attribution.sentence - last.sentence <= REACH and _bare(speaker):
            attribution = _spoken_by(attribution, last)
        yield attribution
        spoken = attribution.statement.speaker
        if spoken is not None and spoken.country is not None:
            last = attribution


def _bare(speaker: Entity) -> bool:
    words = speaker.span.text.lower().split()
    return speaker.name is None and speaker.country is None and words[0] == "the" and words[-1] in cues()["mouthpieces"]


def _spoken_by(attribution: Attribution, last: Attribution) -> Attribution:
    """The attribution with the last speaker under the words at this place."""
    known, speaker = last.statement.speaker, attribution.statement.speaker
    if known is None or speaker is None:
        return attribution
    entity = replace(known, span=speaker.span)
    source = None if attribution.source is None else replace(attribution.source, entity=entity)
    return replace(attribution, statement=replace(attribution.statement, speaker=entity), source=source)


# ---------------------------------------------------------------- the source of an event


def of(clause: Clause, attributions: Sequence[Attribution], actors: tuple[Entity, ...]) -> tuple[Source | None, str | None]:
    """The innermost speaker of the event clause who is not its actor, and the id of the innermost statement that it stands in."""
    around = sorted(_around(clause, attributions), key=_size)
    statement = around[0].statement.id if around else None
    for attribution in around:
        source = attribution.source
        if source is not None and not _acts(source.entity, actors):
            return replace(source, quoted=clause.sentence.in_quotes(clause.head)), statement
    return None, statement


def _around(clause: Clause, attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions whose content holds the clause's head; a cue is not part of its own content."""
    here = clause.sentence.number
    return [a for a in attributions if _holds(a, here, clause.head) and not _cue(clause, a)]


def _holds(attribution: Attribution, sentence: int, token: int) -> bool:
    """True when the token stands in what is attributed."""
    return any(number == sentence and first <= token <= last for number, first, last in attribution.content)


def _cue(clause: Clause, attribution: Attribution) -> bool:
    return attribution.sentence == clause.sentence.number and attribution.cue == clause.head


def _size(attribution: Attribution) -> int:
    """How much is attributed: of two nested statements the inner is the smaller."""
    return sum(last - first + 1 for _, first, last in attribution.content)


def _acts(speaker: Entity, actors: tuple[Entity, ...]) -> bool:
    """True when the speaker is one of the actors: the same words, or the same name or role of the same country."""
    return any(speaker.span == actor.span or _same(speaker, actor) for actor in actors)


def _same(one: Entity, other: Entity) -> bool:
    known = one.name is not None or one.role is not None
    return known and (one.name, one.country) == (other.name, other.country) and (one.name is not None or one.role == other.role)


# ---------------------------------------------------------------- statement rows


def _attribution(page: Page, cast: Cast, said: Said) -> Attribution:
    """The statement row with its place in the parse, and the source that rows inside it show."""
    s = said.sentence
    speaker = None if said.speaker is None else _entity(s, cast, said.speaker)
    anonymous = said.speaker is not None and speaker is not None and _anonymous(s, said.speaker, speaker)
    cue = s.cut(*said.marks)
    statement = Statement(
        report=page.report.id,
        sentence=s.span,
        cue=cue,
        content=tuple(_spans(page, said.parts)),
        form=_form(page, said.parts),
        speaker=speaker,
        anonymous=anonymous,
        audience=None if said.audience is None else _entity(s, cast, said.audience),
        negated=said.negated,
    )
    source = Source(speaker, cue, anonymous) if speaker is not None and said.claim else None
    return Attribution(statement, s.number, said.cue, tuple(said.parts), source)


def _spans(page: Page, parts: Iterable[Part]) -> Iterator[Span]:
    """The content as spans; sentences that follow one another within a paragraph are one stretch."""
    text = page.report.text
    joined: list[list[int]] = []
    ends: tuple[int, int] | None = None
    for number, first, last in parts:
        s = page.sentences[number]
        start, end = s.tokens[first].start, s.tokens[last].end
        if joined and ends is not None and first == 0 and ends == (number - 1, len(page.sentences[number - 1]) - 1):
            joined[-1][1] = end
        else:
            joined.append([start, end])
        ends = number, last
    for start, end in joined:
        yield Span.of(text, start, end)


def _form(page: Page, parts: Sequence[Part]) -> Form:
    """Direct when every word stands in quotation marks, mixed when some do."""
    inside = [page.sentences[n].in_quotes(i) for n, a, b in parts for i in range(a, b + 1) if page.sentences[n].tokens[i].pos != "PUNCT"]
    if inside and all(inside):
        return "direct"
    return "mixed" if any(inside) else "indirect"


def _entity(s: Sentence, cast: Cast, head: int) -> Entity:
    """Whom a noun phrase means: as the cast has it, else the phrase itself."""
    mention = cast.at(s.number, head) or cast.covering(s.number, head)
    if mention is not None and mention.entities and (not mention.adjective or mention.head == head) and not _clipped(s, mention):
        return mention.entities[0]
    first = head
    for token in reversed(s.tokens[:head]):
        if token.head not in range(first, head + 1) or token.dep not in BEFORE_NOUN:
            break
        first = token.i
    while first < head and s.tokens[first].pos == "PUNCT" and s.tokens[first].text not in MARKS:
        first += 1
    owner = _of_whom(s, head)
    if owner is not None:
        return _speaking_for(_entity(s, cast, owner), s.tokens[head].lemma, s.cut(first, max(head, owner)))
    kind = "person" if s.tokens[head].pos in ("PROPN", "PRON") else "role"
    return Entity(s.cut(first, head), kind=kind)


def _speaking_for(owner: Entity, lemma: str, span: Span) -> Entity:
    """The owner of a document or an office under its words; somebody's office is not that person."""
    if owner.kind == "person" and lemma in cues()["staff"]:
        return replace(owner, span=span, name=None, role=None, kind="organisation")
    return replace(owner, span=span)


def _clipped(s: Sentence, mention: Mention) -> bool:
    """True when a place's name is only the end of a longer name ("Iran International")."""
    before = s.tokens[mention.first - 1] if mention.first else None
    return mention.place and before is not None and before.pos == "PROPN" and before.dep == "compound" and before.head == mention.head


def _of_whom(s: Sentence, head: int) -> int | None:
    """Whose statement, office or country speaks: "a letter from X", "his country", "the Kremlin statement"."""
    if s.tokens[head].lemma not in cues()["mouthpieces"]:
        return None
    own = s.kid(head, "poss") or next((t for t in s.kids(head, "compound", "amod", "nmod") if t.text[:1].isupper()), None)
    below = (t for prep in s.kids(head, "prep") if prep.lower in ("of", "from", "by") for t in s.kids(prep.i, "pobj"))
    return own.i if own is not None else next((t.i for t in below), None)


def _anonymous(s: Sentence, head: int, speaker: Entity) -> bool:
    """True for "a senior official", "sources", "on condition of anonymity": unnamed on purpose or by habit."""
    lemma = s.tokens[head].lemma
    named = speaker.name is not None and speaker.kind in ("person", "organisation")
    if named or s.tokens[head].pos == "PROPN":
        return False
    w = cues()
    if lemma in w["unnamed"]:
        return True
    hidden = any(token.lower in w["secrecy"] for token in s.tokens)
    return lemma in w["sometimes_unnamed"] and (hidden or any(t.lower in w["vague"] for t in s.kids(head, "det", "amod", "nummod")))
