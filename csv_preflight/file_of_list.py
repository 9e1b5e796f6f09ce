"""A file of a list: its dialect, the roles of its columns, and its rows, with columns in the list's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, BinaryIO

from csv_preflight.inputs import OpenFile
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Finding, Findings, RowFindings
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import ONE_FILE, LinePlaces
from csv_preflight.model.records import Reader
from csv_preflight.model.report import Input, Rows
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Dialect, Source
from csv_preflight.reading import (
    blocks,
    read_records,
)

if TYPE_CHECKING:
    from csv_preflight.model.corrections import Changes


@dataclass(slots=True)
class FileOfList:
    """An open file with known columns.

    header: its column names, in the order of the list; order: index of each column in the file, None for the same
    order.  expected: estimated count of rows.  changes: rows that replace its own.  places: of its lines among those of
    the list.  rows, without_code: count of its rows, and of numbers without a country code, once they are read.
    """

    given: OpenFile
    source: Source
    dialect: Dialect
    facts: Input
    header: tuple[str, ...]
    header_line: int
    layout: Layout
    order: tuple[int, ...] | None
    expected: int
    endings: frozenset[str]
    changes: Sequence[Changes] = ()
    places: LinePlaces = ONE_FILE
    rows: Rows = Rows()  # noqa: RUF009 - it is frozen
    without_code: int = 0
    _begun: tuple[Reader, Iterator[Batch]] | None = field(default=None, repr=False)

    @property
    def lines(self) -> int:
        """An upper bound of its physical lines."""
        return self.source.crlf + self.source.lf + self.source.cr + 1

    def unread(self, file: BinaryIO) -> FileOfList:
        """Return a copy that is read from another file object, from its first row."""
        return replace(self, given=replace(self.given, file=file), _begun=None)

    def read(self) -> FileReading:
        """Read the rows, the first time from where the file was opened."""
        begun, self._begun = self._begun, None
        return self.read_again() if begun is None else FileReading(self, *begun)

    def read_again(self) -> FileReading:
        """Read the rows once more, independently of other readings."""
        reader = with_changes(read_records(self.given.file, self.source, self.dialect), self.changes)
        reader.drain()  # findings above the header are reported already
        return FileReading(self, reader, reader.batches())

    def findings_once_read(self, settings: Settings) -> Findings:
        """Return the findings about the whole file, once all of its rows are read."""
        findings, line, stated = Findings(), self.header_line, self.layout.stated
        if stated and not stated.is_empty and self.layout.region is None and self.without_code:
            findings.whole_file("C007", line=line, column=stated.name, name=stated.name)
        if len(self.endings) > 1 or "CR" in self.endings:
            found = "bare CR" if self.endings == {"CR"} else f"mixed ({self.facts.line_ending})"
            findings.whole_file("F104", line=line, found=found)
        if not settings.profile.quotes and any(b'"' in block for block in blocks(self.given.file, self.source)):
            findings.whole_file("F109", profile=settings.profile.name)
        return findings

    def begin(self, reader: Reader, batches: Iterator[Batch]) -> None:
        """Continue a reading that has begun."""
        self._begun = reader, batches

    def in_order(self, batch: Batch) -> Batch:
        """Return a batch with its columns in the order of the list and, if there are several files, its file."""
        if not self.layout.several:
            return batch
        taken = batch.columns if self.order is None else tuple(batch.columns[place] for place in self.order)
        return replace(batch, columns=taken, file=self.given.name)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One reading of the rows of a file."""

    file: FileOfList
    reader: Reader
    _batches: Iterator[Batch]

    def batches(self) -> Iterator[Batch]:
        """Yield the rows."""
        return map(self.file.in_order, self._batches)

    def drain(self) -> Findings:
        """Return the reader's findings since the last call."""
        found = self.reader.drain()
        return Findings(map(self._in_order, found)) if self.file.order else found

    def _in_order(self, finding: Finding) -> Finding:
        return (
            replace(finding, batch=self.file.in_order(finding.batch)) if isinstance(finding, RowFindings) else finding
        )


def with_changes(reader: Reader, changes: Sequence[Changes]) -> Reader:
    """Return a reader of rows in which corrected ones take the place of those on the same lines."""
    if not changes:
        return reader
    from csv_preflight.corrections import corrected

    return corrected(reader, changes)
