"""Rejected rows, a column at a time."""

from __future__ import annotations

from dataclasses import dataclass

from csv_preflight.model.text_column import Positions, TextColumn


@dataclass(frozen=True, slots=True, eq=False)
class Rejects:
    """Rows for the rejects file, by line; every column has one element a row.

    lines: int64, physical lines.  columns: those of the source, as they were read, empty where the cells could not be
    told apart: then raw holds the row's text.  file: the one that all are of, where the list has several.
    """

    lines: Positions
    columns: tuple[TextColumn, ...]
    codes: TextColumn
    reasons: TextColumn
    raw: TextColumn
    file: str = ""

    def __len__(self) -> int:
        return len(self.lines)
