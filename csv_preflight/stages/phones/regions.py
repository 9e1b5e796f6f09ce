"""The region in which each number of a batch is read, and the country that each row names."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.distinct import distinct
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn, are_digits

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]


class RowRegions(NamedTuple):
    """The default region of each row, and the countries in the row's country column.

    default: regions, None for none; which: index of each row's, None if all have the first.  stated: regions that cells
    of the country column may mean, () if they are empty or name no country; says: index of each row's, None without
    such a column.
    """

    default: tuple[str | None, ...]
    which: Rows | None = None
    stated: tuple[tuple[str, ...], ...] = ()
    says: Rows | None = None

    def of(self, row: int) -> str | None:
        """Return the region in which a row's number is read."""
        return self.default[0 if self.which is None else int(self.which[row])]


def row_regions(batch: Batch, layout: Layout, settings: Settings) -> RowRegions:
    """Return the region in which each row is read: that of the region column, else --region."""
    if layout.stated is None:
        return RowRegions((settings.region,))
    cells = batch.columns[layout.stated.column]
    rows, place = distinct(cells)
    different = cells.take(rows).tolist()
    meant = [layout.stated.context.regions(cell) for cell in different]
    stated: dict[tuple[str, ...], int] = {}
    says = np.array([stated.setdefault(found, len(stated)) for found in meant], np.intp)[place]
    if layout.region is None:
        return RowRegions((settings.region,), None, tuple(stated), says)
    names: dict[str | None, int] = {settings.region: 0}
    own = [
        names.setdefault((found[0] if len(found) == 1 else None) if cell.strip() else settings.region, len(names))
        for cell, found in zip(different, meant, strict=True)
    ]
    return RowRegions(tuple(names), np.array(own, np.intp)[place], tuple(stated), says)


class Disagreement(NamedTuple):
    """Rows whose number belongs to another country than the row names.

    conflicts: by row, the regions that the row may mean, for numbers without a country code.  believed: the rows whose
    number has one.
    """

    conflicts: dict[int, tuple[str, ...]]
    believed: Rows


def disagreement(
    cells: TextColumn, phones: PhoneColumn, rows: Rows, with_code: Mask, regions: RowRegions
) -> Disagreement:
    """Return which of some rows with accepted numbers name another country.

    with_code: whether each of the rows has a country code in its cell.
    """
    conflicts: dict[int, tuple[str, ...]] = {}
    believed = [np.zeros(0, np.intp)]
    for index, stated in enumerate(regions.stated):
        if not stated or regions.says is None:
            continue
        mine = regions.says[rows] == index
        here, has_code = rows[mine], with_code[mine]
        fits = np.zeros(len(here), bool)
        for code in {e164.calling_code_of_region(region) for region in stated}:
            fits |= _begins(phones.e164, here, f"+{code}")
        elsewhere = here[has_code & ~fits]
        # 131 2345 6561 is one of Chicago with a 1, and a mobile in China.
        also_there = np.zeros(len(elsewhere), bool)
        for region in stated if len(elsewhere) else ():
            there = e164.parse_column(cells.take(elsewhere), (region,))
            also_there |= there.valid & ~there.e164.equals(phones.e164.take(elsewhere))
        believed.append(elsewhere[~also_there])
        # Countries that share a calling code share numbers, except for those without an area code.
        unsure = here[fits & ~has_code & ~_reads_as(here, regions, stated)]
        differs = np.ones(len(unsure), bool)
        for region in stated:
            there = e164.parse_column(cells.take(unsure), (region,))
            differs &= ~there.e164.equals(phones.e164.take(unsure))
        for row in (*here[~fits & ~has_code].tolist(), *unsure[differs].tolist(), *elsewhere[also_there].tolist()):
            conflicts[row] = stated
    return Disagreement(conflicts, np.concatenate(believed))


def _reads_as(rows: Rows, regions: RowRegions, stated: tuple[str, ...]) -> Mask:
    """Return whether each row is read in one of the regions that it names."""
    read = np.array([region in stated for region in regions.default], bool)
    return np.full(len(rows), read[0]) if regions.which is None else read[regions.which[rows]]


def has_country_code(cells: TextColumn, phones: PhoneColumn, rows: Rows, regions: RowRegions) -> Mask:
    """Return whether each of some rows with accepted numbers has the country code in its cell.

    After +, after 00 and the like, or with nothing before it.
    """
    result = np.zeros(len(rows), bool)
    result[_rows_with_code(cells.take(rows), phones.e164.take(rows))] = True
    for index, region in enumerate(regions.default):
        mine = np.ones(len(rows), bool) if regions.which is None else regions.which[rows] == index
        if region is None:
            result |= mine
        else:
            result |= mine & ~_begins(phones.e164, rows, f"+{e164.calling_code_of_region(region)}")
    return result


def _rows_with_code(cells: TextColumn, numbers: TextColumn) -> Rows:
    """Return the cells with a plus sign, or with as many digits as the number with its calling code."""
    padded = np.append(cells.data, np.zeros(2, np.uint8))
    opened = padded[cells.starts] == ord("(")
    first = padded[cells.starts + opened]
    begun = np.append(numbers.data, np.uint8(0))[np.minimum(numbers.starts + 1, len(numbers.data))]
    has_plus = first == ord("+")
    # A trunk prefix may be as long as the calling code, but begins with another digit.
    rows = np.flatnonzero(~(are_digits(first) | has_plus) | (first == begun))
    chosen = cells.take(rows).packed()
    signed = chosen.holding(chosen.data == ord("+"))
    digits = chosen.kept(are_digits(chosen.data))
    same = digits.lengths == numbers.lengths[rows] - 1
    same &= digits.data.take(digits.starts, mode="clip") == begun[rows] if len(digits.data) else False
    return np.concatenate([np.flatnonzero(has_plus), rows[signed | same]])


def _begins(numbers: TextColumn, rows: Rows, text: str) -> Mask:
    """Return whether each of some numbers begins with an ASCII text."""
    starts, ends = numbers.starts[rows], numbers.ends[rows]
    begins = ends - starts >= len(text)
    padded = np.append(numbers.data, np.uint8(0))
    for offset, byte in enumerate(text.encode()):
        begins &= padded[np.minimum(starts + offset, len(numbers.data))] == byte
    return begins
