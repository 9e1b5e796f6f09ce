"""All numbers of the rows of a batch, including those that are not called."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.text_column import Positions


@dataclass(frozen=True, slots=True, eq=False)
class Mentioned:
    """Numbers that rows hold in any of their phone columns.

    records: int64, ascending, the record number of each; numbers: int64, the digits of each; columns: the index of the
    column of each.
    """

    records: Positions
    numbers: Positions
    columns: Positions

    def first(self, batch: Batch, chosen: NDArray[np.bool_]) -> Positions:
        """Return for each row of a batch the place of the first of its numbers that is chosen, -1 where none is."""
        places = np.flatnonzero(chosen)
        result = np.full(len(batch), -1, np.int64)
        if len(places):
            records = self.records[places]
            at = np.minimum(np.searchsorted(records, batch.records), len(records) - 1)
            there = records[at] == batch.records
            result[there] = places[at[there]]
        return result
