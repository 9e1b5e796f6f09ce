"""The countries in which the script of a list is written: a hint where numbers fit several countries equally well."""

from __future__ import annotations

import unicodedata
from collections import Counter

# By the first word of the names of their letters.  Latin letters tell no country.
_COUNTRIES = {
    "ARABIC": "AE AF BH DZ EG IQ IR JO KW LB LY MA OM PK PS QA SA SD SY TN YE",
    "ARMENIAN": "AM",
    "BENGALI": "BD IN",
    "CJK": "CN HK MO TW",
    "CYRILLIC": "BA BG BY KG KZ ME MK MN RS RU TJ UA",
    "DEVANAGARI": "IN NP",
    "ETHIOPIC": "ER ET",
    "GEORGIAN": "GE",
    "GREEK": "CY GR",
    "GUJARATI": "IN",
    "GURMUKHI": "IN",
    "HANGUL": "KR",
    "HEBREW": "IL",
    "HIRAGANA": "JP",
    "KANNADA": "IN",
    "KATAKANA": "JP",
    "KHMER": "KH",
    "LAO": "LA",
    "MALAYALAM": "IN",
    "MYANMAR": "MM",
    "SINHALA": "LK",
    "TAMIL": "IN LK",
    "TELUGU": "IN",
    "THAI": "TH",
}
# Japanese is mostly written in Chinese characters.
_KANA = ("HIRAGANA", "KATAKANA")


def countries_of_script(text: str) -> frozenset[str]:
    """Return the countries of the most common script beside Latin.

    >>> [sorted(countries_of_script(text)) for text in ("氏名 ヤマダ", "Ελένη", "Zoë")]
    [['JP'], ['CY', 'GR'], []]
    """
    letters = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if not letter.isascii())
    counts = Counter(script for script in letters if script in _COUNTRIES)
    scripts = [kana for kana in _KANA if counts[kana]] or [script for script, _ in counts.most_common(1)]
    return frozenset(_COUNTRIES[scripts[0]].split()) if scripts else frozenset()
