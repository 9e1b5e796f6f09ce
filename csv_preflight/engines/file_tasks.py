"""The tasks for one file of a list, on any worker: its rows up to the repeats, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight.collector import Collector
from csv_preflight.engines.memory import kept_memory
from csv_preflight.engines.repeats import Keys, Repeats
from csv_preflight.file_of_list import FileOfList
from csv_preflight.file_rows import FileTaken, opted_out_rows, taken_rows
from csv_preflight.inputs import OpenFile
from csv_preflight.model.batch import Batch
from csv_preflight.model.corrections import Changes, corrected_rows
from csv_preflight.model.finding import Finding, Findings, RowFindings
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.report import Rows
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.opening import Opening, open_file
from csv_preflight.row_stages import outcomes
from csv_preflight.rules import BY_CODE
from csv_preflight.stages import columns, duplicates, opt_outs
from csv_preflight.summary import Tally
from csv_preflight.writing import tables


@dataclass(frozen=True, slots=True)
class Shared:
    """Values that all files of a list share.  newline: of the clean file."""

    settings: Settings
    lists: Lists
    opted_out: NumberTable
    newline: str


@dataclass(frozen=True, slots=True, eq=False)
class PartTaken:
    """A file after all stages but that of repeats: its batches, and the findings about each.

    whole: findings about the file as a whole.
    """

    file: FileOfList
    batches: tuple[tuple[Batch, Findings], ...]
    whole: Findings
    tally: Tally
    read: int
    blank: int


def open_part(given: OpenFile, lead: FileOfList | None, settings: Settings, changes: Sequence[Changes] = ()) -> Opening:
    """Open a file of a list: see ``open_file``."""
    with _own(given) as own:
        opening = open_file(own, lead, settings, several=True, changes=changes)
        return opening._replace(file=opening.file.unread(own.file)) if opening.file else opening


def opted_out_of_file(file: FileOfList, settings: Settings) -> tuple[Positions, Positions]:
    """Return the numbers that opt out in a file, and their lines in the list."""
    with _own(file.given) as own:
        found = list(opted_out_rows(file.unread(own.file), settings))
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *(one[0] for one in found)]), np.concatenate([none, *(one[1] for one in found)])


def take_file(file: FileOfList, shared: Shared, progress: Callable[[int], None]) -> PartTaken:
    """Take the rows of a file up to the repeats.  progress: called with the count of further rows."""
    settings, tally = shared.settings, Tally()
    rejecting = {code: rule.outcome for code, rule in BY_CODE.items()} | outcomes(settings)
    batches = []
    repeated = reported = 0
    with _own(file.given) as own:
        file = file.unread(own.file)
        reading = file.read()
        for taken in taken_rows(reading, settings, shared.lists, shared.opted_out):
            tally.add_normalized(taken.normalized)
            repeated += taken.repeated
            batches.append((taken.batch, Findings(_slim(finding, rejecting) for finding in taken.findings)))
            progress(reading.reader.read - reported)
            reported = reading.reader.read
        file.without_code = tally.without_code
        whole = file.findings_once_read(settings)
        read, blank = reading.reader.read - repeated, reading.reader.blank
    return PartTaken(file, tuple(batches), whole, tally, read, blank)


def keys_of_file(taken: PartTaken) -> Keys:
    """Return the keys of the clean rows of a file."""
    file = taken.file
    numbers, lines, marks = [np.zeros(0, np.int64)], [np.zeros(0, np.uint32)], [np.zeros(0, np.uint16)]
    for batch, _ in taken.batches:
        if batch.phones is not None:
            numbers.append(batch.phones.number)
            lines.append(file.places.counted(batch.lines).astype(np.uint32))
            marks.append(duplicates.identifier_marks(batch, file.layout))
    return Keys(np.concatenate(numbers), np.concatenate(lines), np.concatenate(marks))


def finish_file(taken: PartTaken, repeats: Repeats, shared: Shared) -> FileTaken:
    """Take a file through the rest of the stages, given its repeats."""
    with kept_memory():
        return _finished(taken, repeats, shared)


def _finished(taken: PartTaken, repeats: Repeats, shared: Shared) -> FileTaken:
    file, settings, tally = taken.file, shared.settings, Tally()
    tally.add_all(taken.tally)  # the task may run again
    collector = Collector(
        settings.samples,
        show_values=settings.show_values,
        outcomes=outcomes(settings),
        corrected=corrected_rows(file.changes),
    )
    collector.name_columns(map(columns.clean_name, file.header))
    collector.begin_file(file.given.name, file.order)
    written, sizes, rejected = [], [np.zeros(0, np.int64)], []
    clean = 0
    for (batch, findings), (again, lines, others) in zip(taken.batches, _by_batch(taken, repeats), strict=True):
        kept, found = duplicates.reject_repeats(batch, file.layout, again, lines, others, file.places)
        collector.take([*findings, *found])
        rejects = collector.flush()
        rejected += [rejects] if len(rejects) else []
        columns_written = tables.written_columns(kept, file.layout)
        if settings.split:
            sizes.append(tables.row_sizes(columns_written, shared.newline))
        # An array is sent without being copied.
        written.append(np.frombuffer(tables.clean_rows(columns_written, shared.newline), np.uint8))
        tally.add(kept)
        tally.likely_opt_outs += opt_outs.count_likely(kept, file.layout)
        clean += len(kept)
    collector.take(taken.whole)
    tally.other_identifier += int(np.count_nonzero(repeats.others))
    rows = Rows(taken.read, clean, sum(map(len, rejected)), taken.blank)
    if rows.clean + rows.rejected != rows.read:
        raise RuntimeError(f"rows are lost: {rows}")
    return FileTaken(rows, collector, tally, tuple(written), np.concatenate(sizes), tuple(rejected))


def _by_batch(taken: PartTaken, repeats: Repeats) -> Iterator[tuple[NDArray[np.bool_], Positions, NDArray[np.bool_]]]:
    """Yield, for each batch, which of its rows are repeats, and lines and identifiers for these."""
    at = 0
    for batch, _ in taken.batches:
        here = slice(*np.searchsorted(repeats.rows, [at, at + len(batch)]))
        again = np.zeros(len(batch), np.bool_)
        again[repeats.rows[here] - at] = True
        yield again, repeats.lines[here], repeats.others[here]
        at += len(batch)


@contextmanager
def _own(given: OpenFile) -> Iterator[OpenFile]:
    """Yield a task's own copy of an open file, even if tasks share a process, and keep freed memory meanwhile."""
    file = copy(given.file)
    with kept_memory(), closing(file):
        yield replace(given, file=file)


def _slim(found: Finding, rejecting: Mapping[str, Outcome]) -> Finding:
    """Return a finding without the columns that no sample and no reject needs."""
    if not isinstance(found, RowFindings) or rejecting[found.code] is Outcome.REJECT:
        return found
    batch = found.batch
    nothing = TextColumn.of([])
    cells = tuple(column if place == found.column else nothing for place, column in enumerate(batch.columns))
    return replace(found, batch=Batch(batch.lines, batch.records, cells, file=batch.file))
