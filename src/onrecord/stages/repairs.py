"""Mends the parse where the parser is known to err: sentences in, the same sentences with better heads out.

Each rule names one kind of error that the small English model makes in news: a present-tense verb
taken for a noun ("Russian bombs target Kherson"), a title cut off from its name ("Presidents A and
B"), a second name hung on the first one's country ("A of X and B of Y"), a gerund that lost its
infinitive ("accused of planning to attack").
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from onrecord.knowledge import lexicon, table
from onrecord.page import Sentence, Token

Changes = dict[int, Token]
"""Tokens to put in the place of others, by their place in the sentence."""

VERBAL: Final = frozenset({"VERB", "AUX"})


@functools.cache
def _verbs() -> frozenset[str]:
    """Verbs that news tells of: a noun of the same form that has a subject or an object is one of them."""
    return lexicon.heads("verbs") | frozenset(table("english/grammar")["light_verbs"])


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("english/grammar")[name])


def mend(sentence: Sentence) -> Sentence:
    """Apply every rule, one after the other; the sentence itself when none applies."""
    for rule in RULES:
        changes = rule(sentence)
        if changes:
            sentence.replace_tokens(tuple(changes.get(t.i, t) for t in sentence.tokens))
    return sentence


def _rehang(token: Token, head: int, dep: str) -> Token:
    return token._replace(head=head, dep=dep)


def _noun_that_is_a_verb(sentence: Sentence) -> Changes:
    """A "noun" with a subject of its own is the verb: "the drone strike the base", "bombs target Kherson"."""
    changes: Changes = {}
    for token in sentence.tokens:
        nominal = token.pos in ("NOUN", "PROPN") and token.lemma in _verbs()
        subject = sentence.kid(token.i, "nsubj", "nsubjpass")
        if nominal and subject is not None and sentence.kid(token.i, "cop", "det", "case") is None:
            changes[token.i] = token._replace(pos="VERB", tag="VBP" if token.tag == "NN" else "VBZ")
    return changes


def _headline_verb(sentence: Sentence) -> Changes:
    """A sentence without a finite verb whose root is "X bombs ten targets" or "X calls for Y to stop"."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or root.lemma not in _verbs() or not root.text.endswith("s") or _finite(sentence):
        return {}
    before = [t for t in sentence.kids(root.i, "compound", "nmod", "amod") if t.i < root.i]
    after = next((t for t in sentence.kids(root.i, *OBJECTS, "prep", "advcl", "ccomp") if t.i > root.i), None)
    if not before or before[-1].pos != "PROPN" or after is None:
        return {}
    subject = before[-1]
    changes = {t.i: _rehang(t, subject.i, "compound") for t in before[:-1]}
    changes |= {t.i: _rehang(t, subject.i, "det") for t in sentence.kids(root.i, "det", "poss") if t.i < root.i}
    changes[subject.i] = _rehang(subject, root.i, "nsubj")
    if after.dep in OBJECTS:
        changes[after.i] = _rehang(after, root.i, "dobj")
    changes[root.i] = root._replace(pos="VERB", tag="VBZ")
    return changes


OBJECTS: Final = ("appos", "dobj", "npadvmod", "dep")


def _finite(sentence: Sentence) -> bool:
    """True when the sentence has a finite verb of its own, outside its relative and adverbial clauses."""
    below = {i for t in sentence.tokens if t.dep in ("relcl", "advcl", "acl") for i in sentence.subtree(t.i)}
    return any(t.tag in ("VBD", "VBZ", "VBP", "MD") and t.i not in below for t in sentence.tokens)


def _verb_before_article(sentence: Sentence) -> Changes:
    """A plural noun right before an article, in a sentence without a finite verb, is its verb: "A court in X jails a cleric"."""
    if _finite(sentence):
        return {}
    verb = next((t for t in sentence.tokens if _reads_as_verb(sentence, t)), None)
    subject = None if verb is None else _left_head(sentence, verb.i)
    if verb is None or subject is None:
        return {}
    changes = {verb.i: verb._replace(head=verb.i, dep="ROOT", pos="VERB", tag="VBZ"), subject.i: _rehang(subject, verb.i, "nsubj")}
    for token in sentence.tokens[: verb.i]:
        if token.i != subject.i and not 0 <= token.head < verb.i or token.head == token.i != subject.i:
            before = sentence.tokens[token.i - 1]
            hangs = before.pos == "ADP" and not any(k < verb.i for k in sentence.children(before.i))
            changes[token.i] = _rehang(token, before.i, "pobj") if hangs else _rehang(token, subject.i, "compound")
    for token in sentence.tokens[verb.i + 1 :]:
        if token.head <= verb.i or token.head == token.i:
            dep = "dobj" if token.pos in ("NOUN", "PROPN", "NUM") and token.dep not in ("npadvmod", "conj") else token.dep
            changes[token.i] = _rehang(token, verb.i, "prep" if dep == "ROOT" else dep)
    return changes


def _reads_as_verb(sentence: Sentence, token: Token) -> bool:
    """A plural of a verb's form with a noun before it and an article, a number or a particle and an article after it."""
    if token.tag not in ("NNS", "NNPS") or token.lemma not in _verbs() or not 0 < token.i < len(sentence) - 2:
        return False
    before, following = sentence.tokens[token.i - 1], sentence.tokens[token.i + 1]
    if following.pos in ("ADP", "PART") and following.lower in _words("verb_particles"):
        following = sentence.tokens[token.i + 2]
    return before.pos in ("NOUN", "PROPN") and (following.pos == "DET" or following.tag == "PRP$")


def _left_head(sentence: Sentence, verb: int) -> Token | None:
    """The noun that heads what stands before the verb."""
    nouns = [t for t in sentence.tokens[:verb] if t.pos in ("NOUN", "PROPN") and (t.head >= verb or t.head == t.i)]
    return next((t for t in nouns if t.head == t.i), nouns[-1] if nouns else None)


def _verb_as_modifier(sentence: Sentence) -> Changes:
    """A finite verb with a subject of its own that was hung on a noun: "dissidents launch drone strikes"."""
    for token in sentence.tokens:
        noun = sentence.tokens[token.head]
        if token.tag in ("VBP", "VBZ", "VBD") and token.dep in ("compound", "amod", "nmod") and sentence.kid(token.i, "nsubj") is not None:
            while noun.dep in ("compound", "nmod") and noun.head != noun.i:
                noun = sentence.tokens[noun.head]
            changes = {
                token.i: _rehang(token, noun.head if noun.head != noun.i else token.i, noun.dep),
                noun.i: _rehang(noun, token.i, "dobj"),
            }
            changes |= {
                k: _rehang(sentence.tokens[k], token.i, "punct") for k in sentence.children(noun.i) if sentence.tokens[k].dep == "punct"
            }
            return changes
    return {}


def _verb_that_is_a_noun(sentence: Sentence) -> Changes:
    """A "verb" that is the subject of another and has a noun's modifiers is a noun: "missile strikes on X kill eight"."""
    changes: Changes = {}
    for token in sentence.tokens:
        if (
            token.tag in ("VBZ", "VBP")
            and token.dep in ("nsubj", "nsubjpass")
            and sentence.kid(token.i, "compound", "amod", "poss", "nmod")
        ) and sentence.kid(token.i, "nsubj", "dobj", "aux") is None:
            changes[token.i] = token._replace(pos="NOUN", tag="NNS")
    return changes


def _participle_that_is_a_verb(sentence: Sentence) -> Changes:
    """A verbless "The UN renewed sanctions" has its verb in the participle between a name and the noun."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos != "NOUN" or any(t.pos in VERBAL and t.dep != "amod" for t in sentence.tokens):
        return {}
    verb = next((t for t in sentence.kids(root.i, "amod") if t.tag in ("VBN", "VBD") and t.lemma in _verbs()), None)
    before = [
        t for t in sentence.kids(root.i, "compound", "nmod", "nsubj", "poss") if verb is not None and t.i < verb.i and t.pos == "PROPN"
    ]
    if verb is None or not before or before[-1].i != verb.i - 1:
        return {}
    subject = before[-1]
    changes = {verb.i: verb._replace(head=verb.i, dep="ROOT", pos="VERB", tag="VBD"), root.i: _rehang(root, verb.i, "dobj")}
    for child in (sentence.tokens[c] for c in sentence.children(root.i)):
        if child.i < verb.i:
            changes[child.i] = _rehang(child, subject.i, child.dep if child.dep == "det" else "compound")
    changes[subject.i] = _rehang(subject, verb.i, "nsubj")
    return changes


def _title_before_name(sentence: Sentence) -> Changes:
    """A title and the name right after it are one phrase headed by the name: "Presidents A and B spoke"."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep == "appos" and token.pos == "PROPN" and _is_title(sentence, token):
            title = sentence.tokens[token.head]
            name = token.i
            changes[name] = _rehang(token, title.head if title.head != title.i else name, title.dep)
            changes[title.i] = _rehang(title, name, "compound")
            for child in sentence.children(title.i):
                if child != name and sentence.tokens[child].dep not in ("prep", "punct"):
                    changes[child] = _rehang(sentence.tokens[child], name, sentence.tokens[child].dep)
    return changes


def _is_title(sentence: Sentence, name: Token) -> bool:
    """A common or proper noun with nothing but the name's own words between it and the name."""
    title = sentence.tokens[name.head]
    first = min(sentence.subtree(name.i), default=name.i)
    start = min((t.i for t in sentence.kids(name.i, "compound", "nmod")), default=name.i)
    return title.pos in ("NOUN", "PROPN") and title.i + 1 == start and first >= start and title.text[:1].isalpha()


def _title_as_root(sentence: Sentence) -> Changes:
    """ "Police constable A B is arrested": the title was taken for the sentence and the verb for its clause."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN"):
        return {}
    for verb in sentence.kids(root.i, "ccomp", "relcl", "acl", "appos"):
        subject = sentence.kid(verb.i, "nsubj", "nsubjpass")
        if verb.pos not in VERBAL or subject is None or subject.pos != "PROPN" or min(sentence.subtree(subject.i)) != root.i + 1:
            continue
        changes = {
            verb.i: _rehang(verb, verb.i, "ROOT"),
            root.i: _rehang(root, subject.i, "compound"),
        }
        for child in sentence.children(root.i):
            if child != verb.i:
                home = subject.i if child < root.i else verb.i
                dep = "compound" if sentence.tokens[child].dep == "nsubj" else sentence.tokens[child].dep
                changes[child] = _rehang(sentence.tokens[child], home, dep)
        return changes
    return {}


def _name_hung_on_country(sentence: Sentence) -> Changes:
    """In "A of X and B of Y" the second name goes with the first, not with the first one's country."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep != "conj" or token.pos != "PROPN" or sentence.kid(token.i, "prep", "compound") is None:
            continue
        country = changes.get(token.head, sentence.tokens[token.head])
        prep = sentence.tokens[country.head]
        own = sentence.kid(token.i, "prep")
        parallel = own is None or own.lower == "of"
        if country.dep == "pobj" and parallel and prep.lower == "of" and _is_person(sentence, prep.head):
            changes[token.i] = _rehang(token, prep.head, "conj")
    return changes


def _list_of_names(sentence: Sentence) -> Changes:
    """In "with A of X, B of Y, and C of Z" each name is coordinated, none explains another or goes with the verb."""
    changes: Changes = {}
    last: int | None = None
    for token in sentence.tokens:
        if not _is_person(sentence, token.i):
            continue
        head = sentence.tokens[token.head]
        explains = (
            token.dep == "appos" and head.i < token.i and _is_person(sentence, head.i) and sentence.tokens[head.i + 1 : token.i] != ()
        )
        strays = token.dep == "conj" and head.pos in VERBAL and last is not None
        if explains or strays:
            changes[token.i] = _rehang(token, last if strays and last is not None else head.i, "conj")
        last = token.i if token.dep in ("pobj", "dobj") or token.i in changes else last
    return changes


def _is_person(sentence: Sentence, i: int) -> bool:
    """A proper noun under a title, or with a first name: "Prime Minister Boris Johnson"."""
    token = sentence.tokens[i]
    return token.pos == "PROPN" and sentence.kid(i, "compound") is not None


def _gerund_and_infinitive(sentence: Sentence) -> Changes:
    """In "accused X of planning to attack" the infinitive is the plan's."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep == "pobj" and token.tag == "VBG" and token.i + 2 < len(sentence):
            following = sentence.tokens[token.i + 1]
            verb = sentence.tokens[following.head]
            if following.lower == "to" and following.dep == "aux" and verb.dep in ("advcl", "xcomp", "acl") and verb.head < token.i:
                changes[verb.i] = _rehang(verb, token.i, "xcomp")
    return changes


def _second_infinitive(sentence: Sentence) -> Changes:
    """In "is expected to visit X and meet Y" the bare infinitive goes with the first one, not with the expecting."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep != "conj" or token.tag != "VB" or sentence.kids(token.i, "aux", "nsubj", "nsubjpass"):
            continue
        head = sentence.tokens[token.head]
        first = next((t for t in sentence.kids(head.i, "xcomp") if t.tag == "VB" and t.i < token.i), None)
        if head.tag != "VB" and first is not None:
            changes[token.i] = _rehang(token, first.i, "conj")
    return changes


def _relative_of_event(sentence: Sentence) -> Changes:
    """In "the bombing in Islamabad, which killed twelve" what killed is the bombing, not the town."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep != "relcl" or not any(t.lower in _words("thing_relatives") for t in sentence.kids(token.i, "nsubj")):
            continue
        place = sentence.tokens[token.head]
        prep = sentence.tokens[place.head]
        event = sentence.tokens[prep.head]
        if place.pos == "PROPN" and place.dep == "pobj" and prep.lower in _words("sites") and event.lemma in lexicon.heads("nouns"):
            changes[token.i] = _rehang(token, event.i, "relcl")
    return changes


Rule = Callable[[Sentence], Mapping[int, Token]]
RULES: Final[Iterable[Rule]] = (
    _verb_that_is_a_noun,
    _verb_as_modifier,
    _verb_before_article,
    _noun_that_is_a_verb,
    _headline_verb,
    _participle_that_is_a_verb,
    _title_before_name,
    _title_as_root,
    _name_hung_on_country,
    _list_of_names,
    _gerund_and_infinitive,
    _second_infinitive,
    _relative_of_event,
)
