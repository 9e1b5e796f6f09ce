"""A DataFrame -> batches of its rows, as the record reader returns them for a CSV with the same cells.

The first row is on line ``FIRST_LINE``, and each row counts as one line, whatever line endings its cells have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from csv_preflight.errors import PreflightError
from csv_preflight.frames import text_columns
from csv_preflight.inputs import is_frame
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Finding, Findings, LineFindings, RowFindings, SetAside
from csv_preflight.model.source import Dialect
from csv_preflight.model.text_column import Positions, TextColumn, byte_set
from csv_preflight.rfc4180 import quoted
from csv_preflight.stages import records
from csv_preflight.stages.records.exact import LIMITS, LINE_END

if TYPE_CHECKING:
    import pandas

# The header would be on line 1.
FIRST_LINE = 2
# Rows taken at a time: their arrays fit the processor's cache.
ROWS = 10_000
# Characters of cells in a blank row.
_NOTHING = byte_set(b" \t\x1a")
# With these, a row may be faulty or have several lines.
_SPECIAL = byte_set(b"\0\r\n")


@dataclass(frozen=True, slots=True, eq=False)
class FrameBatch:
    """Some rows of a DataFrame, the record reader's findings about them, and its count of rows."""

    batch: Batch
    findings: Findings
    read: int


def in_order(frame: pandas.DataFrame, header: Sequence[str]) -> pandas.DataFrame:
    """Return a DataFrame with its columns in the order of a header.

    Raises PreflightError if it has other columns, TypeError if it is no DataFrame.
    """
    if not is_frame(frame):
        raise TypeError(f"frame is a DataFrame, not {type(frame).__name__}")
    names = [str(name) for name in frame.columns]
    if names == list(header):
        return frame
    missing = sorted(set(header) - set(names))
    others = sorted(set(names) - set(header))
    if missing or others or len(names) != len(header):
        said = [f"no column {name!r}" for name in missing] + [f"a column {name!r} more" for name in others]
        wrong = ", ".join(said) or "columns of one name"
        raise PreflightError(f"a batch has {wrong}: give plan() a sample with the very columns of the batches")
    return frame.iloc[:, [names.index(name) for name in header]]


def read_frame(frame: pandas.DataFrame) -> Iterator[FrameBatch]:
    """Yield the rows of a DataFrame, some thousands at a time."""
    columns = text_columns(frame)
    for start in range(0, len(frame), ROWS):
        rows = np.arange(start, min(start + ROWS, len(frame)))
        cells = tuple(column.take(rows).packed() for column in columns)
        if _is_odd(cells):
            yield from _read(cells, start)
        else:
            lines = rows.astype(np.int64) + FIRST_LINE
            yield _without_blank(Batch(lines, lines - FIRST_LINE + 1, cells))


def _is_odd(cells: Sequence[TextColumn]) -> bool:
    """Whether cells have to go through the record reader."""
    sizes = sum((column.lengths for column in cells), np.zeros(len(cells[0]), np.int64)) if cells else np.zeros(0)
    longest = int(sizes.max(initial=0)) * 2  # every character may be a quote
    return longest > min(LIMITS.field, LIMITS.record) or any(_SPECIAL.take(column.data).any() for column in cells)


def _without_blank(batch: Batch) -> FrameBatch:
    """Return the rows that are not blank; in a list of one column, a blank cell is a row."""
    findings = Findings()
    blank = np.full(len(batch), len(batch.columns) > 1)
    for column in batch.columns:
        rows = np.flatnonzero(blank)
        blank[rows] = _are_blank(column.take(rows).packed())
    if blank.any():
        findings.lines("R101", batch.lines[blank])
        batch = batch.take(~blank)
    return FrameBatch(batch, findings, len(batch))


def _are_blank(cells: TextColumn) -> NDArray[np.bool_]:
    """Return whether each cell (packed) has only blanks."""
    before = np.append(0, np.cumsum(~_NOTHING.take(cells.data)))
    blank: NDArray[np.bool_] = before[cells.ends] == before[cells.starts]
    return blank


def _read(cells: Sequence[TextColumn], start: int) -> Iterator[FrameBatch]:
    """Yield rows as the record reader takes them from a CSV.  start: position of the first."""
    alone = len(cells) == 1
    texts = [
        ",".join(quoted(cell) if cell.strip() or not alone else f'"{cell}"' for cell in row)
        for row in zip(*(column.tolist() for column in cells), strict=True)
    ]
    header = ",".join(f"c{index}" for index in range(len(cells)))
    taken = [1 + len(LINE_END.findall(text.encode())) for text in texts]
    lines = FIRST_LINE + np.append(0, np.cumsum(taken[:-1], dtype=np.int64))
    reader = records.read(["\n".join([header, *texts, ""]).encode()], Dialect(","))
    read = 0
    for batch in reader.batches():
        places = _Places(lines, start)
        found = Findings(map(places.of_finding, reader.drain()))
        yield FrameBatch(places.of(batch), found, reader.read - read)
        read = reader.read


@dataclass(frozen=True, slots=True)
class _Places:
    """The physical line on which each row begins, and the position of the first row."""

    lines: Positions
    start: int

    def of(self, batch: Batch) -> Batch:
        lines = self._of_lines(batch.lines)
        return replace(batch, lines=lines, records=lines - FIRST_LINE + 1)

    def of_finding(self, finding: Finding) -> Finding:
        if isinstance(finding, RowFindings):
            return replace(finding, batch=self.of(finding.batch))
        if isinstance(finding, LineFindings):
            return replace(finding, lines=self._of_lines(finding.lines))
        if isinstance(finding, SetAside):
            line = int(self._of_lines(np.array([finding.line]))[0])
            return replace(finding, line=line, record=line - FIRST_LINE + 1)
        return finding

    def _of_lines(self, lines: Positions) -> Positions:
        return np.searchsorted(self.lines, lines).astype(np.int64) + self.start + FIRST_LINE
