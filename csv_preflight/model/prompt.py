"""The prompt of an agent, and the variables in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt file: its path, and the distinct names in single braces and in double braces, in order."""

    path: str
    in_single: tuple[str, ...]
    in_double: tuple[str, ...]

    def __str__(self) -> str:
        return self.path
