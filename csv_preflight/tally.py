"""Count the clean rows by country and line type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import Batch
from csv_preflight.model.report import CountryCount, LineTypeCount


class Tally:
    """Clean rows so far, by region with calling code, and by line type."""

    def __init__(self) -> None:
        self._regions: dict[tuple[str | None, int], int] = {}
        self._line_types: dict[int, int] = {}

    def add(self, batch: Batch) -> None:
        """Count the rows of a batch."""
        found = batch.phones
        if found is None or not len(batch):
            return
        for region, count, row in _counts(found.region):
            name = found.regions[region] if region >= 0 else None
            key = name, e164.calling_code_of(found.e164[row])
            self._regions[key] = self._regions.get(key, 0) + count
        for line_type, count, _ in _counts(found.line_type):
            self._line_types[line_type] = self._line_types.get(line_type, 0) + count

    def countries(self) -> tuple[CountryCount, ...]:
        """Return the counts by region, the largest first."""
        counted = sorted(self._regions.items(), key=lambda item: (-item[1], str(item[0])))
        return tuple(CountryCount(region, code, count) for (region, code), count in counted)

    def line_types(self) -> tuple[LineTypeCount, ...]:
        """Return the counts by line type, the largest first."""
        counted = sorted(self._line_types.items(), key=lambda item: (-item[1], item[0]))
        return tuple(LineTypeCount(e164.LINE_TYPES[kind], count) for kind, count in counted)


def _counts(values: NDArray[np.integer]) -> list[tuple[int, int, int]]:
    """Return (value, how often, index of the first) for each value of a small range of integers from -1."""
    counts = np.bincount(values.astype(np.intp) + 1)
    present = np.flatnonzero(counts)
    return [(int(p) - 1, int(counts[p]), int(np.argmax(values == p - 1))) for p in present]
