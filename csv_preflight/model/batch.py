"""Some ten thousand records as bytes and offsets, and libphonenumber's results for their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.layout import Column
from csv_preflight.model.text_column import Positions, TextColumn


@dataclass(frozen=True, slots=True, eq=False)
class PhoneColumn:
    """libphonenumber's result for each cell of a column.  Every array has one element per cell.

    outcome, int8: phonenumbers.ValidationResult, 0 to 5, if the cell could be parsed, else 10 +
    NumberParseException.error_type.  valid, bool: is_valid_number.  number, int64: the digits of the E.164 number, 0
    without one or with more than 18 digits.  e164: "+" and digits, "" if the cell could not be parsed.  line_type,
    int8: phonenumbers.PhoneNumberType (99 unknown).  region, int16: index into regions, which begin with None.
    """

    outcome: NDArray[np.int8]
    valid: NDArray[np.bool_]
    number: Positions
    e164: TextColumn
    line_type: NDArray[np.int8]
    region: NDArray[np.int16]
    regions: tuple[str | None, ...]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> PhoneColumn:
        """Return the results for some of the cells (indices or a mask)."""
        return PhoneColumn(
            self.outcome[rows],
            self.valid[rows],
            self.number[rows],
            self.e164.take(rows),
            self.line_type[rows],
            self.region[rows],
            self.regions,
        )

    @classmethod
    def joining(cls, columns: Sequence[PhoneColumn]) -> PhoneColumn:
        """Concatenate columns."""
        regions = tuple(dict.fromkeys(name for column in columns for name in column.regions))
        places = [np.array([*map(regions.index, column.regions)], np.int16) for column in columns]
        return cls(
            np.concatenate([column.outcome for column in columns]),
            np.concatenate([column.valid for column in columns]),
            np.concatenate([column.number for column in columns]),
            TextColumn.joining([column.e164 for column in columns]),
            np.concatenate([column.line_type for column in columns]),
            np.concatenate([place[column.region] for place, column in zip(places, columns, strict=True)]),
            regions,
        )

    def replaced(self, rows: NDArray[np.intp], others: PhoneColumn) -> PhoneColumn:
        """Return the column with the results ``others`` for the cells ``rows``, in this order."""
        regions = tuple(dict.fromkeys((*self.regions, *others.regions)))
        columns = []
        for name in ("outcome", "valid", "number", "line_type"):
            column = getattr(self, name).copy()
            column[rows] = getattr(others, name)
            columns.append(column)
        region = self.region.copy()
        places = np.array([*map(regions.index, others.regions)], region.dtype)
        region[rows] = places[others.region]
        outcome, valid, number, line_type = columns
        e164 = self.e164.replaced(rows, others.e164)
        return PhoneColumn(outcome, valid, number, e164, line_type, region, regions)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Some ten thousand records whose fields fit the header.

    lines, records: int64, physical line and record number of each row.  columns: as read, one for each header field.
    clean: the columns that replace those in the clean file, or are added to it.  plain: no cell has a comma, a quote or
    a line ending.  file: its name if the list has several, else "".  used: the index of the phone column that each
    number is from, if there are several.
    """

    lines: Positions
    records: Positions
    columns: tuple[TextColumn, ...]
    clean: Mapping[Column, TextColumn] = field(default_factory=dict)
    phones: PhoneColumn | None = None
    plain: bool = False
    file: str = ""
    used: NDArray[np.intp] | None = None

    def __len__(self) -> int:
        return len(self.lines)

    def written(self, column: Column) -> TextColumn:
        """Return a column of the clean file.  Raises KeyError for an added one that is not filled yet."""
        return self.columns[column] if isinstance(column, int) and column not in self.clean else self.clean[column]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Batch:
        """Return the batch of some of the rows (indices or a mask)."""
        return Batch(
            self.lines[rows],
            self.records[rows],
            tuple(column.take(rows) for column in self.columns),
            {index: column.take(rows) for index, column in self.clean.items()},
            self.phones.take(rows) if self.phones else None,
            self.plain,
            self.file,
            None if self.used is None else self.used[rows],
        )
