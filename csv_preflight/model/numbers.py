"""Phone numbers that were given by themselves, not as a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Numbers:
    """Phone numbers as they were given; nothing that shows this object shows one of them."""

    cells: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return f"{len(self.cells):,} number{'s' * (len(self.cells) != 1)}"


# What existing, suppress and only take: a path, or paths and numbers.
Lists: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str] | int | Numbers]"
