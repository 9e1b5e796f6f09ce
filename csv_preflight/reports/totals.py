"""Several lists, each by itself: what they come to, in one line."""

from __future__ import annotations

from dataclasses import dataclass, field

from csv_preflight.model.kept_numbers import KeptNumbers
from csv_preflight.model.report import Report
from csv_preflight.reports.advice import counted
from csv_preflight.reports.printable import named


@dataclass(slots=True)
class Totals:
    """Counts of several runs.

    checked: nothing was to be written.  Rows are those of the lists that were written or, where nothing was to be, of
    all that could be read.  kept: the clean numbers of these lists.  not_ready, failed: names of the lists that are not
    ready, or could not be read or written.
    """

    checked: bool
    kept: KeptNumbers = field(default_factory=KeptNumbers)
    files: int = 0
    read: int = 0
    clean: int = 0
    rejected: int = 0
    not_ready: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def add(self, report: Report) -> None:
        """Count a list."""
        self.files += 1
        if not report.ready:
            self.not_ready += (report.input.path,)
        self.kept.settle(counts=self.checked or report.ready)
        if self.checked or report.ready:
            self.read += report.rows.read
            self.clean += report.rows.clean
            self.rejected += report.rows.rejected

    def fail(self, path: str) -> None:
        """Count a list that could not be read or written."""
        self.files += 1
        self.failed += (path,)

    def text(self) -> str:
        """Say what they come to."""
        ready = self.files - len(self.not_ready) - len(self.failed)
        parts = [f"{ready:,} ready"]
        for paths, what in ((self.not_ready, "not ready"), (self.failed, "could not be read or written")):
            if paths:
                parts.append(f"{len(paths):,} {what} ({named(paths)})")
        rows = (
            f"{counted(self.read, 'row')} read, {self.rejected:,} would be rejected"
            if self.checked
            else f"{counted(self.clean, 'row')} ready, {self.rejected:,} rejected"
        )
        text = f"{counted(self.files, 'file')}: {', '.join(parts)}; {rows}"
        if shared := self.kept.shared():
            are, these = ("number is", "this person") if shared == 1 else ("numbers are", "these people")
            text += (
                f"\nnote: {shared:,} {are} in more than one of these files: {these} would be called more than once. "
                "With --as-one, all files are one list"
            )
        return text
