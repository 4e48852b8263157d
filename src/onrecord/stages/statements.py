"""Statements: a page and its clauses in, everything that somebody other than the reporter says or thinks out.

Goes through every sentence for cue words (verbs, nouns, adjectives, phrases such as "according to",
a colon) and takes what the grammar puts below them.  Quotations, which know no grammar, are given
to these statements by the stage after this one.

A content is written as PolNeAR's annotators write it: with its quotation marks, with its "that",
"whether" or "to", without the comma or full stop around it.  A preposition that joins the content
to its cue ("called for") stays outside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from onrecord.knowledge.cues import Cues, Frame, cues
from onrecord.page import OBJECT, SUBJECT, Clause, Page, Said, Sentence, Token

Part = tuple[int, int, int]
"""Sentence, first and last token of a stretch of content."""
Frames = Mapping[int, Mapping[int, Clause]]

VERBAL: Final = frozenset({"VERB", "AUX"})
CLOSING: Final = frozenset({"”", "»", "’", "''", '"', "'"})
MARKS: Final = CLOSING | {"“", "„", "«", "‘", "``", "`"}


def find(page: Page, frames: Frames) -> list[Said]:
    """The statements of a page by cue, with what the grammar gives them; ``frames`` holds each sentence's clauses by number.

    A cue that may stand beside a quotation is there even when its content is still empty.
    """
    found = [said for s in page.sentences for said in _Finder(s, frames.get(s.number, {})).find()]
    for said in found:
        if said.parts and _opens_turn(page, said):
            said.parts += _rest_of_block(page, said.sentence)
    return [said for said in found if not _lists(page, said)]


def _opens_turn(page: Page, said: Said) -> bool:
    """True for the "Name:" at the head of a paragraph, as in a transcript: the paragraph is all hers."""
    s = said.sentence
    before = page.sentences[s.number - 1].block if s.number else None
    named = s.tokens[said.cue].text == ":" and s.tokens[said.cue - 1].pos == "PROPN"
    return named and s.block.kind == "paragraph" and before != s.block and not s.quoted


def _lists(page: Page, said: Said) -> bool:
    """True for a colon before something that is no sentence: "Turnout: 54 percent"."""
    if said.sentence.tokens[said.cue].text != ":" or said.sentence.quoted or not said.parts:
        return False
    return not any(t.pos in VERBAL for n, first, last in said.parts for t in page.sentences[n].tokens[first : last + 1])


def _rest_of_block(page: Page, s: Sentence) -> list[Part]:
    return [(n.number, 0, len(n) - 1) for n in page.sentences[s.number + 1 :] if n.block == s.block]


class _Finder:
    """The statements of one sentence that the grammar shows.

    Who says what inside a quotation is the quoted speaker's own story, not the report's: no cue there.
    """

    def __init__(self, sentence: Sentence, clauses: Mapping[int, Clause]) -> None:
        self.s = sentence
        self.clauses = clauses
        self.words: Cues = cues()

    def find(self) -> Iterator[Said]:
        """Statements by cue, in the order of the cues."""
        for token in self.s.tokens:
            if self.s.in_quotes(token.i) or self._declined(token):
                continue
            said = self._at(token)
            if said is not None:
                yield said
        colon = self._colon()
        if colon is not None:
            yield colon

    def _declined(self, token: Token) -> bool:
        """True for the second verb of "declined to say", which the first speaks for."""
        return token.dep == "xcomp" and self.s.head(token.i).lemma in self.words["declining"] and self._infinitive(token)

    def _at(self, token: Token) -> Said | None:
        if token.lower in self.words.phrases and (said := self._phrase(token)) is not None:
            return said
        if token.pos in VERBAL or token.tag.startswith("VB"):
            if self._key(token) is not None and token.dep not in ("aux", "auxpass", "amod"):
                return self._verb(token)
            return None
        if token.pos in ("NOUN", "PROPN") and token.lemma in self.words.nouns:
            return self._noun(token)
        if token.pos == "ADJ" and token.lemma in self.words.adjectives:
            return self._adjective(token)
        return None

    # ------------------------------------------------------------ verbs

    def _verb(self, token: Token) -> Said | None:
        """A verb of saying or thinking with the first of its frames that the sentence fills."""
        clause = self.clauses.get(token.i)
        passive = clause is not None and clause.passive
        said = Said(self.s, token.i, self._verb_marks(token), negated=clause is not None and clause.negated)
        said.claim = token.lemma not in self.words["claimless"]
        said.audience = self._audience(token)
        frames = self._frames(token)
        said.waits = ("quote",) in frames
        for frame in frames:
            said.parts = self._filled(token, frame, passive)
            if said.parts:
                said.claim = said.claim and ("that" in frame or token.lemma in self.words["claiming"])
                break
        if not said.parts and not passive and {("that",), ("around",)} & set(frames):
            said.parts = self._around(token)
        said.speaker = self._subject(token, clause)
        said.negated = self._unsaid(token, said)
        empty = not said.parts and not said.waits and not (said.negated and self._of_speaking(token))
        return None if empty or (passive and self._quoted_as(token)) else said

    def _quoted_as(self, token: Token) -> bool:
        """ "Was quoted as saying": the second verb is the cue."""
        below = (t for prep in self.s.kids(token.i, "prep") if prep.lower == "as" for t in self.s.kids(prep.i, "pcomp"))
        return any(self._key(t) is not None for t in below)

    def _key(self, token: Token) -> str | None:
        """The verb as the table has it: with its particle, or without one that changes nothing ("point out")."""
        particle = self.s.kid(token.i, "prt")
        if particle is not None:
            phrasal = f"{token.lemma} {particle.lower}"
            if phrasal in self.words.verbs or particle.lower not in self.words["particles"]:
                return phrasal if phrasal in self.words.verbs else None
        return token.lemma if token.lemma in self.words.verbs else None

    def _frames(self, token: Token) -> tuple[Frame, ...]:
        key = self._key(token)
        return () if key is None else self.words.verbs[key]

    def _unsaid(self, token: Token, said: Said) -> bool:
        """ "Declined to comment", "did not respond", "nobody said": a statement that was not made."""
        if said.speaker is not None and self.s.tokens[said.speaker].lower in self.words["nobody"]:
            said.speaker = None
            return True
        return said.negated or (token.lemma in self.words["declining"] and self._of_speaking(token))

    def _of_speaking(self, token: Token) -> bool:
        """True for a verb of speaking, or one that says that nothing is spoken."""
        return token.lemma in self.words["speaking"] or any(t.lemma in self.words["speaking"] for t in self.s.kids(token.i, "xcomp"))

    def _verb_marks(self, token: Token) -> tuple[int, int]:
        """The verb with its particle where that stands beside it."""
        last = token.i
        for particle in self.s.kids(token.i, "prt"):
            last = particle.i if particle.i == last + 1 else last
        return token.i, last

    def _subject(self, token: Token, clause: Clause | None) -> int | None:
        """Who says so: the surface relative pronoun, the logical subject, or nobody."""
        subjects = [t for t in self.s.kids(token.i, "nsubj") if not self.s.in_quotes(t.i)]
        own = min(subjects, key=lambda t: abs(t.i - token.i), default=None)
        if own is not None and not (clause is not None and clause.passive):
            return own.i
        head = self.s.head(token.i)
        above = self.s.head(head.i)
        if head.dep == "ccomp" and self._key(above) is not None and self._goes_on(token, head, above):
            return self._subject(above, self.clauses.get(above.i))
        heads = [i for i in clause.args.get(SUBJECT, []) if not self.s.in_quotes(i)] if clause is not None else []
        return heads[0] if heads else self._beside(token)

    def _beside(self, token: Token) -> int | None:
        """The name between a quotation and its cue, or before a cue, where the parse has lost it: "…," Smith, a lawyer, said."""
        if not self.s.quoted or ("quote",) not in self._frames(token):
            return None
        before = token.i - 1
        if before >= 0 and self.s.tokens[before].pos in ("PROPN", "PRON") and not self.s.in_quotes(before):
            return before
        end = max((last for _, last in self.s.quoted if last <= token.i), default=None)
        turned = self.s.kid(token.i, "dobj")
        if end is not None and turned is not None and not self.s.in_quotes(turned.i):
            return turned.i
        return None if end is None else self._name_after(end + 1, token.i)

    def _name_after(self, first: int, cue: int) -> int | None:
        """The last word of the name that begins right after a quotation, or after its cue."""
        run = first if first != cue else cue + 1
        while run < len(self.s) and self.s.tokens[run].pos == "PROPN":
            run += 1
        return run - 1 if run > first and self.s.tokens[run - 1].pos == "PROPN" else None

    def _audience(self, token: Token) -> int | None:
        """Whom it is said to: "told reporters", "said to the crowd"."""
        clause = self.clauses.get(token.i)
        if clause is None:
            return None
        heads = clause.args.get("iobj") or (clause.args.get(OBJECT) if token.lemma in self.words["telling"] else None)
        heads = heads or (clause.args.get("to") if token.lemma in self.words["speaking"] else None)
        return heads[0] if heads else None

    def _filled(self, token: Token, frame: Frame, passive: bool) -> list[Part]:
        """The content of one frame: every part must be there."""
        found: set[int] = set()
        for part in frame:
            heads = self._part(token, part, passive)
            if not heads:
                return []
            for head in heads:
                found.update(self._below(head, token.i))
        if passive and "to" in frame and (subject := self.s.kid(token.i, "nsubjpass")) is not None:
            found.update(self.s.subtree(subject.i))
        return self._parts(found, token.i, fill=len(frame) > 1)

    def _below(self, head: int, cue: int) -> set[int]:
        """What stands below a head, without what the parser hung there and belongs to the cue."""
        below = set(self.s.subtree(head))
        for stray in self._stray(self.s.tokens[head], self.s.tokens[cue]):
            below -= set(self.s.subtree(stray.i))
        own = min((t.i for t in self.s.kids(head, "nsubj", "nsubjpass", "expl", "csubj")), default=head)
        return {i for i in below if i > cue} if own > cue and head > cue else below

    def _stray(self, head: Token, cue: Token) -> Iterator[Token]:
        """Clauses that go on with the cue: "said he will try and insisted …", "said it failed, noting …", "“Yes,” he said when asked"."""
        quoted = self.s.in_quotes(head.i) and self.s.in_quotes(self.s.subtree(head.i)[0] + 1)
        for token in (self.s.tokens[c] for c in self.s.children(head.i)):
            beyond = quoted and token.i > head.i and not self.s.in_quotes(token.i) and token.dep == "advcl"
            if beyond or self._is_phrase(token) is not None or self._goes_on(token, head, cue):
                yield token

    def _goes_on(self, token: Token, head: Token, cue: Token) -> bool:
        """True for a second cue that shares the first one's speaker although it hangs on what the first one says."""
        if self._key(token) is None or self.s.kids(token.i, "nsubj", "nsubjpass"):
            return False
        if token.dep == "conj":
            return token.tag == cue.tag != head.tag
        return token.dep == "advcl" and token.tag == "VBG" and self.s.tokens[token.i - 1].text == "," and cue.i < token.i

    def _part(self, token: Token, part: str, passive: bool) -> list[int]:
        """The heads that fill one part of a frame; a quotation and what a cue interrupts fill none."""
        if part in ("quote", "around"):
            return []
        if part == "that":
            return [t.i for t in self.s.kids(token.i, "ccomp") if not self._infinitive(t) and not self._bare_gerund(t)]
        if part == "to":
            return [t.i for t in self.s.kids(token.i, "xcomp", "ccomp", "advcl") if self._infinitive(t) and (t.dep != "advcl" or passive)]
        if part == "ing":
            return [t.i for t in self.s.kids(token.i, "xcomp") if t.tag == "VBG"]
        if part == "obj":
            return [t.i for t in self.s.kids(token.i, "nsubjpass" if passive else "dobj")]
        if part == "being":
            return [t.i for t in self.s.kids(token.i, "oprd", "ccomp", "attr", "acomp")]
        return self._prepositional(token, part)

    def _prepositional(self, token: Token, part: str) -> list[int]:
        """The objects of one preposition; ``as*`` takes the preposition along."""
        below = [t for t in self.s.kids(token.i, "prep", "prt", "dative") if t.lower == part.rstrip("*")]
        if part.endswith("*"):
            return [t.i for t in below]
        return [t.i for prep in below for t in self.s.kids(prep.i, "pobj", "pcomp")]

    def _infinitive(self, token: Token) -> bool:
        return any(t.lower == "to" for t in self.s.kids(token.i, "aux"))

    def _bare_gerund(self, token: Token) -> bool:
        return token.tag == "VBG" and not self.s.kids(token.i, "aux", "nsubj")

    def _around(self, token: Token) -> list[Part]:
        """What a parenthetical cue interrupts or closes: "The talks, officials say, have failed"."""
        head = self.s.head(token.i)
        has_subject = self.s.kid(token.i, "nsubj") is not None
        as_clause = any(t.lower == "as" for t in self.s.kids(token.i, "mark", "advmod"))
        if head.i == token.i or not has_subject:
            return []
        loose = token.dep == "parataxis" or (token.dep == "advcl" and as_clause)
        if not loose and not (token.dep in ("ccomp", "conj", "dep") and self._fenced(token)):
            return []
        inside = set(self.s.subtree(token.i))
        return self._parts({i for i in self.s.subtree(head.i) if i not in inside}, token.i)

    def _fenced(self, token: Token) -> bool:
        """True when the cue's clause stands between commas, or between a comma and the end."""
        below = self.s.subtree(token.i)
        before = self.s.tokens[below[0] - 1].text if below[0] else ""
        after = self.s.tokens[below[-1] + 1].text if below[-1] + 1 < len(self.s) else "."
        return before in {",", "”", "''", '"', "—", "–", "-"} and after in {",", ".", "—", "–", "-", "?"}

    # ------------------------------------------------------------ nouns and adjectives

    def _noun(self, token: Token) -> Said | None:
        """ "The claim by X that …", "X's plan to …", "calls for …"."""
        said = Said(self.s, token.i, (token.i, token.i))
        for frame in self.words.nouns[token.lemma]:
            found = {i for part in frame for head in self._noun_part(token, part) for i in self.s.subtree(head)}
            said.parts = self._parts(found, token.i)
            if said.parts:
                said.claim = frame[0] == "that" and token.lemma not in self.words["claimless"]
                said.speaker = self._owner(token, frame)
                return said if said.speaker is not None or frame[0] == "that" else None
        return None

    def _noun_part(self, token: Token, part: str) -> list[int]:
        if part == "that":
            below = self.s.kids(token.i, "acl", "ccomp", "relcl")
            return [t.i for t in below if any(m.lower == "that" for m in self.s.kids(t.i, "mark"))]
        if part == "to":
            return [t.i for t in self.s.kids(token.i, "acl", "relcl", "xcomp") if self._infinitive(t)]
        return self._prepositional(token, part)

    def _owner(self, token: Token, frame: Frame) -> int | None:
        """Whose word or thought it is: a possessor, "by X", or the subject of the verb above."""
        own = self.s.kid(token.i, "poss")
        if own is not None:
            return own.i
        for prep in self.s.kids(token.i, "prep", "agent"):
            if prep.lower in {"by", "from", "among", "of"} - set(frame):
                return next((t.i for t in self.s.kids(prep.i, "pobj")), None)
        people = next((t.i for t in self.s.kids(token.i, "amod", "compound", "nmod") if t.text[:1].isupper()), None)
        return people if people is not None else self._holder(token)

    def _holder(self, token: Token) -> int | None:
        """The subject of the verb that a noun completes: "X has doubts that …", "X agreed to the idea that …"."""
        above = self.s.head(token.i)
        above = self.s.head(above.i) if token.dep == "pobj" else above
        clause = self.clauses.get(above.i)
        if token.dep not in ("dobj", "attr", "pobj") or clause is None or clause.kind != "verb":
            return None
        return next((i for i in clause.args.get(SUBJECT, []) if self.s.tokens[i].lower not in ("it", "there")), None)

    def _adjective(self, token: Token) -> Said | None:
        """ "Is confident that …", "are unwilling to …"."""
        clause = self.clauses.get(token.i)
        said = Said(self.s, token.i, (token.i, token.i), negated=clause is not None and clause.negated)
        for frame in self.words.adjectives[token.lemma]:
            said.parts = self._filled(token, frame, passive=False)
            if said.parts:
                break
        head = self.s.head(token.i)
        subject = self.s.kid(head.i, "nsubj") if token.dep in ("acomp", "oprd") else None
        if not said.parts or subject is None:
            return None
        said.speaker = None if subject.lower in ("it", "there") else subject.i
        return said

    # ------------------------------------------------------------ phrases and colons

    def _phrase(self, token: Token) -> Said | None:
        """ "According to X", "in the words of X"."""
        last = self._is_phrase(token)
        return None if last is None else self._according(token, last)

    def _is_phrase(self, token: Token) -> int | None:
        """The last token of the phrase that begins here."""
        for phrase in self.words.phrases.get(token.lower, ()):
            last = token.i + len(phrase)
            if [t.lower for t in self.s.tokens[token.i + 1 : last + 1]] == list(phrase):
                return last
        return None

    def _according(self, token: Token, last: int) -> Said | None:
        """The clause around such a phrase, spoken by whom the phrase names."""
        closing = self.s.tokens[last]
        speaker = next((t.i for t in self.s.kids(last, "pobj", "pcomp")), None)
        if speaker is None:
            after = (t for t in self.s.tokens[last + 1 :] if t.pos in ("NOUN", "PROPN", "PRON"))
            speaker = next((t.i for t in after if t.dep not in ("compound", "poss")), None)
        if speaker is None or closing.i + 6 < speaker:
            return None
        inside = set(range(token.i, last + 1)) | set(self.s.subtree(token.i)) | set(self.s.subtree(last)) | set(self.s.subtree(speaker))
        found = {i for i in self.s.subtree(self._clause_above(token)) if i not in inside}
        return Said(self.s, token.i, (token.i, last), self._parts(found, token.i), speaker)

    def _clause_above(self, token: Token) -> int:
        """The clause that a phrase belongs to: the whole sentence when a comma sets it off."""
        apart = token.i == 0 or self.s.tokens[token.i - 1].text in {",", "—", "–"}
        above = [t for t in self.s.ancestors(token.i) if t.pos in VERBAL]
        if not above:
            return next((t.i for t in self.s.tokens if t.head == t.i), 0)
        if not apart:
            return above[0].i
        return next((t.i for t in above if t.dep in ("ROOT", "conj", "parataxis")), above[-1].i)

    def _colon(self) -> Said | None:
        """ "Minister: No deal this year": a speaker, a colon and what is said."""
        tokens = self.s.tokens
        place = next((t.i for t in tokens[:12] if t.text == ":"), None)
        if not place or any(t.pos in VERBAL and t.tag != "VBN" for t in tokens[:place]):
            return None
        speaker = next((t for t in reversed(tokens[:place]) if t.pos in ("PROPN", "NOUN", "PRON")), None)
        told = tokens[place + 1 :]
        quoted = bool(told) and told[0].text in MARKS
        named = speaker is not None and (quoted or speaker.pos == "PROPN" or speaker.lemma in self.words["voices"])
        if speaker is None or not named or speaker.lower in self.words["labels"]:
            return None
        return Said(self.s, place, (place, place), self._parts({t.i for t in told}, place), speaker.i, waits=True)

    # ------------------------------------------------------------ stretches of tokens

    def _parts(self, found: set[int], cue: int, fill: bool = False) -> list[Part]:
        """Token ranges of the content: gaps of mere punctuation closed, edges trimmed, the cue left out."""
        found.discard(cue)
        if not found:
            return []
        if fill and not min(found) < cue < max(found):
            found = set(range(min(found), max(found) + 1))
        return list(_ranges(self.s, found))


def _ranges(s: Sentence, found: set[int]) -> Iterator[Part]:
    """Contiguous ranges of a set of tokens, without commas and stops at their edges."""
    closed = {i for i in range(len(s)) if i in found or (s.tokens[i].pos == "PUNCT" and i - 1 in found and i + 1 in found)}
    for number, first, last in s.stretches(closed):
        run = list(range(first, last + 1))
        while run and _edge(s, run[0]):
            run.pop(0)
        while run and (_edge(s, run[-1]) or s.tokens[run[-1]].dep == "cc"):
            run.pop()
        if run:
            yield number, run[0], run[-1]


def _edge(s: Sentence, i: int) -> bool:
    """Punctuation that does not belong to the content it borders on."""
    token = s.tokens[i]
    if token.text in MARKS or s.in_quotes(i):
        return False
    return token.pos in ("PUNCT", "SPACE") or token.text in {",", ".", ";", ":"}
