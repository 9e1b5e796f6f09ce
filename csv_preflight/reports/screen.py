"""Fit text to a screen, at least 80 × 24.  The only module that wraps lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WIDTH, ROWS = 80, 24
_COLOR = re.compile("\x1b\\[[0-9;]*m")
# Patterns are compiled where lines are wrapped: only on terminals.  Lines that are not wrapped: commands to copy.
_COMMAND = r"(?:next: | *)(?:csv-preflight|\S+ -m csv_preflight) [a-z-]"
# Words that stay together: a name in quotes with its option, and a command in a sentence.  Their blanks are replaced by
# a character that no printable text has.
_TOGETHER = r"(?:--[a-z-]+ )?(?<!\w)'[^']{1,40}'(?!\w)|csv-preflight [a-z]+(?: [A-Z][0-9]{3})?"
_JOINT = "\0"


def width(text: str) -> int:
    r"""Return the width of text on a terminal; colours take no column, East Asian characters two.

    >>> width("\x1b[31mred\x1b[0m"), width("電話")
    (3, 4)
    """
    bare = _COLOR.sub("", text)
    if bare.isascii():
        return len(bare)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in bare
    )


def clipped(text: str, rows: int, columns: int = WIDTH) -> str:
    """Return text cut off to fit ``rows`` rows of the screen.

    >>> clipped("x" * 200, 1)[-3:], len(clipped("x" * 200, 1))
    ('xx…', 80)
    """
    if width(text) <= rows * columns:
        return text
    most, taken = rows * columns - 1, 0
    for place, one in enumerate(text):
        taken += width(one)
        if taken > most:
            return f"{text[:place]}…"
    return text


def wrapped(text: str, columns: int, *, indent: int = 0, whole: Iterable[str] = ()) -> list[str]:
    """Return text wrapped at blanks to lines of this width.

    A word longer than a line is not split, and neither is a command to copy.  indent: of all lines but the first.
    whole: paths and names in the text that are not split either.

    >>> wrapped("note: the list 'new list.csv' is fine", 16, indent=6)
    ['note: the list', "      'new list.csv'", '      is fine']
    """
    if width(text) <= columns or re.match(_COMMAND, text):
        return [text]
    for name in sorted(whole, key=len, reverse=True):
        text = text.replace(name, name.replace(" ", _JOINT))
    text = re.sub(_TOGETHER, lambda found: found[0].replace(" ", _JOINT), text)
    first, *words = text.split(" ")
    lines, line, taken = [], first, width(first)
    for word in words:
        taken += 1 + width(word)
        if taken <= columns:
            line += f" {word}"
        else:
            lines.append(line.rstrip())
            line = " " * indent + word
            taken = width(line)
    return [one.replace(_JOINT, " ") for one in (*lines, line)]


class Screen:
    """The screen that text is printed on.

    columns: width of a line, None to not wrap lines.  rows: how many rows the text must fit, None for no limit.  whole:
    paths that are never split.  color: whether it shows colours.
    """

    def __init__(
        self,
        columns: int | None = None,
        rows: int | None = None,
        whole: Iterable[str] = (),
        *,
        color: bool = False,
    ) -> None:
        self.columns, self.rows = columns, rows
        self._whole = [path for path in whole if " " in path]
        self._color = color

    def paint(self, text: str, code: str) -> str:
        """Return text in the colour of a code, unchanged without colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._color else text

    def lines(self, text: str, most: int | None = None, *, indent: int = 6) -> list[str]:
        """Return text as lines of the screen that take at most ``most`` rows.  indent: of all but the first.

        >>> Screen(9).lines(f"a {'long' * 9} word", 3, indent=2)
        ['a', '  longlonglonglon…']
        """
        if self.columns is None:
            return [clipped(text, most) if most else text]
        lines = wrapped(text, self.columns, indent=indent, whole=self._whole)
        if most is None or self.height(lines) <= most:
            return lines
        taken = next(count for count in range(len(lines)) if self.height(lines[: count + 1]) >= most)
        room = most - self.height(lines[:taken])
        return [*lines[:taken], clipped(f"{lines[taken]} …", room, self.columns)]

    def height(self, lines: Iterable[str]) -> int:
        """Return how many rows of the screen the lines take.

        >>> Screen().height(["short", "x" * 81, ""])
        4
        """
        columns = self.columns or WIDTH
        return sum(max(1, -(-width(line) // columns)) for line in lines)
