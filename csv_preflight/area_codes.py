"""Lists of numbers in two columns, area code and number, as in the US do-not-call registry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.text_column import TextColumn, interleaved

# The North American Numbering Plan: no area code begins with 0 or 1, and seven digits follow.
_AREA, _NUMBER = re.compile(r"[2-9][0-9]{2}", re.ASCII), re.compile(r"[2-9][0-9]{2}[-. ]?[0-9]{4}", re.ASCII)
# The least share of such rows; the others are reported as unreadable.
MOSTLY = 0.9


def is_pair(cells: Sequence[str]) -> bool:
    """Whether the first two cells of a row are an area code and the rest of a number.

    >>> is_pair(["202", "5550143"]), is_pair(["area", "number"])
    (True, False)
    """
    return len(cells) > 1 and bool(_AREA.fullmatch(cells[0]) and _NUMBER.fullmatch(cells[1]))


def has_pairs(batch: Batch) -> bool:
    """Whether in most rows the first two cells are an area code and the rest of a number."""
    if len(batch.columns) < 2 or not len(batch):
        return False
    area, number = batch.columns[0], batch.columns[1].packed()
    bare = number.kept(~np.isin(number.data, list(b"-. ")))  # 555-0143
    fits = _has_digits(area, 3) & _has_digits(bare, 7) & (number.lengths <= 8)
    return float(np.mean(fits)) >= MOSTLY


def joined(batch: Batch) -> Batch:
    """Return the batch with the whole number of ten digits in the first column."""
    cells = interleaved(batch.columns[:2]).joined()
    whole = TextColumn(cells.data, cells.starts[::2], cells.ends[1::2])
    return replace(batch, columns=(whole, *batch.columns[1:]))


def _has_digits(cells: TextColumn, length: int) -> NDArray[np.bool_]:
    """Whether each cell consists of ``length`` digits, the first from 2 to 9."""
    fits: NDArray[np.bool_] = cells.lengths == length
    places = np.where(fits, cells.starts, 0)[:, None] + np.arange(length)
    digits = cells.data.take(places, mode="clip") if len(cells.data) else np.zeros(places.shape, np.uint8)
    fits &= ((digits >= ord("0")) & (digits <= ord("9"))).all(axis=1) & (digits[:, 0] >= ord("2"))
    return fits
