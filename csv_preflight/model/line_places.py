"""Lines of several files as one number each, as tables of numbers keep them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from csv_preflight.model.text_column import Positions


@dataclass(frozen=True, slots=True)
class LinePlaces:
    """Where the lines of a file are among those of its list.

    names: of the files of the list; starts: how many lines are before the first of each; here: which of them it is.

    >>> places = LinePlaces(("a.csv", "b.csv"), (0, 10), here=1)
    >>> places.told(10), places.told(12)
    ({'line': 10, 'file': 'other', 'path': 'a.csv'}, {'line': 2})
    """

    names: tuple[str, ...] = ("",)
    starts: tuple[int, ...] = (0,)
    here: int = 0

    def counted(self, lines: Positions) -> Positions:
        """Return physical lines of the file as lines of the list."""
        start = self.starts[self.here]
        return lines + start if start else lines

    def told(self, line: int) -> dict[str, object]:
        """Return a line of the list as parameters of a message: line and, if it is of another file, path."""
        at = bisect_right(self.starts, line - 1) - 1
        found: dict[str, object] = {"line": line - self.starts[at]}
        return found if at == self.here else {**found, "file": "other", "path": self.names[at]}


ONE_FILE = LinePlaces()
