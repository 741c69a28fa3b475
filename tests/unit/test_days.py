"""Days are written as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from report_builder.templating.days import between, day, several, span

SAME_MONTH = dt.date(2022, 9, 24), dt.date(2022, 9, 26)
SAME_YEAR = dt.date(2022, 9, 24), dt.date(2022, 10, 2)
TWO_YEARS = dt.date(2022, 9, 24), dt.date(2023, 1, 3)

# language | a day | days of a month | of two months | of two years | apart
WRITTEN = """
en-GB|24 September 2022|24 to 26 September 2022|24 September to 2 October 2022|24 September 2022 to 3 January 2023|24 September; 2 October 2022
en-US|September 24, 2022|September 24 to 26, 2022|September 24 to October 2, 2022|September 24, 2022 to January 3, 2023|September 24; October 2, 2022
cy|24 Medi 2022|24–26 Medi 2022|24 Medi – 2 Hydref 2022|24 Medi 2022 – 3 Ionawr 2023|24 Medi; 2 Hydref 2022
es|24 de septiembre de 2022|24–26 de septiembre de 2022|24 de septiembre – 2 de octubre de 2022|24 de septiembre de 2022 – 3 de enero de 2023|24 de septiembre; 2 de octubre de 2022
es-MX|24 de septiembre de 2022|24–26 de septiembre de 2022|24 de septiembre – 2 de octubre de 2022|24 de septiembre de 2022 – 3 de enero de 2023|24 de septiembre; 2 de octubre de 2022
zh-TW|2022年9月24日|2022年9月24日至26日|2022年9月24日至10月2日|2022年9月24日至2023年1月3日|2022年9月24日; 10月2日
ja|2022年9月24日|2022年9月24日～26日|2022年9月24日～10月2日|2022年9月24日～2023年1月3日|2022年9月24日; 10月2日
hu|2022. szeptember 24.|2022. szeptember 24–26.|2022. szeptember 24. – október 2.|2022. szeptember 24. – 2023. január 3.|2022. szeptember 24.; október 2.
pl|24 września 2022|24–26 września 2022|24 września – 2 października 2022|24 września 2022 – 3 stycznia 2023|24 września; 2 października 2022
de|24. September 2022|24.–26. September 2022|24. September – 2. Oktober 2022|24. September 2022 – 3. Januar 2023|24. September; 2. Oktober 2022
fr|24 septembre 2022|24–26 septembre 2022|24 septembre – 2 octobre 2022|24 septembre 2022 – 3 janvier 2023|24 septembre; 2 octobre 2022
ar|24 سبتمبر 2022|24–26 سبتمبر 2022|24 سبتمبر – 2 أكتوبر 2022|24 سبتمبر 2022 – 3 يناير 2023|24 سبتمبر; 2 أكتوبر 2022
ur|24 ستمبر، 2022|24–26 ستمبر 2022|24 ستمبر – 2 اکتوبر، 2022|24 ستمبر، 2022 – 3 جنوری، 2023|24 ستمبر; 2 اکتوبر، 2022
"""  # noqa: E501  # one line a language


@pytest.mark.parametrize("line", WRITTEN.strip().splitlines(), ids=lambda line: line.split("|")[0])
def test_days_are_written_as_the_language_writes_them(line: str) -> None:
    language, *written = line.split("|")
    locale = Locale.parse(language, sep="-")
    assert [
        day(SAME_MONTH[0], locale),
        *(span(*days, locale) for days in (SAME_MONTH, SAME_YEAR, TWO_YEARS)),
        "; ".join(several(SAME_YEAR, locale)),
    ] == written


def test_a_span_of_one_day_is_that_day() -> None:
    locale = Locale.parse("en_GB")
    assert span(SAME_MONTH[0], SAME_MONTH[0], locale) == "24 September 2022"
    assert between("10am", "noon", locale) == "10am to noon"


def test_every_language_that_is_known_can_write_days() -> None:
    languages = [name for name in locale_identifiers() if "_" not in name and name != "root"]
    assert len(languages) > 200
    for locale in map(Locale.parse, languages):
        for days in (SAME_MONTH, SAME_YEAR, TWO_YEARS):
            assert span(*days, locale) != day(days[0], locale), locale
        assert len(set(several(SAME_MONTH, locale))) == 2, locale
