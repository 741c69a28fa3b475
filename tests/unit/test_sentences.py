"""A sentence ends where a reader would say so, in any language, on however many lines it stands."""

from __future__ import annotations

import pytest

from report_builder.content.prose import BLANK, prose_of, prose_sentences
from report_builder.content.sentences import first_sentence, is_ended, sentences
from report_builder.content.text import Text
from report_builder.settings.scalar import Scalar

# A bar stands where a sentence ends and another begins.
SENTENCES = """
Cllr. Vane opened the fair.| Cllrs. Bell and Holt left.
Mrs. Reed of Elm Ltd. asked for approx. 30 lamps in Mill Rd. and St. Anne's.| Mr. Rowe agreed.
We began at 9 a.m. and stopped at 5 p.m. on Friday.| It rained.
We stopped at 5 p.m.| The rest went home.
At 6 p.m. Dr. Shah spoke.| All clapped.
Bus No. 4 is late.| No. 5 is not.
Is it ours?| No.| It is theirs.
Some groups, e.g. Young Voices, i.e. those under 20, wait.| Others do not.
The U.N. sent nobody.| We did.| The U.K. Government paid.
J. K. Lane and P.Q. Marsh run it.| Ask them.
Rev. Abbot, M.B.E., is chair.| Ms. Dunn helps.
See p. 7 and vol. 3, fig. 2.| Then act.
Mr. T. Vale, Sgt. Moss, Rt. Hon. Ada Lyle and Prof. Dr. med. Gray came.| So did we.
It costs 2.5 per cent.| 40 came.
What now?!| We wait …| Then we go.
We chose Plan B.| The rest is history.
iPads came first.| eBikes came next.
Read www.example.org.| It is short.
Walking, cycling, etc. are free.| Buses are not.
Smith et al. found it.| Others agree.
Am 3. Mai sprach Fr. Dr. Vogel z. B. über Busse.| Das war gut.
Hr. Lang kam am 2. Treffen an.| Danke.
M. Petit et Mme. Roux sont venus.| Merci.
El Sr. Mora y la Sra. Paz de EE. UU. hablaron.| ¿Quién paga?| Nadie.
Prof. Lis, tj. nasz gość, mówił o godz. 10 przez ok. 2 godz. bez przerwy.| Dziękujemy.
Mieszka przy ul. Polnej i ma 3 tys. zł.| To mało.
Dywedodd y Cyng. Owen, h.y. y cadeirydd, y gwir.| Diolch.
Szabó dr. 2024. május 3. napján szólt.| Vége.
Dl. Ionescu a venit.| A fost bine.
我們開會。|大家很好！|謝謝。
会議をしました。|次は来月です。
ہم تیار ہیں۔| کیا آپ آئیں گے؟| جی ہاں۔
हम तैयार हैं।| धन्यवाद।
সবাই রাজি।| ধন্যবাদ।
ਅਸੀਂ ਤਿਆਰ ਹਾਂ।| ਧੰਨਵਾਦ।
نحن جاهزون.| هل أنتم هنا؟| نعم.
"""


@pytest.mark.parametrize("marked", SENTENCES.strip().splitlines())
def test_a_sentence_ends_where_a_reader_would_say_so(marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[start:end] for start, end in sentences(text)]
    assert found == [sentence.strip() for sentence in marked.split("|")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("“Nobody should wait. Ever.” She said it twice.", "“Nobody should wait. Ever.”"),
        ("She asked: “Who pays?” and sat. He left.", "She asked: “Who pays?” and sat."),
        (
            "It (see p. 4. It is long) is out. Read.",
            "It (see p. 4. It is long) is out.",
        ),
        ("One “that nobody closes. Two. Three.", "One “that nobody closes."),
        ("no mark at all", "no mark at all"),
        ("", ""),
    ],
)
def test_the_first_sentence_keeps_a_quotation_and_a_bracket_whole(text: str, first: str) -> None:
    assert first_sentence(text) == first


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("Cllr. Vane spoke of litter in St. Anne's Rd. The clerk writes.",
         "Cllr. Vane spoke of litter in St. Anne's Rd."),
        ("## A head\n\nMrs. Reed of Elm Ltd. spoke. We met.", "Mrs. Reed of Elm Ltd. spoke."),
        ("She spoke over\nlines. Then left.", "She spoke over lines."),
        ("Was sie sagte: am 3. Mai ist Schluss. Gut.", "Was sie sagte: am 3. Mai ist Schluss."),
        ("我們開會。大家很好。", "我們開會。"),
    ],
)  # fmt: skip
def test_the_briefing_gets_a_whole_sentence(text: str, brief: str) -> None:
    assert Text(Scalar(text)).brief(40) == brief


def test_words_end_as_a_sentence_does_or_not() -> None:
    for ended in ("Yes.", "Who?", "“Yes.”", "(Yes.)", "**Yes!**", "Report:", "好。", "ہاں۔", "हाँ।"):
        assert is_ended(ended), ended
    for open_ in ("Yes", "“Yes”", "£5", "好", "the U.K", ""):
        assert not is_ended(open_), open_


PROSE = """\
# A HEAD   of it

One of [the words](https://www.example.org/A_(B)?X=RSE-TRE "A TITLE") goes on
here.[^1] Two: see `CODE` or <https://x.example/AAA>. Three is at WWW.example.org/C.

- an item
  of a list
-   another    one

| Time  | Item         |
| ----- | ------------ |
| 13:30 | Four. Five   |

```
CODE   AGAIN
```

[^1]: Six is a note.
"""


def test_prose_is_what_is_read_and_each_of_its_words_stands_where_it_stood() -> None:
    text = Text(Scalar(PROSE))
    prose = prose_of(text)
    assert len(prose) == len(PROSE)
    assert all(a in (b, BLANK) for a, b in zip(prose, PROSE, strict=True))
    words = prose.replace(BLANK, " ")
    for unread in ("RSE", "TITLE", "CODE", "AAA", "AGAIN", "---", "|", "^1"):
        assert unread not in words
    for read in ("HEAD   of", "[the words]", "another    one", "Four. Five", "Six is a note."):
        assert read in words


def test_no_sentence_goes_beyond_its_paragraph_item_or_cell() -> None:
    found = {said: PROSE[start : start + 3] for start, said in prose_sentences(Text(Scalar(PROSE)))}
    assert "One of [the words] goes on here." in found
    assert {"an item of a list", "another one", "Four.", "Five", "Six is a note."} <= found.keys()
    assert all(said.startswith(begins.strip()[:2]) for said, begins in found.items())
