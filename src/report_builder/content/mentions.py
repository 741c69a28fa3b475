"""The words in answers that are whole sentences: which of them the cloud draws."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from report_builder.content.phrases import key_of
from report_builder.content.responses import Response
from report_builder.content.wordclouds import english_stop_words, import_wordcloud

_WORD = re.compile(r"\w[\w'’]+")
# What says nothing by itself in Welsh, which the package of stop words lacks.
_WELSH = """
a ac allan am an ar arall at beth bob bod bydd byddai byth cael chi chwi dan ddim dim dros
drwy dy ef efo ei eich ein er ers eto eu fe fel felly fo fod fy fydd gael gallu gan ganddo
gellir gwneud gyda hefyd heb hi hon hwn hwnnw hyd hyn hynny i iawn ichi iddi iddo iddyn llawer
lle mae maen mai mewn mi mor mwy mynd na nac nad neu nhw ni nid o oddi oedd oes ond os pa pam
pan pob pwy rhag rhai rhwng roedd rydw rydym sut sydd sy ti tra tros trwy un wedi wneud wrth
wyf y ydi ydw ydy ydym ym yma yn yna yng yno yr yw'r yw
"""
UNSPACED = frozenset({"ja", "km", "lo", "my", "th", "yue", "zh"})
"""Languages that are written without spaces, in which words cannot be told apart by them."""


def stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing by themselves; none where none are known."""
    code = language.split("-")[0]
    if code == "en":
        return english_stop_words()
    if code == "cy":
        return frozenset(_WELSH.split())
    from stopwordsiso import has_lang, stopwords

    return frozenset(stopwords(code)) if has_lang(code) else frozenset()


def mentions(
    responses: Sequence[Response], language: str, more_stop_words: Sequence[str] = ()
) -> tuple[Response, ...]:
    """Return each word, and each pair of words that belong together, as an answer of its own.

    wordcloud says which pairs belong together. A person who says a word twice has said it once:
    what is counted is people.
    """
    unigrams_and_bigrams = import_wordcloud().tokenization.unigrams_and_bigrams
    stops = {*stop_words(language), *map(key_of, more_stop_words)}
    spoken = [_WORD.findall(response.text) for response in responses]
    breath = "\n"  # between two answers, which no pair may join
    everything = [word for words in spoken for word in (*words, breath)]
    together = unigrams_and_bigrams(everything, {*stops, breath}, normalize_plurals=False)
    pairs = {text.casefold() for text in together if " " in text}
    return tuple(
        replace(response, text=said)
        for response, words in zip(responses, spoken, strict=True)
        for said in _once(_said(words, pairs, stops))
    )


def _said(words: Sequence[str], pairs: set[str], stops: set[str]) -> Iterator[str]:
    taken = False
    for word, following in pairwise((*words, "")):
        if taken:
            taken = False
        elif f"{word} {following}".casefold() in pairs:
            taken = True
            yield f"{word} {following}"
        elif word.casefold() not in stops and not word.isdigit():
            yield word


def _once(texts: Iterator[str]) -> Iterator[str]:
    return iter({key_of(text): text for text in texts}.values())
