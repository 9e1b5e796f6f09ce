"""The totals of several separate lists, in one line."""

from __future__ import annotations

from dataclasses import dataclass, field

from csv_preflight.model.kept_numbers import KeptNumbers
from csv_preflight.model.report import Report, Rows
from csv_preflight.reports.advice import counted
from csv_preflight.reports.printable import named


@dataclass(slots=True)
class Totals:
    """Counts of several runs.

    checked: the runs were only checks.  rows: of the lists that were written or, for checks, of all that could be read.
    unwritten: rows of the others.  kept: the clean numbers of the lists in rows.  not_ready, failed: names of the lists
    that are not ready, or could not be read or written.
    """

    checked: bool
    kept: KeptNumbers = field(default_factory=KeptNumbers)
    files: int = 0
    rows: Rows = field(default_factory=Rows)
    unwritten: Rows = field(default_factory=Rows)
    not_ready: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def add(self, report: Report) -> None:
        """Count a list."""
        self.files += 1
        if not report.ready:
            self.not_ready += (report.input.path,)
        counts = self.checked or report.ready
        self.kept.commit(counts=counts)
        if counts:
            self.rows += report.rows
        else:
            self.unwritten += report.rows

    def fail(self, path: str) -> None:
        """Count a list that could not be read or written."""
        self.files += 1
        self.failed += (path,)

    def text(self) -> str:
        """Return the totals in one line."""
        ready = self.files - len(self.not_ready) - len(self.failed)
        parts = [f"{ready:,} ready"]
        for paths, what in ((self.not_ready, "not ready"), (self.failed, "could not be read or written")):
            if paths:
                parts.append(f"{len(paths):,} {what} ({named(paths)})")
        text = f"{counted(self.files, 'file')}: {', '.join(parts)}; {self._rows()}"
        if shared := self.kept.shared():
            are, these = ("number is", "this person") if shared == 1 else ("numbers are", "these people")
            text += (
                f"\nnote: {shared:,} {are} in more than one of these files: {these} would be called more than once. "
                "With --as-one, all files are one list"
            )
        return text

    def _rows(self) -> str:
        rows, others = self.rows, self.unwritten
        text = f"{counted(rows.read + others.read, 'row')} read"
        if self.checked:
            return f"{text}, {rows.rejected:,} would be rejected"
        text += f", {rows.clean:,} ready, {rows.rejected:,} rejected"
        if others.read:
            text += f", {others.read:,} in files that are not ready"
        return f"{text} ({others.rejected:,} would be rejected)" if others.rejected else text
