"""The field ``date``: time expressions, the days they mean, and which of them dates an event.

``find`` reads every time expression of a sentence against the day of publication; ``choose`` takes
the one that dates an event.  Words are in ``english/dates.yaml``; what they mean as days is read by
``calendar_terms`` (words as letters), ``calendar_dates`` and ``calendar_relative``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from onrecord import calendar_dates as absolute
from onrecord import calendar_relative as relative
from onrecord.calendar_dates import Found, Hit, Meaning, Scan
from onrecord.calendar_terms import TRIGGERS, letters, terms
from onrecord.intervals import Period
from onrecord.page import Sentence, Timex, Token
from onrecord.record import When

# ---------------------------------------------------------------- the patterns, in the order in which they are tried

_NUM: Final = "(?:av?k?|v|a?[uNY]{1,3}(?:[&%][uN]|&aG)?)"
_EDGE: Final = "(?:t?(?:e[ki]?|Bk)t?)"
PATTERNS: Final[Sequence[tuple[str, str, Callable[[Hit], Meaning | None]]]] = (
    ("every", "q[uNo]?[UGWPSM]", relative.read_set),
    ("iso", "(?:W,?)?I", absolute.read_iso),
    ("time", "(?:CA?|[uN]A|[uY](?=Z)|L)(?:Z|32)?", relative.read_time),
    ("mdy", "(?:W,?)?M[uoJ](?![AC])(?:[T][uo](?![UAM]))?(?:,?Y)?", absolute.read_month_day),
    ("dmy", "(?:W,?)?t?[uoJ](?:[T&]t?[uo])?k?M(?:,?Y)?", absolute.read_month_day),
    ("monthyear", f"{_EDGE}?Mk?(?:,?Y|,?t?[lh0np]+U)", absolute.read_month_year),
    ("nearmonth", f"{_EDGE}?[hlnp]{{1,2}}M", absolute.read_near_month),
    ("month", f"{_EDGE}?M", absolute.read_month),
    ("holiday", "[hln]?F+(?:,?Y)?", absolute.read_holiday),
    ("season", f"{_EDGE}?(?:t?[lh0np]{{1,2}}S|t?Sk?Y|t?Sk?t?[lh0n]U|t?S)", absolute.read_season),
    ("quarter", f"{_EDGE}?t?Y?(?:oG|Q|[lh0np]G)(?:[k,]?(?:Y|t?[lh0np]U|tU))?", absolute.read_quarter),
    ("unitquarter", "t?[lh0n]U\\.(?:oG|Q)", absolute.read_quarter_of_unit),
    ("thequarter", "tG(?!k)", relative.read_the_quarter),
    ("pastalone", "tp(?=[.,]|$)", relative.read_past_alone),
    ("theday", "tU(?![kg])", relative.read_the_day),
    ("century", f"{_EDGE}?t?(?:o|[lhn0])E", absolute.read_century),
    ("decade", f"{_EDGE}?t?X", absolute.read_decade),
    ("weekdaythe", "Wto", relative.read_weekday_the),
    ("weekday", "(?:[ebf]i?j?)?[lhnpy]{0,2}W(?:,?P)?(?:k?[lhn]U)?", relative.read_weekday),
    ("weekdays", "w", relative.read_set),
    ("beyond", "t?U[bf]D", relative.read_beyond),
    ("deictic", "[ebf]?DP?", relative.read_deictic),
    ("daypart", "[eb]?[hlpy]P", relative.read_daypart),
    ("ago", f"(?:{_NUM})?[UG]gD", relative.read_ago),
    ("agoalone", f"(?:{_NUM})?[UG](?:%\\.)?g", relative.read_ago),
    ("butone", "t?U(?:bl|fn)", relative.read_week_but_one),
    ("shifted", f"{_NUM}[UG][bf]", relative.read_shifted),
    ("pastunits", f"t?[lpnV]{{1,2}}{_NUM}[UG]", relative.read_past_units),
    ("partlength", "t?[ol][uN]U", relative.read_part_length),
    ("fiscal", "t?[lhn0]?6(?:U?Y|U)", absolute.read_fiscal),
    ("weekof", "t[lo]Uk(?:M(?:,?Y)?|t?[lhn]U|t?Y)", relative.read_part_of),
    ("relative", f"{_EDGE}?(?:[ebf]i?)?t?[hlnp0Vy]{{1,2}}U(?!g)", relative.read_relative),
    ("periodend", "(?:t?Bkt?|et?|[bf]it)U|t?8|t?U\\.?B", relative.read_period_end),
    ("unityear", "t?UY", absolute.read_unit_year),
    ("spokenyear", "NN(?!U)", absolute.read_spoken_year),
    ("year", f"{_EDGE}?Y(?![UG])", absolute.read_year),
    ("yearrange", "H", absolute.read_year_range),
    ("yearearlier", "t?7(?:o?G)?", relative.read_a_year_earlier),
    ("weekend", "t?U(?!g)", relative.read_weekend),
    ("ahead", f"i{_NUM}[UG]", relative.read_ahead),
    ("length", f"{_NUM}(?:[UG]&aG(?!U)|[UG])|R", relative.read_length),
    ("lengths", "U", relative.read_length),
    ("ontheday", "jto", relative.read_on_the_day),
    ("reference", "[dx]|V|0", relative.read_reference),
)
_READERS: Final = {name: reader for name, _, reader in PATTERNS}
_BY_START: Final = [(name, re.compile(pattern)) for name, pattern, _ in PATTERNS]
_ANY: Final = re.compile("|".join(f"(?:{pattern})" for _, pattern, _ in PATTERNS))


def find(sentence: Sentence, published: date | None, context: Sequence[Timex] = ()) -> list[Timex]:
    """Every time expression of the sentence, left to right, read against the day of publication.

    ``context`` holds the expressions of the sentences before: "two days later" counts from the last
    date among them.  Without ``published`` relative dates have neither earliest nor latest.
    """
    code, words = letters(sentence)
    if not TRIGGERS.search(code) and "to" not in code and "tp" not in code and "NN" not in code and "A" not in code:
        return []
    scan = Scan(sentence, code, words, published, _last(context), _last_day(context, published), terms())
    for timex in context:
        scan.quarter = relative.newest_quarter(scan.quarter, timex.value, published)
    return _joined(scan, list(_read(scan)))


def _last(context: Sequence[Timex]) -> Period | None:
    """The last date that earlier expressions name."""
    for timex in reversed(context):
        when = timex.when
        if timex.type in ("DATE", "TIME") and when.earliest and when.latest:
            return Period(date.fromisoformat(when.earliest), date.fromisoformat(when.latest), timex.value or "")
    return None


def _last_day(context: Sequence[Timex], published: date | None) -> date | None:
    """The last single day, not after publication, that earlier expressions name."""
    whens = (timex.when for timex in reversed(context) if timex.type in ("DATE", "TIME"))
    days = (date.fromisoformat(when.earliest) for when in whens if when.earliest and when.earliest == when.latest)
    return next((day for day in days if published and day <= published), None)


def _read(scan: Scan) -> Iterator[tuple[int, int, Meaning]]:
    """First token, last token and meaning of each expression; the anchor moves on with each date."""
    place = 0
    while hit := _ANY.search(scan.code, place):
        place = hit.start()
        got = next(_meanings(scan, place), None)
        if got is None:
            place += 1
            continue
        first, last, meaning = got
        place = last + 1
        if meaning.kind in ("DATE", "TIME") and meaning.earliest and meaning.latest:
            scan.anchor = Period(meaning.earliest, meaning.latest, meaning.value or "")
        scan.quarter = relative.newest_quarter(scan.quarter, meaning.value, scan.published)
        yield first, last, meaning


def _meanings(scan: Scan, place: int) -> Iterator[tuple[int, int, Meaning]]:
    """What the patterns that fit at a place make of it, in their order."""
    if scan.code[place] in "bf" and scan.lower(place) in scan.known.sets["doubtful_shift"]:
        return  # "after Friday" holds a Friday; "later on Friday" is one
    for name, pattern in _BY_START:
        fit = pattern.match(scan.code, place)
        if fit and fit.end() > place:
            hit = Hit(scan, place, fit.end())
            meaning = _READERS[name](hit)
            if meaning is not None:
                yield hit.first, hit.last, meaning


# ---------------------------------------------------------------- joining what belongs together


def _joined(scan: Scan, parts: list[Found]) -> list[Timex]:
    """Times join the date beside them, two dates with "from … to" make one range; words before open a side."""
    out: list[Found] = []
    for part in parts:
        together = absolute.together(scan, out[-1], part) if out else None
        if together:
            out[-1] = together
        else:
            out.append(part)
    return [_timex(scan, first, last, _opened(scan, first, last, meaning)) for first, last, meaning in out]


def _opened(scan: Scan, first: int, last: int, meaning: Meaning) -> Meaning:
    """since, until, by: the side that the word leaves open runs to the report, or stays open."""
    before, published, known = scan.lower(first - 1), scan.published, scan.known.sets
    if before in known["approximate"] or before in known["lead_ins"]:
        before = scan.lower(first - 2)
    if meaning.kind not in ("DATE", "TIME") or meaning.earliest is None or meaning.latest is None or _modifies(scan.sentence, first, last):
        return meaning
    if before in known["since"] and published and meaning.earliest <= published:
        return meaning._replace(latest=published)
    if before in known["until"] or before in known["by"]:
        return meaning._replace(earliest=published if published and published <= meaning.latest else None)
    return meaning


def _modifies(sentence: Sentence, first: int, last: int) -> bool:
    """True for "the 1990 invasion": the date stands before the noun that it belongs to."""
    return any(t.head > last and t.dep in ("compound", "nummod", "amod", "nmod", "poss") for t in sentence.tokens[first : last + 1])


def _timex(scan: Scan, first: int, last: int, meaning: Meaning) -> Timex:
    when = When(
        scan.sentence.cut(first, last),
        meaning.earliest.isoformat() if meaning.earliest else None,
        meaning.latest.isoformat() if meaning.latest else None,
        meaning.time,
        meaning.zone,
        meaning.length,
    )
    return Timex(first, last, when, meaning.kind, meaning.value)


# ---------------------------------------------------------------- which of them dates an event


class Share(NamedTuple):
    """What it costs to take a date from a word, and which dates: any, those before a place, or those after one."""

    cost: float
    before: int = 10**6
    after: int = -1


@dataclass(slots=True)
class Case:
    """One event whose date is sought: its word, the sentence's other events, and where its date may stand."""

    sentence: Sentence
    head: int
    others: frozenset[int]
    spoken: bool
    published: str | None
    reach: dict[int, Share]


def choose(
    sentence: Sentence,
    head: int,
    timexes: Sequence[Timex],
    others: Collection[int] = (),
    *,
    spoken: bool = False,
    published: date | None = None,
) -> When | None:
    """When the event whose word is token ``head`` happens, as the sentence tells it; None where it does not.

    ``others`` are the heads of the sentence's other events, which keep the dates that stand in their own
    phrases.  ``spoken`` says that the event is itself the saying ("warned", "threatened to"), so that the
    day of the verb of saying above it is its day too.  With ``published`` a day still to come is never
    that of a verb in the past, but of what stands below it.
    """
    if not timexes:
        return None
    day = published.isoformat() if published else None
    case = Case(sentence, head, frozenset(others) - {head}, spoken, day, _reach(sentence, head, spoken))
    best = _best(case, [t for t in timexes if t.type in ("DATE", "TIME") and t.value not in REFERENCES])
    best = best or _best(case, [t for t in timexes if t.type == "DURATION" and t.when.earliest])
    if best is None:
        return None
    length = next((t.when.duration for t in timexes if t.type == "DURATION" and t.when.duration and _lasts(sentence, t, head)), None)
    return replace(best.when, duration=length)


REFERENCES: Final = frozenset({"PAST_REF", "PRESENT_REF", "FUTURE_REF"})


def _best(case: Case, timexes: Sequence[Timex]) -> Timex | None:
    """The expression nearest to the event by grammar, then by place."""
    ranked = [(rank, t) for t in timexes if not _object(case.sentence, t) and not _dateline(case.sentence, t) and (rank := _rank(case, t))]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _object(sentence: Sentence, timex: Timex) -> bool:
    """True for a year that is itself spoken of: "declared 2020 the year of …"."""
    top = _top(sentence, timex)
    return top.dep in ("dobj", "nsubj", "nsubjpass", "oprd") and top.lower.isdigit()


def _dateline(sentence: Sentence, timex: Timex) -> bool:
    """True for "KYIV, June 14 (Agency) - …": the day of the report, not of what it tells."""
    marks = terms().sets["dateline_marks"]
    after = sentence.tokens[timex.last + 1 : timex.last + 2]
    place = sentence.tokens[: timex.first]
    return bool(place) and after != () and after[0].lower in marks and all(t.text.isupper() or t.pos in ("PROPN", "PUNCT") for t in place)


def _rank(case: Case, timex: Timex) -> tuple[float, bool, int] | None:
    """How far a time expression is from the event: cost, unresolved last, distance; None when it is another's."""
    ahead = bool(case.published and timex.when.earliest and timex.when.earliest > case.published)
    if (ahead and _bygone(case.sentence, case.head)) or _untimely(case, timex) or _in_a_name(case, timex):
        return None
    strict = _present_of_gone(case, timex)
    if strict and timex.first > case.head and _days(timex) > 300:
        return None
    shares = [(case.reach[host], extra) for host, extra in _hosts(case, timex, ahead) if host in case.reach]
    costs = [share.cost + extra for share, extra in shares if share.after < timex.first < share.before and not (strict and extra)]
    if _beside(case, timex):
        costs.append(2.0)
    if ahead and not costs:
        costs += [4.0 for host, _ in _hosts(case, timex, ahead) if _below(case, host)]
    if not costs or (min(costs) > 1.0 and timex.when.earliest is None and timex.when.latest is None):
        return None
    return min(costs), timex.when.earliest is None, min(abs(case.head - timex.first), abs(case.head - timex.last))


def _bygone(sentence: Sentence, i: int) -> bool:
    """True for a finite verb in the past: no day to come is its day."""
    return sentence.tokens[i].tag == "VBD"


def _untimely(case: Case, timex: Timex) -> bool:
    """True for a day gone by under a verb that is yet to come: "shall enjoy the rights set out in 1961"."""
    gone = case.published and timex.when.latest and timex.when.latest < case.published
    helpers = {helper.lower for helper in case.sentence.kids(case.head, "aux")}
    return bool(gone) and not helpers.isdisjoint(terms().sets["certain"])


def _in_a_name(case: Case, timex: Timex) -> bool:
    """True for "the March 23 Movement": a date inside a name."""
    top = _top(case.sentence, timex)
    named = case.sentence.tokens[top.head]
    return named.i > timex.last and named.i != case.head and named.pos == "PROPN" and top.dep in ("compound", "nummod", "nmod")


def _present_of_gone(case: Case, timex: Timex) -> bool:
    """True for a day gone by and a verb in the present ("is sentenced"): what stands further below keeps its date."""
    token, known = case.sentence.tokens[case.head], terms().sets
    gone = case.published and timex.when.latest and timex.when.latest < case.published
    passive = token.tag == "VBN" and any(helper.lower in known["present"] for helper in case.sentence.kids(case.head, "auxpass"))
    return bool(gone) and (token.tag in ("VBZ", "VBP") or passive or _plain_present(case.sentence, token))


def _plain_present(sentence: Sentence, token: Token) -> bool:
    """True for a plural's verb that the parser takes for an infinitive: "Police arrest a man"."""
    return token.tag == "VB" and sentence.kid(token.i, "nsubj") is not None and sentence.kid(token.i, "aux") is None


def _below(case: Case, host: int) -> bool:
    """True when the event stands below a verb in its complement, which a day to come must belong to."""
    for above in (case.sentence.tokens[case.head], *case.sentence.ancestors(case.head)):
        if above.dep not in ("xcomp", "ccomp", "dobj", "pobj", "pcomp", "prep", "conj"):
            return False
        if above.head == host:
            return True
        if above.head in case.others:
            return False
    return False


def _hosts(case: Case, timex: Timex, ahead: bool) -> Iterator[tuple[int, float]]:
    """The words that a time expression may belong to, nearest first, each with what the step there costs.

    A date after a noun that is no event may be the verb's, whatever the parser thought.
    """
    sentence, known = case.sentence, terms().sets
    host = _governor(sentence, timex)
    lead = sentence.tokens[_top(sentence, timex).head].lower
    purpose, bound = lead in known["purpose"], lead in known["bound"]
    scheduled = False
    extra, seen = 0.0, set()
    while host is not None and host.i not in seen:
        if purpose and host.pos == "VERB" and host.lemma not in known["scheduling"]:
            return
        if extra and ((scheduled and host.pos == "VERB") or not _climbs(case, timex, host, ahead)):
            return
        seen.add(host.i)
        yield host.i, extra
        verbal = host.pos in ("VERB", "AUX")
        participle = verbal and ((ahead and host.dep == "acl") or (host.dep in ("acl", "relcl") and host.lemma in known["scheduling"]))
        part = host.dep in ("compound", "nmod", "amod", "conj", "poss") and not verbal
        last = bound or verbal or timex.first < host.i
        long_ago = host.pos == "NOUN" and not part and not ahead and _days(timex) > 7
        if host.i in case.others or long_ago or (last and not participle and (bound or not part)):
            return
        purpose = bound = False
        scheduled = scheduled or participle
        extra += 0.5 if participle or part else 1.5
        host = _above(sentence, host)


def _climbs(case: Case, timex: Timex, host: Token, ahead: bool) -> bool:
    """False where a day to come, or no known day, would come to date a verb in the present or past from further below."""
    return not ((ahead or timex.when.earliest is None) and host.tag in ("VBD", "VBZ", "VBP") and not _looked_for(case.sentence, host))


def _looked_for(sentence: Sentence, verb: Token) -> bool:
    return any(helper.lower in terms().sets["auxiliaries"] for helper in sentence.kids(verb.i, "aux", "auxpass"))


def _days(timex: Timex) -> int:
    """How long the expression's time is: months and years after a common noun tell of the noun."""
    when = timex.when
    if not when.earliest or not when.latest:
        return 0
    return (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days


def _top(sentence: Sentence, timex: Timex) -> Token:
    """The token of a time expression by which it hangs in the sentence."""
    inside = range(timex.first, timex.last + 1)
    tops = [t for i in inside if (t := sentence.tokens[i]).head not in inside or t.head == t.i]
    return next((t for t in tops if t.pos not in ("PUNCT", "CCONJ", "DET")), sentence.tokens[timex.last])


def _governor(sentence: Sentence, timex: Timex) -> Token | None:
    """The content word above a time expression, over prepositions."""
    top = _top(sentence, timex)
    if top.head == top.i:
        return top if top.pos in ("VERB", "NOUN") else None
    return _content(sentence, sentence.tokens[top.head], top.i)


def _above(sentence: Sentence, token: Token) -> Token | None:
    """The next content word up, or None at the root."""
    return None if token.head == token.i else _content(sentence, sentence.tokens[token.head], token.i)


def _content(sentence: Sentence, token: Token, below: int) -> Token | None:
    """The token itself, or the first above it that is no preposition or date word.

    What hangs on "following" or "after" beside their noun belongs to the noun: "following his arrest in May".
    """
    for _ in range(len(sentence)):
        nouns = sentence.kids(token.i, "pobj") if token.dep == "prep" else []
        if nouns and all(noun.i != below for noun in nouns):
            return nouns[0]
        if token.pos not in ("ADP", "SCONJ", "PART", "ADV", "PUNCT") and token.dep not in ("prep", "npadvmod", "tmod"):
            return token
        if token.head == token.i:
            return None if token.pos in ("ADP", "PUNCT") else token
        below, token = token.i, sentence.tokens[token.head]
    return None


def _beside(case: Case, timex: Timex) -> bool:
    """True where a date follows an event noun and its own phrases: "weeks after his capture on March 26"."""
    token, known = case.sentence.tokens[case.head], terms().sets
    if token.pos not in ("NOUN", "PROPN", "X") or timex.first <= token.i or token.i + 8 < timex.first:
        return False
    between = case.sentence.tokens[token.i + 1 : timex.first]
    if any(t.pos in ("VERB", "AUX", "PUNCT") or t.i in case.others for t in between):
        return False
    phrases = [t for t in between if t.pos == "ADP" and t.head == token.i]
    if len(between) > 1 and not phrases:
        return False
    above = case.sentence.tokens[token.head]
    return (token.dep == "pobj" and above.lower in known["event_leads"]) or (token.dep == "dobj" and len(phrases) > 0 and len(between) > 2)


def _lasts(sentence: Sentence, timex: Timex, head: int) -> bool:
    """True for "spoke for 50 minutes" and "the 50-minute call"."""
    above, known = sentence.tokens[_top(sentence, timex).head], terms().sets
    if above.i == head and timex.first < head and sentence.tokens[head].pos == "NOUN":
        return True
    verb = above if above.pos == "VERB" else sentence.tokens[above.head] if above.lower in known["for"] else None
    if verb is None or verb.i == head:
        return verb is not None
    return verb.lemma in known["lasting"] and any(kid.i == head for kid in sentence.kids(verb.i, "nsubj"))


# ---------------------------------------------------------------- how a date passes from word to word

Step = tuple[int, float]


def _reach(sentence: Sentence, head: int, spoken: bool) -> dict[int, Share]:
    """The words whose dates hold for an event, each with a cost: its own, then those it inherits from."""
    reach = {head: Share(0.0)}
    todo = [head]
    for i in todo:
        for place, cost in _steps(sentence, i, i == head, spoken):
            if place not in reach:
                reach[place] = _sided(sentence, i, place, reach[i], cost)
                todo.append(place)
    return reach


def _sided(sentence: Sentence, i: int, place: int, share: Share, cost: float) -> Share:
    """Of two coordinated clauses with subjects of their own only a leading date is shared; of two nouns only a trailing one."""
    token = sentence.tokens[i]
    before, after = share.before, share.after
    if token.dep == "conj" and token.head == place:
        if token.pos == "NOUN":
            after = max(after, i)
        elif sentence.kid(i, "nsubj", "nsubjpass") is not None:
            before = min(before, place)
    return Share(share.cost + cost, before, after)


def _steps(sentence: Sentence, i: int, own: bool, spoken: bool) -> Iterator[Step]:
    if own:
        yield from _down(sentence, i)
    if sentence.tokens[i].pos in ("VERB", "AUX"):
        yield from _circumstance(sentence, i)
    token = sentence.tokens[i]
    if token.head != i:
        cost = _inherits(sentence, token, sentence.tokens[token.head], spoken)
        if cost is not None:
            yield token.head, cost


def _down(sentence: Sentence, i: int) -> Iterator[Step]:
    """Words below an event whose dates are its own: "talks scheduled for …", "held talks on …"."""
    token = sentence.tokens[i]
    for c in sentence.children(i):
        cost = _shares(token, sentence.tokens[c])
        if cost is not None:
            yield c, cost


def _shares(token: Token, child: Token) -> float | None:
    """What it costs to take a date from a word below; None where it is not shared."""
    known = terms().sets
    match child.dep:
        case "acl" | "relcl":
            return 0.5 if child.lemma in known["scheduling"] else 1.0 if child.lemma in known["result"] else None
        case "dobj" | "attr" | "oprd":
            return 1.0 if token.lemma in known["light"] or token.lemma in known["be"] else None
        case "nsubj" | "nsubjpass":
            return 2.5 if token.lemma in known["result"] or token.lemma in known["occurrence"] else None
        case "xcomp":
            return 1.0 if token.lemma in known["aspect"] else None
        case "conj":
            return 2.0 if token.pos == "NOUN" == child.pos else None
        case "aux" | "auxpass" | "cop" | "prt":
            return 0.0
        case _:
            return None


def _circumstance(sentence: Sentence, i: int) -> Iterator[Step]:
    """Nouns in "at a summit (in September)", "during his visit (this week)", also where another noun has caught them."""
    known = terms().sets
    for child in sentence.kids(i, "prep"):
        if child.lower in known["setting"]:
            yield from ((noun.i, 2.0) for noun in sentence.kids(child.i, "pobj"))
    for noun in _nouns_below(sentence, i):
        caught = (p for p in sentence.kids(noun, "prep") if p.lower in known["event_setting"])
        yield from ((inner.i, 3.0) for p in caught for inner in sentence.kids(p.i, "pobj"))


def _nouns_below(sentence: Sentence, i: int) -> Iterator[int]:
    """The objects of a verb and the nouns in their phrases."""
    todo = [kid.i for kid in sentence.kids(i, "dobj", "prep", "dative")]
    for place in todo:
        if sentence.tokens[place].pos in ("NOUN", "PROPN", "PRON"):
            yield place
        todo += [kid.i for kid in sentence.kids(place, "pobj", "prep")]


def _inherits(sentence: Sentence, token: Token, above: Token, spoken: bool) -> float | None:
    """What it costs to take the date of the word above; None where it is not shared."""
    known = terms().sets
    match token.dep:
        case "conj" | "acl" if token.dep == "conj" or token.tag == "VBN":
            return 1.0
        case "compound" | "amod" | "aux" | "auxpass" | "nmod":
            return 0.5
        case "appos":
            return 1.5
        case "dobj" | "attr" | "oprd":
            return 1.0 if above.lemma in known["light"] or above.lemma in known["be"] or above.pos == "AUX" else None
        case "nsubj" | "nsubjpass":
            return 1.0 if above.lemma in known["occurrence"] or (above.tag == "VBN" and above.lemma in known["light"]) else None
        case "xcomp":
            return 1.0 if above.lemma in known["aspect"] or above.lower in known["aspect"] else None
        case "ccomp" | "parataxis":
            return 3.0 if spoken else None
        case "pobj" if above.lower in known["of"] and sentence.head(above.i).lemma in known["rounds"]:
            return 0.5
        case "prep" if token.lower in known["of"] and above.lemma in known["rounds"]:
            return 0.5
        case "advcl" | "pcomp" | "prep" | "pobj" | "agent" | "dative":
            return _circumstantial(sentence, token, above)
        case _:
            return None


def _circumstantial(sentence: Sentence, token: Token, above: Token) -> float | None:
    """A participle clause or a phrase of place and manner shares the time of what it stands under."""
    known = terms().sets
    if token.dep == "advcl":
        return 1.0 if token.tag == "VBG" and not sentence.kids(token.i, "nsubj", "mark") else None
    place = token if token.pos == "ADP" else above
    return (0.5 if token.pos == "ADP" else 1.0) if place.lower in known["same_time"] else None
