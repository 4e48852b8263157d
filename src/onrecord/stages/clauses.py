"""Who did what: every predicate of a sentence with its logical arguments.

The parser gives surface grammar; this stage follows passive, control ("agreed to hold"), raising
("is expected to meet"), relative and reduced clauses, coordination with a shared subject, light
verbs ("held talks with") and nominal events ("Russia's annexation of Crimea"), so that the stages
after it see one frame for all of them.
"""

from __future__ import annotations

import functools
from collections.abc import Container, Mapping
from typing import Final, Literal

from onrecord.knowledge import table
from onrecord.knowledge.cues import cues
from onrecord.page import CLAUSE, INDIRECT, MODIFIER, OBJECT, POSSESSOR, SUBJECT, Clause, Sentence, Token

Args = dict[str, list[int]]

VERBAL: Final = frozenset({"VERB", "AUX"})
NOMINAL: Final = frozenset({"NOUN", "PROPN"})
DEMONYM: Final = frozenset({"JJ", "NNP", "NNPS"})
"""Tags of words before a noun that can name whose it is."""


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("english/grammar")[name])


@functools.cache
def _joining() -> Mapping[str, frozenset[str]]:
    return {verb: frozenset(preps) for verb, preps in table("english/grammar")["joining"].items()}


@functools.cache
def _asking() -> Mapping[str, tuple[str, ...]]:
    """Verbs of asking with the prepositions before whom they ask."""
    return {verb: tuple(preps) for verb, preps in table("english/grammar")["asking"].items()}


@functools.cache
def _credits() -> Mapping[str, str]:
    credits: Mapping[str, str] = table("english/grammar")["credits"]
    return credits


def find(sentence: Sentence, nouns: Container[str]) -> dict[int, Clause]:
    """Every verb, predicate adjective and event noun (lemma in ``nouns``) of a sentence, by its place."""
    finder = _Finder(sentence)
    for token in sentence.tokens:
        if token.dep in ("aux", "auxpass"):
            continue
        if token.pos in VERBAL or token.lemma in nouns or token.lower in nouns or (token.pos == "ADJ" and token.dep == "acomp"):
            finder.clause(token.i)
    return dict(sorted(finder.made.items()))


class _Finder:
    """The clauses of one sentence, each made once; a clause may ask for that of its governor."""

    def __init__(self, sentence: Sentence) -> None:
        self.s = sentence
        self.made: dict[int, Clause] = {}
        self.busy: set[int] = set()

    def clause(self, i: int) -> Clause:
        """The clause headed by token i; in a cycle, what is known of it so far."""
        if i in self.made:
            return self.made[i]
        token = self.s.tokens[i]
        made = Clause(self.s, i, self._kind(token))
        self.made[i] = made
        made.modals = self._modals(token)
        made.negated = self._negated(i)
        self._add(made.args, "modal", [c for c in self.s.children(i) if self.s.tokens[c].tag == "MD"])
        made.governors = self._governors(i)
        self._prepositions(made, i)
        if made.kind == "verb":
            self._verb(made, token)
        elif made.kind == "adj":
            self._adjective(made, token)
        else:
            self._noun(made, token)
        return made

    def _kind(self, token: Token) -> Literal["verb", "noun", "adj"]:
        """A gerund with an article, an adjective or a possessor is a noun ("the Russian hacking of")."""
        if token.pos in VERBAL:
            nominal = self.s.kid(token.i, "amod", "poss", "det", "compound") is not None or self._gerund_with_of(token)
            return "noun" if token.tag == "VBG" and nominal and not self.s.kids(token.i, "dobj", "nsubj", "aux") else "verb"
        return "adj" if token.pos == "ADJ" else "noun"

    def _modals(self, token: Token) -> tuple[str, ...]:
        """Its own modal verbs, or those it shares with the verb that it is coordinated to ("will meet A and visit B")."""
        own = tuple(self.s.tokens[c].lower for c in self.s.children(token.i) if self.s.tokens[c].tag == "MD")
        if own or token.dep != "conj" or _form(token) != "VB" or self.s.kid(token.i, "aux", "nsubj") is not None:
            return own
        return self.clause(token.head).modals

    def _gerund_with_of(self, token: Token) -> bool:
        """ "Fighting between A and B", "the shelling of Kharkiv": a gerund in a noun's place with a noun's prepositions."""
        return token.dep in ("nsubj", "nsubjpass", "csubj", "dobj") and any(
            t.lower in ("of", "between") for t in self.s.kids(token.i, "prep")
        )

    # ------------------------------------------------------------ arguments that are there to see

    def _prepositions(self, clause: Clause, i: int, owner: int | None = None) -> None:
        """Enter the objects of the prepositions below token i under each preposition's own word."""
        for prep in (*self.s.kids(i, "prep", "agent", "dative"), *self._leading_adverbs(i)):
            if prep.pos not in ("ADP", "SCONJ", "VERB", "ADV"):
                continue
            heads = [t.i for t in self.s.kids(prep.i, "pobj", "pcomp")]
            for inner in self.s.kids(prep.i, "prep"):
                more = [t.i for t in self.s.kids(inner.i, "pobj", "pcomp")]
                self._add(clause.args, inner.lower, more)
                self._add(clause.args, f"{prep.lower} {inner.lower}", more)
            self._add(clause.args, prep.lower, heads)
            if owner is None:
                for other in self.s.kids(prep.i, "conj"):
                    self._add(clause.args, other.lower, [t.i for t in self.s.kids(other.i, "pobj", "pcomp")])

    def _leading_adverbs(self, i: int) -> list[Token]:
        """Adverbs and particles that a preposition was hung on: "handed back to Ukraine", "moved closer to the border"."""
        if self.s.tokens[i].pos not in VERBAL:
            return []
        return [t for t in self.s.kids(i, "advmod", "prt") if t.i > i and any(p.lower != "of" for p in self.s.kids(t.i, "prep"))]

    def _add(self, args: Args, function: str, heads: list[int]) -> None:
        """Enter heads with all that is coordinated to them, each once."""
        into = args.setdefault(function, []) if heads else args.get(function, [])
        for head in heads:
            into.extend(c for c in map(self._content_word, self.s.conjuncts(head)) if c not in into)

    def _content_word(self, i: int) -> int:
        """What a measuring word measures: "dozens of drones" is about drones."""
        lemma = self.s.tokens[i].lemma
        links = {"of"} if lemma in _words("partitives") else set()
        links |= {"in"} if lemma in _words("sums") else set()
        links |= {"to"} if lemma in _words("endings") else set()
        below = [t.i for prep in self.s.kids(i, "prep") if prep.lower in links for t in self.s.kids(prep.i, "pobj")]
        return self._content_word(below[0]) if below else i

    def _negated(self, i: int) -> bool:
        """Negated by its own adverb or determiner, or as a sole negated part ("no attack", "without talks")."""
        negations = _words("negations")
        for c in self.s.children(i):
            token = self.s.tokens[c]
            if token.dep == "neg" or (token.lower in negations and token.dep in ("det", "preconj", "advmod")):
                return True
        head = self.s.head(i)
        if self.s.tokens[i].dep == "conj" and any(t.lower == "nor" for t in self.s.kids(head.i, "cc")):
            return True
        return self.s.tokens[i].dep in ("pobj", "pcomp") and head.lower == "without"

    # ------------------------------------------------------------ verbs

    def _verb(self, clause: Clause, token: Token) -> None:
        args, i = clause.args, token.i
        clause.passive = self._passive(token)
        surface = [t.i for t in self.s.kids(i, "nsubj", "nsubjpass", "csubj", "expl") if not _relative(t)]
        relative = any(_relative(t) for t in self.s.kids(i, "nsubj", "nsubjpass"))
        self._add(args, INDIRECT, self._datives(i))
        objects = [t.i for t in self.s.kids(i, "dobj", "attr", "oprd")]
        objects = [o for o in objects if not _relative(self.s.tokens[o])]
        self._add(args, OBJECT, objects or self._shared_object(i))
        self._add(args, CLAUSE, [t.i for t in self.s.kids(i, "ccomp", "xcomp")])
        if len(objects) > 1:
            self._add(args, "oprd", [t.i for t in self.s.kids(i, "oprd")])
        self._add(args, "result", [t.i for t in self.s.kids(i, "advcl") if t.tag == "VBG" and t.i > i])
        particles = self.s.kids(i, "prt")
        if particles:
            args["prt"] = [t.i for t in particles]
        if surface:
            self._seat(clause, surface)
        elif relative and token.dep in ("relcl", "acl", "ccomp"):
            self._seat(clause, [token.head])
        else:
            self._seat(clause, self._missing_subject(token))
        if token.dep == "relcl" and surface and not relative:
            self._relative_object(clause, token)
        self._add(
            args, "if", [t.i for t in self.s.kids(i, "advcl") if any(m.lower in _words("conditions") for m in self.s.kids(t.i, "mark"))]
        )
        self._add(args, "for", [t.i for t in self.s.kids(i, "advcl", "ccomp") if any(m.lower == "for" for m in self.s.kids(t.i, "mark"))])
        self._ellipsis(clause, token)
        self._companions(clause, token)
        if clause.passive and not args.get(SUBJECT):
            agents = [c for p in self.s.kids(i, "agent", "prep") if p.lower == "by" for c in (t.i for t in self.s.kids(p.i, "pobj"))]
            self._add(args, SUBJECT, agents or self._shared_agent(i))
        if token.dep == "relcl":
            self._relative_prepositions(clause, token)

    def _companions(self, clause: Clause, token: Token) -> None:
        """ "Turkey, along with Qatar, condemned it": who is named with the subject before the verb does it too."""
        subjects = self.s.kids(token.i, "nsubj", "nsubjpass")
        before = [p for i in (token.i, *(t.i for t in subjects)) for p in self.s.kids(i, "prep") if p.i < token.i]
        for prep in before:
            if subjects and any(f"{prep.lower} {inner.lower}" in _words("companions") for inner in self.s.kids(prep.i, "prep")):
                self._seat(clause, [t.i for inner in self.s.kids(prep.i, "prep") for t in self.s.kids(inner.i, "pobj")])

    def _shared_object(self, i: int) -> list[int]:
        """In "beat and arrested protesters" they also beat the protesters."""
        if any(self.s.tokens[c].dep in ("prep", "ccomp", "xcomp", "acomp", "attr", "nsubjpass", "prt") for c in self.s.children(i)):
            return []
        other = self.s.kid(i, "conj")
        if other is None or other.pos != "VERB" or _form(other) != _form(self.s.tokens[i]) or self.s.kid(other.i, "nsubj") is not None:
            return []
        between = [t for t in self.s.tokens[i + 1 : other.i] if t.pos not in ("CCONJ", "ADV", "PUNCT")]
        return [] if between else [t.i for t in self.s.kids(other.i, "dobj")]

    def _shared_agent(self, i: int) -> list[int]:
        """In "seized and killed by X", and "seized and believed killed by X", the one who killed also seized."""
        for other in (t for c in self.s.kids(i, "conj") for t in (c, *self.s.kids(c.i, "xcomp", "oprd", "ccomp", "conj"))):
            agent = self.s.kid(other.i, "agent")
            if other.tag == "VBN" and agent is not None:
                return [t.i for t in self.s.kids(agent.i, "pobj")]
        return []

    def _relative_prepositions(self, clause: Clause, token: Token) -> None:
        """In "the king, with whom he met" the one met is the king."""
        for prep in self.s.kids(token.i, "prep"):
            if any(_relative(t) for t in self.s.kids(prep.i, "pobj")):
                clause.args[prep.lower] = [token.head]

    def _ellipsis(self, clause: Clause, token: Token) -> None:
        """A bare auxiliary repeats a verb with another subject: "X is to meet Y, as are V and W"."""
        if token.pos != "AUX" or token.dep not in ("advcl", "conj", "parataxis") or not clause.args.get(SUBJECT):
            return
        like = any(t.lower in _words("likewise") for t in self.s.kids(token.i, "mark", "advmod", "prep"))
        above = self.clause(token.head)
        if not like or above.kind != "verb" or self.s.kids(token.i, "attr", "acomp", "dobj", "ccomp", "xcomp"):
            return
        verbs = [i for i in above.args.get(CLAUSE, []) if self.s.tokens[i].dep == "xcomp"]
        meant = self.clause(verbs[0]) if verbs else above
        clause.stands_for, clause.governors, clause.modals = meant.token, meant.governors, meant.modals

    def _seat(self, clause: Clause, surface: list[int]) -> None:
        """Give the surface subject its logical seat: the object of a passive, else the subject."""
        self._add(clause.args, OBJECT if clause.passive else SUBJECT, surface)

    def _datives(self, i: int) -> list[int]:
        """Heads of dative objects: bare ("told Biden") or with "to"."""
        found = []
        for token in self.s.kids(i, "dative"):
            found += [t.i for t in self.s.kids(token.i, "pobj")] if token.pos == "ADP" else [token.i]
        return found

    def _passive(self, token: Token) -> bool:
        """Passive: by its auxiliary or subject, or a bare past participle after a noun."""
        if self.s.kid(token.i, "nsubjpass", "auxpass", "csubjpass") is not None:
            return True
        if token.tag != "VBN":
            return False
        helped = any(t.lemma in ("have", "'ve") for t in self.s.kids(token.i, "aux"))
        if not helped and self.s.kid(token.i, "agent") is not None:
            return True
        if token.dep == "ROOT" and not self.s.kids(token.i, "aux", "dobj") and self.s.tokens[-1].text != ".":
            return self.s.kid(token.i, "agent", "prep") is not None  # a headline: "Army accused of shelling"
        if token.dep in ("acl", "advcl", "amod", "relcl"):
            return not helped and not self.s.kids(token.i, "dobj")
        if token.dep == "conj" and not helped:
            return self._passive(self.s.head(token.i)) and not self.s.kids(token.i, "dobj", "nsubj")
        return False

    def _missing_subject(self, token: Token) -> list[int]:
        """Who does it where the verb has no subject of its own."""
        head = self.s.head(token.i)
        if token.i in self.busy or token.dep == "ROOT":
            return []
        self.busy.add(token.i)
        try:
            return self._inherited(token, head)
        finally:
            self.busy.discard(token.i)

    def _inherited(self, token: Token, head: Token) -> list[int]:
        if token.dep in ("pcomp", "pobj") and head.pos not in VERBAL | NOMINAL:
            return self._gerund_subject(head)
        if token.dep in ("acl", "relcl") and head.pos in NOMINAL | {"PRON"}:
            return self._noun_clause_subject(token, head)
        if head.pos in NOMINAL | {"PRON", "ADJ"} and token.dep not in ("conj",):
            return list(self.clause(head.i).get(SUBJECT, POSSESSOR))
        above = self.clause(head.i)
        if token.dep == "acomp":
            return list(above.args.get(SUBJECT, []))
        if token.dep == "advcl" and token.tag == "VB" and above.lemma in _words("enabling"):
            return self._given_to(above)
        asked = token.dep == "advcl" and token.tag == "VB" and any(above.args.get(prep) for prep in _asking().get(above.lemma, ()))
        if asked or token.dep == "xcomp" or (token.dep == "ccomp" and token.tag in ("VB", "VBG")):
            return self._controlled(above)
        if token.dep in ("conj", "advcl", "ccomp", "dep", "parataxis", "prep"):
            return [] if token.dep == "ccomp" else list(above.args.get(OBJECT if above.passive else SUBJECT, []))
        return []

    def _given_to(self, above: Clause) -> list[int]:
        """Whom a verb of giving leaves something to do: "gave Mali a week to answer"."""
        named = [i for i in above.args.get(OBJECT, []) if self.s.tokens[i].pos in ("PROPN", "PRON")]
        return list(above.args.get(INDIRECT) or named or above.args.get(SUBJECT, []))

    def _controlled(self, above: Clause) -> list[int]:
        """The doer of an infinitive: the governor's object if it has one, else its subject."""
        objects = above.args.get(OBJECT, [])
        asked = [i for prep in _asking().get(above.lemma, ()) for i in above.args.get(prep, [])]
        if asked and not objects:
            return asked
        if above.passive or (objects and above.lemma not in _words("subject_control")):
            return list(objects)
        return list(above.args.get(INDIRECT) or above.args.get(SUBJECT, []))

    def _gerund_subject(self, prep: Token) -> list[int]:
        """The doer of a gerund after a preposition ("accused Kyiv of planning", "after meeting Xi")."""
        if prep.head == prep.i:
            return []
        above = self.clause(self.s.head(prep.i).i)
        if above.kind != "verb":
            return list(above.get(SUBJECT, POSSESSOR))
        if prep.lower in _words("object_gerund") and above.args.get(OBJECT) and above.lemma not in _words("subject_gerund"):
            return list(above.args[OBJECT])
        return list(above.args.get(OBJECT if above.passive else SUBJECT, []))

    def _noun_clause_subject(self, token: Token, noun: Token) -> list[int]:
        """The doer of a clause that hangs on a noun: the noun itself, or whoever has the plan, right or wish."""
        infinitive = any(t.lower == "to" for t in self.s.kids(token.i, "aux")) or token.tag == "VB"
        if not infinitive:
            return [noun.i]
        owner = self.clause(noun.i)
        above = self.s.head(noun.i)
        over = self.clause(above.i) if noun.dep == "dobj" and above.pos in VERBAL else None
        if over is not None and over.lemma in _words("enabling") and over.args.get(INDIRECT):
            return list(over.args[INDIRECT])
        if noun.lemma in _words("addressed") and owner.get("to"):
            return list(owner.get("to"))
        had = over.args.get(SUBJECT, []) if over is not None else []
        return list(owner.get(POSSESSOR, SUBJECT, "by", "of") or had or owner.get(MODIFIER))

    def _relative_object(self, clause: Clause, token: Token) -> None:
        """In "the treaty (which) the presidents signed" the antecedent is what was signed."""
        pronoun = next((t for t in self.s.kids(token.i, "dobj", "pobj") if _relative(t)), None)
        if pronoun is None and self._content_clause(token):
            return
        if pronoun is not None or not clause.args.get(OBJECT):
            self._add(clause.args, OBJECT, [token.head])

    def _content_clause(self, token: Token) -> bool:
        """ "Reports that Mali plans to attack": what follows tells what is reported, and the report is no object in it."""
        first = self.s.tokens[self.s.subtree(token.i)[0]]
        return first.lower == "that" and self.s.head(token.i).lemma in cues().nouns.keys() | _words("tidings")

    # ------------------------------------------------------------ adjectives and nouns

    def _adjective(self, clause: Clause, token: Token) -> None:
        head = self.s.head(token.i)
        if token.dep in ("acomp", "conj", "oprd") and head.pos in VERBAL | {"ADJ"}:
            self._add(clause.args, SUBJECT, list(self.clause(head.i).args.get(SUBJECT, [])))
        elif token.dep in ("amod", "relcl", "acl"):
            self._add(clause.args, SUBJECT, [token.head])
        elif own := self.s.kids(token.i, "nsubj"):
            self._add(clause.args, SUBJECT, [t.i for t in own])
        self._add(clause.args, CLAUSE, [t.i for t in self.s.kids(token.i, "xcomp", "ccomp")])

    def _noun(self, clause: Clause, token: Token) -> None:
        args, i = clause.args, token.i
        self._add(args, POSSESSOR, [t.i for t in self.s.kids(i, "poss")])
        self._add(args, MODIFIER, [t.i for t in self.s.kids(i, "amod", "compound", "nmod", "nummod") if t.dep != "nummod"])
        self._add(args, CLAUSE, [t.i for t in self.s.kids(i, "acl", "relcl", "ccomp")])
        self._add(args, "appos", [t.i for t in self.s.kids(i, "appos")])
        self._borrow_from_conjunct(clause, token)
        self._borrow_from_verb(clause, token)
        self._borrow_from_head(clause, token)
        self._effect(clause, token)
        self._other_side(clause, token)

    def _other_side(self, clause: Clause, token: Token) -> None:
        """In "he said so in a talk with X" the other side of the talk is the verb's subject; in a bare "in a call", its object too."""
        args = clause.args
        if any(args.get(f) for f in (SUBJECT, POSSESSOR, "between")):
            return
        top = self._first_conjunct(token)
        prep = self.s.head(top.i)
        verb = self.s.head(prep.i)
        if top.dep in ("nsubj", "nsubjpass") and args.get("with"):
            self._add(args, SUBJECT, self._teller(prep))
        if top.dep == "pobj" and prep.lower == "for" and verb.dep == "ROOT" and verb.pos == "PROPN":
            self._add(args, SUBJECT, [verb.i])  # a headline: "Rutte in Paris for talks"
        if top.dep != "pobj" or prep.lower not in _words("occasions") or verb.pos not in VERBAL:
            return
        above = self.clause(verb.i).args
        if args.get("with") or args.get("to"):
            self._add(args, SUBJECT, above.get(OBJECT if self.clause(verb.i).passive else SUBJECT, []))
        elif token.lemma in _words("exchanges") and prep.lower == "in":
            self._add(args, SUBJECT, [*above.get(SUBJECT, []), *above.get(INDIRECT, []), *above.get(OBJECT, [])])

    def _teller(self, verb: Token) -> list[int]:
        """Who tells of talks "with X" without saying whose they are: one side of them."""
        above = self.s.head(verb.i)
        if verb.dep != "ccomp" or above.pos not in VERBAL or above.lemma not in cues().verbs:
            return []
        return list(self.clause(above.i).args.get(SUBJECT, []))

    def _effect(self, clause: Clause, token: Token) -> None:
        """What an event does to others, as ``does``: in "the strike killed ten soldiers", the soldiers.

        Of what goes on between two sides the dead are no third side.
        """
        if clause.args.get("between"):
            return
        top = self._first_conjunct(token)
        head = self.s.head(top.i)
        if top.dep == "pobj" and (head.dep == "agent" or (head.dep == "prep" and head.lower in _words("causes"))):
            head = self.s.head(head.i)
        elif top.dep != "nsubj":
            return
        if head.pos in VERBAL and (top.dep == "nsubj" or self._passive(head)):
            self._add(clause.args, "does", self._suffering(head))
        elif head.lemma in _words("harms"):
            self._add(clause.args, "does", [*self.s.objects(head.i, "of"), *self.s.objects(head.i, "to")])

    def _suffering(self, verb: Token) -> list[int]:
        """To whom a verb does it, with those of a passive before it that shares its cause ("X was killed and Y wounded by")."""
        own = list(self.clause(verb.i).args.get(OBJECT, []))
        first = self.s.head(verb.i)
        if verb.dep == "conj" and first.pos in VERBAL and self._passive(first) and self.s.kid(first.i, "agent") is None:
            return [*self.clause(first.i).args.get(OBJECT, []), *own]
        return own

    def _borrow_from_conjunct(self, clause: Clause, token: Token) -> None:
        """ "Its seizure and annexation of": coordinated nouns share a possessor before and a phrase after."""
        if token.dep == "conj" and not clause.args.get(POSSESSOR) and self.s.kid(token.i, "det", "nummod") is None:
            self._share_owner(clause, token)
        last = next(iter(reversed(self.s.kids(token.i, "conj"))), None)
        if last is not None and not self.s.kids(token.i, "prep") and last.pos in NOMINAL:
            self._prepositions(clause, last.i, owner=token.i)

    def _share_owner(self, clause: Clause, token: Token) -> None:
        """ "Israel's raids and arrests", "Israeli gunfire and air strikes": the owner before the first is that of the second."""
        if any(self.s.tokens[i].tag in DEMONYM for i in clause.args.get(MODIFIER, [])):
            return
        self._add(clause.args, POSSESSOR, [t.i for t in self.s.kids(token.head, "poss")])
        self._add(clause.args, MODIFIER, [t.i for t in self.s.kids(token.head, "amod", "compound", "nmod") if t.text[:1].isupper()])

    def _borrow_from_head(self, clause: Clause, token: Token) -> None:
        """In "a sanctions package against X" the sanctions are against X: a noun that modifies another shares what that has."""
        head = self.s.head(token.i)
        if token.dep != "compound" or head.lemma not in _words("vessels"):
            return
        self._prepositions(clause, head.i, owner=token.i)
        self._add(clause.args, POSSESSOR, [t.i for t in self.s.kids(head.i, "poss")])
        self._add(clause.args, MODIFIER, [t.i for t in self.s.kids(head.i, "amod", "compound", "nmod") if t.i != token.i])
        self._borrow_from_verb(clause, head)

    def _borrow_from_verb(self, clause: Clause, token: Token) -> None:
        """A light verb lends its subject and its prepositions to the noun that carries the meaning."""
        verb = self._light_verb(token)
        self._add(clause.args, SUBJECT, self._takes_part(token) or self._credited(token))
        if verb is None:
            head = self.s.head(token.i)
            if token.dep in ("nsubj", "nsubjpass") and self._phrase(head) & _words("occurrence"):
                self._prepositions(clause, head.i, owner=token.i)
            return
        above = self.clause(verb)
        if above.lemma in _words("receiving") and not above.passive and clause.token.lemma not in _words("exchanges"):
            self._receive(clause, above)
            return
        self._add(clause.args, SUBJECT, above.args.get(SUBJECT, []) if verb != token.i else [])
        if above.passive and token.i not in above.args.get(OBJECT, []):
            self._add(clause.args, SUBJECT, above.args.get(OBJECT, []))
        self._prepositions(clause, verb, owner=token.i)
        self._add(clause.args, INDIRECT, above.args.get(INDIRECT, []))
        self._add(clause.args, "result", above.args.get("result", []))

    def _takes_part(self, token: Token) -> list[int]:
        """Whose part in an event is told of: "Iran denied involvement in the attack", "the army's role in the coup"."""
        top = self._first_conjunct(token)
        part = self.s.head(top.head)
        if top.dep != "pobj" or self.s.head(top.i).lower != "in" or part.lemma not in _words("shares"):
            return []
        own = self.clause(part.i).get(POSSESSOR, SUBJECT, "of", "by")
        verb = self.s.head(part.i)
        if own or verb.pos not in VERBAL | {"ADP"}:
            return list(own)
        if part.dep == "dobj":
            return list(self.clause(verb.i).args.get(SUBJECT, []))
        return self._gerund_subject(verb) if part.dep == "pobj" and verb.lower in _words("object_gerund") else []

    def _credited(self, token: Token) -> list[int]:
        """Whose an event is said to be: "an attack blamed on rebels", "a raid claimed by the army"."""
        for acl in self.s.kids(token.i, "acl"):
            link = _credits().get(acl.lemma)
            if acl.tag == "VBN" and link is not None:
                return self.s.objects(acl.i, link)
        return []

    def _receive(self, clause: Clause, above: Clause) -> None:
        """In "Iran received a threat from Israel" the threat is Israel's, and toward Iran."""
        self._prepositions(clause, above.head, owner=clause.head)
        for function in (INDIRECT, "does"):
            self._add(clause.args, function, above.args.get(SUBJECT, []))

    def _light_verb(self, token: Token) -> int | None:
        """The light verb above an event noun, whether the noun is its object, passive subject or joined by a preposition."""
        top = self._first_conjunct(token)
        head = self.s.head(top.i)
        if top.dep in ("dobj", "nsubjpass", "attr") and head.pos in VERBAL:
            return head.i if self._phrase(head) & _words("light_verbs") or top.dep == "attr" else None
        if top.dep in ("acl", "ROOT"):
            return None
        if top.dep == "pobj" and self.s.head(head.i).pos in VERBAL | {"ADJ"}:
            verb = self.s.head(head.i)
            if head.lower in _joining().get(verb.lemma, ()):
                return verb.i
        below = self.s.kid(top.i, "acl")
        if below is not None and below.tag == "VBN" and self._phrase(below) & _words("light_verbs"):
            return below.i
        return None

    def _phrase(self, verb: Token) -> set[str]:
        """The verb's lemma, alone and with its particle or adverb ("cut short")."""
        return {verb.lemma} | {f"{verb.lemma} {t.lower}" for t in self.s.kids(verb.i, "prt", "advmod", "acomp", "oprd")}

    def _first_conjunct(self, token: Token) -> Token:
        while token.dep == "conj" and token.head != token.i and self.s.head(token.i).pos in NOMINAL:
            token = self.s.head(token.i)
        measure = self.s.head(token.head) if token.dep == "pobj" else token
        measures = {"of": _words("partitives"), "in": _words("sums"), "to": _words("endings")}.get(self.s.head(token.i).lower, frozenset())
        return self._first_conjunct(measure) if measure is not token and measure.lemma in measures else token

    # ------------------------------------------------------------ what stands above

    def _governors(self, i: int) -> tuple[tuple[int, str], ...]:
        """The words above a predicate, nearest first, each with the function in which it stands below."""
        found: list[tuple[int, str]] = []
        token = self.s.tokens[i]
        seen = {i}
        while token.head != token.i and token.head not in seen:
            head = self.s.head(token.i)
            seen.add(head.i)
            if token.dep == "conj" and _same_kind(token, head):
                token = head
                continue
            if token.dep in ("pobj", "pcomp") and head.head != head.i:
                above = self.s.head(head.i)
                seen.add(above.i)
                found.append((above.i, head.lower))
                token = above
                continue
            found.append((head.i, _RELATIONS.get(token.dep, token.dep)))
            token = head
        return tuple(found)


_RELATIONS: Final = {
    "dobj": OBJECT, "nsubjpass": OBJECT, "attr": OBJECT, "oprd": OBJECT, "nsubj": SUBJECT, "csubj": SUBJECT,
    "ccomp": CLAUSE, "xcomp": CLAUSE, "dative": INDIRECT, "poss": POSSESSOR,
    "compound": MODIFIER, "amod": MODIFIER, "nmod": MODIFIER,
}  # fmt: skip


def _relative(token: Token) -> bool:
    """A relative pronoun, told by its tag from a name such as WHO."""
    return token.lower in _words("relative_pronouns") and token.tag in ("WP", "WDT", "WP$", "IN")


def _form(verb: Token) -> str:
    """The form of a verb; a plural's present and a bare infinitive look the same."""
    return "VB" if verb.tag == "VBP" else verb.tag


def _same_kind(token: Token, head: Token) -> bool:
    """Coordinated words share what governs them when both are verbs or both are not."""
    return (token.pos in VERBAL) == (head.pos in VERBAL)
