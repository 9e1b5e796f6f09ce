"""Corrected rejects files as people save them -> their column names and cells: any CSV, or a workbook."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from csv_preflight.collector import summarize
from csv_preflight.corrections.matching import LINE
from csv_preflight.errors import WorkbookError
from csv_preflight.inputs import open_source
from csv_preflight.model.content import Content
from csv_preflight.model.corrections import Corrections
from csv_preflight.model.finding import SetAside, Stop
from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.reading import open_list
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import worded
from csv_preflight.stages.columns import clean_name

# The first bytes of workbooks: a zip, or a file of an older Office.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_SHEET = "Rejects"
# The bytes in which the header of a rejects file is looked for.
_START = 1 << 16
# Columns of the rejects that corrections need not have.
_NOT_READ = REJECTS_COLUMNS[1:3]


def read_corrections(given: str | Content, settings: Settings) -> Corrections:
    """Read a corrected rejects file.

    settings: of the list, whose encoding and delimiter are used if the file's own are unclear.  A file that is no table
    has a ``problem``; a path that cannot be read raises OSError.
    """
    name = os.fspath(given) if isinstance(given, str) else str(given)
    with open_source(given if isinstance(given, str) else given.data) as (file, _):
        file.seek(0)
        if file.read(8).startswith(_WORKBOOKS):
            return _from_workbook(file, name)
        if isinstance(given, Content) and given.is_frame:
            return _read(file, name, Settings(encoding="utf-8", delimiter=","))
        found = _read(file, name, Settings())
        own = Settings(encoding=settings.encoding, delimiter=settings.delimiter)
        if LINE not in found.names and own != Settings():
            again = _read(file, name, own)
            return again if LINE in again.names else found
        return found


def _from_workbook(file: BinaryIO, name: str) -> Corrections:
    """Read the only sheet with rows, or the one with the name of clean's workbooks."""
    from csv_preflight.workbooks.conversion import convert_file
    from csv_preflight.workbooks.sheets import opened_workbook

    blocks: list[bytes] = []
    try:
        file.seek(0)
        with opened_workbook(file) as workbook:
            sheet = next((sheet.name for sheet in workbook.sheets if sheet.name == _SHEET), None)
        file.seek(0)
        convert_file(file, Path(name).name, blocks.append, sheet)
    except WorkbookError as error:
        text = str(error).replace("choose one with --sheet NAME", "leave only the one with the corrected rows")
        return Corrections(name, problem=text.removeprefix(f"{Path(name).name}: "))
    return _read(io.BytesIO(b"".join(blocks)), name, Settings(encoding="utf-8", delimiter=","))


def _read(file: BinaryIO, name: str, settings: Settings) -> Corrections:
    """Read a file without titles above its header."""
    found = _table(file, name, settings)
    if LINE not in found.names and (titles := _titles(file)):
        without = _table(file, name, replace(settings, skip_lines=titles))
        return without if LINE in without.names else found
    return found


def _table(file: BinaryIO, name: str, settings: Settings) -> Corrections:
    file.seek(0)
    opened = open_list(file, settings)
    if isinstance(opened, Stop):
        stop = next(found for found in summarize(opened.findings) if found.outcome is Outcome.STOP)
        # The option is about the list, not about the corrections.
        said = stop.samples[0].detail.replace("give the right one with --encoding", "save it as CSV UTF-8")
        return Corrections(name, problem=f"{stop.code} {said}")
    reader, delimiter = opened.reader, opened.dialect.delimiter
    kept = [place for place, title in enumerate(reader.header) if clean_name(title) not in _NOT_READ]
    parts: list[list[TextColumn]] = [[TextColumn.of([])] for _ in kept]
    for batch in reader.batches():
        for column, place in zip(parts, kept, strict=True):
            column.append(batch.columns[place].packed())
        for record in (found for found in reader.drain() if isinstance(found, SetAside)):
            cells = _whole(record, delimiter, len(reader.header))
            if cells is None:
                reason = worded(BY_CODE[record.code], record.parameters)
                return Corrections(name, problem=f"{record.code} on line {record.line}: {reason}")
            for column, place in zip(parts, kept, strict=True):
                column.append(TextColumn.of([cells[place]]))
    return Corrections(name, tuple(reader.header[place] for place in kept), tuple(map(TextColumn.joining, parts)))


def _titles(file: BinaryIO) -> int:
    """Return how many lines there are above the header, which has a column that every rejects file has."""
    file.seek(0)
    start = file.read(_START)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        above, name, _ = start.partition(LINE.encode(encoding))
        if name:
            text = above.decode(encoding, "replace")
            return text.count("\n") or text.count("\r")
    return 0


def _whole(record: SetAside, delimiter: str, width: int) -> list[str] | None:
    """Return the cells of a row with too few or too many empty cells at its end, as some spreadsheets save it."""
    if not BY_CODE[record.code].is_misfit:
        return None
    cells = _split(record.raw, delimiter)
    return None if any(cells[width:]) else [*cells, *[""] * (width - len(cells))][:width]


def _split(text: str, delimiter: str) -> list[str]:
    rows: Iterator[list[str]] = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return next(rows, [])
