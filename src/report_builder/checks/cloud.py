"""Rules over what people answered: that the cloud of it is honest, and fit to publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.mentions import UNSPACED, stop_words
from report_builder.content.phrases import Phrase, key_of
from report_builder.content.sections.feedback import Feedback
from report_builder.content.suggestions import suggest
from report_builder.problems import Severity

FLAT_SHARE = 0.9
"""The share of phrases with one and the same count from which a cloud is called flat."""

_NAMED = 5  # phrases that a message names before it only counts them


def _questions(case: Case) -> Iterator[Feedback]:
    yield from case.event.sections_of("feedback") if case.event else ()


def _flat(case: Case) -> Iterator[Finding]:
    for section in _questions(case):
        counts = Counter(phrase.count for phrase in section.phrases)
        if counts.total() > 1 and max(counts.values()) >= FLAT_SHARE * counts.total():
            message = "Nearly every phrase was given equally often, so an honest cloud is flat."
            hint = "Ask for the full export of answers, in which repeats still count."
            yield section.question.position, message, hint


def _suggested(case: Case) -> Iterator[Finding]:
    for section in _questions(case):
        found = suggest(section.phrases, section.language_of_answers)
        if found:
            first = " and ".join(f"“{phrase.text}”" for phrase in found[0].phrases)
            message = f"Some phrases may mean the same, such as {first} ({len(found)} in all)."
            hint = "“report-builder wordcloud --suggest” lists them, for you to approve or leave."
            yield section.question.position, message, hint


def _unused_merges(case: Case) -> Iterator[Finding]:
    for section in _questions(case):
        written = {key_of(s.text) for phrase in section.written for s in phrase.spellings}
        seen: dict[str, str] = {}
        for merge in section.merge:
            for old in merge.phrases:
                if key_of(old) not in written:
                    yield old.position, f"Nobody answered “{old}”.", "Mend it, or delete it."
                if seen.setdefault(key_of(old), key_of(merge.into)) != key_of(merge.into):
                    hint = "Keep it in one of the two."
                    yield old.position, f"“{old}” is merged into two phrases.", hint


def _blocked(case: Case) -> Iterator[Finding]:
    for section in _questions(case):
        refused = section.refused
        for word in section.blocked:
            if phrases := refused.get(word):
                rows = sorted({row for p in phrases for s in p.spellings for row in s.rows})
                message = f"Not printed, for the word is blocked: {_said(phrases)} ({_rows(rows)})."
                yield word.position, message, "Nothing needs doing, unless it should be printed."


def _rare(case: Case) -> Iterator[Finding]:
    for section in _questions(case):
        if section.rare:
            are = "phrase is" if section.rare == 1 else "phrases are"
            message = f"{section.rare} {are} not printed: fewer than {section.at_least} said so."
            hint = "Lower “at_least” to print what fewer people said."
            yield section.question.position, message, hint


def _words(case: Case) -> Iterator[Finding]:
    for section in _questions(case):
        language = section.language_of_answers
        if section.kind == "phrases":
            continue
        if language.split("-")[0] in UNSPACED:
            message = f"Words cannot be told apart in “{language}”, which has no spaces."
            hint = "List the phrases yourself, and delete “kind: text”."
            yield section.question.position, message, hint
        elif not stop_words(language):
            message = f"It is not known which words of “{language}” say nothing by themselves."
            hint = "List them in “stop_words”: such as the language's “the”, “and”, “of”."
            yield section.question.position, message, hint


def _said(phrases: Iterable[Phrase]) -> str:
    named = [f"“{phrase.text}” ({phrase.count})" for phrase in phrases]
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return ", ".join(named[:_NAMED]) + more


def _rows(rows: list[int]) -> str:
    more = " …" if len(rows) > _NAMED else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {', '.join(map(str, rows[:_NAMED]))}{more}"


RULES: tuple[Rule[Case], ...] = (
    Rule("merge", Severity.WARNING, "What is merged was answered, and once.", _unused_merges),
    Rule("cloud-words", Severity.WARNING, "Words of the answers are known.", _words),
    Rule("cloud-flat", Severity.ADVICE, "The cloud's sizes tell something.", _flat),
    Rule("cloud-merges", Severity.ADVICE, "Phrases that mean the same are one.", _suggested),
    Rule("cloud-blocked", Severity.ADVICE, "What is not printed is known.", _blocked),
    Rule("cloud-rare", Severity.ADVICE, "What is left out is known.", _rare),
)
