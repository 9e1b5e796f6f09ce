"""The text that an agent says, and the variables in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file: its path, and the names that it has in one pair of braces and in two, in order, each once."""

    path: str
    in_single: tuple[str, ...]
    in_double: tuple[str, ...]

    def __str__(self) -> str:
        return self.path
