"""All numbers of the rows of a batch, including those that are not called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.number_set import NumberSet
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.text_column import Positions

_Value = TypeVar("_Value", np.uint32, np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Mentioned:
    """Numbers that rows hold in any of their phone columns.

    records: int64, ascending, the record number of each; numbers: int64, the digits of each.
    """

    records: Positions
    numbers: Positions

    def lines(self, batch: Batch, table: NumberTable) -> NDArray[np.uint32]:
        """Return for each row of a batch the line of one of its numbers in a table, 0 if none is in it."""
        return self._of_rows(batch, table.lines(self.numbers))

    def held(self, batch: Batch, numbers: NumberSet) -> NDArray[np.bool_]:
        """Return for each row of a batch whether one of its numbers is in a set."""
        return self._of_rows(batch, numbers.holds(self.numbers))

    def _of_rows(self, batch: Batch, values: NDArray[_Value]) -> NDArray[_Value]:
        """Return for each row the first value other than zero of its numbers."""
        given = values != 0
        records, values = self.records[given], values[given]
        result = np.zeros(len(batch), values.dtype)
        if len(records):
            place = np.minimum(np.searchsorted(records, batch.records), len(records) - 1)
            there = records[place] == batch.records
            result[there] = values[place[there]]
        return result
