"""Line numbers that are unique across the files of a list, for the rows of corrections."""

from __future__ import annotations

import os

from csv_preflight.model.text_column import Positions

# Line numbers have fewer bits than this.
_BITS = 40


class Places:
    """Numbers for the lines of files, ascending within each; for a single file, "", they are its lines.

    >>> places = Places()
    >>> places.start("a.csv") + 7 == places.start("./a.csv") + 7, places.of(places.start("b.csv") + 3)
    (True, ('b.csv', 3))
    """

    def __init__(self) -> None:
        self._starts: dict[str, int] = {"": 0}
        self._names = [""]

    def start(self, file: str) -> int:
        """Return the offset that is added to a file's lines."""
        path = os.path.normpath(file) if file else ""
        if path not in self._starts:
            self._starts[path] = len(self._names) << _BITS
            self._names.append(file)
        return self._starts[path]

    def of(self, number: int) -> tuple[str, int]:
        """Return the file and the line of a number."""
        return self._names[number >> _BITS], number & ((1 << _BITS) - 1)

    def counted(self, file: str, lines: Positions) -> Positions:
        """Return the numbers of lines of a file."""
        return lines + self.start(file)
