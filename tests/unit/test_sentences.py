"""A sentence ends where a reader would say so, in any language, on however many lines it stands."""

from __future__ import annotations

import pytest

from report_builder.content.prose import BLANK, prose_of, prose_sentences
from report_builder.content.sentences import inner_sentences, is_ended, sentences
from report_builder.content.text import Text
from report_builder.settings.scalar import Scalar

# The language, and a text with a bar where a sentence ends and another begins.
SENTENCES = """
en Cllr. Vane opened the fair.| Cllrs. Bell and Holt left.
en Mrs. Reed of Elm Ltd. asked for approx. 30 lamps in Mill Rd. and St. Anne's.| Mr. Rowe agreed.
en We began at 9 a.m. and stopped at 5 p.m. on Friday.| It rained.
en We stopped at 5 p.m.| The rest went home.
en At 6 p.m. Dr. Shah spoke.| All clapped.
en The no. 7 bus stops at 6 p.m.| Shift workers walk home.
en About 3 p.m. Cllr. Roy left.| The vote was at 5 p.m.| It passed.
en Bus No. 4 is late.| No. 5 is not.
en Is it ours?| No.| It is theirs.
en Some groups, e.g. Young Voices, i.e. those under 20, wait.| Others do not.
en The U.N. sent nobody.| We did.| The U.K. Government paid.
en In the U.K. Councils build less than they did.| So rents rise.
en J. K. Lane and P.Q. Marsh run it.| Ask them.
en Rev. Abbot, M.B.E., is chair.| Ms. Dunn helps.
en See p. 7 and vol. 3, fig. 2.| Then act.
en Mr. T. Vale, Sgt. Moss, Rt. Hon. Ada Lyle and Prof. Dr. med. Gray came.| So did we.
en It costs 2.5 per cent.| 40 came.
en What now?!| We wait …| Then we go.
en We chose Plan B.| The rest is history.
en The pipe is 5 m.| Councillors asked for 8 m.
en iPads came first.| eBikes came next.
en Read www.example.org.| It is short.
en Walking, cycling, etc. are free.| Buses are not.
en We count litter, dogs, etc.| No. 4 on the list was loneliness.
en We have c. 40 volunteers vs. 90 in 2019.| They are tired.
en Smith et al. found it.| Others agree.
en Life goes on.| They asked me.| Buses may be red.| We sat in a pub.
en He is a good doctor, said Fr. Moss.| It was in the U.S.| They left.
en She spoke to the Dr.| They wrote it down.
en “If you ask us, we will tell you. Nobody has.”| That is all.
en “We are tired. We need rest,” she said.| They sat down.
en “Nobody should wait. Ever.”| She said it twice.
en She asked: “Who pays?” and sat.| He left.
en It (see p. 4. It is long) is out.| Read.
en (It closed. It was cold.)| We went home.
en One “that nobody closes.| Two.| Three.
en A "plain mark. It holds," too.| See 5" and 6" pipes.| Both leak.
en ‘Don’t wait. Act,’ he said.| We did.
cy Dywedodd y Cyng. Owen, h.y. y cadeirydd, y gwir.| Diolch.
cy Siaradodd Dr. Jones am 2 p.m. yn y neuadd.| Diolch i bawb.
cy Mae angen cynllun arnom, e.e. Bwcabus.| Cytunodd pawb.
cy Gweler rhif. 4 a tud. 7.| Mae'n bwysig.
cy Dr. Rhys, y Parch. Huws ac eraill.| Roedd yn glir.
pl Prof. Lis, tj. nasz gość, mówił o godz. 10 przez ok. 2 godz. bez przerwy.| Dziękujemy.
pl Mieszka przy ul. Polnej i ma 3 tys. zł.| To mało.
pl Przyszło to w 2023 r.| Rodziny czekają.
pl „Czekamy. Nikt nie dzwoni” – mówi p. Nowak.| To prawda.
pl Kupujemy chleb, mleko itd.| Ceny rosną.
de Am 3. Mai sprach Fr. Dr. Vogel z. B. über Busse.| Das war gut.
de Hr. Lang kam am 2. Treffen an.| Danke.
de „Wir warten. Keiner kommt“, sagte sie.| Das ist schlecht.
de Es fehlen bzw. Fahrer und ca. 20 Busse.| Niemand hilft.
fr M. Petit et Mme. Roux sont venus.| Merci.
fr « Nous attendons. Personne ne vient », dit-elle.| C'est long.
fr Il y a du pain, du lait, etc.| Tout coûte cher.
es El Sr. Mora y la Sra. Paz de EE. UU. hablaron.| ¿Quién paga?| Nadie.
es Vive en la Avda. Real núm. 5.| Es caro.
ro Dl. Ionescu a venit.| A fost bine.
ro Vine dvs. Luni la nr. 5.| Este gratuit.
hu Szabó dr. 2024. május 3. napján szólt.| Vége.
zh 我們開會。|大家很好！|謝謝。
zh 她說：「我們很累。我們要休息。」|大家同意。
zh 增長３．５％。|很多。
ja 会議をしました。|次は来月です。
ur ہم تیار ہیں۔| کیا آپ آئیں گے؟| جی ہاں۔
ur وہ ایم۔اے ہیں۔| ان کا دفتر نمبر. 5 میں ہے۔
ur Dr. Khan نے کہا۔|ہم نے سنا۔
ur اس نے کہا: “ہم تھک گئے۔ ہمیں آرام چاہیے۔”| سب نے سنا۔
hi हम तैयार हैं।| डॉ. शर्मा आए।| धन्यवाद।
bn সবাই রাজি।| ডা. রহমান এলেন।| ধন্যবাদ।
pa ਅਸੀਂ ਤਿਆਰ ਹਾਂ।| ਡਾ. ਸਿੰਘ ਆਏ।| ਧੰਨਵਾਦ।
ar نحن جاهزون.| هل أنتم هنا؟| نعم د. أحمد هنا.
"""
LINES = [line.split(" ", 1) for line in SENTENCES.strip().splitlines()]


@pytest.mark.parametrize(("language", "marked"), LINES)
def test_a_sentence_ends_where_a_reader_would_say_so(language: str, marked: str) -> None:
    text = marked.replace("|", "")
    found = [text[start:end] for start, end in sentences(text, language)]
    assert found == [sentence.strip() for sentence in marked.split("|")]


def test_there_are_sixty_of_them_in_seven_languages() -> None:
    assert len(LINES) >= 60
    assert len({language for language, _ in LINES}) >= 7


def test_sentences_within_a_quotation_are_told_apart_where_each_is_looked_at() -> None:
    text = "“We wait. Nobody comes,” she said. It (see p. 4. It is long) is out."
    found = [text[start:end] for start, end in inner_sentences(text)]
    assert found == [
        "“We wait.", "Nobody comes,” she said.", "It (see p. 4.", "It is long) is out."
    ]  # fmt: skip


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
