"""Finds the verb where the parser missed it: sentences in, the same sentences with a verb out.

The small English model takes the present tense of headlines and of one-line news for nouns ("Police
fire tear gas", "Russian bombs target Kherson", "Court in X jails cleric"), and now and then a plural
noun for a verb ("U.S. airstrikes have killed ten").  Each rule names one such error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from onrecord.knowledge import forms
from onrecord.page import Sentence, Token

Changes = dict[int, Token]
"""Tokens to put in the place of others, by their place in the sentence."""

VERBAL: Final = frozenset({"VERB", "AUX"})


def mend(sentence: Sentence) -> Sentence:
    """Apply every rule, one after the other; the sentence itself when none applies."""
    return sentence.mend(RULES)


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


def _strikes_that_are_a_noun(sentence: Sentence) -> Changes:
    """A "verb" that is the subject of another, with nothing but a name before it: "the U.S. airstrikes have killed ten"."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.tag not in ("VBZ", "VBP") or token.dep not in ("nsubj", "nsubjpass", "csubj"):
            continue
        owner = sentence.kid(token.i, "nsubj")
        if owner is None:
            continue
        if owner.i == token.i - 1 and token.lower.endswith("s") and sentence.kid(token.i, "dobj", "aux", "ccomp", "xcomp") is None:
            changes[token.i] = token._replace(pos="NOUN", tag="NNS", dep="nsubj" if token.dep == "csubj" else token.dep)
            changes[owner.i] = owner.rehang(token.i, "compound")
            changes |= {mark.i: mark.rehang(token.head, "mark") for mark in sentence.kids(token.i, "mark")}
    return changes


def _event_after_light_verb(sentence: Sentence) -> Changes:
    """In "lodges protest with X" the bare "infinitive" right after a light verb is the event noun that it carries."""
    changes: Changes = {}
    for token in sentence.tokens[1:]:
        verb = sentence.tokens[token.head]
        bare = token.tag in ("VB", "VBP") and token.dep in ("xcomp", "ccomp") and token.i == verb.i + 1
        if not bare or verb.pos != "VERB" or verb.lemma not in forms.words("light_verbs") or token.lemma not in forms.event_nouns():
            continue
        if sentence.kid(token.i, "nsubj", "aux", "dobj", "prt", "ccomp") is None:
            changes[token.i] = token._replace(pos="NOUN", tag="NN", dep="dobj")
    return changes


def _noun_that_is_a_verb(sentence: Sentence) -> Changes:
    """A "noun" with a subject of its own is the verb: "the drone strike the base", "bombs target Kherson"."""
    changes: Changes = {}
    for token in sentence.tokens:
        nominal = token.pos in ("NOUN", "PROPN") and token.lemma in forms.told_verbs()
        subject = sentence.kid(token.i, "nsubj", "nsubjpass")
        if nominal and subject is not None and sentence.kid(token.i, "cop", "det", "case") is None:
            changes[token.i] = token._replace(pos="VERB", tag="VBP" if token.tag == "NN" else "VBZ")
    return changes


def _verb_as_modifier(sentence: Sentence) -> Changes:
    """A finite verb with a subject of its own that was hung on a noun: "dissidents launch drone strikes"."""
    for token in sentence.tokens:
        noun = sentence.tokens[token.head]
        if token.tag in ("VBP", "VBZ", "VBD") and token.dep in ("compound", "amod", "nmod") and sentence.kid(token.i, "nsubj") is not None:
            while noun.dep in ("compound", "nmod") and noun.head != noun.i:
                noun = sentence.tokens[noun.head]
            changes = {
                token.i: token.rehang(noun.head if noun.head != noun.i else token.i, noun.dep),
                noun.i: noun.rehang(token.i, "dobj"),
            }
            changes |= {
                k: sentence.tokens[k].rehang(token.i, "punct") for k in sentence.children(noun.i) if sentence.tokens[k].dep == "punct"
            }
            return changes
    return {}


def _verb_before_article(sentence: Sentence) -> Changes:
    """A plural noun right before an article, in a sentence without a finite verb, is its verb: "A court in X jails a cleric"."""
    if _finite(sentence):
        return {}
    verb = next((t for t in sentence.tokens if _reads_as_verb(sentence, t)), None)
    subject = None if verb is None else _left_head(sentence, verb.i)
    if verb is None or subject is None:
        return {}
    changes = {verb.i: verb._replace(head=verb.i, dep="ROOT", pos="VERB", tag="VBZ"), subject.i: subject.rehang(verb.i, "nsubj")}
    for token in sentence.tokens[: verb.i]:
        if token.i != subject.i and not 0 <= token.head < verb.i or token.head == token.i != subject.i:
            before = sentence.tokens[token.i - 1]
            hangs = before.pos == "ADP" and not any(k < verb.i for k in sentence.children(before.i))
            changes[token.i] = token.rehang(before.i, "pobj") if hangs else token.rehang(subject.i, "compound")
    for token in sentence.tokens[verb.i + 1 :]:
        if token.head <= verb.i or token.head == token.i:
            dep = "dobj" if token.pos in ("NOUN", "PROPN", "NUM") and token.dep not in ("npadvmod", "conj") else token.dep
            changes[token.i] = token.rehang(verb.i, "prep" if dep == "ROOT" else dep)
    return changes


def _reads_as_verb(sentence: Sentence, token: Token) -> bool:
    """A plural of a verb's form with a noun before it and an article, a number or a particle and an article after it."""
    if token.tag not in ("NNS", "NNPS") or token.lemma not in forms.told_verbs() or not 0 < token.i < len(sentence) - 2:
        return False
    before, following = sentence.tokens[token.i - 1], sentence.tokens[token.i + 1]
    if following.pos in ("ADP", "PART") and following.lower in forms.words("verb_particles"):
        following = sentence.tokens[token.i + 2]
    return before.pos in ("NOUN", "PROPN") and (following.pos == "DET" or following.tag == "PRP$")


def _left_head(sentence: Sentence, verb: int) -> Token | None:
    """The noun that heads what stands before the verb."""
    nouns = [t for t in sentence.tokens[:verb] if t.pos in ("NOUN", "PROPN") and (t.head >= verb or t.head == t.i)]
    return next((t for t in nouns if t.head == t.i), nouns[-1] if nouns else None)


def _headline_verb(sentence: Sentence) -> Changes:
    """A sentence without a finite verb whose root is "X bombs ten targets" or "X calls for Y to stop"."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if (
        root is None
        or root.pos not in ("NOUN", "PROPN")
        or root.lemma not in forms.told_verbs()
        or not root.text.endswith("s")
        or _finite(sentence)
    ):
        return {}
    before = [t for t in sentence.kids(root.i, "compound", "nmod", "amod") if t.i < root.i]
    after = next((t for t in sentence.kids(root.i, *OBJECTS, "prep", "advcl", "ccomp") if t.i > root.i), None)
    if not before or before[-1].pos != "PROPN" or after is None:
        return {}
    subject = before[-1]
    changes = {t.i: t.rehang(subject.i, "compound") for t in before[:-1]}
    changes |= {t.i: t.rehang(subject.i, "det") for t in sentence.kids(root.i, "det", "poss") if t.i < root.i}
    changes[subject.i] = subject.rehang(root.i, "nsubj")
    if after.dep in OBJECTS:
        changes[after.i] = after.rehang(root.i, "dobj")
    changes[root.i] = root._replace(pos="VERB", tag="VBZ")
    return changes


OBJECTS: Final = ("appos", "dobj", "npadvmod", "dep")


def _finite(sentence: Sentence) -> bool:
    """True when the sentence has a finite verb of its own, outside its relative and adverbial clauses."""
    below = {i for t in sentence.tokens if t.dep in ("relcl", "advcl", "acl") for i in sentence.subtree(t.i)}
    return any(t.tag in ("VBD", "VBZ", "VBP", "MD") and t.i not in below for t in sentence.tokens)


def _participle_that_is_a_verb(sentence: Sentence) -> Changes:
    """A verbless "The UN renewed sanctions" has its verb in the participle between a name and the noun."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos != "NOUN" or any(t.pos in VERBAL and t.dep != "amod" for t in sentence.tokens):
        return {}
    verb = next((t for t in sentence.kids(root.i, "amod") if t.tag in ("VBN", "VBD") and t.lemma in forms.told_verbs()), None)
    before = [
        t for t in sentence.kids(root.i, "compound", "nmod", "nsubj", "poss") if verb is not None and t.i < verb.i and t.pos == "PROPN"
    ]
    if verb is None or not before or before[-1].i != verb.i - 1:
        return {}
    subject = before[-1]
    changes = {verb.i: verb._replace(head=verb.i, dep="ROOT", pos="VERB", tag="VBD"), root.i: root.rehang(verb.i, "dobj")}
    for child in (sentence.tokens[c] for c in sentence.children(root.i)):
        if child.i < verb.i:
            changes[child.i] = child.rehang(subject.i, child.dep if child.dep == "det" else "compound")
    changes[subject.i] = subject.rehang(verb.i, "nsubj")
    return changes


def _verb_as_subject(sentence: Sentence) -> Changes:
    """In "Seoul fires missile toward X" and "Junta orders envoy to leave" the "subject" of the next word is the verb."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    verb = None if root is None else sentence.kid(root.i, "nsubj")
    if (
        root is None
        or verb is None
        or verb.tag not in ("NNS", "NNPS")
        or verb.lemma not in forms.told_verbs()
        or sentence.kid(root.i, "nsubjpass", "auxpass")
    ):
        return {}
    before = [t for t in sentence.kids(verb.i, "compound", "nmod", "amod", "poss") if t.i < verb.i]
    told = root.tag == "VB" and any(t.lower == "to" for t in sentence.kids(root.i, "aux"))
    thing = root.tag in ("VBP", "VBZ") and root.i == verb.i + 1 and not forms.is_verb(root.lemma)
    if not before or before[-1].i != verb.i - 1 or before[-1].tag not in ("NN", "NNP") or not (told or thing):
        return {}
    told_one = next((t for t in sentence.kids(verb.i, *OBJECTS) if t.i > verb.i), None)
    if told and told_one is None:
        return {}
    changes = {t.i: t.rehang(before[-1].i, "compound") for t in before[:-1]}
    changes[before[-1].i] = before[-1].rehang(verb.i, "nsubj")
    changes[verb.i] = verb._replace(head=verb.i, dep="ROOT", pos="VERB", tag="VBZ")
    if told and told_one is not None:
        changes[told_one.i] = told_one.rehang(verb.i, "dobj")
        changes[root.i] = root.rehang(verb.i, "xcomp")
    else:
        changes[root.i] = root._replace(head=verb.i, dep="dobj", pos="NOUN", tag="NN")
        changes |= {t.i: t.rehang(verb.i, t.dep) for t in sentence.kids(root.i, "advcl", "punct", "prep")}
    return changes


def _two_with_a_comma(sentence: Sentence) -> Changes:
    """In "EU, US impose sanctions" both do it: a headline's comma stands for "and"."""
    changes: Changes = {}
    for token in sentence.tokens:
        verb = sentence.tokens[token.head]
        first = token.dep in ("nmod", "compound", "npadvmod") and verb.dep == "nsubj" and token.i == 0 and sentence.tokens[1].text == ","
        if first and verb.pos == "PROPN" and sentence.tokens[verb.head].tag in ("VBP", "VB") and min(sentence.subtree(verb.i)) == 0:
            changes[token.i] = token.rehang(verb.head, "nsubj")
            continue
        if token.dep not in ("npadvmod", "dep") or token.pos != "PROPN" or verb.tag not in ("VBP", "VB"):
            continue
        subject = sentence.kid(verb.i, "nsubj")
        if subject is None:
            continue
        comma = token.i + 1
        if min(sentence.subtree(token.i)) == 0 and sentence.tokens[comma].text == "," and min(sentence.subtree(subject.i)) == comma + 1:
            changes[token.i] = token.rehang(verb.i, "nsubj")
    return changes


def _infinitive_of_headline(sentence: Sentence) -> Changes:
    """In "Kremlin: A and B to meet in Budapest" the infinitive is what the headline tells."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos in VERBAL or sentence.tokens[-1].text == "." or any(_is_finite(t) for t in sentence.tokens):
        return {}
    for verb in (t for t in sentence.tokens if t.tag == "VB" and t.dep in ("acl", "relcl", "advcl", "xcomp")):
        mark = next((t for t in sentence.kids(verb.i, "aux") if t.lower == "to"), None)
        subject = None if mark is None or mark.i == 0 else _last_noun(sentence, mark.i - 1)
        if subject is None or not (subject.pos == "PROPN" or forms.can_act(subject.lemma)) or verb.head not in (subject.i, root.i):
            continue
        changes = {verb.i: verb.rehang(verb.i, "ROOT"), subject.i: subject.rehang(verb.i, "nsubj")}
        if subject.i != root.i:
            changes[root.i] = root.rehang(verb.i, "dep")
        return changes
    return {}


def _last_noun(sentence: Sentence, i: int) -> Token | None:
    """The noun of the phrase that ends at a token: the first of those coordinated to it."""
    token = sentence.tokens[i]
    while token.dep == "conj" and sentence.head(token.i).pos in ("NOUN", "PROPN"):
        token = sentence.head(token.i)
    return token if token.pos in ("NOUN", "PROPN") else None


def _hidden_verb(sentence: Sentence) -> Changes:
    """A sentence parsed as one long noun: "Police fire tear gas at X", "The army claims that Y", "A and B exchange prisoners"."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos in VERBAL or len(sentence) < 4 or any(t.dep == "parataxis" and _is_finite(t) for t in sentence.tokens):
        return {}
    for verb in sentence.tokens[1:-1]:
        if (
            verb.pos in ("ADP", "DET")
            and verb.head == verb.i
            or _is_finite(verb)
            and sentence.kid(verb.i, "nsubj", "nsubjpass") is not None
        ):
            return {}
        subject = _subject_before(sentence, verb) if _could_be_verb(verb) else None
        if subject is not None and _agree(sentence, subject, verb) and _object_follows(sentence, verb, subject):
            return _as_main_verb(sentence, verb, subject)
    return {}


def _is_finite(token: Token) -> bool:
    return token.tag in ("VBD", "VBZ", "VBP", "MD")


def _could_be_verb(token: Token) -> bool:
    """A word of a verb's form that the parser took for a noun, a modifier or the rest of a list."""
    form = token.tag in ("NN", "NNS", "VB", "VBP", "VBZ") or (token.tag in ("NNP", "NNPS") and token.text.islower())
    return forms.is_verb(token.lemma) and form and token.dep in ("compound", "ROOT", "conj", "pobj", "nmod", "amod", "appos")


def _subject_before(sentence: Sentence, verb: Token) -> Token | None:
    """The noun that heads all that stands before a word, when a noun phrase ends right there."""
    last = next((t for t in reversed(sentence.tokens[: verb.i]) if t.pos != "ADV"), None)
    if last is None or not (last.pos in ("NOUN", "PROPN") or last.lower in forms.words("nominal_adjectives") or last.text == ","):
        return None
    tops = [
        t for t in sentence.tokens[: verb.i] if (t.head >= verb.i or t.head == t.i) and t.dep not in ("det", "poss", "punct", "cc", "prep")
    ]
    nominal = [t for t in tops if t.pos in ("NOUN", "PROPN") or t.lower in forms.words("nominal_adjectives")]
    if not nominal or any(t.pos in VERBAL for t in tops):
        return None
    return next((t for t in nominal if t.head == t.i), nominal[0] if sentence.kid(nominal[0].i, "conj") is not None else nominal[-1])


def _agree(sentence: Sentence, subject: Token, verb: Token) -> bool:
    """One does, several do: "a court jails", "police fire"; of several only those who can act."""
    article = sentence.kid(subject.i, "det") or sentence.kid(verb.i, "det")
    people = subject.tag == "NNP" and subject.lower.endswith("s") and article is not None and article.i == subject.i - 1
    pair = subject.pos == "PROPN" and sentence.tokens[1].text == "," and verb.i == 3
    several = (
        people
        or pair
        or subject.tag in ("NNS", "NNPS")
        or subject.lower in forms.words("plurals")
        or any(c < verb.i for c in sentence.conjuncts(subject.i)[1:])
    )
    if verb.lower.endswith("s") and verb.tag in ("NNS", "VBZ"):
        return not several
    return several and (subject.pos == "PROPN" or forms.can_act(subject.lemma))


def _object_follows(sentence: Sentence, verb: Token, subject: Token) -> bool:
    """What a verb and no noun has after it: an article, a number, "that", an infinitive, a second verb, a name or a bare plural."""
    rest = [t for t in sentence.tokens[verb.i + 1 : verb.i + 4] if t.pos != "ADV" and t.lower not in forms.words("verb_particles")]
    if not rest:
        return False
    following = rest[0]
    if following.pos == "CCONJ":
        return len(rest) > 1 and rest[1].tag in ("VBZ", "VBP", "VB")
    if following.lower == "to":
        return following.pos == "PART"
    if following.pos == "ADP":
        alone = any(t.lower in forms.words("indefinite_articles") for t in sentence.kids(subject.i, "det") + sentence.kids(verb.i, "det"))
        return alone and following.lower != "of" and verb.lower.endswith("s")
    named = following.pos == "PROPN" or following.tag in ("NNS", "NNPS", "CD", "PRP$", "JJ") or following.tag == "NN" and len(rest) > 1
    return following.pos == "DET" or following.lower == "that" or (named and following.text != ",")


def _as_main_verb(sentence: Sentence, verb: Token, subject: Token) -> Changes:
    """Hang what stands before the verb on its subject, and what stands after it on the verb."""
    changes = {
        verb.i: verb._replace(head=verb.i, dep="ROOT", pos="VERB", tag="VBZ" if verb.lower.endswith("s") else "VBP"),
        subject.i: subject.rehang(verb.i, "nsubj"),
    }
    for token in sentence.tokens[: verb.i]:
        if token.i != subject.i and (token.head >= verb.i or token.head == token.i):
            changes[token.i] = _hung_before(sentence, token, verb, subject)
    objects = [t.dep for t in sentence.tokens[verb.i + 1 :] if t.head == verb.i and t.dep == "dobj"]
    for token in sentence.tokens[verb.i + 1 :]:
        if token.head <= verb.i or token.head == token.i:
            changes[token.i] = _hung_after(sentence, token, verb, first=not objects)
            objects += [d for d in (changes[token.i].dep,) if d == "dobj"]
    return changes


def _hung_before(sentence: Sentence, token: Token, verb: Token, subject: Token) -> Token:
    """A word before the subject belongs to it; a phrase before a comma, and a noun that a preposition lost, to what they stand by."""
    before = sentence.tokens[token.i - 1] if token.i else token
    lost = next((t for t in reversed(sentence.tokens[: token.i]) if t.pos == "ADP" and t.i == verb.head), None)
    if token.pos in ("NOUN", "PROPN") and lost is not None and token.i > subject.i:
        return token.rehang(lost.i, "pobj")
    if token.pos in ("NOUN", "PROPN") and (before.pos == "CCONJ" or before.text == ",") and token.i > subject.i:
        return token.rehang(subject.i, "conj")
    if token.dep in ("det", "amod", "poss", "nummod", "punct", "cc", "prep", "appos", "acl", "relcl"):
        return token.rehang(subject.i, token.dep)
    return token.rehang(subject.i, "prep" if token.pos == "ADP" else "compound")


def _hung_after(sentence: Sentence, token: Token, verb: Token, first: bool) -> Token:
    """What a word after the verb is to it; the first noun that nothing else governs is its object."""
    if token.pos in VERBAL:
        infinitive = any(t.lower == "to" for t in sentence.kids(token.i, "aux"))
        told = sentence.kid(token.i, "nsubj", "nsubjpass") is not None and any(t.lower == "that" for t in sentence.kids(token.i, "mark"))
        dep = "xcomp" if infinitive else "ccomp" if told else "conj" if token.dep == "conj" else "advcl"
        return token.rehang(verb.i, dep)
    if token.pos in ("NOUN", "PROPN", "NUM", "PRON") and token.dep != "npadvmod":
        return token.rehang(verb.i, "dobj" if first else "dep")
    return token.rehang(verb.i, "prep" if token.dep == "ROOT" else token.dep)


def _past_that_is_a_participle(sentence: Sentence) -> Changes:
    """The verb of "Soldiers stationed there fired on a crowd." is the last past form, of "Rao called him a liar." the only one."""
    root = next((t for t in sentence.tokens if t.head == t.i), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or sentence.tokens[-1].text != "." or _finite(sentence):
        return {}
    before = min(sentence.subtree(root.i))
    verb = next((t for t in sentence.kids(root.i, "acl") if sentence.kid(t.i, "dobj", "oprd", "ccomp", "xcomp") is not None), None)
    outer = sentence.kid(root.i, "acl")
    if verb is None and outer is not None and outer.tag in PAST:
        inner = (t for i in sentence.subtree(outer.i) if (t := sentence.tokens[i]).dep == "acl" and t.i != outer.i and t.tag in PAST)
        verb = next(inner, None)
    if verb is None or before != 0 or verb.tag not in PAST or not forms.is_verb(verb.lemma) or sentence.kid(verb.i, "agent", "auxpass"):
        return {}
    if not (root.pos == "PROPN" or forms.can_act(root.lemma)) or verb.lemma in forms.words("giving"):
        return {}
    changes = {verb.i: verb._replace(head=verb.i, dep="ROOT", tag="VBD", pos="VERB"), root.i: root.rehang(verb.i, "nsubj")}
    changes |= {t.i: t.rehang(verb.i, t.dep) for t in map(sentence.tokens.__getitem__, sentence.children(root.i)) if t.i > verb.i}
    return changes


PAST: Final = frozenset({"VBD", "VBN"})
"""Tags of forms that may be a past tense or a participle."""

Rule = Callable[[Sentence], Mapping[int, Token]]
RULES: Final[Iterable[Rule]] = (
    _verb_that_is_a_noun,
    _strikes_that_are_a_noun,
    _event_after_light_verb,
    _noun_that_is_a_verb,
    _verb_as_modifier,
    _verb_before_article,
    _headline_verb,
    _participle_that_is_a_verb,
    _verb_as_subject,
    _infinitive_of_headline,
    _hidden_verb,
    _two_with_a_comma,
    _past_that_is_a_participle,
)
