"""All findings of a rule; a report has the first ones as samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Findings of a rule in one column.

    lines, records: int64, from 1; a record of 0 means that the finding is not about one.  column: its name, "" for
    none.  parameters: the distinct ones, cells unmasked; which: index of each finding's own, None if all have the
    first.  path: the file if the list has several, else "".
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
