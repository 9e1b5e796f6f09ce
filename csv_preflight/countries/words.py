"""The words of words.txt: words in column names, and other meanings of country names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from csv_preflight.countries.folding import fold
from csv_preflight.word_groups import read_groups

FILE = Path(__file__).with_name("words.txt")


@lru_cache(maxsize=1)
def groups() -> Mapping[str, tuple[str, ...]]:
    """Return the words of each group as the file has them."""
    return read_groups(FILE)


@lru_cache(maxsize=8)
def words(group: str) -> frozenset[str]:
    """Return the words of a group, folded."""
    return frozenset(map(fold, groups()[group]))


@lru_cache(maxsize=1)
def states() -> tuple[frozenset[str], ...]:
    """Return the codes of states and provinces, a set for each country."""
    return tuple(words(name) for name in groups() if name.startswith("states-"))


class Matcher(NamedTuple):
    """Words of column names, all folded: whole ones (one or two words), beginnings and parts."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    parts: tuple[str, ...]

    def matches(self, spoken: Sequence[str]) -> bool:
        """Return whether any word is among the words of a name."""
        pairs = (f"{one} {other}" for one, other in pairwise(spoken))
        return any(
            word in self.whole or word.startswith(self.beginnings) or any(part in word for part in self.parts)
            for word in (*spoken, *pairs)
        )


@lru_cache(maxsize=8)
def matcher(group: str) -> Matcher:
    """Return a matcher for the words of a group."""
    kinds: tuple[list[str], list[str], list[str]] = ([], [], [])
    for word in groups()[group]:
        folded = " ".join(fold(part) for part in word.strip("*").split("_"))
        kinds[2 if word.startswith("*") else 1 if word.endswith("*") else 0].append(folded)
    whole, beginnings, parts = kinds
    return Matcher(frozenset(whole), tuple(beginnings), tuple(parts))
