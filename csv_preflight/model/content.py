"""A file given by its content instead of its path."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Content:
    """A corrected rejects file given as bytes or a DataFrame; its str and repr show no cell."""

    data: bytes = field(repr=False)
    is_frame: bool = False

    def __str__(self) -> str:
        return "the corrections"
