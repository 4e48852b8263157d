"""Parses made by hand, for the tests of what mends them."""

from __future__ import annotations

from onrecord.page import Block, Sentence, Token


def made(*words: str) -> Sentence:
    """A sentence of words written "text/TAG/relation/head"; a part of speech follows from the tag."""
    parts = {
        "N": "NOUN",
        "V": "VERB",
        "J": "ADJ",
        "I": "ADP",
        "T": "PART",
        "D": "DET",
        "M": "AUX",
        "C": "CCONJ",
        "W": "PRON",
        ",": "PUNCT",
        "P": "PRON",
        "R": "ADV",
    }
    tokens, at = [], 0
    for i, word in enumerate(words):
        text, tag, dep, head = word.split("/")
        pos = "PROPN" if tag == "NNP" else parts[tag[0]]
        tokens.append(
            Token(
                i,
                at,
                at + len(text),
                text,
                text.lower(),
                text.lower().removesuffix("s").removesuffix("ed").removesuffix("ing"),
                pos,
                tag,
                dep,
                int(head),
            )
        )
        at += len(text) + 1
    whole = " ".join(token.text for token in tokens)
    return Sentence(tuple(tokens), 0, len(whole), Block("paragraph", 0, len(whole)), 0, whole)


def shape(sentence: Sentence) -> dict[str, tuple[str, str]]:
    """Word → its relation and the word that it hangs on."""
    return {t.text: (t.dep, sentence.tokens[t.head].text) for t in sentence.tokens}
