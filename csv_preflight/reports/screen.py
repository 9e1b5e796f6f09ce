"""How much of a screen text takes: 80 × 24, the smallest that people have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WIDTH, ROWS = 80, 24
_COLOR = re.compile("\x1b\\[[0-9;]*m")


def width(text: str) -> int:
    r"""Return how many cells of a terminal text takes; colours take none, letters of East Asia two.

    >>> width("\x1b[31mred\x1b[0m"), width("電話")
    (3, 4)
    """
    bare = _COLOR.sub("", text)
    if bare.isascii():
        return len(bare)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in bare
    )


def height(lines: Iterable[str]) -> int:
    """Return how many rows of the screen lines take.

    >>> height(["short", "x" * 81, ""])
    4
    """
    return sum(max(1, -(-width(line) // WIDTH)) for line in lines)


def clipped(text: str, rows: int) -> str:
    """Return text that takes at most so many rows of the screen, cut off where it is longer.

    >>> clipped("x" * 200, 1)[-3:], len(clipped("x" * 200, 1))
    ('xx…', 80)
    """
    if width(text) <= rows * WIDTH:
        return text
    most, taken = rows * WIDTH - 1, 0
    for place, one in enumerate(text):
        taken += width(one)
        if taken > most:
            return f"{text[:place]}…"
    return text
