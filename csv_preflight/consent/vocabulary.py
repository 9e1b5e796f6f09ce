"""The words of words.txt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from csv_preflight.consent.folding import fold
from csv_preflight.word_groups import read_groups

FILE = Path(__file__).with_name("words.txt")


@lru_cache(maxsize=1)
def groups() -> Mapping[str, tuple[str, ...]]:
    """Return the phrases of each group, unchanged."""
    return read_groups(FILE)


@lru_cache(maxsize=16)
def words(group: str) -> frozenset[str]:
    """Return the phrases of a group, folded and without spaces, for comparisons with whole texts."""
    return frozenset(fold(word).replace(" ", "") for word in groups()[group])


def says(group: str, folded: str) -> bool:
    """Whether a folded text has a phrase of a group."""
    compact = folded.replace(" ", "")
    # Few texts have one; for the others no pattern is compiled.
    return any(phrase in compact for phrase in _phrases(group)) and pattern(group).search(folded) is not None


@lru_cache(maxsize=16)
def _phrases(group: str) -> tuple[str, ...]:
    return tuple(fold(phrase).replace(" ", "") for phrase in groups()[group])


@lru_cache(maxsize=16)
def pattern(group: str) -> re.Pattern[str]:
    """Return a pattern that finds the first phrase of a group among folded words.

    Phrases are tried only at the beginnings of words where possible; otherwise a long list of phrases would be tried at
    every position.
    """
    stems: dict[tuple[str, str], list[str]] = {}
    for phrase in dict.fromkeys(groups()[group]):
        before, behind = "" if phrase[0] == "*" else r"(?<!\S)", "" if phrase[-1] == "*" else r"(?!\S)"
        stem = " ?".join(re.escape(part) for part in fold(phrase).split())
        stems.setdefault((before, behind), []).append(stem)
    parts = (f"{before}(?:{'|'.join(phrases)}){behind}" for (before, behind), phrases in stems.items())
    return re.compile("|".join(parts))
