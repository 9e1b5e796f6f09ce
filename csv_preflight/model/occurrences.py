"""All places where a rule was found, of which a report has the first as samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Some places where a rule was found, in one column.

    lines, records: their numbers, from 1, a record of 0 where it is not about one.  column: its name, "" for none.
    parameters: those that differ, cells unmasked; which: for each place, the index of its own, None where all have the
    first.  path: the file, where the list has several.
    """

    code: str
    lines: Positions
    records: Positions
    column: str
    parameters: tuple[Parameters, ...]
    which: NDArray[np.intp] | None = None
    path: str = ""

    def __len__(self) -> int:
        return len(self.lines)
