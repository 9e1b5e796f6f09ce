"""Phone numbers given as values, not as a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Numbers:
    """Phone numbers as they were given; its str and repr show none of them."""

    cells: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return f"{len(self.cells):,} number{'s' * (len(self.cells) != 1)}"


# The type of existing, suppress and only: a path, or paths and numbers.
Lists: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str] | int | Numbers]"
