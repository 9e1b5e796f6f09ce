"""The letters of languages: how likely one follows another, from a table made from the Unicode CLDR.

The table, ``languages.txt``, lists the languages, then for each pair of characters how often it occurs in each of them.
``tools/language_tables.py`` makes it.  It is not unpacked, since a list needs few of its pairs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

TABLE = Path(__file__).with_name("languages.txt")

# Besides letters, a pair may hold the beginning or end of a word and, in first place, any letter.
START, END, ANY = "^", "$", "*"
# In second place: the count of all letters after the first, and of different ones.
ALL, KINDS = "+", "#"
# One character each: the index of a language, and a count as a power of the square root of two.
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Everyday characters of ideographic languages: an encoding, the last leading byte that has them, their number.
STANDARDS = {
    "ja": ("euc_jp", 0xCF, 2965),
    "zh": ("gb2312", 0xD7, 3755),
    "zh-Hant": ("big5", 0xC6, 5401),
    "ko": ("euc_kr", 0xC8, 2350),
}
# The parts of the probability shared evenly by the everyday characters, and by all others.
EVERYDAY, RARE = 0.4, 0.02
MOST_RARE = 5000
# How often a character ends a word of these languages.
IDEOGRAPHS_END = 0.33
# Half-width katakana, which are full width in the table; their sound marks are separate characters, about one in
# twelve of the names in tests/encoding/names.toml.
_FULL_WIDTH = {code: ord(unicodedata.normalize("NFKC", chr(code))) for code in range(0xFF66, 0xFFA0)}
_SOUND_MARKS = "\u3099\u309a"
SOUND_MARK = 0.08

SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "bg", "sr", "mk", "be"), "CYRILLIC"),
    **dict.fromkeys(("ar", "fa"), "ARABIC"),
    **dict.fromkeys(("ja", "zh", "zh-Hant"), "CJK"),
    "el": "GREEK", "he": "HEBREW", "th": "THAI", "ko": "HANGUL",
}  # fmt: skip

# Logarithms of the probability of characters that a language does not use.
ABROAD = -4.6  # times how common a letter is in the languages of the script
STRANGE = -9.5
OTHER_SCRIPT = -14.0
LATIN_ELSEWHERE, ASCII_MARK = -6.0, -5.0
# Characters that programs insert, such as curly quotes, are common; _form judges whether they are in place.
TYPED_FOR_YOU, USUAL_SYMBOL, RARE_SYMBOL, CONTROL = -3.5, -6.5, -10.0, -18.0
_TYPED_FOR_YOU = frozenset("’“”–—€®\u00a0")
_USUAL_SYMBOLS = frozenset("’‘“”„–—…€£©®°ªº«»№¿¡§·•\u00a0×½‚‹›²³「」、。")

Values = NDArray[np.float64]


class Languages:
    """All languages, with the logarithms of the probabilities of their letter pairs.

    names: in the order of the columns.  latin: which are written in Latin script.
    """

    def __init__(self, table: str) -> None:
        names, *lines = [line for line in table.splitlines() if not line.startswith("#")]
        self.names = names.split()
        scripts = [SCRIPTS.get(name, "LATIN") for name in self.names]
        self.latin = np.array([name == "LATIN" for name in scripts])
        self._of_script = {name: np.array([one == name for one in scripts]) for name in set(scripts)}
        self._table = {entry[:2]: entry[2:] for line in lines for entry in line.split(" ")}
        self._whole = self._counts([ANY + ALL])[0]
        self._rows: dict[str, Values] = {}
        self._alone = lru_cache(maxsize=1 << 14)(self._alone_of)

    def rows(self, pairs: Sequence[str]) -> Values:
        """Return how likely the second character is after the first, for each pair, in each language."""
        new = [pair for pair in dict.fromkeys(pairs) if pair not in self._rows]
        if len(self._rows) > 1 << 16:
            self._rows.clear()
            new = list(dict.fromkeys(pairs))
        if new:
            self._rows.update(zip(new, self._computed(new), strict=True))
        return np.array([self._rows[pair] for pair in pairs])

    def _computed(self, pairs: Sequence[str]) -> Values:
        """Apply Witten-Bell smoothing: the more different letters follow one, the likelier is a further one."""
        seconds = {pair[1]: self._alone(pair[1]) for pair in pairs}
        alone = np.array([seconds[pair[1]][0] for pair in pairs])
        known = np.array([seconds[pair[1]][1] for pair in pairs])
        counts = self._counts(pairs)
        kinds = self._counts([pair[0] + KINDS for pair in pairs])
        total = self._counts([pair[0] + ALL for pair in pairs])
        share = (counts + kinds * np.exp(alone)) / np.maximum(1.0, total + kinds)
        return np.where(known & (kinds > 0), np.log(np.maximum(share, 1e-9)), alone)

    def _counts(self, pairs: Sequence[str]) -> Values:
        """Return how often each pair is found in each language."""
        entries = [self._table.get(pair, "").encode() for pair in pairs]
        places, sizes = _VALUES[np.frombuffer(b"".join(entries), np.uint8)].reshape(-1, 2).T
        found = np.zeros((len(pairs), len(self.names)))
        found[np.repeat(np.arange(len(pairs)), [len(entry) // 2 for entry in entries]), places] = 2 ** (sizes / 2)
        return found

    def _alone_of(self, letter: str) -> tuple[Values, NDArray[np.bool_]]:
        """Return how likely a letter is in each language, and which of them have it."""
        shares = self._counts([ANY + letter])[0] / self._whole
        for name, (encoding, last, everyday) in STANDARDS.items():
            index = self.names.index(name)
            if letter == END:
                shares[index] = IDEOGRAPHS_END
            elif letter in _SOUND_MARKS:
                shares[index] = SOUND_MARK if name == "ja" else 0.0
            elif lead := _lead(letter, encoding):
                usual = EVERYDAY / everyday if lead <= last else RARE / MOST_RARE
                shares[index] = (1 - EVERYDAY - RARE) * shares[index] + usual
            else:
                shares[index] = 0.0
        has = shares > 0
        own = self._of(letter)
        abroad = float(np.log(shares[own].mean() + 1e-9)) if own.any() else -np.inf
        return np.where(has, np.log(np.where(has, shares, 1.0)), self._foreign(letter, abroad)), has

    def _foreign(self, letter: str, abroad: float) -> Values:
        """Return how likely a letter is in languages that do not have it."""
        if letter.isascii():
            cost = LATIN_ELSEWHERE if letter.isalpha() else ASCII_MARK
            return np.full(len(self.names), cost)
        if letter in _TYPED_FOR_YOU:
            return np.full(len(self.names), TYPED_FOR_YOU)
        category = unicodedata.category(letter)
        if category[0] == "C" and letter != "\u00ad":
            return np.full(len(self.names), CONTROL)
        if category[0] not in "LM" or letter in _USUAL_SYMBOLS:
            return np.full(len(self.names), USUAL_SYMBOL if letter in _USUAL_SYMBOLS else RARE_SYMBOL)
        return np.where(self._of(letter), max(STRANGE, abroad + ABROAD), OTHER_SCRIPT)

    def _of(self, letter: str) -> NDArray[np.bool_]:
        """Return which languages are written in a letter's script."""
        return self._of_script.get(script_of(letter), np.zeros(len(self.names), bool))


# The value of each byte of an entry.
_VALUES = np.zeros(256, np.int64)
_VALUES[list(DIGITS.encode())] = np.arange(len(DIGITS))


@cache
def languages() -> Languages:
    """Return all languages."""
    return Languages(TABLE.read_text(encoding="utf-8"))


def _lead(letter: str, encoding: str) -> int:
    """Return the lead byte of a character in an ideographic encoding, 0 if it has no two bytes there."""
    try:
        code = letter.encode(encoding)
    except UnicodeEncodeError:
        return 0
    return code[0] if len(code) == 2 and letter.isalpha() else 0


@lru_cache(maxsize=1 << 14)
def script_of(character: str) -> str:
    """Return the script of a letter, the first word of its Unicode name; "" for other ASCII characters."""
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


def fold(word: str) -> str:
    """Return a word in lower case and full-width katakana, one character for each.

    >>> fold("ÉRIC"), fold("İzmir"), fold("ﾐｷ")
    ('éric', 'İzmir', 'ミキ')
    """
    lower = "".join(small if len(small := letter.lower()) == 1 else letter for letter in word)
    return lower.translate(_FULL_WIDTH)
