"""Mends the parse where the parser is known to err: sentences in, the same sentences with better heads out.

Each rule names one kind of error that the small English model makes in news: a title cut off from
its name ("Presidents A and B"), a second name hung on the first one's country ("A of X and B of Y"),
a gerund that lost its infinitive ("accused of planning to attack"), a clause hung on the town that
stands before it ("strikes in Somalia targeting rebels").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from onrecord.knowledge import forms, gazetteer, whoswho
from onrecord.knowledge.cues import cues
from onrecord.page import Sentence, Token

Changes = dict[int, Token]
"""Tokens to put in the place of others, by their place in the sentence."""

VERBAL: Final = frozenset({"VERB", "AUX"})


def mend(sentence: Sentence) -> Sentence:
    """Apply every rule, one after the other; the sentence itself when none applies."""
    return sentence.mend(RULES)


def _shared_noun(sentence: Sentence) -> Changes:
    """In "Russian missile and drone strikes" both kinds are of strikes: a bare singular before "and" shares the noun after it."""
    changes: Changes = {}
    for noun in sentence.tokens:
        if noun.dep != "conj" or noun.tag not in ("NN", "NNS"):
            continue
        kind = sentence.tokens[noun.head]
        twin = sentence.kid(noun.i, "compound", "amod")
        joint = sentence.kid(kind.i, "cc")
        if (
            twin is None
            or joint is None
            or not _bare_kind(sentence, kind)
            or (kind.i + 1, joint.i + 1, twin.i + 1) != (joint.i, twin.i, noun.i)
        ):
            continue
        changes[noun.i] = noun.rehang(kind.head if kind.head != kind.i else noun.i, kind.dep)
        changes[kind.i] = kind.rehang(noun.i, "compound")
        for child in (sentence.tokens[c] for c in sentence.children(kind.i)):
            if child.i not in (joint.i, noun.i):
                changes[child.i] = child.rehang(noun.i, child.dep)
        changes[twin.i] = twin.rehang(kind.i, "conj")
    return changes


def _bare_kind(sentence: Sentence, token: Token) -> bool:
    """A singular common noun that is no event by itself and has no article nor number: it only says of what kind something is."""
    return token.tag == "NN" and token.lemma not in forms.event_nouns() and sentence.kid(token.i, "det", "nummod", "prep") is None


def _title_before_name(sentence: Sentence) -> Changes:
    """A title and the name right after it are one phrase headed by the name: "Presidents A and B spoke"."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep == "appos" and token.pos == "PROPN" and _is_title(sentence, token):
            title = sentence.tokens[token.head]
            name = token.i
            changes[name] = token.rehang(title.head if title.head != title.i else name, title.dep)
            changes[title.i] = title.rehang(name, "compound")
            for child in sentence.children(title.i):
                if child != name and sentence.tokens[child].dep not in ("prep", "punct"):
                    changes[child] = sentence.tokens[child].rehang(name, sentence.tokens[child].dep)
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
            verb.i: verb.rehang(verb.i, "ROOT"),
            root.i: root.rehang(subject.i, "compound"),
        }
        for child in sentence.children(root.i):
            if child != verb.i:
                home = subject.i if child < root.i else verb.i
                dep = "compound" if sentence.tokens[child].dep == "nsubj" else sentence.tokens[child].dep
                changes[child] = sentence.tokens[child].rehang(home, dep)
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
            changes[token.i] = token.rehang(prep.head, "conj")
    return changes


def _lost_conjunct(sentence: Sentence) -> Changes:
    """After "A and" comes what is coordinated to A, also where the parse has it explain a word before."""
    changes: Changes = {}
    for joint in sentence.tokens:
        one = sentence.tokens[joint.head]
        if joint.dep != "cc" or one.pos != "PROPN" or joint.i < one.i or any(t.i > joint.i for t in sentence.kids(one.i, "conj")):
            continue
        for other in sentence.tokens[joint.i + 1 :]:
            if other.dep != "appos" or other.pos not in ("PROPN", "NOUN") or other.head > joint.i:
                continue
            if min(sentence.subtree(other.i)) == joint.i + 1:
                changes[other.i] = other.rehang(one.i, "conj")
                break
    return changes


def _list_of_states(sentence: Sentence) -> Changes:
    """In "Mali, Niger, and Chad met" all three do: in a list of states none explains the one before it."""
    commas = sum(t.text == "," and sentence.tokens[t.i - 1].pos == "PROPN" for t in sentence.tokens)
    if not commas or not any(t.pos == "CCONJ" for t in sentence.tokens):
        return {}
    changes: Changes = {}
    run: list[tuple[int, int]] = []
    place = 0
    while place < len(sentence):
        last = _state_from(sentence, place) if sentence.tokens[place].pos == "PROPN" else None
        if last is None:
            place += 1
            continue
        if run and not _only_links(sentence, run[-1][1] + 1, place):
            changes |= _as_list(sentence, run)
            run = []
        run.append((place, last))
        place = last + 1
    return changes | _as_list(sentence, run)


def _state_from(sentence: Sentence, first: int) -> int | None:
    """The last token of a state's or organisation's name that begins at a token."""
    known = whoswho.load()
    for last in range(min(first + LONGEST_NAME, len(sentence)) - 1, first - 1, -1):
        words = " ".join(t.text for t in sentence.tokens[first : last + 1])
        if any(entry.sort in ("state", "organisation") for entry in known.get(words)):
            return last
    return None


LONGEST_NAME: Final = 5
"""Words in the name of a state: "Democratic Republic of the Congo"."""


def _only_links(sentence: Sentence, first: int, end: int) -> bool:
    """True when a list goes on between two names: a comma, "and", both, and an article."""
    between = [t for t in sentence.tokens[first:end] if t.pos != "DET"]
    return 0 < len(between) < 3 and all(t.text == "," or t.pos == "CCONJ" for t in between)


def _as_list(sentence: Sentence, run: list[tuple[int, int]]) -> Changes:
    """Hang the names of a list of three or more on its first, which stands where the whole list does."""
    joined = len(run) > 2 and any(t.pos == "CCONJ" for t in sentence.tokens[run[-2][1] : run[-1][0]])
    if not joined:
        return {}
    inside = {i for first, last in run for i in range(first, last + 1)}
    heads = [next((i for i in range(first, last + 1) if not first <= sentence.tokens[i].head <= last), last) for first, last in run]
    top = sentence.tokens[heads[0]]
    if top.head in inside or top.head == top.i or any(sentence.tokens[i].dep == "compound" for i in heads):
        return {}
    return {
        i: sentence.tokens[i].rehang(top.i, "conj") for i in heads[1:] if sentence.tokens[i].dep in ("appos", "conj", "npadvmod", "dep")
    }


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
            changes[token.i] = token.rehang(last if strays and last is not None else head.i, "conj")
        last = token.i if token.dep in ("pobj", "dobj") or token.i in changes else last
    return changes


def _is_person(sentence: Sentence, i: int) -> bool:
    """A proper noun under a title, or with a first name: "Prime Minister Boris Johnson"."""
    token = sentence.tokens[i]
    return token.pos == "PROPN" and sentence.kid(i, "compound") is not None


def _dative_before_noun(sentence: Sentence) -> Changes:
    """In "gave Mali leave to strike" and "sent Mali arms" the country gets what the noun after it names."""
    changes: Changes = {}
    for token in sentence.tokens:
        gift = sentence.tokens[token.head]
        verb = sentence.tokens[gift.head]
        if token.dep != "compound" or gift.dep != "dobj" or token.i != verb.i + 1 or verb.lemma not in forms.words("giving"):
            continue
        if token.pos == "PROPN" and gift.pos == "NOUN" and token.text in gazetteer.nations():
            changes[token.i] = token.rehang(verb.i, "dative")
    return changes


def _gerund_and_infinitive(sentence: Sentence) -> Changes:
    """In "accused X of planning to attack" the infinitive is the plan's."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep == "pobj" and token.tag == "VBG" and token.i + 2 < len(sentence):
            following = sentence.tokens[token.i + 1]
            verb = sentence.tokens[following.head]
            if following.lower == "to" and following.dep == "aux" and verb.dep in ("advcl", "xcomp", "acl") and verb.head < token.i:
                changes[verb.i] = verb.rehang(token.i, "xcomp")
    return changes


def _second_infinitive(sentence: Sentence) -> Changes:
    """In "is expected to visit X and meet Y" the bare infinitive goes with the first one, not with the expecting."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep != "conj" or token.tag != "VB" or sentence.kids(token.i, "aux", "nsubj", "nsubjpass"):
            continue
        head = sentence.tokens[token.head]
        first = next(
            (t for t in sentence.kids(head.i, "xcomp", "ccomp") if t.tag == "VB" and t.i < token.i and _yet_to_come(sentence, t)), None
        )
        if head.tag != "VB" and first is not None:
            changes[token.i] = token.rehang(first.i, "conj")
    return changes


def _yet_to_come(sentence: Sentence, verb: Token) -> bool:
    """An infinitive, or a verb after a modal: "expected to visit", "said it would visit"."""
    return verb.dep == "xcomp" or any(t.tag == "MD" for t in sentence.kids(verb.i, "aux"))


def _relative_of_event(sentence: Sentence) -> Changes:
    """In "the bombing in Islamabad, which killed twelve" what killed is the bombing, not the town."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep != "relcl" or not any(t.lower in forms.words("thing_relatives") for t in sentence.kids(token.i, "nsubj")):
            continue
        place = sentence.tokens[token.head]
        prep = sentence.tokens[place.head]
        event = sentence.tokens[prep.head]
        if place.pos == "PROPN" and place.dep == "pobj" and prep.lower in forms.words("sites") and event.lemma in forms.event_nouns():
            changes[token.i] = token.rehang(event.i, "relcl")
    return changes


def _by_of_event(sentence: Sentence) -> Changes:
    """In "the killing of villagers by soldiers" the soldiers did the killing: they do not belong to the villagers."""
    changes: Changes = {}
    for prep in sentence.tokens:
        victim = sentence.tokens[prep.head]
        event = sentence.head(victim.head)
        if prep.dep not in ("prep", "agent") or prep.lower != "by" or victim.dep != "pobj" or sentence.head(victim.i).lower != "of":
            continue
        if event.pos == "NOUN" and event.lemma in forms.event_nouns():
            changes[prep.i] = prep.rehang(event.i, "prep")
    for prep in (t for t in sentence.tokens if t.dep in ("prep", "agent") and t.lower == "by"):
        done = [t for t in sentence.kids(prep.head, "dobj") if t.lemma in forms.event_nouns() and sentence.objects(t.i, "of")]
        doer = sentence.kid(prep.i, "pobj")
        if done and doer is not None and (doer.pos == "PROPN" or forms.can_act(doer.lemma)):
            changes[prep.i] = prep.rehang(done[0].i, "prep")
    return changes


def _gerund_of_event(sentence: Sentence) -> Changes:
    """In "air strikes in Somalia targeting rebels" what targets them are the strikes, not the country."""
    changes: Changes = {}
    for token in sentence.tokens:
        place = sentence.tokens[token.head]
        event = sentence.head(place.head)
        if token.dep != "acl" or token.tag != "VBG" or place.tag not in ("NNP", "NNPS") or place.dep != "pobj":
            continue
        if sentence.head(place.i).lower in forms.words("sites") and event.pos == "NOUN" and event.lemma in forms.event_nouns():
            changes[token.i] = token.rehang(event.i, "acl")
    return changes


def _gerund_after_comma(sentence: Sentence) -> Changes:
    """A gerund after a comma tells how the verb ended, and does not describe the town before it: "shelled Koro, Mali, killing two"."""
    changes: Changes = {}
    for token in sentence.tokens:
        if token.dep != "acl" or token.tag != "VBG" or sentence.tokens[token.head].dep in ("nsubj", "nsubjpass") or token.i < 2:
            continue
        verb = next((t for t in sentence.ancestors(token.i) if t.pos in VERBAL), None)
        before = sentence.tokens[min(sentence.subtree(token.i)) - 1]
        apart = before.text == "," and (token.lemma in forms.words("outcomes") or _names_a_site(sentence, token.head))
        if apart and verb is not None and token.head > verb.i:
            changes[token.i] = token.rehang(verb.i, "advcl")
    return changes


def _names_a_site(sentence: Sentence, i: int) -> bool:
    """A name below a preposition of place."""
    return sentence.tokens[i].pos == "PROPN" and sentence.tokens[i].dep == "pobj" and sentence.head(i).lower in forms.words("sites")


def _who_of_person(sentence: Sentence) -> Changes:
    """In "a Syrian in Germany who is suspected of" the one suspected is no country."""
    changes: Changes = {}
    for token in sentence.tokens:
        country = sentence.tokens[token.head]
        if token.dep != "relcl" or country.dep != "pobj" or country.text not in gazetteer.nations():
            continue
        person = sentence.head(country.head)
        if any(t.lower in forms.words("person_relatives") and t.tag == "WP" for t in sentence.kids(token.i, "nsubj", "nsubjpass")):
            inner = next((t for t in _below_prepositions(sentence, person) if t.i < country.i and t.i != country.i), person)
            if inner.pos in ("NOUN", "PROPN"):
                changes[token.i] = token.rehang(inner.i, "relcl")
    return changes


def _below_prepositions(sentence: Sentence, noun: Token) -> list[Token]:
    """The nouns below a noun's own prepositions: "the extradition of a Syrian"."""
    return [t for prep in sentence.kids(noun.i, "prep") for t in sentence.kids(prep.i, "pobj")]


def _particle_that_is_a_preposition(sentence: Sentence) -> Changes:
    """In "hands over bodies" the bodies are what is handed over: a particle before the object was taken for a preposition."""
    changes: Changes = {}
    for token in sentence.tokens:
        verb = sentence.tokens[token.head]
        if token.dep != "prep" or token.i != verb.i + 1 or verb.pos != "VERB" or (verb.lemma, token.lower) not in forms.phrasal():
            continue
        below = sentence.kid(token.i, "pobj")
        if below is not None and sentence.kid(verb.i, "dobj", "nsubjpass", "prt") is None and verb.tag != "VBN":
            changes[token.i] = token._replace(dep="prt", tag="RP")
            changes[below.i] = below.rehang(verb.i, "dobj")
    return changes


def _phrase_of_saying(sentence: Sentence) -> Changes:
    """In "said on Friday it would" the day is that of the saying: what stands between the verb and its clause is the verb's."""
    changes: Changes = {}
    for token in sentence.tokens:
        clause = sentence.tokens[token.head]
        cue = sentence.tokens[clause.head]
        if token.dep not in ("prep", "npadvmod") or clause.dep != "ccomp" or cue.lemma not in cues().verbs or token.i != cue.i + 1:
            continue
        subject = sentence.kid(clause.i, "nsubj", "nsubjpass")
        last = max(sentence.subtree(token.i))
        if cue.pos == "VERB" and subject is not None and last + 1 == min(sentence.subtree(subject.i)):
            changes[token.i] = token.rehang(cue.i, token.dep)
    return changes


def _second_verb_of_saying(sentence: Sentence) -> Changes:
    """In "said X had lied and warned that Y would pay" the warning is the speaker's: its tense is that of the saying."""
    changes: Changes = {}
    for token in sentence.tokens:
        told = sentence.tokens[token.head]
        cue = sentence.tokens[told.head] if token.dep == "conj" else told
        if token.tag != "VBD" or cue.tag != "VBD" or not {token.lemma, cue.lemma} <= cues().verbs.keys():
            continue
        if sentence.kid(token.i, "nsubj", "nsubjpass", "aux", "auxpass") is not None:
            continue
        first = next((t for t in sentence.kids(cue.i, "ccomp") if cue.i < t.i < token.i), None)
        if first is None or first.i == token.i:
            continue
        if token.dep == "ccomp" or (token.dep == "conj" and told.i == first.i and told.tag in ("VBN", "VB", "VBG")):
            changes[token.i] = token.rehang(cue.i, "conj")
    return changes


def _past_after_infinitive(sentence: Sentence) -> Changes:
    """In "asked him to go and offered help" the offer goes with the asking: a finite verb shares nothing with an infinitive."""
    changes: Changes = {}
    for token in sentence.tokens:
        head = sentence.tokens[token.head]
        if token.dep != "conj" or token.tag not in ("VBD", "VBN", "VBZ") or head.tag != "VB":
            continue
        if sentence.kid(token.i, "nsubj", "nsubjpass", "aux", "auxpass") is not None or not any(
            t.lower == "to" for t in sentence.kids(head.i, "aux")
        ):
            continue
        tags = ("VBZ",) if token.tag == "VBZ" else ("VBD", "VBN")
        above = next((t for t in sentence.ancestors(head.i) if t.tag in tags and t.pos == "VERB"), None)
        if above is not None and above.i < head.i:
            changes[token.i] = token.rehang(above.i, "conj")
    return changes


def _infinitive_after_letter(sentence: Sentence) -> Changes:
    """In "urged Mali in a letter to leave" leaving is what Mali is urged to do, not what the letter is for."""
    changes: Changes = {}
    for token in sentence.tokens:
        letter = sentence.tokens[token.head]
        prep = sentence.tokens[letter.head]
        verb = sentence.tokens[prep.head]
        infinitive = token.dep == "acl" and token.tag == "VB" and any(t.lower == "to" for t in sentence.kids(token.i, "aux"))
        if not infinitive or letter.dep != "pobj" or prep.dep != "prep" or verb.pos != "VERB":
            continue
        told = next((t for t in sentence.kids(verb.i, "dobj") if t.i < prep.i), None)
        if told is not None and verb.lemma in forms.words("urging") and sentence.kid(verb.i, "xcomp", "ccomp") is None:
            changes[token.i] = token.rehang(verb.i, "xcomp")
    return changes


def _second_pair_of_infinitive(sentence: Sentence) -> Changes:
    """In "led Mali to hold drills and Chad to call up reservists" the second state does the second thing only."""
    changes: Changes = {}
    for token in sentence.tokens[:-2]:
        mark = sentence.tokens[token.i + 1]
        verb = sentence.tokens[mark.head]
        if token.dep != "conj" or token.pos != "PROPN" or mark.lower != "to" or mark.dep != "aux" or verb.tag != "VB":
            continue
        first = next((t for t in sentence.ancestors(token.i) if t.tag == "VB" and t.dep in ("xcomp", "ccomp")), None)
        if first is not None and first.i < token.i and sentence.kid(sentence.head(first.i).i, "dobj") is not None:
            changes[token.i] = token.rehang(verb.i, "nsubj")
            changes[verb.i] = verb.rehang(first.i, "conj")
            changes |= {t.i: t.rehang(first.i, "cc") for t in sentence.kids(token.head, "cc") if t.i == token.i - 1}
    return changes


def _gerund_of_accusation(sentence: Sentence) -> Changes:
    """In "accused the rebels of forcibly recruiting children and shooting captives" both gerunds are what they are accused of."""
    changes: Changes = {}
    for prep in sentence.tokens:
        if prep.lower != "of" or prep.dep != "prep":
            continue
        whose = sentence.tokens[prep.head]
        verb = sentence.tokens[whose.head] if whose.dep == "dobj" else whose
        if verb.lemma not in forms.words("of_gerund"):
            continue
        if whose.i != verb.i:
            changes[prep.i] = prep.rehang(verb.i, "prep")
        thing = sentence.kid(prep.i, "pobj")
        gerund = None if thing is None else next((t for t in sentence.kids(thing.i, "amod") if t.tag == "VBG"), None)
        if thing is not None and gerund is not None and sentence.kid(gerund.i, "advmod") is not None:
            changes[gerund.i] = gerund._replace(head=prep.i, dep="pcomp", pos="VERB")
            changes[thing.i] = thing.rehang(gerund.i, "dobj")
        doing = gerund if gerund is not None and gerund.i in changes else sentence.kid(prep.i, "pcomp")
        second = next((t for t in sentence.kids(verb.i, "conj") if t.tag == "VBG" and t.i > prep.i), None)
        if doing is not None and second is not None and verb.tag != "VBG":
            changes[second.i] = second.rehang(doing.i, "conj")
    return changes


def _with_whom_after_time(sentence: Sentence) -> Changes:
    """In "the results of his talk yesterday with Putin" the talk was with Putin: a time stands between an event and its partner."""
    changes: Changes = {}
    for prep in sentence.tokens:
        if prep.lower not in forms.words("partners") or prep.dep != "prep" or prep.i < 2:
            continue
        time = sentence.tokens[prep.i - 1]
        time = sentence.tokens[time.head] if time.dep in ("nummod", "advmod") and time.head < prep.i else time
        event = sentence.tokens[max(0, min(sentence.subtree(time.i)) - 1)]
        if time.dep != "npadvmod" or time.i > prep.i or event.pos != "NOUN" or event.i == prep.head:
            continue
        if event.lemma in forms.event_nouns() and sentence.kid(event.i, "prep") is None:
            changes[prep.i] = prep.rehang(event.i, "prep")
    return changes


def _gerund_before_subject(sentence: Sentence) -> Changes:
    """In "Also taking part in the talks were A and B" those after the verb "be" do what the participle at the start says."""
    gerund = next((t for t in sentence.tokens[:3] if t.tag in ("VBG", "VBN")), None)
    if gerund is None or any(t.pos != "ADV" for t in sentence.tokens[: gerund.i]):
        return {}
    be = next((t for t in sentence.tokens[gerund.i + 1 :] if t.lemma == "be" and t.pos == "AUX" and t.tag in FINITE), None)
    if be is None or be.i + 2 > len(sentence) - 1 or not {be.head, gerund.head} & {be.i, gerund.i}:
        return {}
    between = sentence.tokens[gerund.i + 1 : be.i]
    barred = any(t.text == "," or t.pos in VERBAL or t.dep in SUBJECTS for t in between)
    if barred or (not between and gerund.tag == "VBG"):
        return {}
    return _subject_after(sentence, gerund, be)


FINITE: Final = frozenset({"VBD", "VBP", "VBZ"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj"})
BEFORE_NOUN: Final = frozenset({"amod", "compound", "det", "nummod", "poss"})


def _subject_after(sentence: Sentence, gerund: Token, be: Token) -> Changes:
    """Hang the noun right after "be" on the participle as its subject."""
    noun = sentence.tokens[be.i + 1]
    while noun.dep in BEFORE_NOUN and noun.head > noun.i:
        noun = sentence.tokens[noun.head]
    if noun.pos not in ("NOUN", "PROPN"):
        return {}
    passive = "" if gerund.tag == "VBG" else "pass"
    changes = {noun.i: noun.rehang(gerund.i, f"nsubj{passive}"), be.i: be.rehang(gerund.i, f"aux{passive}")}
    if gerund.head == be.i:
        changes[gerund.i] = gerund.rehang(be.head if be.head != be.i else gerund.i, be.dep)
    return changes


Rule = Callable[[Sentence], Mapping[int, Token]]
RULES: Final[Iterable[Rule]] = (
    _shared_noun,
    _title_before_name,
    _title_as_root,
    _name_hung_on_country,
    _list_of_states,
    _lost_conjunct,
    _list_of_names,
    _dative_before_noun,
    _gerund_and_infinitive,
    _second_infinitive,
    _relative_of_event,
    _by_of_event,
    _gerund_of_event,
    _gerund_after_comma,
    _who_of_person,
    _particle_that_is_a_preposition,
    _phrase_of_saying,
    _second_verb_of_saying,
    _past_after_infinitive,
    _infinitive_after_letter,
    _second_pair_of_infinitive,
    _gerund_of_accusation,
    _with_whom_after_time,
    _gerund_before_subject,
)
