"""The letters of languages: how likely one follows another, from a table that is made of the Unicode CLDR.

The table, ``languages.txt``, has a line for each language: groups of a letter and those that follow it, each with its
count, or for ideographic languages one group of characters.  ``tests/language_tables.py`` makes it.
"""

from __future__ import annotations

import math
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).with_name("languages.txt")

# The beginning and the end of a word, and whatever follows.
START, END, ANY = "^", "$", "*"
# Counts, as powers of the square root of two.
CLASSES = "0123456789abcdefghijklmnopqrstuvwxyz"

# Everyday characters of ideographic languages: an encoding, the last leading byte that has them, their number.
STANDARDS = {
    "ja": ("euc_jp", 0xCF, 2965),
    "zh": ("gb2312", 0xD7, 3755),
    "zh-Hant": ("big5", 0xC6, 5401),
    "ko": ("euc_kr", 0xC8, 2350),
}
# Parts of the probability that go to the everyday characters alike, and to all the others.
EVERYDAY, RARE = 0.4, 0.02
MOST_RARE = 5000
# How often a character ends a word of these languages.
IDEOGRAPHS_END = 0.33

_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa"), "ARABIC"),
    **dict.fromkeys(("ja", "zh", "zh-Hant"), "CJK"),
    "el": "GREEK", "he": "HEBREW", "th": "THAI", "ko": "HANGUL",
}  # fmt: skip

# Logarithms of probabilities of what a language does not have.
ABROAD = -4.6  # times how common a letter is in the languages of the script
STRANGE = -9.5
OTHER_SCRIPT = -14.0
LATIN_ELSEWHERE, ASCII_MARK = -6.0, -5.0
USUAL_SYMBOL, RARE_SYMBOL, CONTROL = -6.5, -10.0, -18.0
_USUAL_SYMBOLS = frozenset("’‘“”„–—…€£©®°«»№ªº¿¡§·•\u00a0×½‚‹›²³「」、。")

Row = NDArray[np.float64]


class Languages:
    """All languages: how likely letters follow one another in each, as logarithms of probabilities.

    names: of the languages, in the order of the rows.  latin: which are written in Latin.
    """

    def __init__(self, lines: list[str]) -> None:
        self.names = [line.split(" ", 1)[0] for line in lines]
        scripts = [_SCRIPTS.get(name, "LATIN") for name in self.names]
        self.latin = np.array([name == "LATIN" for name in scripts])
        self._is_of = {name: np.array([one == name for one in scripts]) for name in set(scripts)}
        self._letters: dict[str, Row] = {}
        self._unseen: dict[str, Row] = {}
        self._pairs: dict[str, list[tuple[int, float]]] = {}
        for place, line in enumerate(lines):
            groups = line.split(" ")[1:]
            counted = {group[0]: _counts(group[1:]) for group in groups}
            if self.names[place] in STANDARDS:
                self._add_ideographs(place, counted[ANY])
            else:
                self._add(place, counted)
        self.row = lru_cache(maxsize=1 << 14)(self._row)
        self._alone = lru_cache(maxsize=1 << 14)(self._alone_of)

    def _add(self, place: int, counted: dict[str, dict[str, float]]) -> None:
        singles: dict[str, float] = {}
        for seconds in counted.values():
            for second, count in seconds.items():
                if second != ANY:
                    singles[second] = singles.get(second, 0.0) + count
        whole = sum(singles.values())
        for letter, count in singles.items():
            self._set(self._letters, letter, place, math.log(count / whole), -np.inf)
        for first, seconds in counted.items():
            # As Witten and Bell have it: the more followers a letter has, the likelier is another one.
            total, kinds = max(seconds[ANY], sum(seconds.values()) - seconds[ANY]), max(1, len(seconds) - 1)
            self._set(self._unseen, first, place, math.log(kinds / (total + kinds)), 0.0)
            for second, count in seconds.items():
                if second != ANY:
                    share = (count + kinds * singles[second] / whole) / (total + kinds)
                    self._pairs.setdefault(first + second, []).append((place, math.log(share)))

    def _add_ideographs(self, place: int, counts: dict[str, float]) -> None:
        encoding, last, everyday = STANDARDS[self.names[place]]
        whole = sum(counts.values())
        self._set(self._letters, END, place, math.log(IDEOGRAPHS_END), -np.inf)
        for lead in range(0xA1, 0xFE):
            for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
                try:
                    character = bytes((lead, trail)).decode(encoding)
                except UnicodeDecodeError:
                    continue
                if len(character) == 1 and character.isalpha():
                    usual = EVERYDAY / everyday if lead <= last else RARE / MOST_RARE
                    share = (1 - EVERYDAY - RARE) * counts.get(character, 0.0) / whole + usual
                    self._set(self._letters, character, place, math.log(share), -np.inf)

    def _set(self, table: dict[str, Row], key: str, place: int, value: float, default: float) -> None:
        if key not in table:
            table[key] = np.full(len(self.names), default)
        table[key][place] = value

    def _row(self, before: str, letter: str) -> Row:
        """Return how likely a letter is behind another one, in each language."""
        alone, known = self._alone(letter)
        found: Row = alone + known * self._unseen[before] if before in self._unseen else alone.copy()
        for place, value in self._pairs.get(before + letter, ()):
            found[place] = value
        return found

    def _alone_of(self, letter: str) -> tuple[Row, NDArray[np.bool_]]:
        """Return how likely a letter is in each language, and which of them have it."""
        known = self._letters.get(letter)
        if known is None:
            return self._foreign(letter, -np.inf), np.zeros(len(self.names), bool)
        has = np.isfinite(known)
        own = self._of(letter)
        abroad = math.log(np.exp(known[own]).mean() + 1e-9) if own.any() else -np.inf
        return np.where(has, known, self._foreign(letter, abroad)), has

    def _foreign(self, letter: str, abroad: float) -> Row:
        """Return how likely a letter is in languages that do not have it."""
        if letter.isascii():
            cost = LATIN_ELSEWHERE if letter.isalpha() else ASCII_MARK
            return np.full(len(self.names), cost)
        category = unicodedata.category(letter)
        if category[0] == "C" and letter != "\u00ad":
            return np.full(len(self.names), CONTROL)
        if category[0] not in "LM":
            return np.full(len(self.names), USUAL_SYMBOL if letter in _USUAL_SYMBOLS else RARE_SYMBOL)
        return np.where(self._of(letter), max(STRANGE, abroad + ABROAD), OTHER_SCRIPT)

    def _of(self, letter: str) -> NDArray[np.bool_]:
        """Return which languages are written in a letter's script."""
        return self._is_of.get(script_of(letter), np.zeros(len(self.names), bool))


def _counts(group: str) -> dict[str, float]:
    return {group[at]: 2 ** (CLASSES.index(group[at + 1]) / 2) for at in range(0, len(group), 2)}


@cache
def languages() -> Languages:
    """Return all languages."""
    return Languages([line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")])


@lru_cache(maxsize=1 << 14)
def script_of(character: str) -> str:
    """Return the script of a letter, by the first word of its Unicode name; "" for an ASCII character that is none."""
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


def fold(word: str) -> str:
    """Return a word in small letters, one for each.

    >>> fold("ÉRIC"), fold("İzmir")
    ('éric', 'İzmir')
    """
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in word)
