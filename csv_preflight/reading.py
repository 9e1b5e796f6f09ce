"""A list from its bytes to its header: the first three stages, and what later passes need of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import RawIOBase
from itertools import chain
from typing import BinaryIO, cast

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Dialect, Source
from csv_preflight.stages import columns, dialect, records, source

DIALECT_SAMPLE = 1 << 18
# Bytes of text read at a time: a batch of some ten thousand rows, which fits the processor's cache.
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """A list up to its header, and what was found on the way."""

    source: Source
    dialect: Dialect
    reader: records.Records
    findings: Findings


def open_list(file: BinaryIO, settings: Settings, *, headed: bool = True) -> Opened | Stop:
    """Read a list up to its header.

    headed: whether the first record is the header; if not, the columns are called column_1 and so on.
    """
    findings = Findings()
    examined = source.examine(file, settings.encoding)
    findings += examined.findings
    if isinstance(examined, Stop):
        return Stop(findings)
    text = blocks(file, examined.source)
    first = next(text, b"")
    detected = dialect.detect(first[:DIALECT_SAMPLE], findings, settings.delimiter)
    reader = records.read(chain([first], text), detected)
    if not headed:
        names = detected.delimiter.join(f"column_{place + 1}" for place in range(len(reader.header)))
        reader = records.read(chain([names.encode() + b"\n"], blocks(file, examined.source)), detected)
    findings += reader.drain()
    if not reader.header:
        if not findings.has("F005"):
            findings.whole_file("F004", what="header")
        return Stop(findings)
    return Opened(examined.source, detected, reader, findings)


class _Cursor(RawIOBase):
    """A reading position of its own in a file that several passes share."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._at = file, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(size)
        self._at += len(data)
        return data


def blocks(file: BinaryIO, examined: Source, size: int = BLOCK) -> Iterator[bytes]:
    """Yield the text of a list as UTF-8, whatever else is read from the file meanwhile."""
    return source.utf8_blocks(cast("BinaryIO", _Cursor(file)), examined, size)


def first_batch(opened: Opened, batches: Iterator[Batch]) -> Batch | Stop:
    """Return the first batch once a row was read; stop if the list is no table with rows."""
    for batch in batches:
        if opened.reader.read:
            stop = _misread(opened, batch) if len(opened.reader.header) == 1 else None
            return stop or batch
    findings = Findings(opened.reader.drain())
    findings.whole_file("F004", line=opened.reader.header_line, what="rows")
    return Stop(findings)


def _misread(opened: Opened, first: Batch) -> Stop | None:
    """Stop if a list has one column only by mistake."""
    reader = opened.reader
    findings = Findings()
    rows = np.arange(min(len(first), columns.SAMPLE_ROWS))
    found = columns.misread(reader.header[0], first.columns[0].take(rows).tolist(), opened.dialect.delimiter)
    if found:
        findings.whole_file("C001", line=reader.header_line, problem=found.problem, delimiter=found.delimiter)
        return Stop(findings)
    if not len(first) and reader.ragged:
        width = reader.ragged.most_common(1)[0][0]
        findings.whole_file("C004", line=reader.header_line, evidence="narrow", width=width)
        return Stop(findings)
    return None


def endings(file: BinaryIO, opened: Opened) -> set[str]:
    """Return the kinds of line endings between records: "CRLF", "LF", "CR"."""
    counted = {"CRLF": opened.source.crlf, "LF": opened.source.lf, "CR": opened.source.cr}
    present = {name for name, count in counted.items() if count}
    if len(present) < 2 and "CR" not in present:
        return present
    # Some of them may be inside quoted cells: only a reading of the records can tell, up to where all have been seen.
    reader = records.read(blocks(file, opened.source), opened.dialect)
    names = {b"\r\n": "CRLF", b"\n": "LF", b"\r": "CR"}
    found: set[str] = set()
    for _ in reader.batches():
        reader.drain()
        found = {names[ending] for ending, count in reader.endings.items() if count and ending}
        if found == present:
            break
    return found


def expected_rows(opened: Opened, first: Batch) -> int:
    """Return how many rows there may be, by the size of the first ones."""
    if not len(first):
        return 0
    size = sum(int(column.lengths.sum()) + len(first) for column in first.columns)
    return opened.source.size * len(first) // size
