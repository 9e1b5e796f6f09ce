"""Fold a name or a cell to words that compare equal however they are typed."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = re.compile("['`´’‘ʼ]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss"})

# Anything but letters and digits becomes a space.
_ASCII = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))


def fold(text: str) -> str:
    """Return the words of a text in lower case without accents, separated by single spaces.

    >>> fold("DoNotCall"), fold("désabonné(e)"), fold("  OPTED-out ")
    ('do not call', 'desabonne e', 'opted out')
    """
    parted = _CAMEL.sub(" ", _APOSTROPHES.sub("", text))
    plain = unicodedata.normalize("NFKD", parted.casefold()).translate(_LETTERS)
    if not plain.isascii():
        plain = "".join(character for character in plain if not unicodedata.combining(character))
        return " ".join("".join(map(_letter, plain)).split())
    return " ".join(plain.translate(_ASCII).split())


def _letter(character: str) -> str:
    """Keep letters, marks and digits, drop invisible characters, and turn anything else into a space."""
    category = unicodedata.category(character)
    return character if category[0] in "LMN" else "" if category == "Cf" else " "
