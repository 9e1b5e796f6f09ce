"""What is done to one file of a list, wherever a scheduler wants it: its rows up to the repeats, and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from csv_preflight.collector import Collector
from csv_preflight.engines.deciding import Decided, split_keys
from csv_preflight.file_of_list import FileOfList
from csv_preflight.file_rows import FileTaken, taken_rows
from csv_preflight.inputs import OpenFile
from csv_preflight.lists import Lists
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Finding, Findings, RowFindings
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import LinePlaces
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.report import Input, Rows
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Dialect, Source
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.reading import Opened, read_records
from csv_preflight.row_stages import outcomes
from csv_preflight.rules import BY_CODE
from csv_preflight.stages import columns, duplicates, opt_outs
from csv_preflight.summary import Tally
from csv_preflight.writing import tables


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a list as another process finds it; see ``FileOfList``.  newline: of the clean file."""

    path: str
    source: Source
    dialect: Dialect
    facts: Input
    header: tuple[str, ...]
    layout: Layout
    order: tuple[int, ...] | None
    places: LinePlaces
    newline: str

    @classmethod
    def of(cls, file: FileOfList, newline: str) -> FilePart:
        """Return a file that was opened here."""
        opened = file.opened
        return cls(
            file.given.name, opened.source, opened.dialect, file.facts, file.header, file.layout, file.order,
            file.places, newline,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shared:
    """What is the same for all files of a list."""

    settings: Settings
    lists: Lists
    opted_out: NumberTable


@dataclass(frozen=True, slots=True, eq=False)
class PartTaken:
    """A file whose rows are through all stages but that of repeats: its batches, and what was found of each."""

    part: FilePart
    settings: Settings
    batches: tuple[tuple[Batch, Findings], ...]
    tally: Tally
    read: int
    blank: int


def take_file(part: FilePart, shared: Shared) -> PartTaken:
    """Take the rows of a file up to the repeats."""
    settings, tally = shared.settings, Tally()
    rejecting = {code: rule.outcome for code, rule in BY_CODE.items()} | outcomes(settings)
    batches = []
    repeated = 0
    with Path(part.path).open("rb") as file:
        reader = read_records(file, part.source, part.dialect)
        opened = Opened(part.source, part.dialect, reader, Findings())
        given = OpenFile(file, part.path)
        listed = FileOfList(
            given, opened, part.facts, part.header, part.layout, part.order, 0, frozenset(), places=part.places
        )
        reading = listed.read_again()
        for taken in taken_rows(reading, settings, shared.lists, shared.opted_out):
            tally.add_normalized(taken.normalized)
            repeated += taken.repeated
            found = Findings(_slim(finding, rejecting) for finding in taken.findings)
            batches.append((taken.batch, found))
        read, blank = reading.reader.read - repeated, reading.reader.blank
    return PartTaken(part, settings, tuple(batches), tally, read, blank)


def keys_of_file(file: PartTaken, buckets: int) -> list[pd.DataFrame]:
    """Return the keys of the clean rows of a file by bucket."""
    keys = pd.concat([_keys(batch, file.part) for batch, _ in file.batches], ignore_index=True)
    keys["row"] = np.arange(len(keys))
    return split_keys(keys, buckets)


def finish_file(file: PartTaken, decided: Sequence[Sequence[Decided]], place: int) -> FileTaken:
    """Take a file through the rest; decided: what each bucket says of each file; place: of this one among them."""
    part, settings, tally = file.part, file.settings, Tally()
    tally.add_all(file.tally)  # the task may run again
    again, lines, others = _repeats(file, [bucket[place] for bucket in decided])
    collector = Collector(settings.samples, show_values=settings.show_values, outcomes=outcomes(settings))
    collector.name_columns(map(columns.clean_name, part.header))
    collector.begin_file(part.path, part.order)
    written, sizes, rejected = [], [np.zeros(0, np.int64)], []
    clean = at = 0
    for batch, findings in file.batches:
        here = slice(at, at + len(batch))
        at += len(batch)
        mask = again[here]
        kept, found = duplicates.reject_repeats(
            batch, part.layout, mask, lines[here][mask], others[here][mask], part.places
        )
        collector.take([*findings, *found])
        rejects = collector.settle()
        rejected += [rejects] if len(rejects) else []
        columns_written = tables.written_columns(kept, part.layout)
        sizes.append(tables.row_sizes(columns_written, part.newline))
        written.append(tables.clean_rows(columns_written, part.newline))
        tally.add(kept)
        tally.likely_opt_outs += opt_outs.count_likely(kept, part.layout)
        clean += len(kept)
    tally.other_identifier += int(np.count_nonzero(others))
    rows = Rows(file.read, clean, sum(map(len, rejected)), file.blank)
    if rows.clean + rows.rejected != rows.read:
        raise RuntimeError(f"rows are lost: {rows}")
    return FileTaken(rows, tally.without_code, collector, tally, tuple(written), np.concatenate(sizes), tuple(rejected))


def _keys(batch: Batch, part: FilePart) -> pd.DataFrame:
    """Return the keys of the rows of a batch: their order is the line of the list."""
    lines = part.places.counted(batch.lines)
    numbers = batch.phones.number if batch.phones else np.zeros(0, np.int64)
    marks = duplicates.identifier_marks(batch, part.layout)
    return pd.DataFrame({"number": numbers, "order": lines, "tie": 0, "row": 0, "line": lines, "mark": marks})


def _repeats(file: PartTaken, decided: Sequence[Decided]) -> tuple[NDArray[np.bool_], Positions, NDArray[np.bool_]]:
    """Return, for each clean row of a file, whether it is a repeat, which line is kept, and of another name."""
    rows = sum(len(batch) for batch, _ in file.batches)
    again, others, lines = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_), np.zeros(rows, np.int64)
    for one in decided:
        again[one.rows], lines[one.rows], others[one.rows] = True, one.lines, one.others
    return again, lines, others


def _slim(found: Finding, rejecting: Mapping[str, Outcome]) -> Finding:
    """Return what was found without the columns that no sample and no reject needs."""
    if not isinstance(found, RowFindings) or rejecting[found.code] is Outcome.REJECT:
        return found
    batch = found.batch
    nothing = TextColumn.of([""] * 0)
    cells = tuple(column if place == found.column else nothing for place, column in enumerate(batch.columns))
    return replace(found, batch=Batch(batch.lines, batch.records, cells, file=batch.file))
