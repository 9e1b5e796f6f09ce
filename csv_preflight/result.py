"""A run in memory -> DataFrames, and the file to upload."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from csv_preflight.errors import NotReadyError
from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.report import Report
from csv_preflight.model.rule import Outcome
from csv_preflight.model.text_column import TextColumn
from csv_preflight.writing.sinks import Memory
from csv_preflight.writing.targets import part_name

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Result:
    """A list after preflight: its report, the rows that are ready and those that are not."""

    report: Report
    _memory: Memory
    _untouched: bytes | None
    _name: str

    @property
    def ready(self) -> bool:
        """Whether ``clean`` is ready to upload."""
        return self.report.ready

    @cached_property
    def clean(self) -> pandas.DataFrame:
        """The clean rows: str, source column order, under the names that are written; index: physical line."""
        import pandas as pd

        layout = self._memory.layout
        names = list(layout.names) if layout else []
        indices = layout.indices if layout else ()
        lines: list[int] = []
        columns: list[list[str]] = [[] for _ in names]
        for batch in self._memory.batches:
            lines.extend(batch.lines.tolist())
            for cells, place in zip(columns, indices, strict=True):
                cells.extend((batch.clean[place] if place in batch.clean else batch.columns[place]).tolist())
        index = pd.Index(lines, name="line", dtype="int64")
        return pd.DataFrame(dict(enumerate(columns)), index=index, dtype="str").set_axis(names, axis=1)

    @cached_property
    def rejects(self) -> pandas.DataFrame:
        """The rejected rows: the source's columns as they were read, then those of the rejects CSV."""
        import pandas as pd

        shown = self._memory.layout.shown if self._memory.layout else ()
        names = [*(self._memory.header[index] for index in shown), *REJECTS_COLUMNS]
        columns: list[list[str]] = [[] for _ in names]
        for rows in self._memory.rejected:
            lines = TextColumn.of(list(map(str, rows.lines.tolist())))
            cells_of = (*(rows.columns[index] for index in shown), lines, rows.codes, rows.reasons, rows.raw)
            for cells, column in zip(columns, cells_of, strict=True):
                cells.extend(column.tolist())
        frame = pd.DataFrame(dict(enumerate(columns)), dtype="str").set_axis(names, axis=1)
        return frame.astype({"preflight_line": "int64"})

    @cached_property
    def findings(self) -> pandas.DataFrame:
        """The findings that are kept as samples: line, record, column, code, title, outcome, detail, parameters."""
        import pandas as pd

        rows = [
            (
                sample.line,
                sample.record,
                sample.column,
                found.code,
                found.title,
                str(found.outcome),
                sample.detail,
                sample.parameters,
            )
            for found in self.report.findings
            for sample in found.samples
        ]
        return pd.DataFrame(
            rows, columns=["line", "record", "column", "code", "title", "outcome", "detail", "parameters"]
        )

    def raise_if_not_ready(self) -> None:
        """Raise NotReadyError, which carries the report, unless the clean rows are ready to upload."""
        if not self.ready:
            raise NotReadyError(f"{self._name} is not ready: {why_not(self.report)}", self.report)

    def upload_file(self) -> tuple[str, bytes, str]:
        """Return (filename, bytes, "text/csv") of the clean CSV, the form that HTTP clients and the SDK take.

        Raises NotReadyError if the list is not ready, ValueError if it was split into several files.
        """
        files = self.upload_files()
        if len(files) > 1:
            raise ValueError(f"{self._name} was split into {len(files)} files; upload each of upload_files()")
        return files[0]

    def upload_files(self) -> list[tuple[str, bytes, str]]:
        """Return (filename, bytes, "text/csv") of each part of the clean CSV, one if it was not split.

        Raises NotReadyError if the list is not ready.
        """
        self.raise_if_not_ready()
        name = f"{Path(self._name).stem}.csv"
        files = self._memory.files()
        if len(files) == 1:
            return [(name, files[0] if self._untouched is None else self._untouched, "text/csv")]
        return [(part_name(name, number), data, "text/csv") for number, data in enumerate(files, start=1)]

    def part_rows(self) -> list[int]:
        """Return the rows of each of ``upload_files``."""
        return [rows for rows, _, _ in self._memory.parts()] or [self.report.rows.clean]


def why_not(report: Report) -> str:
    """Say in one sentence what makes a report not ready."""
    for found in report.findings:
        if found.outcome is Outcome.STOP:
            detail = found.samples[0].detail if found.samples else found.name
            return f"{found.code} {detail}"
    return "there are warnings, and strict was set"
