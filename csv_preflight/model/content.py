"""A file that was given by what is in it, and not by its path."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Content:
    """A corrected rejects file that was given as bytes or a DataFrame; nothing that shows this object shows a cell."""

    data: bytes = field(repr=False)
    is_frame: bool = False

    def __str__(self) -> str:
        return "the corrections"
