"""Line numbers that count through all files of a list, as tables of numbers hold them."""

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

    names: the files of the list; starts: how many lines come before each; here: index of this file.

    >>> places = LinePlaces(("a.csv", "b.csv"), (0, 10), here=1)
    >>> places.parameters(10), places.parameters(12)
    ({'where': 'file', 'line': 10, 'path': 'a.csv'}, {'where': 'line', 'line': 2})
    """

    names: tuple[str, ...] = ("",)
    starts: tuple[int, ...] = (0,)
    here: int = 0

    def counted(self, lines: Positions) -> Positions:
        """Return physical lines of the file as lines of the list."""
        start = self.starts[self.here]
        return lines + start if start else lines

    def parameters(self, line: int) -> dict[str, object]:
        """Return a line of the list as parameters of a message: where, line and, for another file, path.

        line: NO_LINE for a row without one.
        """
        if line == NO_LINE:
            return {"where": "row"}
        at = bisect_right(self.starts, line - 1) - 1
        own = line - self.starts[at]
        if at == self.here:
            return {"where": "line", "line": own}
        return {"where": "file", "line": own, "path": self.names[at]}


ONE_FILE = LinePlaces()


def places_of(files: Sequence[tuple[str, int]]) -> list[LinePlaces]:
    """Return the places for each file of a list.  files: name of each and how many lines it has."""
    names = tuple(name for name, _ in files)
    starts = tuple(accumulate((lines for _, lines in files[:-1]), initial=0))
    return [LinePlaces(names, starts, here) for here in range(len(files))]
