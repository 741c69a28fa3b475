"""What we take of the wordcloud package is its own, and nothing else comes with it."""

from __future__ import annotations

import json
import subprocess
import sys

from wordcloud import STOPWORDS

from report_builder.content.mentions import stop_words

ASKED = """
import json, sys
from report_builder.content.mentions import stop_words
words = stop_words("en-GB")
before = sorted({"matplotlib", "numpy", "wordcloud"} & set(sys.modules))
from report_builder.content.wordclouds import import_wordcloud
package = import_wordcloud()
after = "matplotlib" in sys.modules
package.WordCloud()
print(json.dumps([before, after, package.wordcloud.matplotlib.get_cachedir() != ""]))
"""


def test_english_stop_words_are_those_of_the_package() -> None:
    assert stop_words("en-GB") == frozenset(STOPWORDS)


def test_what_is_not_asked_for_is_not_imported() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[], False, True]
