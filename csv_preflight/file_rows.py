"""The files of a list: open them, and take the rows of each through the stages that treat each row by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from csv_preflight.collector import Collector
from csv_preflight.file_of_list import FileOfList, FileReading
from csv_preflight.inputs import OpenFile
from csv_preflight.model.finding import FileFinding, Findings
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.report import Rows
from csv_preflight.model.settings import Settings
from csv_preflight.model.sink import WritingSink
from csv_preflight.model.text_column import Bytes, Positions
from csv_preflight.opening import Opening, open_file
from csv_preflight.row_stages import Taken, numbers_opted_out, take_rows
from csv_preflight.stages import columns, duplicates
from csv_preflight.summary import Tally

if TYPE_CHECKING:
    from csv_preflight.model.corrections import Changes

# What stops a list of one file, and is said of one of several.
_NOBODY, _NOBODY_HERE = "F004", "F006"


def taken_rows(reading: FileReading, settings: Settings, lists: Lists, opted_out: NumberTable) -> Iterator[Taken]:
    """Yield the rows of a file in batches, with their findings.  opted_out: see ``take_rows``."""
    file = reading.file
    layout, delimiter = file.layout, file.dialect.delimiter
    known, own = columns.Known.of(file.header), columns.Known.of(reading.reader.header)
    for batch in reading.batches():
        read = reading.drain()
        tables = columns.other_tables(read, own, delimiter)
        people, headers, repeated = columns.without_headers(batch, layout, known)
        taken = take_rows(people, layout, settings, lists, opted_out, file.places)
        layout = replace(layout, writing=taken.normalized.writing)
        yield taken._replace(findings=Findings([*read, *tables, *headers, *taken.findings]), repeated=repeated)


def opted_out_rows(file: FileOfList, settings: Settings) -> Iterator[tuple[Positions, Positions]]:
    """Yield all numbers that may be meant in a file's rows that opt out, and their lines in the list."""
    reading = file.read_again()
    for batch in reading.batches():
        reading.drain()
        numbers, lines = numbers_opted_out(batch, file.layout, settings)
        yield numbers, file.places.counted(lines)


def last_lines(files: Sequence[FileOfList], settings: Settings, lists: Lists, opted_out: NumberTable) -> NumberTable:
    """Read a whole list once to find the last line of each number."""
    last = NumberTable()
    for file in files:
        for taken in taken_rows(file.read_again(), settings, lists, opted_out):
            duplicates.note_last(taken.batch, file.layout, last, file.places)
    return last


class FileTaken(NamedTuple):
    """A file of a list after all stages, in this process or another.

    rows: its counts; findings, tally: what was found, and further counts.  clean: its part of the clean file, in order;
    row_sizes: the bytes of each row, if the clean file may be cut; rejects: its rejected rows.
    """

    rows: Rows
    findings: Collector
    tally: Tally
    clean: tuple[Bytes, ...]
    row_sizes: Positions
    rejects: tuple[Rejects, ...]


class Spread(Protocol):
    """Takes the files of a list through the stages elsewhere, several at once; the results are in order."""

    def files(self, files: Sequence[OpenFile]) -> Sequence[OpenFile]:
        """Return the files as any process can open them: the other methods take these."""

    def open(self, files: Sequence[OpenFile], settings: Settings, changes: Sequence[Changes]) -> Iterator[Opening]:
        """Yield the result of opening each file: see ``open_file``."""

    def opted_out(self, files: Sequence[FileOfList], settings: Settings) -> Iterator[tuple[Positions, Positions]]:
        """Yield the numbers that opt out: see ``opted_out_rows``."""

    def take(
        self,
        files: Sequence[FileOfList],
        settings: Settings,
        lists: Lists,
        opted_out: NumberTable,
        progress: Callable[[int], None] | None,
    ) -> Iterator[FileTaken]:
        """Yield the result for each file.  progress: called with the count of rows read so far."""


def open_files(
    given: Sequence[OpenFile],
    settings: Settings,
    changes: Sequence[Changes],
    *,
    several: bool,
    spread: Spread | None,
) -> list[Opening]:
    """Return the result of opening each file; the first one with rows decides the roles of columns.

    several: the list may have several files; one without rows stops it only if none has any.  spread: opens them
    elsewhere.
    """
    if spread:
        opened = list(spread.open(given, settings, changes))
    else:
        opened = list(_opened_here(given, settings, changes, several=several))
    if all(opening.findings.has(_NOBODY) for opening in opened):
        return opened
    return [_left_out(opening) if opening.findings.has(_NOBODY) else opening for opening in opened]


def _opened_here(
    given: Sequence[OpenFile], settings: Settings, changes: Sequence[Changes], *, several: bool
) -> Iterator[Opening]:
    lead: FileOfList | None = None
    for one in given:
        opening = open_file(one, lead, settings, several=several, changes=changes)
        lead = lead or opening.file
        yield opening


def _left_out(opening: Opening) -> Opening:
    """Return the opening of a file without rows as that of a file that is left out of its list."""
    nobody = (found for found in opening.findings if isinstance(found, FileFinding) and found.code == _NOBODY)
    return Opening(opening.facts, Findings(replace(found, code=_NOBODY_HERE) for found in nobody), is_left_out=True)


def gather(
    every: Iterator[FileTaken], files: Sequence[FileOfList], collector: Collector, tally: Tally, sink: WritingSink
) -> Rows:
    """Take the results for files that were processed elsewhere; return their counts of rows."""
    rows = Rows()
    for file, taken in zip(files, every, strict=True):
        collector.add(taken.findings)
        tally.add_all(taken.tally)
        for rejects in taken.rejects:
            sink.reject(rejects)
        sink.write([block.data for block in taken.clean], taken.row_sizes)
        file.rows = taken.rows
        rows = rows + file.rows
    return rows
