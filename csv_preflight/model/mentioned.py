"""All numbers of the rows of a batch, also those that are not called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.text_column import Positions


@dataclass(frozen=True, slots=True, eq=False)
class Mentioned:
    """Numbers that rows hold in any of their phone columns.

    records: ascending, the number of the record that each is in; numbers: the digits of each, as int64.
    """

    records: Positions
    numbers: Positions

    def lines(self, batch: Batch, table: NumberTable) -> NDArray[np.uint32]:
        """Return for each row of a batch the line of one of its numbers in a table, 0 where none is there."""
        lines = table.lines(self.numbers)
        records, lines = self.records[lines > 0], lines[lines > 0]
        result = np.zeros(len(batch), np.uint32)
        if len(records):
            place = np.minimum(np.searchsorted(records, batch.records), len(records) - 1)
            there = records[place] == batch.records
            result[there] = lines[place[there]]
        return result
