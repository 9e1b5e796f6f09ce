"""A column of text -> E.164: the engine for long columns, phonenumbers itself for short ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import phonenumbers
from numpy.typing import NDArray

from csv_preflight.e164 import single
from csv_preflight.e164.outcomes import POSSIBLE
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.text_column import TextColumn

if TYPE_CHECKING:
    from csv_preflight.e164.metadata import Tables

# Shorter columns are not worth making the engine's tables, or importing it.
SMALL = 64


def version() -> str:
    """Return the version of phonenumbers."""
    return str(phonenumbers.__version__)


def supported_regions() -> frozenset[str]:
    """Return the regions that may be a default region."""
    return frozenset(phonenumbers.SUPPORTED_REGIONS)


def region_of_number(text: str, default: str | None = None) -> str | None:
    """Return the region of a valid number, None otherwise.  default: region of a number without country code."""
    _, valid, _, _, region = single.answer(text, default)
    return region if valid else None


def parse_column(
    cells: TextColumn, regions: Sequence[str | None] = (None,), which: NDArray[np.intp] | None = None
) -> PhoneColumn:
    """Parse every cell as phonenumbers does.

    regions: the default regions in use, None for none; which[i]: index of row i's region, by default the first.
    """
    index = np.zeros(len(cells), np.intp) if which is None else which
    tables = shared_tables() if len(cells) >= SMALL else None
    if tables is None:
        return single.parse_column(cells, regions, index)
    from csv_preflight.e164 import column

    return column.parse_column(tables, cells, regions, index)


@cache
def shared_tables() -> Tables | None:
    """Return the tables of the process, which only ever grow; None if the engine cannot be used.

    They are not thread-safe: calls of ``parse_column`` have to take turns.
    """
    from csv_preflight.e164.metadata import Tables, can_be_followed

    return Tables() if can_be_followed() else None


def valid_with_plus(digits: TextColumn, *, possible: bool = False) -> tuple[NDArray[np.intp], PhoneColumn]:
    """Return the rows whose digits are a valid number with + before them, and those numbers.

    digits: ASCII digits only.  possible: a possible number is enough.
    """
    from csv_preflight.e164.lengths import may_be_international

    rows = np.flatnonzero(may_be_international(digits))
    found = parse_column(digits.take(rows).preceded_by(b"+"))
    good = found.outcome == POSSIBLE if possible else found.valid
    return rows[good], found.take(good)
