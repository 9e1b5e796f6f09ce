"""Blank cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.text_column import TextColumn, byte_set

# First bytes of blank cells: ASCII white space, or the first byte of other white space.
_MAY_BEGIN = byte_set(b" \t\n\v\f\r\x1c\x1d\x1e\x1f\xc2\xe1\xe2\xe3")


def blank(column: TextColumn) -> NDArray[np.bool_]:
    r"""Return whether each cell is empty or white space.

    >>> blank(TextColumn.of(["", " ", "\u3000", "Ann", "\u3042"])).tolist()
    [True, True, True, False, False]
    """
    empty: NDArray[np.bool_] = column.lengths == 0
    filled = np.flatnonzero(~empty)
    doubtful = filled[_MAY_BEGIN[column.data[column.starts[filled]]]]
    empty[doubtful] = [not cell.strip() for cell in column.take(doubtful).tolist()]
    return empty
