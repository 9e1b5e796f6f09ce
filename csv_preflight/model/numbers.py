"""Phone numbers that were given by themselves, and not as a file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Numbers:
    """Phone numbers as they were given; nothing that shows this object shows one of them."""

    cells: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return f"{len(self.cells):,} number{'s' * (len(self.cells) != 1)}"
