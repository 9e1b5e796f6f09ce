"""Files of words in groups: ``=name`` begins a group, ``#`` a comment."""

from __future__ import annotations

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
