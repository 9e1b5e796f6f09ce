"""Rejected rows, a column at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.text_column import Positions, TextColumn


@dataclass(frozen=True, slots=True, eq=False)
class Rejects:
    """Rows for the rejects file, by line; every column has one element a row.

    lines: int64, physical lines.  columns: those of the source as read, empty for a row that could not be split into
    cells, whose text is in raw.  listed, bool: the row is rejected only because of another row or list, so that there
    is nothing to correct.  file: its name if the list has several, else "".
    """

    lines: Positions
    columns: tuple[TextColumn, ...]
    codes: TextColumn
    reasons: TextColumn
    raw: TextColumn
    listed: NDArray[np.bool_]
    file: str = ""

    def __len__(self) -> int:
        return len(self.lines)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Rejects:
        """Return some of the rows (indices or a mask)."""
        return Rejects(
            self.lines[rows],
            tuple(column.take(rows) for column in self.columns),
            self.codes.take(rows),
            self.reasons.take(rows),
            self.raw.take(rows),
            self.listed[rows],
            self.file,
        )
