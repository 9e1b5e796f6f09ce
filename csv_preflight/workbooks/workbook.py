"""The interface of each format's reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from csv_preflight.workbooks.remarks import Remarks

# The columns, from 0, and texts of the cells of a row that are not empty.
Cells: TypeAlias = Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.  place: where its reader finds it."""

    name: str
    place: str
    hidden: bool = False


class Workbook(Protocol):
    """The interface of each format's reader."""

    @property
    def sheets(self) -> Sequence[Sheet]:
        """The sheets that have cells, in order."""

    def rows(self, sheet: Sheet, remarks: Remarks) -> Iterator[tuple[int, Cells]]:
        """Yield the number, from 1, and the cells of each row that is not empty; add to remarks."""
