"""The words of words.txt: what column names say, and what else the names of countries mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from csv_preflight.countries.folding import fold

FILE = Path(__file__).with_name("words.txt")


@lru_cache(maxsize=1)
def groups() -> Mapping[str, tuple[str, ...]]:
    """Return the words of each group as the file has them."""
    found: dict[str, list[str]] = {}
    group: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            group = found.setdefault(line[1:], [])
        elif not line.startswith("#"):
            group += line.split()
    return MappingProxyType({name: tuple(words) for name, words in found.items()})


@lru_cache(maxsize=8)
def words(group: str) -> frozenset[str]:
    """Return the words of a group, folded."""
    return frozenset(map(fold, groups()[group]))


@lru_cache(maxsize=1)
def states() -> tuple[frozenset[str], ...]:
    """Return the codes of states and provinces, a set for each country."""
    return tuple(words(name) for name in groups() if name.startswith("states-"))


@lru_cache(maxsize=8)
def pattern(group: str) -> re.Pattern[str]:
    """Return what finds any word of a group among folded words with single spaces between."""
    parts = []
    for word in groups()[group]:
        stem = " ".join(fold(part) for part in word.strip("*").split("_"))
        before, behind = "" if word.startswith("*") else r"(?<!\S)", "" if word.endswith("*") else r"(?!\S)"
        parts.append(f"{before}{re.escape(stem)}{behind}")
    return re.compile("|".join(parts))
