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

    def first(self, batch: Batch, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], Positions]:
        """Return which rows of a batch have a number that is chosen, and the place of each row's first.

        The place means nothing in a row that has none.
        """
        places = np.flatnonzero(chosen)
        if not len(places):
            return np.zeros(len(batch), bool), np.zeros(len(batch), np.int64)
        records = self.records[places]
        at = np.minimum(np.searchsorted(records, batch.records), len(records) - 1)
        return records[at] == batch.records, places[at]
