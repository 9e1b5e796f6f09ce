"""Words in names and cells, and files of them in groups: ``=name`` begins a group, ``#`` a comment."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType


def read_groups(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the words of each group, unchanged."""
    result: dict[str, list[str]] = {}
    group: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            group = result.setdefault(line[1:], [])
        elif not line.startswith("#"):
            group += line.split()
    return MappingProxyType({name: tuple(words) for name, words in result.items()})


# Anything but letters and digits becomes a space.
_ASCII = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))


def words_of(text: str) -> list[str]:
    """Return the runs of letters, marks and digits in a text.

    >>> words_of("opted-out (e)"), words_of("Côte d’Ivoire")
    (['opted', 'out', 'e'], ['Côte', 'd', 'Ivoire'])
    """
    return (text.translate(_ASCII) if text.isascii() else "".join(map(_letter, text))).split()


def _letter(character: str) -> str:
    """Keep letters, marks and digits, drop invisible characters, and turn anything else into a space."""
    category = unicodedata.category(character)
    return character if category[0] in "LMN" else "" if category == "Cf" else " "


def without_marks(decomposed: str) -> str:
    """Return a decomposed text without the accents and other marks on its letters."""
    return decomposed if decomposed.isascii() else "".join(c for c in decomposed if not unicodedata.combining(c))
