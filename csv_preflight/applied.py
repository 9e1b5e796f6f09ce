"""The result of a plan for some rows: the clean ones, their numbers, and the rejects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from csv_preflight.collector import Collector
from csv_preflight.frame_rows import FIRST_LINE
from csv_preflight.frames import clean_frame, rejects_frame, text_frame
from csv_preflight.model.batch import Batch
from csv_preflight.model.distinct import hashes
from csv_preflight.model.finding import Findings, LineFindings, RowFindings
from csv_preflight.model.layout import REJECTS_COLUMNS, Layout
from csv_preflight.model.mentioned import Mentioned
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.report import Rows
from csv_preflight.model.rule import Parameters
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.row_stages import outcomes
from csv_preflight.stages import duplicates

if TYPE_CHECKING:
    import pandas


_MULTIPLIER = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The clean rows of a batch so far, the findings about all its rows, and all numbers that they may mean."""

    batch: Batch
    findings: Findings
    mentioned: Mentioned | None = None


@dataclass(frozen=True, eq=False)
class Applied:
    """The result of ``Plan.apply`` for some rows of a list.

    rows: how many were read, clean and rejected; blank ones are counted separately.
    """

    _parts: tuple[Part, ...] = field(repr=False)
    _header: tuple[str, ...] = field(repr=False)
    _layout: Layout = field(repr=False)
    _settings: Settings = field(repr=False)
    _index: pandas.Index = field(repr=False)
    _read: int = field(repr=False)
    _blank: int = field(repr=False)

    @cached_property
    def clean(self) -> pandas.DataFrame:
        """The clean rows: cells of str, the columns of the clean CSV; the index is that of the batch."""
        return clean_frame([part.batch for part in self._parts], self._layout, self._labels(self.lines))

    @cached_property
    def number(self) -> pandas.Series[int]:
        """The phone number of each clean row: the digits of E.164 as int64, the same however it is written."""
        import pandas as pd

        return pd.Series(self.numbers, index=self._labels(self.lines), name="number", dtype="int64")

    @cached_property
    def rejects(self) -> pandas.DataFrame:
        """The rejected rows: the batch's columns as text, then preflight_code, preflight_reason and preflight_raw.

        The index is that of the batch.  Only cells that preflight_reason quotes are masked.
        """
        rejects, _ = self._flushed
        lines = np.concatenate([np.zeros(0, np.int64), *(rows.lines for rows in rejects)])
        shown = self._layout.shown
        names = [*(self._header[place] for place in shown), *REJECTS_COLUMNS[1:]]
        return rejects_frame(rejects, names, shown, self._labels(lines))

    @cached_property
    def counts(self) -> dict[str, int]:
        """The count of findings by rule code; for a rejected row, only the rule that rejects it counts."""
        return dict(self._flushed[1])

    @cached_property
    def rows(self) -> Rows:
        """The counts of rows read, clean and rejected, and of blank lines."""
        return Rows(self._read, len(self.lines), sum(map(len, self._flushed[0])), self._blank)

    @property
    def places(self) -> Positions:
        """The position of each clean row in its batch, from 0."""
        return self.lines - FIRST_LINE

    @cached_property
    def lines(self) -> Positions:
        """The position of each clean row in its batch, from ``FIRST_LINE``, as int64."""
        return np.concatenate([np.zeros(0, np.int64), *(part.batch.lines for part in self._parts)])

    @cached_property
    def numbers(self) -> Positions:
        """The number of each clean row, as int64."""
        result = [part.batch.phones.number for part in self._parts if part.batch.phones]
        return np.concatenate([np.zeros(0, np.int64), *result])

    @cached_property
    def identifier_marks(self) -> NDArray[np.uint16]:
        """A 16-bit hash of each clean row's identifier."""
        result = [duplicates.identifier_marks(part.batch, self._layout) for part in self._parts]
        return np.concatenate([np.zeros(0, np.uint16), *result])

    @cached_property
    def source(self) -> pandas.DataFrame:
        """The clean rows as they were read: cells of str, with the columns of the rejects."""
        batches = [part.batch for part in self._parts]
        shown = self._layout.shown
        columns = [[batch.columns[place] for batch in batches] for place in shown]
        return text_frame(columns, [self._header[place] for place in shown], self._labels(self.lines))

    @cached_property
    def changes(self) -> list[tuple[str, Positions]]:
        """The rules found in clean rows, fixes and warnings, each with the rows' positions among the clean ones."""
        found, before = [], 0
        for part in self._parts:
            for finding in part.findings:
                if isinstance(finding, RowFindings):
                    here = np.isin(finding.batch.records, part.batch.records)
                    rows = np.searchsorted(part.batch.records, finding.batch.records[here]) + before
                    found.append((finding.code, rows))
            before += len(part.batch)
        return found

    @cached_property
    def lines_found(self) -> dict[str, int]:
        """The count of findings about lines that are no rows, by rule code."""
        result = [finding for part in self._parts for finding in part.findings if isinstance(finding, LineFindings)]
        return {
            code: sum(len(one.lines) for one in result if one.code == code) for code in {one.code for one in result}
        }

    @cached_property
    def mentioned(self) -> tuple[Positions, Positions]:
        """All numbers of the clean rows, including those that are not called, and the position of each number's row."""
        numbers, rows, before = [self.numbers], [np.arange(len(self.numbers))], 0
        for part in self._parts:
            if part.mentioned is not None:
                here = np.isin(part.mentioned.records, part.batch.records)
                numbers.append(part.mentioned.numbers[here])
                rows.append(np.searchsorted(part.batch.records, part.mentioned.records[here]) + before)
            before += len(part.batch)
        return np.concatenate(numbers), np.concatenate(rows)

    @cached_property
    def row_hashes(self) -> NDArray[np.uint64]:
        """A hash of each clean row's cells as they were read, the same for the same cells in any batch."""
        result = []
        for part in self._parts:
            total = np.zeros(len(part.batch), np.uint64)
            for column in part.batch.columns:
                total = total * _MULTIPLIER + hashes(column.packed())
            result.append(total)
        return np.concatenate([np.zeros(0, np.uint64), *result])

    def reject(
        self, code: str, mask: NDArray[np.bool_], parameters: Sequence[Parameters] | Parameters | None = None
    ) -> Applied:
        """Return a copy with more of the clean rows rejected, under a rule about other rows or lists.

        mask: the clean rows to reject; parameters: of the rule's message, the same for all or one for each rejected
        row.
        """
        given: Sequence[Parameters] | Parameters = {} if parameters is None else parameters
        parts, at, used = [], 0, 0
        for part in self._parts:
            here = mask[at : at + len(part.batch)]
            rows = np.flatnonzero(here)
            findings = Findings(part.findings)
            own = given[used : used + len(rows)] if isinstance(given, Sequence) else given
            findings.rows(code, part.batch, rows, column=self._layout.phone, parameters=own)
            parts.append(replace(part, batch=part.batch.take(~here), findings=findings))
            at, used = at + len(here), used + len(rows)
        return replace(self, _parts=tuple(parts))

    def without_repeats(self) -> Applied:
        """Return a copy with one row of each number, the first or, by the setting ``keep``, the last.

        Only for all rows of a list, since a batch does not know the numbers of the others.
        """
        last = None
        if self._settings.keep == "last":
            last = NumberTable()
            for part in self._parts:
                duplicates.note_last(part.batch, self._layout, last)
        seen, parts = NumberTable(), []
        for part in self._parts:
            kept, found, _ = duplicates.drop_duplicates(part.batch, self._layout, seen, last)
            parts.append(replace(part, batch=kept, findings=Findings([*part.findings, *found])))
        return replace(self, _parts=tuple(parts))

    @cached_property
    def _flushed(self) -> tuple[list[Rejects], dict[str, int]]:
        """The rejected rows, and the count of findings by rule."""
        collector = Collector(1, show_values=self._settings.show_values, outcomes=outcomes(self._settings))
        collector.name_columns(self._header)
        rejects = []
        for part in self._parts:
            collector.take(part.findings)
            rejects.append(collector.flush())
        return rejects, {found.code: found.count for found in collector.summary()}

    def _labels(self, lines: Positions) -> pandas.Index:
        return self._index.take(lines - FIRST_LINE)
