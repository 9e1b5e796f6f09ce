"""Findings about one identifier, and its clean form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from csv_preflight.stages.identifiers.mojibake import LONGEST_KEPT, how_garbled

_FORMULA = re.compile(r"[=+\-@\t\r\n](?=.)", re.DOTALL)
_E164 = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)

# Invisible characters that belong to names: joiners in Indic and Persian ones.
_JOINERS = "\u200c\u200d"
_BLACK_FLAG = "\U0001f3f4"


class Name(NamedTuple):
    """The result of examining an identifier: its clean form, and the rules found with their parameters."""

    text: str
    fixed: bool
    formula: bool
    mixed: str
    garbled: str | None


def examine(cell: str) -> Name:
    r"""Return the findings about an identifier, and its clean form.

    >>> examine(" Ann\u200b ").text, examine("=1+2").formula, examine("\u0410nn").mixed, examine("JosÃ©").garbled
    ('Ann', True, 'Cyrillic', 'misread')
    """
    return _kept(cell) if len(cell) <= LONGEST_KEPT else _examine(cell)


def _examine(cell: str) -> Name:
    text = cleaned(cell)
    formula = bool(_FORMULA.match(text)) and not _E164.fullmatch(text)
    return Name(text, text != cell, formula, mixed_script(text), how_garbled(cell, name=True))


_kept = lru_cache(maxsize=1 << 14)(_examine)


def cleaned(text: str) -> str:
    """Return text without outer whitespace, control, zero-width and bidi characters; line breaks become spaces."""
    if not text.isprintable():
        text = re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", text)
        flag = text.find(_BLACK_FLAG)
        kept = []
        for index, character in enumerate(text):
            if unicodedata.category(character) not in ("Cc", "Cf") or _joins(text, index, flag):
                kept.append(character)
        text = "".join(kept)
    return text.strip()


def _joins(text: str, index: int, flag: int) -> bool:
    """Whether a zero-width joiner is between letters of a script that needs it, or within an emoji."""
    if 0xE0020 <= ord(text[index]) <= 0xE007F:  # tags in the flags of England, Scotland and Wales
        return 0 <= flag < index
    if text[index] not in _JOINERS or not 0 < index < len(text) - 1:
        return False
    before, after = text[index - 1], text[index + 1]
    return ord(before) >= 0x0590 and ord(after) >= 0x0590


def mixed_script(text: str) -> str:
    """Return "Cyrillic" or "Greek" if a word mixes such letters with Latin ones; "" otherwise.

    Parts joined by a hyphen or apostrophe are separate words: a double name may be in two scripts.
    """
    if text.isascii():
        return ""
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if "LATIN" in scripts:
            for script in ("CYRILLIC", "GREEK"):
                if script in scripts:
                    return script.title()
    return ""
