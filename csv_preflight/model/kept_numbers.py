"""Numbers that are in several of the lists of one run, whose people would be called twice."""

from __future__ import annotations

import numpy as np

from csv_preflight.model.text_column import Positions


class KeptNumbers:
    """The clean numbers of several lists, in 8 bytes each.

    latest: those of the last list that was read, until ``commit``.

    >>> kept = KeptNumbers()
    >>> for numbers in ([12025550143, 12025550144], [12025550144]):
    ...     kept.latest = np.array(numbers)
    ...     kept.commit(counts=True)
    >>> kept.shared()
    1
    """

    def __init__(self) -> None:
        self.latest: Positions | None = None
        self._lists: list[Positions] = []

    def commit(self, *, counts: bool) -> None:
        """Keep the numbers of the latest list, or forget them if nothing was written of it."""
        if counts and self.latest is not None:
            self._lists.append(self.latest)
        self.latest = None

    def shared(self) -> int:
        """Return how many numbers are in more than one list."""
        if len(self._lists) < 2:
            return 0
        numbers = np.sort(np.concatenate(self._lists))
        again = numbers[1:] == numbers[:-1]
        return int(np.count_nonzero(again & ~np.append(False, again[:-1])))
