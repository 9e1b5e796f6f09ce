"""Fold country names so that they compare equal however they are typed."""

from __future__ import annotations

import re
import unicodedata

from csv_preflight.word_groups import without_marks, words_of

# Letters that Unicode does not decompose, and an Arabic letter with two spellings.
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ə": "e", "æ": "ae", "œ": "oe", "þ": "th",
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ـ": "", "ё": "е",
    }
)  # fmt: skip
# Apostrophes, including those of Uzbek and Hawaiian, do not separate words.
_APOSTROPHES = re.compile("['`´\u2018\u2019\u02b9-\u02bf\u055a]")
_ARTICLES = {"the"}
_CONJUNCTIONS = {
    "and",
    "und",
    "et",
    "y",
    "e",
    "i",
    "och",
    "og",
    "en",
    "ja",
    "si",
    "a",
    "es",
    "ve",
    "и",
    "і",
    "та",
    "και",
}
_SHORT = {"st": "saint", "rep": "republic", "dem": "democratic", "fed": "federated", "is": "islands"}


def fold(text: str) -> str:
    """Return the letters and digits of a name: no accents, punctuation, spaces, articles or "and".

    >>> fold("St. Vincent & the Grenadines") == fold("Saint Vincent and Grenadines")
    True
    >>> fold("U.S.A."), fold("Côte d’Ivoire"), fold("the"), fold("ÖSTERREICH")
    ('usa', 'cotedivoire', 'the', 'osterreich')
    """
    return "".join(_without_filling(words_of(_plain(text).translate(_LETTERS))))


def fold_accented(text: str) -> str:
    """Like ``fold``, but keep accents.

    >>> fold_accented("Áo"), fold_accented("AO")
    ('áo', 'ao')
    """
    return "".join(words_of(unicodedata.normalize("NFC", _APOSTROPHES.sub("", text).casefold())))


def _plain(text: str) -> str:
    return without_marks(unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold()))


def _without_filling(words: list[str]) -> list[str]:
    if len(words) < 2:
        return words
    words = [_SHORT.get(word, word) for word in words if word not in _ARTICLES] or words
    if len(words) < 3 or len(words[0]) == 1 or len(words[-1]) == 1:  # the A of U A E is not an article
        return words
    return [words[0], *(word for word in words[1:-1] if word not in _CONJUNCTIONS), words[-1]]
