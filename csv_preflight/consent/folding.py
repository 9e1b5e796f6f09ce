"""Fold a name or a cell to words that compare equal however they are typed."""

from __future__ import annotations

import re
import unicodedata

from csv_preflight.word_groups import without_marks, words_of

_APOSTROPHES = re.compile("['`´’‘ʼ]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})


def fold(text: str) -> str:
    """Return the words of a text in lower case without accents, separated by single spaces.

    >>> fold("DoNotCall"), fold("désabonné(e)"), fold("  OPTED-out ")
    ('do not call', 'desabonne e', 'opted out')
    """
    parted = _CAMEL.sub(" ", _APOSTROPHES.sub("", text))
    plain = unicodedata.normalize("NFKD", parted.casefold()).translate(_LETTERS)
    return " ".join(words_of(without_marks(plain)))
