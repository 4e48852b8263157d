"""Blocks: a report's text cut into lines with one job each; damaged sentences; what stands in quotation marks.

``split`` comes before the parser, so that it never sees a huge block; ``damaged`` and ``quoted``
look at the parsed sentences.  All words and patterns stand in ``knowledge/english/blocks.yaml``.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from onrecord import knowledge
from onrecord.page import Block, BlockKind, Sentence
from onrecord.record import Note, Report, Span

READ_AT_MOST: Final = 100_000
"""Characters of one report that are read; the rest is left out with a note."""
LINES_AT_MOST: Final = 4_000
"""Each line is parsed by itself, which costs a fixed time however short it is."""
BLOCK_AT_MOST: Final = 2_500
"""Characters of one block: the parser's time and memory grow with the block."""
LINE_LOOK: Final = 400
"""Characters of a line that the patterns see: a line that is no prose says so early."""
HEADLINE_AT_MOST: Final = 300

_LINE: Final = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SENTENCE_END: Final = re.compile(r"[.!?…。！？]+[\"”’')\]»]*(?=\s)")
_PROSE: Final = re.compile(r"[.!?][\"”’)]*\s+[\"“‘(]?[A-Z]")
_CLOSED: Final = re.compile(r"[.!?…:;][\"”’')\]»*]*$|[\"”»—–]$")


# ---------------------------------------------------------------- cutting a report


def split(report: Report) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """A report's blocks, in the order of the text and without overlap, and notes on its text as a whole."""
    text = _readable(report.text)
    return tuple(_blocks(report, text)), tuple(_notes(report.text, text))


def _readable(text: str) -> str:
    """As much of a text as is read: no more characters than any news report has, and no more lines."""
    text = text[:READ_AT_MOST]
    ends = (found.end() for found in _LINE.finditer(text))
    return text[: next(itertools.islice(ends, LINES_AT_MOST - 1, None), len(text))]


def dateline(report: Report, blocks: Sequence[Block]) -> Span | None:
    """The place named in the report's first dateline ("KYIV, Ukraine" of "KYIV, Ukraine (AP) -"), or None."""
    for block in blocks:
        found = _dateline(report.text[block.start : block.start + LINE_LOOK]) if block.kind == "byline" else None
        if found is not None:
            return Span.of(report.text, block.start + found.start("place"), block.start + found.end("place"))
    return None


def _notes(whole: str, read: str) -> Iterator[Note]:
    if len(whole) > len(read):
        left = len(whole) - len(read)
        yield Note("too-long", f"only the first {len(read):,} characters were read; {left:,} were left out")
    if not read.strip():
        yield Note("empty", "the report has no text")
    foreign = language_note(read)
    if foreign is not None:
        yield foreign


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or several joined ones, trimmed; ``kind`` is what its look says."""

    start: int
    end: int
    kind: BlockKind


def _blocks(report: Report, text: str) -> Iterator[Block]:
    number = 0
    for place, line in enumerate(_lines(report, text)):
        if place == 0 and line.kind == "headline":
            yield Block("headline", line.start, line.end, 0)
            continue
        number += line.kind == "paragraph"
        yield from _pieces(text, line, number)


def _pieces(text: str, line: _Line, number: int) -> Iterator[Block]:
    """The blocks of one line: a dateline and tail credits cut off, a long line cut up."""
    for start, end, kind in _parts(text, line):
        for first, last in _cuts(text, start, end):
            yield Block(kind, first, last, number)


def _parts(text: str, line: _Line) -> Iterator[tuple[int, int, BlockKind]]:
    if line.kind != "paragraph":
        yield line.start, line.end, line.kind
        return
    start, end = line.start, line.end
    found = _dateline(text[start : min(end, start + LINE_LOOK)])
    if found:
        yield start, start + len(found[0].rstrip()), "byline"
        start += found.end()
    cut, kind = _tail(text, start, end)
    yield from ((a, b, k) for a, b, k in ((*_trim(text, start, cut), line.kind), (*_trim(text, cut, end), kind)) if a < b)


def _tail(text: str, start: int, end: int) -> tuple[int, BlockKind]:
    """Where a link or a credit at the end of a paragraph begins, and which it is; the end when there is none."""
    look = max(start, end - LINE_LOOK)
    link = re.search(_words()["related"]["inline"], text[look:end])
    if link:
        return look + link.end(), "related-link"
    credit = re.search(_words()["boilerplate"]["tail"], text[look:end])
    return (look + credit.start(), "boilerplate") if credit else (end, "paragraph")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    stretch = text[start:end]
    lead = len(stretch) - len(stretch.lstrip())
    return start + lead, max(start + lead, start + len(stretch.rstrip()))


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most BLOCK_AT_MOST characters: cut at sentence ends, else at white space, else hard."""
    while end - start > BLOCK_AT_MOST:
        cut = _cut(text[start : start + BLOCK_AT_MOST])
        first, last = _trim(text, start, start + cut)
        if first < last:
            yield first, last
        start += cut
    start, end = _trim(text, start, end)
    if start < end:
        yield start, end


def _cut(stretch: str) -> int:
    ends = [found.end() for found in _SENTENCE_END.finditer(stretch)]
    if ends:
        return ends[-1]
    spaces = [found.end() for found in re.finditer(r"\s+", stretch)]
    return spaces[-1] if spaces else len(stretch)


# ---------------------------------------------------------------- lines


def _lines(report: Report, text: str) -> Iterator[_Line]:
    """Trimmed lines that are not blank, hard-wrapped ones joined, each with its kind."""
    before: BlockKind = "paragraph"
    for place, (start, end) in enumerate(_joined(text)):
        kind = _kind(text[start : min(end, start + LINE_LOOK)], end - start, before)
        if place == 0 and kind not in ("byline", "boilerplate") and _headline(report, text, start, end):
            kind = "headline"
        yield _Line(start, end, kind)
        before = kind


def _raw_lines(text: str) -> Iterator[tuple[int, int]]:
    for found in _LINE.finditer(text):
        start, end = _trim(text, found.start(), found.end())
        if start < end:
            yield start, end


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Lines; one that is broken off in mid-sentence (hard-wrapped text) is joined with the next."""
    lines = list(_raw_lines(text))
    wrapped = _is_wrapped(text, lines)
    start: int | None = None
    for line, following in itertools.zip_longest(lines, lines[1:]):
        start = line[0] if start is None else start
        if following is None or not _goes_on(text, line, following, wrapped):
            yield start, line[1]
            start = None


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """True when the text as a whole is wrapped: a good part of its lines break off before a small letter."""
    breaks = sum(_goes_on(text, line, following, False) for line, following in itertools.pairwise(lines))
    return breaks >= 3 and breaks * 4 >= len(lines)


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], wrapped: bool) -> bool:
    """True when the following line is the same sentence: no blank line between, no end mark, no capital."""
    start, end = line
    if not 40 <= end - start <= 120 or text.count("\n", end, following[0]) > 1:
        return False
    if _CLOSED.search(text[end - 3 : end]):
        return wrapped and end - start >= 60 and text[end - 1] not in ":"
    return wrapped or (text[following[0]].islower() and text[end - 1] not in "-*")


def _headline(report: Report, text: str, start: int, end: int) -> bool:
    """True when the first line is the headline: the title again, or a short line above others."""
    rest = text[end:].strip()
    line = text[start:end]
    if report.title is not None:
        return bool(rest) and _same(line, report.title)
    return bool(rest) and end - start <= HEADLINE_AT_MOST and not _PROSE.search(line) and not _dateline(line)


def _same(line: str, title: str) -> bool:
    return " ".join(line.split()).casefold() == " ".join(title.split()).casefold()


def _kind(line: str, length: int, before: BlockKind) -> BlockKind:
    """What a line's look says it is; ``before`` is the kind of the line above."""
    rules = _rules()
    short = length <= LINE_LOOK
    if before == "related-link" and short and _leftover(line):
        return "related-link"
    if short and _whole_dateline(line):
        return "byline"
    for kind, pattern in rules.items():
        if short and pattern.match(line):
            return kind
    return "paragraph"


def _leftover(line: str) -> bool:
    """True for the torn-off tail of a link ("Pics. In")."""
    words = re.findall(r"\w+", line.lower())
    return 0 < len(words) <= 3 and set(words) <= set(_words()["related"]["tails"])


def _whole_dateline(line: str) -> bool:
    found = _dateline(line)
    return found is not None and not line[found.end() :].strip()


@functools.cache
def _words() -> dict[str, Any]:
    table: dict[str, Any] = knowledge.table("english/blocks")
    return table


@functools.cache
def _rules() -> dict[BlockKind, re.Pattern[str]]:
    """One pattern a kind, to be matched at the start of a line; the first kind that fits is taken."""
    words = _words()
    openers = "|".join(re.escape(opener) for opener in sorted(words["related"]["openers"], key=len, reverse=True))
    ends = [f"(?:{whole})$" for whole in words["boilerplate"]["whole"]]
    credit = f".*{words['captions']['credit']}"
    return {
        "byline": _any(words["bylines"]["patterns"]),
        "related-link": _any([rf"[»>•*\[(]*\s*(?:{openers})\s?(?::|\||–|—| - )\s*\S", *words["related"]["patterns"]]),
        "caption": _any([*words["captions"]["patterns"], credit]),
        "boilerplate": _any([*words["boilerplate"]["patterns"], *ends]),
    }


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# ---------------------------------------------------------------- datelines


def _dateline(line: str) -> re.Match[str] | None:
    """The dateline at the start of a line, with the white space after it; its place is the group ``place``."""
    found = next(filter(None, (pattern.match(line) for pattern in _dateline_patterns())), None)
    if found is None or found["place"].upper() in _words()["datelines"]["labels"]:
        return None
    return None if line[found.end() : found.end() + 1].islower() else found


@functools.cache
def _dateline_patterns() -> tuple[re.Pattern[str], ...]:
    """The shapes of a dateline: in capitals before a dash; with an agency; with a date; in brackets."""
    words = _words()["datelines"]
    agency = "|".join(re.escape(name) for name in sorted(words["agencies"], key=len, reverse=True))
    month = words["months"]
    day = rf"(?:(?:{month}) \d{{1,2}}|\d{{1,2}} (?:{month}))(?:,? \d{{4}})?"
    upper = r"[A-Z][A-Z.'’\-]+(?: [A-Z][A-Z.'’\-]*){0,3}(?:/[A-Z]+)?"
    title = r"[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]*){0,3}"
    region = rf"(?:, (?!(?:{month})\b){title})"
    source = rf"\((?i:{agency})(?: ?[/,] ?[\w .]{{2,30}}| [A-Z][\w ]{{2,20}})?\)"
    dated = rf"(?:, {day})?"
    dash = r"\s*(?:—|–|―|--+|(?<=\s)-|(?<=\))-|_)"
    shapes = (
        rf"(?P<place>{upper}{region}{{0,2}}){dated}(?: {source}| (?:{agency}))?{dated}{dash}(?:\s+|$|(?=[A-Z“\"`]))",
        rf"(?P<place>{title}{region}{{0,2}}){dated} ?{source}{dated}(?:{dash}|\s*:)?(?:\s+|$|(?=[A-Z“\"`]))",
        rf"(?P<place>{title}{region}){dated}\s+(?:—|–|--)\s+(?=[A-Z“\"])",
        rf"(?P<place>{title}{region}?), {day}\s+(?:—|–|--|-)\s+(?=[A-Z“\"])",
        rf"\((?P<place>{title}{region}?), {day}\)\s+",
        rf"(?P<place>(?:{upper}|{title}){region}?){dated} /(?:{agency})/[.,]?(?:\s*[—–-]+)?(?:\s+|$)",
    )
    return tuple(re.compile(shape) for shape in shapes)


# ---------------------------------------------------------------- language


def language_note(text: str) -> Note | None:
    """A note when the text does not look like English, else None; texts too short to tell pass."""
    sample = text[:20_000]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < 12 or _looks_english(words):
        return None
    return Note("not-english", "the text does not look like English, the only language that is read: rows may be missing or wrong")


def _looks_english(words: list[str]) -> bool:
    """Latin letters, few function words of other languages, and in all but short texts a fair share of English ones."""
    table = _words()["english"]
    english, foreign = (sum(word in known for word in words) for known in (set(table["words"]), set(table["foreign"])))
    latin = sum("LATIN" in unicodedata.name(word[0], "") for word in words)
    if latin * 2 < len(words) or (foreign >= 2 and foreign > english):
        return False
    return len(words) < 60 or english >= len(words) * 0.12


# ---------------------------------------------------------------- damaged sentences


def damaged(sentence: Sentence, previous: Sentence | None = None) -> bool:
    """True when a sentence is cut, dangling or garbled by translation or extraction; ``previous`` is the one before it.

    Headlines have a grammar of their own and are never called damaged.
    """
    if sentence.block.kind == "headline" or not sentence.tokens:
        return False
    before = previous if previous is not None and previous.block == sentence.block else None
    return (
        not any(token.text[0].isalnum() for token in sentence.tokens)
        or _garbled(sentence.text)
        or _headless(sentence, before)
        or _broken_off(sentence, before)
        or _doubled(sentence)
        or _subjectless(sentence)
        or _closes_unopened(sentence, before)
    )


def _garbled(text: str) -> bool:
    return _garbled_pattern().search(text) is not None


@functools.cache
def _garbled_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in _words()["damaged"]["patterns"]))


def _headless(sentence: Sentence, before: Sentence | None) -> bool:
    """Begins in lower case although the sentence before ended with a full stop, or lacks the surname lost before it."""
    if before is None:
        return False
    if re.search(_words()["damaged"]["lost_surname"], before.text) and re.match(r"[A-Z]{2,}\b|[A-Z]\w*-[A-Z]|[a-z]", sentence.text):
        return True
    first = sentence.tokens[0]
    ended = before.tokens[-1].text == "." and len(before.tokens) > 2
    return ended and first.text.isalpha() and first.text.islower() and first.lower not in _words()["damaged"]["lower_starts"]


def _broken_off(sentence: Sentence, before: Sentence | None) -> bool:
    """Ends without an end mark after other sentences of its block, or on a word that no sentence ends with."""
    if _goes_beyond(sentence) or _CLOSED.search(sentence.text[-4:]):
        return False
    last = sentence.tokens[-1]
    dangling = last.lower in _words()["damaged"]["dangling"] or (last.tag in ("TO", "IN") and last.dep == "prep" and before is not None)
    return (dangling and len(sentence) > 4) or (before is not None and _CLOSED.search(before.text[-4:]) is not None and len(sentence) > 1)


def _goes_beyond(sentence: Sentence) -> bool:
    """True when the block goes on after the sentence."""
    return sentence.end < sentence.block.end


def _doubled(sentence: Sentence) -> bool:
    """The same word twice in a row ("the the"), the second in small letters: "Duran Duran" is a name."""
    allowed = _words()["damaged"]["doubled"]
    pairs = itertools.pairwise(sentence.tokens)
    return any(a.lower == b.text and b.text.isalpha() and b.text not in allowed for a, b in pairs)


_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


def _subjectless(sentence: Sentence) -> bool:
    """A verb at the head with nobody to do it: "Have given.", "Informed.", "Committed to the plan."."""
    words = [token for token in sentence.tokens if token.text[0].isalnum()]
    if not words or any(token.dep in _SUBJECTS for token in words) or "?" in sentence.text[-3:]:
        return False
    first = words[0]
    if first.lower in _words()["damaged"]["auxiliaries"]:
        return first.tag != "VB" and len(words) > 1
    return first.tag in ("VBN", "VBD") and first.head == first.i


def _closes_unopened(sentence: Sentence, before: Sentence | None) -> bool:
    """A closing mark with no opening one although the block begins here."""
    if before is not None or sentence.start > sentence.block.start + 1:
        return False
    closing, opening = sentence.text.find("”"), sentence.text.find("“")
    return closing >= 0 and (opening < 0 or closing < opening) and '"' not in sentence.text[:closing]


# ---------------------------------------------------------------- quotation marks


def quoted(sentences: Sequence[Sentence]) -> None:
    """Fill every sentence's ``quoted``: the token ranges inside quotation marks, marks left out.

    The sentences are a report's, in order.  A quotation may run over several sentences of a block,
    and over paragraphs when the next one opens with a quotation mark again.  A mark without its
    partner quotes to the end of its own sentence and no further.
    """
    paragraphs = [list(group) for _, group in itertools.groupby(sentences, key=lambda s: (s.block.start, s.block.kind))]
    for group, following in itertools.zip_longest(paragraphs, paragraphs[1:]):
        goes_on = following is not None and re.match(r"[“\"«‘`]", following[0].text) is not None
        ranges = list(_quotations(group, goes_on))
        for sentence in group:
            sentence.quoted = tuple(_inside(sentence, ranges))


def _inside(sentence: Sentence, ranges: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Token ranges of one sentence that lie in the given ranges of characters."""
    for start, end in ranges:
        if start < sentence.end and end > sentence.start:
            within = [token.i for token in sentence.tokens if start <= token.start and token.end <= end]
            if within:
                yield within[0], within[-1] + 1


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark: its place, what family it is of, and whether it can open or close."""

    start: int
    end: int
    family: str
    opens: bool
    closes: bool


def _quotations(group: Sequence[Sentence], goes_on: bool) -> Iterator[tuple[int, int]]:
    """The ranges of characters inside the quotation marks of one block's sentences."""
    opened: _Mark | None = None
    for mark in _marks(group):
        if opened is not None and mark.closes and mark.family == opened.family:
            yield opened.end, mark.start
            opened = None
        elif mark.opens and (opened is None or mark.family == opened.family):
            if opened is not None:
                yield opened.end, min(mark.start, _sentence_end(group, opened.start))
            opened = mark
    if opened is not None:
        yield opened.end, group[-1].end if goes_on else _sentence_end(group, opened.start)


def _sentence_end(group: Sequence[Sentence], place: int) -> int:
    return next((sentence.end for sentence in group if place < sentence.end), group[-1].end)


_MARKS: Final = re.compile(r"``|''|[“”„«»\"‘’'`]")
_DOUBLE: Final = frozenset('“”„"') | {"``", "''"}


def _marks(group: Sequence[Sentence]) -> Iterator[_Mark]:
    """The marks of a block that are quotation marks and not apostrophes, in order."""
    text = "".join(_padded(group))
    start = group[0].start
    for found in _MARKS.finditer(text):
        mark = _mark(text, found.group(), found.start(), found.end(), start)
        if mark is not None:
            yield mark


def _padded(group: Sequence[Sentence]) -> Iterator[str]:
    """The sentences' texts with blanks for what lies between them, so that offsets stay true."""
    at = group[0].start
    for sentence in group:
        yield " " * (sentence.start - at)
        yield sentence.text
        at = sentence.end


def _mark(text: str, sign: str, start: int, end: int, offset: int) -> _Mark | None:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    opens = not before.isalnum() and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if sign in _DOUBLE:
        return _Mark(offset + start, offset + end, "double", *_double(sign, opens, closes))
    if sign in "«»":
        return _Mark(offset + start, offset + end, "angle", sign == "«", sign == "»")
    return _single(text, sign, start, end, offset)


def _double(sign: str, opens: bool, closes: bool) -> tuple[bool, bool]:
    """Whether a double mark can open and whether it can close."""
    if sign in ("“", "„", "``"):
        return True, False
    if sign == "”":
        return False, True
    return (True, True) if opens == closes else (opens, closes)


_SINGLE_END: Final = re.compile(r"(?<=[\w.,!?…])['’](?![\w'])")
SINGLE_AT_MOST: Final = 600
"""How far apart two single marks may stand: beyond that the second is an apostrophe."""


def _single(text: str, sign: str, start: int, end: int, offset: int) -> _Mark | None:
    """A single mark as a quotation mark, or None for an apostrophe."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if sign in "‘'`" and (before.isspace() or before in '([—–-“"') and (after.isalpha() or after in '“"['):
        return _Mark(offset + start, offset + end, "single", True, False) if _answered(text, end) else None
    if sign in "’'" and _SINGLE_END.match(text, start) and not _possessive(text, start, end):
        return _Mark(offset + start, offset + end, "single", False, True)
    return None


def _answered(text: str, end: int) -> bool:
    """True when a closing single mark follows, and the word is none that lost its head ('em, 'til)."""
    word = re.match(r"\w*", text[end : end + 12])
    cut = word is not None and word.group().lower() in _words()["quotes"]["elisions"]
    return not cut and _SINGLE_END.search(text, end, end + SINGLE_AT_MOST) is not None


def _possessive(text: str, start: int, end: int) -> bool:
    """True for "the Americans' plan'": after an s, when a better closing mark comes before the next opening one."""
    if text[start - 1 : start].lower() != "s" or not text[end : end + 2].strip().isalpha():
        return False
    later = _SINGLE_END.search(text, end, end + SINGLE_AT_MOST)
    reopened = re.compile(r"(?<!\w)[‘'](?=\w)").search(text, end, end + SINGLE_AT_MOST)
    return later is not None and (reopened is None or later.start() < reopened.start())
