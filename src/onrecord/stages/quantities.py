"""The field ``quantities``: numbers with their units, and which of them belong to an event.

Only a number that counts or measures something known is a quantity: people, weapons, money, time,
distance.  Words such as "dozens" have no value and give none.  Words are in ``english/quantities.yaml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from onrecord.knowledge import table
from onrecord.page import Amount, Sentence, Token
from onrecord.record import Quantity


@dataclass(frozen=True, slots=True)
class Measures:
    """The words of ``english/quantities``, ready for look-ups."""

    numbers: Mapping[str, float]
    multipliers: Mapping[str, float]
    before: Mapping[str, str]
    after: Mapping[str, str | None]
    countries: Mapping[str, str]
    units: Mapping[str, str]
    pairs: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]


@functools.cache
def measures() -> Measures:
    """The table by the ways in which it is asked."""
    data: dict[str, Any] = table("english/quantities")
    return Measures(
        numbers=data["numbers"],
        multipliers=data["multipliers"],
        before=data["currency_before"],
        after=data["currency_after"],
        countries=data["dollar_countries"],
        units={word: unit for unit, words in data["units"].items() for word in words},
        pairs=data["unit_pairs"],
        sets={name: frozenset(words) for name, words in data.items() if isinstance(words, list)},
    )


class Number(NamedTuple):
    """A number written in tokens [first, last]."""

    first: int
    last: int
    value: float


_DIGIT: Final = re.compile(r"[0-9]")


def find(sentence: Sentence) -> list[Amount]:
    """Every number with a unit, left to right; "between 5 and 10 people" gives the lower."""
    known = measures()
    if not any(t.pos == "NUM" or t.lower in known.multipliers or _DIGIT.search(t.lower) for t in sentence.tokens):
        return []
    out: list[Amount] = []
    for number in _numbers(sentence, known):
        amount = _amount(sentence, number, known)
        if amount and (not out or out[-1].last < amount.first):
            out.append(amount)
    out += _hyphened(sentence, known)
    return sorted(out, key=lambda amount: amount.first)


# ---------------------------------------------------------------- numbers


def _numbers(sentence: Sentence, known: Measures) -> Iterator[Number]:
    """The numbers of a sentence; a range is one number with its lower value."""
    i = 0
    while i < len(sentence):
        number = _number_at(sentence, i, known)
        if number is None:
            i += 1
            continue
        upper = _upper(sentence, number, known)
        yield upper or number
        i = (upper or number).last + 1


def _number_at(sentence: Sentence, i: int, known: Measures) -> Number | None:
    """ "200 million", "twenty-five", "a dozen", "half a million", "3bn" from token i on."""
    lower = [token.lower for token in sentence.tokens[i : i + 6]]
    if lower[0] in known.sets["halves"] and len(lower) > 2 and lower[1] in known.sets["articles"] and lower[2] in known.multipliers:
        return Number(i, i + 2, known.multipliers[lower[2]] / 2)
    if lower[0] in known.sets["articles"]:
        counted = len(lower) > 1 and lower[1] in known.multipliers and len(lower[1]) > 2
        return Number(i, i + 1, known.multipliers[lower[1]]) if counted else None
    value = _plain(lower[0], known)
    if value is None:
        return None
    return _scaled(lower, i, value, known)


def _scaled(lower: Sequence[str], first: int, value: float, known: Measures) -> Number:
    """The number with the words of number after it: million, hundred and twenty."""
    last, total = 0, 0.0
    for place, word in enumerate(lower[1:], 1):
        if word in known.multipliers and (len(word) > 1 or lower[0][0].isdigit()):
            value *= known.multipliers[word]
        elif _adds(lower, place, known):
            total, value = total + value, known.numbers[word]
        elif word in known.sets["range_and"] and _adds(lower, place + 1, known):
            continue
        else:
            break
        last = place
    return Number(first, first + last, total + value)


def _adds(lower: Sequence[str], place: int, known: Measures) -> bool:
    """True for the twenty of "two hundred (and) twenty"."""
    if place >= len(lower) or lower[place] not in known.numbers:
        return False
    before = lower[place - 2] if lower[place - 1] in known.sets["range_and"] else lower[place - 1]
    return before in known.multipliers and known.multipliers[before] > known.numbers[lower[place]]


_FIGURE: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?([a-z]{0,2})")


@functools.lru_cache(maxsize=4096)
def _read(lower: str) -> tuple[float, str] | None:
    """Digits as a number, with the letters stuck to them ("3bn")."""
    found = _FIGURE.fullmatch(lower)
    if found is None or not lower.isascii() or len(lower) > 20:
        return None
    return float(found[1].replace(",", "") + (found[2] or "")), found[3]


def _plain(lower: str, known: Measures) -> float | None:
    """One token as a number."""
    if lower in known.numbers:
        return known.numbers[lower]
    got = _read(lower)
    if got is not None:
        value, scale = got
        return value * known.multipliers[scale] if scale in known.multipliers else value if not scale else None
    parts = lower.split("-")
    if len(parts) == 2 and all(part in known.numbers for part in parts):
        return sum(known.numbers[part] for part in parts)
    return None


def _upper(sentence: Sentence, lower: Number, known: Measures) -> Number | None:
    """ "five to ten", "between 5 and 10": the span runs to the upper number, the value is the lower."""
    link = lower.last + 1
    if link + 1 >= len(sentence):
        return None
    word = sentence.tokens[link].lower
    between = _lower(sentence, lower.first - 1) in known.sets["between"]
    if not (word in known.sets["ranges"] or (between and word in known.sets["range_and"])):
        return None
    upper = _number_at(sentence, link + 1, known)
    if upper is None or upper.value <= lower.value:
        return None
    scale = sentence.tokens[upper.last].lower
    factor = known.multipliers.get(scale, 1) if upper.last > upper.first and lower.value < 1000 else 1
    return Number(lower.first, upper.last, lower.value * factor)


# ---------------------------------------------------------------- units


def _amount(sentence: Sentence, number: Number, known: Measures) -> Amount | None:
    """The number with what it measures, or None when that is a date or unknown."""
    for reader in (_money, _percent, _joined, _counted, _harmed):
        got = reader(sentence, number, known)
        if got is not None:
            first, last, unit = got
            return Amount(first, last, Quantity(number.value, unit, sentence.cut(first, last)))
    return None


Measured = tuple[int, int, str]


def _lower(sentence: Sentence, i: int) -> str:
    return sentence.tokens[i].lower if 0 <= i < len(sentence) else ""


def _money(sentence: Sentence, number: Number, known: Measures) -> Measured | None:
    """$200 million, dlrs 14 billion, 3 billion euros, 5 million Canadian dollars."""
    sign = known.before.get(_lower(sentence, number.first - 1))
    if sign:
        mark, prefix = sentence.tokens[number.first - 1], sentence.tokens[max(0, number.first - 2)]
        doubled = prefix.lower in known.sets["dollar_prefixes"] and mark.start == prefix.end
        return number.first - (2 if doubled else 1), number.last, sign
    country = known.countries.get(_lower(sentence, number.last + 1))
    place = number.last + (2 if country else 1)
    word = _lower(sentence, place)
    if word in known.after and (unit := country or known.after[word]):
        return number.first, place, unit
    return (number.first, place, country) if country and word in known.sets["pounds"] else None


def _percent(sentence: Sentence, number: Number, known: Measures) -> Measured | None:
    after = _lower(sentence, number.last + 1)
    if after in known.sets["percent"]:
        return number.first, number.last + 1, "%"
    if after in known.sets["per"] and _lower(sentence, number.last + 2) in known.sets["cent"]:
        return number.first, number.last + 2, "%"
    return None


def _joined(sentence: Sentence, number: Number, known: Measures) -> Measured | None:
    """ "18 square kilometers": units of two words."""
    pair = f"{_lower(sentence, number.last + 1)} {_lower(sentence, number.last + 2)}"
    return (number.first, number.last + 2, known.pairs[pair]) if pair in known.pairs else None


def _counted(sentence: Sentence, number: Number, known: Measures) -> Measured | None:
    """100,000 troops, 50 minutes, 100 drones and ballistic missiles."""
    noun = _noun(sentence, number, known)
    if noun is None or _is_year(sentence, number, known):
        return None
    unit = known.units[noun.lemma if noun.lemma in known.units else noun.lower]
    if unit in known.sets["time_units"] and _is_date(sentence, number, noun, known):
        return None
    last, second = _with(sentence, noun, known)
    return number.first, last, f"{unit} and {second}" if second and second != unit else unit


REACH: Final = 5
"""How many words may stand between a number and the noun that it counts."""


def _noun(sentence: Sentence, number: Number, known: Measures) -> Token | None:
    """The noun that the number counts: the parser's, or the first known unit right after it."""
    head = sentence.tokens[sentence.tokens[number.last].head]
    if number.last < head.i <= number.last + REACH and _unit(head, known):
        return head
    after = sentence.tokens[number.last + 1] if number.last + 1 < len(sentence) else None
    return after if after is not None and _unit(after, known) and after.pos in ("NOUN", "PROPN", "ADJ", "VERB") else None


def _unit(token: Token, known: Measures) -> bool:
    return (token.lemma in known.units or token.lower in known.units) and token.pos not in ("AUX", "ADV")


def _with(sentence: Sentence, noun: Token, known: Measures) -> tuple[int, str | None]:
    """Where the counted words end, and the unit of a second noun under the same number."""
    for other in sentence.kids(noun.i, "conj"):
        inside = sentence.tokens[noun.i + 1 : other.i]
        if other.i - noun.i <= REACH and _unit(other, known) and not any(t.pos in ("NUM", "DET", "PUNCT") for t in inside):
            return other.i, known.units[other.lemma if other.lemma in known.units else other.lower]
    return noun.i, None


def _is_year(sentence: Sentence, number: Number, known: Measures) -> bool:
    """ "in 2014 troops marched" counts nobody."""
    bare = number.first == number.last and len(sentence.tokens[number.first].text) == 4
    return bare and 1900 <= number.value < 2100 and _lower(sentence, number.first - 1) in known.sets["year_leads"]


def _is_date(sentence: Sentence, number: Number, noun: Token, known: Measures) -> bool:
    """ "two weeks ago", "the past two years" tell when, not how long."""
    return _lower(sentence, noun.i + 1) in known.sets["not_after"] or _lower(sentence, number.first - 1) in known.sets["not_before"]


def _hyphened(sentence: Sentence, known: Measures) -> Iterator[Amount]:
    """ "a 15-minute call", "5,000-tonne": number and unit in one word."""
    for token in sentence.tokens:
        if "-" not in token.lower or token.lower.count("-") != 1:
            continue
        left, right = token.lower.split("-")
        value = _plain(left, known)
        if value is not None and right in known.units and known.units[right] in known.sets["hyphened"]:
            yield Amount(token.i, token.i, Quantity(value, known.units[right], sentence.cut(token.i, token.i)))


def _harmed(sentence: Sentence, number: Number, known: Measures) -> Measured | None:
    """ "killed 10", "150 wounded", "six were arrested": people, where no noun is named."""
    token, after = sentence.tokens[number.last], sentence.tokens[number.last + 1] if number.last + 1 < len(sentence) else None
    above = sentence.tokens[token.head]
    if after is not None and after.lower in known.sets["harmed"]:
        return number.first, number.last, "people"
    free = not any(t.pos in ("NOUN", "PROPN", "SYM") for t in (after,) if t is not None)
    harms = above.lemma in known.sets["harm"] and token.dep in ("dobj", "nsubjpass", "nsubj") and free
    return (number.first, number.last, "people") if harms and not _is_year(sentence, number, known) else None


# ---------------------------------------------------------------- which belong to an event


def choose(sentence: Sentence, head: int, amounts: Sequence[Amount], others: Collection[int] = ()) -> tuple[Quantity, ...]:
    """The quantities of the event whose word is token ``head``: those below it, or in its clause where it is the verb's noun.

    ``others`` are the heads of the sentence's other events, which keep what stands below them.
    """
    rivals = frozenset(others) - {head}
    clause = _clause(sentence, head, rivals)
    return tuple(a.quantity for a in amounts if _owner(sentence, a, head, clause, rivals))


def _clause(sentence: Sentence, head: int, rivals: frozenset[int]) -> int:
    """The verb of an event noun's clause, where the noun is what the verb brings about; else the event itself."""
    token = sentence.tokens[head]
    above = sentence.tokens[token.head]
    shares = token.dep in ("nsubj", "nsubjpass", "dobj") and above.pos in ("VERB", "AUX") and above.lemma in measures().sets["light"]
    return above.i if shares and above.i not in rivals else head


def _owner(sentence: Sentence, amount: Amount, head: int, clause: int, rivals: frozenset[int]) -> bool:
    """True when the first event or verb above an amount is this event or its clause's verb."""
    inside = range(amount.first, amount.last + 1)
    if head in inside:
        return True
    top = next((sentence.tokens[i] for i in inside if sentence.tokens[i].head not in inside), sentence.tokens[amount.last])
    for above in sentence.ancestors(top.i):
        if above.i in (head, clause):
            return True
        if above.i in rivals or (above.pos in ("VERB", "AUX") and not _describes(above)):
            return False
    return False


def _describes(verb: Token) -> bool:
    """True for a participle or clause that measures its noun: "troops numbering 5,000", "a call that lasted an hour"."""
    return verb.dep in ("acl", "amod", "aux", "auxpass") or (verb.dep == "relcl" and verb.lemma in measures().sets["measuring"])
