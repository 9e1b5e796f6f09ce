"""Lines of several files as one number each, as tables of numbers keep them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from csv_preflight.model.number_table import NO_LINE
from csv_preflight.model.text_column import Positions


@dataclass(frozen=True, slots=True)
class LinePlaces:
    """Where the lines of a file are among those of its list.

    names: of the files of the list; starts: how many lines are before the first of each; here: which of them it is.

    >>> places = LinePlaces(("a.csv", "b.csv"), (0, 10), here=1)
    >>> places.told(10), places.told(12)
    ({'where': 'file', 'line': 10, 'path': 'a.csv'}, {'where': 'line', 'line': 2})
    """

    names: tuple[str, ...] = ("",)
    starts: tuple[int, ...] = (0,)
    here: int = 0

    def counted(self, lines: Positions) -> Positions:
        """Return physical lines of the file as lines of the list."""
        start = self.starts[self.here]
        return lines + start if start else lines

    def told(self, line: int) -> dict[str, object]:
        """Return a line of the list as parameters of a message: where, line and, if it is of another file, path.

        line: NO_LINE for a row that has none.
        """
        if line == NO_LINE:
            return {"where": "row", "line": line}
        at = bisect_right(self.starts, line - 1) - 1
        own = line - self.starts[at]
        if at == self.here:
            return {"where": "line", "line": own}
        return {"where": "file", "line": own, "path": self.names[at]}


ONE_FILE = LinePlaces()


def places_of(files: Sequence[tuple[str, int]]) -> list[LinePlaces]:
    """Return the places of the lines of each file of a list; files: their names, and how many lines each has."""
    names = tuple(name for name, _ in files)
    starts = tuple(accumulate((lines for _, lines in files[:-1]), initial=0))
    return [LinePlaces(names, starts, here) for here in range(len(files))]
