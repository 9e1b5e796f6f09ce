"""Where the rows of a run go: nowhere, memory, or files."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.findings import Rejected
from csv_preflight.model import Batch, Layout
from csv_preflight.output import tables
from csv_preflight.output.files import FileSet, Written
from csv_preflight.stages.columns import REJECTS_COLUMNS


class Measure:
    """Keeps nothing but the size of the clean file: for ``check``."""

    def __init__(self) -> None:
        self.size = 0
        self._layout: Layout | None = None
        self._newline = "\n"

    def begin(self, layout: Layout, header: Sequence[str], newline: str) -> None:
        """Take what is known before the first row."""
        self._layout, self._newline = layout, newline
        self._write(tables.header_row(layout.names, newline))

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""
        if self._layout is not None:
            self._write(tables.clean_rows(batch, self._layout, self._newline))

    def reject(self, rows: Sequence[Rejected]) -> None:
        """Take rows for the rejects file."""

    def _write(self, data: bytes) -> None:
        self.size += len(data)


class Memory(Measure):
    """Keeps everything: for ``preflight``."""

    def __init__(self) -> None:
        super().__init__()
        self.header: tuple[str, ...] = ()
        self.layout: Layout | None = None
        self.parts: list[bytes] = []
        self.batches: list[Batch] = []
        self.rejected: list[Rejected] = []

    def begin(self, layout: Layout, header: Sequence[str], newline: str) -> None:
        """Take what is known before the first row."""
        self.header, self.layout = tuple(header), layout
        super().begin(layout, header, newline)

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""
        super().clean(batch)
        self.batches.append(batch)

    def reject(self, rows: Sequence[Rejected]) -> None:
        """Take rows for the rejects file."""
        self.rejected.extend(rows)

    def _write(self, data: bytes) -> None:
        super()._write(data)
        self.parts.append(data)


class Files(Measure):
    """Writes the clean and the rejects file, the latter only when there are rejects."""

    def __init__(self, files: FileSet, clean: Written, rejects: str | None) -> None:
        """Begin; rejects: the name of the rejects file, None for none at all."""
        super().__init__()
        self._files, self._clean_file, self._rejects_target = files, clean, rejects
        self._header: tuple[str, ...] = ()
        self.rejects: Written | None = None

    def begin(self, layout: Layout, header: Sequence[str], newline: str) -> None:
        """Take what is known before the first row."""
        self._header = tuple(header)
        super().begin(layout, header, newline)

    def reject(self, rows: Sequence[Rejected]) -> None:
        """Take rows for the rejects file."""
        layout = self._layout
        if not rows or layout is None or self._rejects_target is None:
            return
        shown = layout.written
        if self.rejects is None:
            self.rejects = self._files.open(self._rejects_target)
            names = [self._header[index] for index in shown]
            self.rejects.write(tables.rejects_header(names, REJECTS_COLUMNS))
        self.rejects.write(tables.rejects_rows(rows, shown))

    def _write(self, data: bytes) -> None:
        super()._write(data)
        self._clean_file.write(data)
