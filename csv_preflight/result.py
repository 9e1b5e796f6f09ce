"""A run in memory -> DataFrames, and the file to upload."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from csv_preflight.collector import summarize
from csv_preflight.config.values import parse_max_rejects
from csv_preflight.errors import NotReadyError
from csv_preflight.findings_table import COLUMNS, FILE, findings_rows
from csv_preflight.frames import clean_frame, rejects_frame
from csv_preflight.model.layout import FILE_COLUMN, REJECTS_COLUMNS
from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.stages.limits import check_rejects
from csv_preflight.writing.sinks import Memory
from csv_preflight.writing.targets import part_name

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, repr=False)
class Result:
    """A list after ``preflight``: the report, the rows that are ready, and the rejected ones.

    ``report`` has the counts, the facts and samples of the findings; its ``to_dict()`` is the JSON report.
    """

    report: Report
    _memory: Memory
    _untouched: bytes | None
    _name: str
    _settings: Settings
    _is_several: bool = False

    def __repr__(self) -> str:
        """Return the verdict on the list, in one line."""
        from csv_preflight.reports.advice import readiness, verdict
        from csv_preflight.reports.printable import printable_path

        why = verdict(self.report, checked=False)
        return f"<Result {printable_path(self.report.input.path)}: {readiness(self.report)}: {why}>"

    @property
    def ready(self) -> bool:
        """Whether ``clean`` is ready to upload."""
        return self.report.ready

    @cached_property
    def clean(self) -> pandas.DataFrame:
        """The clean rows: str cells, the list's column order, and the column names of the clean file.

        The index, "line", is each row's physical line in the list, from 1; for several files, "file" and "line".
        """
        import pandas as pd

        batches = self._memory.batches
        lines = np.concatenate([np.zeros(0, np.int64), *(batch.lines for batch in batches)])
        index = pd.Index(lines, name="line", dtype="int64")
        if self._is_several:
            files = [batch.file for batch in batches for _ in range(len(batch))]
            index = pd.MultiIndex.from_arrays([files, lines], names=["file", "line"])
        return clean_frame(batches, self._memory.layout, index)

    @cached_property
    def rejects(self) -> pandas.DataFrame:
        """The rejected rows: the list's columns as they were read, then those of the rejects CSV.

        Rows to correct come first, by line; rows that need no correction, such as duplicates, come last.

        preflight_line: int, the physical line from 1; preflight_code, preflight_reason: the rule and its message;
        preflight_raw: the text of a row that could not be split into cells.  Only cells that preflight_reason quotes
        are masked.  For several files, preflight_file names the file.
        """
        import pandas as pd

        shown = self._memory.layout.shown if self._memory.layout else ()
        found = self._memory.rejected
        rejected = [*(rows.take(~rows.listed) for rows in found), *(rows.take(rows.listed) for rows in found)]
        line, *own = REJECTS_COLUMNS
        names = [*(self._memory.header[index] for index in shown), *own]
        lines = np.concatenate([np.zeros(0, np.int64), *(rows.lines for rows in rejected)])
        frame = rejects_frame(rejected, names, shown, pd.RangeIndex(len(lines)))
        frame.insert(len(shown), line, lines)
        if self._is_several:
            files = [rows.file for rows in rejected for _ in range(len(rows))]
            frame.insert(len(shown), FILE_COLUMN, pd.Series(files, dtype="str"))
        return frame

    @cached_property
    def findings(self) -> pandas.DataFrame:
        """All findings, one row each, ordered by rule and line.

        line, record: from 1; record is 0 if the finding is not about a record.  column: its name in the list, or "".
        code, title: the rule's.  outcome: "stop", "reject", "fix" or "warn".  detail: the message.  parameters: a dict
        of the values in the message.  Cells in detail and parameters are masked unless show_values was set.  With
        max_findings, at most that many for each rule, 0 for all.  For several files, file names the file.
        """
        import pandas as pd

        places = self._memory.occurrences if self._settings.max_findings is None else None
        rows = findings_rows(self.report, places, show_values=self._settings.show_values)
        found = pd.DataFrame(rows, columns=[FILE, *COLUMNS])
        return found if self._is_several else found.drop(columns=FILE)

    @property
    def phone_column(self) -> str | None:
        """The phone column's name in the clean file, to send with the upload; None if a stop came first."""
        return self.report.names_to_send.phone_column

    @property
    def identifier_column(self) -> str | None:
        """The identifier column's name in the clean file, to send with the upload; None if there is none."""
        return self.report.names_to_send.identifier_column

    def raise_if_not_ready(self, max_rejects: int | str | None = None) -> None:
        """Raise NotReadyError, with the report, unless the clean rows are ready to upload.

        max_rejects: also raise it if more rows than this were rejected; a number of rows, or a share of the rows read,
        such as "5%".  Raises SettingsError for anything else.
        """
        if not self.ready:
            raise NotReadyError(f"{self._name} is not ready: {why_not(self.report.findings)}", self.report)
        if max_rejects is None:
            return
        limit, rows = parse_max_rejects(max_rejects, "max-rejects"), self.report.rows
        if too_many := check_rejects(rows.rejected, rows.read, limit):
            raise NotReadyError(f"{self._name} is not ready: {why_not(summarize(too_many))}", self.report)

    def upload_file(self) -> tuple[str, bytes, str]:
        """Return the clean CSV as (filename, bytes, "text/csv"), which HTTP clients and the SDK take.

        The filename is the list's, with the suffix .csv.  Raises NotReadyError if the list is not ready, and ValueError
        if it was split into several files.
        """
        files = self.upload_files()
        if len(files) > 1:
            raise ValueError(f"{self._name} was split into {len(files)} files; upload each of upload_files()")
        return files[0]

    def upload_files(self) -> list[tuple[str, bytes, str]]:
        """Return each part of the clean CSV as (filename, bytes, "text/csv"); one if it was not split.

        Raises NotReadyError if the list is not ready.
        """
        self.raise_if_not_ready()
        # A line break or a quote would end the name in a form's header.
        stem = "".join(character for character in Path(self._name).stem if character.isprintable() and character != '"')
        name = f"{stem or 'contacts'}.csv"
        files = self._memory.files()
        if len(files) == 1:
            return [(name, files[0] if self._untouched is None else self._untouched, "text/csv")]
        return [(part_name(name, number), data, "text/csv") for number, data in enumerate(files, start=1)]

    def part_rows(self) -> list[int]:
        """Return the count of rows in each of ``upload_files``."""
        return [rows for rows, _, _ in self._memory.parts()] or [self.report.rows.clean]


def why_not(findings: Iterable[RuleFindings]) -> str:
    """Return one sentence about what makes a list not ready."""
    for finding in findings:
        if finding.outcome is Outcome.STOP:
            detail = finding.samples[0].detail if finding.samples else finding.name
            return f"{finding.code} {detail}"
    return "there are warnings, and strict was set"
