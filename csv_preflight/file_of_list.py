"""A file of a list: its dialect, the roles of its columns, and its rows, with columns in the list's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import BinaryIO, NamedTuple

from csv_preflight.inputs import OpenFile, short_name
from csv_preflight.model.batch import Batch
from csv_preflight.model.corrections import Changes
from csv_preflight.model.finding import FileFinding, Finding, Findings, RowFindings, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import ONE_FILE, LinePlaces
from csv_preflight.model.records import Reader
from csv_preflight.model.report import Input, Rows
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Dialect, Source
from csv_preflight.reading import (
    Opened,
    blocks,
    endings,
    expected_rows,
    first_batch,
    input_facts,
    only_lacks_rows,
    open_list,
    read_records,
)
from csv_preflight.row_stages import how_written, resolve_layout, unused_opt_outs
from csv_preflight.stages import columns


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
        reader = _corrected(read_records(self.given.file, self.source, self.dialect), self.changes)
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


class Opening(NamedTuple):
    """The result of opening a file: its facts, the findings, and the file, None if it stops the list or is left out."""

    facts: Input
    findings: Findings
    file: FileOfList | None = None
    is_left_out: bool = False
    opt_outs: tuple[str, ...] = ()  # of the first file: see unused_opt_outs


def open_file(
    given: OpenFile,
    lead: FileOfList | None,
    settings: Settings,
    *,
    several: bool,
    changes: Sequence[Changes] = (),
) -> Opening:
    """Open a file, and decide the roles of its columns.

    lead: the first file of the list, which decides the roles, None if this is it; several: the list may have other
    files.  changes: rows that replace those of the list.
    """
    opened = open_list(given.file, replace(settings, encoding="utf-8", delimiter=",") if given.trusted else settings)
    facts = input_facts(given.file, given.name, opened)
    if isinstance(opened, Stop):
        return Opening(facts, opened.findings)
    own = _own_changes(given, opened, lead, settings, changes, several=several)
    opened = opened._replace(reader=_corrected(opened.reader, own))
    batches = opened.reader.batches()
    first = first_batch(opened, batches)
    if isinstance(first, Stop):
        hidden = facts if only_lacks_rows(first) else replace(facts, columns=())
        return Opening(hidden, Findings([*opened.findings, *first.findings]))
    if lead is None:
        found = _first_file(given, opened, facts, first, batches, settings, several=several)
    else:
        found = _next_file(given, opened, facts, first, lead, settings)
        opened.reader.close()  # read later, so that memory does not grow with the number of files
    said = unused_opt_outs(opened.reader.header, first, settings) if lead is None else ()
    if isinstance(found, Stop):
        shown = Opening(facts, Findings([*opened.findings, *found.findings]), opt_outs=said)
        is_header = not (found.findings.has("C004") or found.findings.has("C013"))
        return shown if is_header else shown._replace(facts=replace(facts, columns=()), opt_outs=())
    file, findings = found
    file.changes = own
    return Opening(file.facts, Findings([*opened.findings, *findings]), file, opt_outs=said)


def _corrected(reader: Reader, changes: Sequence[Changes]) -> Reader:
    if not changes:
        return reader
    from csv_preflight.corrections import corrected

    return corrected(reader, changes)


def _own_changes(
    given: OpenFile,
    opened: Opened,
    lead: FileOfList | None,
    settings: Settings,
    changes: Sequence[Changes],
    *,
    several: bool,
) -> list[Changes]:
    """Return the rows that replace a file's own, with the columns in this file's order."""
    own = [one for one in changes if one.file == (given.name if several else "")]
    if lead is None or not own:
        return own
    reader = opened.reader
    order = columns.match_columns(reader.header, reader.header_line, lead.header, lead.given.name, settings)
    if isinstance(order, Stop):
        return []  # reported later
    return [replace(one, columns={order[index]: cells for index, cells in one.columns.items()}) for one in own]


def _first_file(
    given: OpenFile,
    opened: Opened,
    facts: Input,
    first: Batch,
    batches: Iterator[Batch],
    settings: Settings,
    *,
    several: bool,
) -> tuple[FileOfList, Findings] | Stop:
    """Decide the roles of a list's columns by its only or first file.

    first, batches: its first rows and the following ones; several: the list may have other files.
    """
    resolved = resolve_layout(opened, first, settings)
    if isinstance(resolved, Stop):
        return resolved
    header = opened.reader.header
    file = _file(given, opened, facts, first, header, replace(resolved.layout, several=several), None, settings)
    file.begin(opened.reader, chain([first], batches))
    return file, resolved.findings


def _next_file(
    given: OpenFile, opened: Opened, facts: Input, first: Batch, lead: FileOfList, settings: Settings
) -> tuple[FileOfList, Findings] | Stop:
    """Find the columns of a list in another of its files.  lead: the first file, which decides the roles.

    How countries are written is decided for each file separately.
    """
    names, line = opened.reader.header, opened.reader.header_line
    order = columns.match_columns(names, line, lead.header, short_name(lead.given.name, given.name), settings)
    if isinstance(order, Stop):
        return order
    header = tuple(names[place] for place in order)
    ordered = replace(first, columns=tuple(first.columns[place] for place in order))
    resolved = columns.resolve(header, line, ordered, _as_decided(settings, lead))
    findings = Findings(map(_placed(order), resolved.findings))
    if isinstance(resolved, Stop):
        return Stop(findings)
    layout = replace(lead.layout, stated=resolved.layout.stated, writing={})
    return _file(given, opened, facts, ordered, header, layout, order, settings), findings


def _as_decided(settings: Settings, lead: FileOfList) -> Settings:
    """Return settings that name the columns as decided by the first file, under their new names."""
    layout, renames = lead.layout, settings.renames
    names = [renames.get(name, name) for name in map(columns.clean_name, lead.header)]

    def decided(given: str | None, index: int | None) -> str | None:
        return given if given is None or index is None else names[index]

    return replace(
        settings,
        phone_column=tuple(names[index] for index in layout.phones),
        identifier_column=decided(settings.identifier_column, layout.identifier),
        region_column=decided(settings.region_column, layout.region),
        opt_out_column=tuple(names[column.index] for column in layout.opt_outs),
    )


def _file(
    given: OpenFile,
    opened: Opened,
    facts: Input,
    first: Batch,
    header: Sequence[str],
    layout: Layout,
    order: tuple[int, ...] | None,
    settings: Settings,
) -> FileOfList:
    """Return the file with its facts.  first: some of its rows, in the order of the list, as is the header."""
    found = frozenset(endings(given.file, opened))
    if layout.opt_outs:
        layout = replace(layout, writing=how_written(first, layout, settings))
    known = replace(
        facts,
        phone_column=header[layout.phone],
        phone_columns=tuple(header[index] for index in layout.phones),
        identifier_column=None if layout.identifier is None else header[layout.identifier],
        line_ending=" and ".join(sorted(found)) or None,
    )
    expected, line = expected_rows(opened, first), opened.reader.header_line
    return FileOfList(given, opened.source, opened.dialect, known, tuple(header), line, layout, order, expected, found)


def _placed(order: Sequence[int]) -> Callable[[Finding], Finding]:
    """Return a function that sets the field number of header findings to that in the file."""

    def placed(finding: Finding) -> Finding:
        if not isinstance(finding, FileFinding) or not finding.field:
            return finding
        number = order[finding.field - 1] + 1
        changed = {"number": number} if "number" in finding.parameters else {}
        return replace(finding, field=number, parameters={**finding.parameters, **changed})

    return placed
