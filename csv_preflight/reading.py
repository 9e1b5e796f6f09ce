"""A list from its bytes to its header: the first three stages, and what later passes need from them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from io import RawIOBase
from itertools import chain
from typing import BinaryIO, NamedTuple, cast

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.records import Reader
from csv_preflight.model.report import Input
from csv_preflight.model.rule import Parameters
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Dialect, Source
from csv_preflight.stages import columns, records
from csv_preflight.stages.dialect import detect, is_padded, rfc4180
from csv_preflight.stages.source import examine, utf8_blocks

DIALECT_SAMPLE = 1 << 18
# Bytes of text read at a time: a batch of some ten thousand rows, which fits the processor's cache.
BLOCK = 1 << 20
# This many rows that do not fit the header, and none that does, are enough to decide that it is no table.
MOST_MISFITS = 10_000
_LINE_END = re.compile(rb"\r\n|\n|\r")


class Opened(NamedTuple):
    """A list up to its header, and the findings on the way.  header_seems: a later line that looks like the header."""

    source: Source
    dialect: Dialect
    reader: Reader
    findings: Findings
    header_seems: int | None = None


def open_list(file: BinaryIO, settings: Settings, *, headed: bool = True) -> Opened | Stop:
    """Read a list up to its header.

    headed: whether the first record is the header; if not, the columns are named column_1 and so on.
    """
    findings = Findings()
    examined = examine(file, settings.encoding)
    findings += examined.findings
    if isinstance(examined, Stop):
        return Stop(findings)
    source = examined.source
    text = blocks(file, source)
    first = next(text, b"")
    skipped = settings.skip_lines
    if skipped:
        whole = first[:DIALECT_SAMPLE]
        delimiter = detect(whole, settings.delimiter).dialect.delimiter
        if columns.begins_with_header(whole.decode(errors="ignore"), delimiter):
            skipped = 0  # a clean file has no lines above its header
    sample = next(_without_lines(iter([first]), skipped), b"")[:DIALECT_SAMPLE]
    detected = detect(sample, settings.delimiter)
    if detected.dialect.padded:
        text_below = _without_lines(blocks(file, source), skipped)
        if not is_padded(text_below, detected.dialect):
            detected = detect(sample, settings.delimiter, padded=False)
    findings += detected.findings
    if skipped:
        findings.whole_file("F108", lines=skipped)
    dialect = replace(detected.dialect, skip_lines=skipped)
    reader = records.read(_plain(chain([first], text), dialect), dialect)
    if not headed:
        names = dialect.delimiter.join(f"column_{index + 1}" for index in range(len(reader.header)))
        rows = _plain(blocks(file, source), dialect)
        reader = records.read(chain([names.encode() + b"\n"], rows), dialect)
    findings += reader.drain()
    if not reader.header:
        if not findings.has("F005"):
            findings.whole_file("F004", given=_why_no_header(file, source, settings))
        return Stop(findings)
    seems = columns.line_of_header(sample.decode(errors="ignore"), dialect.delimiter) if headed else None
    return Opened(source, dialect, reader, findings, None if seems is None else seems + skipped)


def _why_no_header(file: BinaryIO, source: Source, settings: Settings) -> Parameters:
    """Return the parameters of F004: the list has no header, or nothing is left of it."""
    lines = source.crlf + source.lf + source.cr
    last = b""
    for block in blocks(file, source):
        last = block[-1:] or last
    lines += last not in (b"\n", b"\r", b"")
    if settings.skip_lines < lines or not settings.skip_lines:
        return {"problem": "header"}
    sample = next(blocks(file, source), b"")[:DIALECT_SAMPLE]
    delimiter = detect(sample, settings.delimiter).dialect.delimiter
    seems = columns.line_of_header(sample.decode(errors="ignore"), delimiter)
    found = {} if seems is None else {"seems": seems, "skip": seems - 1}
    problem = "skipped-header" if found else "skipped"
    return {"problem": problem, "lines": lines, "given": settings.skip_lines, **found}


class _Cursor(RawIOBase):
    """A separate reading position in a file that several passes share."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._at = file, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(size)
        self._at += len(data)
        return data


def blocks(file: BinaryIO, source: Source) -> Iterator[bytes]:
    """Yield the text of a list as UTF-8, independently of other readings of the file."""
    return utf8_blocks(cast("BinaryIO", _Cursor(file)), source, BLOCK)


def _plain(text: Iterator[bytes], dialect: Dialect) -> Iterator[bytes]:
    """Yield the text of a list in RFC 4180, without the lines above its header."""
    return rfc4180(_without_lines(text, dialect.skip_lines), dialect)


def _without_lines(text: Iterator[bytes], count: int) -> Iterator[bytes]:
    for block in text:
        at = 0
        while count and (ending := _LINE_END.search(block, at)):
            at, count = ending.end(), count - 1
        if not count:
            yield block[at:]


def read_records(file: BinaryIO, source: Source, dialect: Dialect) -> records.Records:
    """Read a list up to its header once more."""
    return records.read(_plain(blocks(file, source), dialect), dialect)


def first_batch(opened: Opened, batches: Iterator[Batch]) -> Batch | Stop:
    """Return the first batch with a row; stop if the list is no table with rows."""
    first = None
    for batch in batches:
        if opened.reader.read:
            first = batch
            # So far, no row fits the header.
            if len(batch) or len(opened.reader.header) == 1 or opened.reader.read >= MOST_MISFITS:
                break
    if first is not None:
        return _below(opened) or _misread(opened, first) or first
    findings = Findings(opened.reader.drain())
    if evidence := columns.data_in_header(opened.reader.header):
        findings.whole_file("C004", line=opened.reader.header_line, given=evidence)
    else:
        skipped = opened.dialect.skip_lines
        given: Parameters = {"problem": "rows-below", "given": skipped} if skipped else {"problem": "rows"}
        findings.whole_file("F004", line=opened.reader.header_line, given=given)
    return Stop(findings)


def only_lacks_rows(stop: Stop) -> bool:
    """Whether a list that ``first_batch`` stops has a header; of any other, the first row may be a person's."""
    return stop.findings.has("F004")


def _below(opened: Opened) -> Stop | None:
    """Stop if the header seems to be on a later line."""
    if opened.header_seems is None:
        return None
    findings, seems = Findings(), opened.header_seems
    parameters = {"what": "names", "evidence": "below", "way_out": "skip", "seems": seems, "skip": seems - 1}
    findings.whole_file("C004", line=opened.reader.header_line, given=parameters)
    return Stop(findings)


def _misread(opened: Opened, first: Batch) -> Stop | None:
    """Stop if no row fits the header and all have one other width, or if a list has one column by mistake."""
    reader = opened.reader
    findings = Findings()
    if len(reader.header) > 1 and not _is_one_column(reader, first):
        if len(first) or len(reader.ragged) != 1 or reader.ragged.total() < reader.read:
            return None
        if next(iter(reader.ragged)) < len(reader.header):
            return None
        parameters = {"what": "part", "evidence": "narrow", "way_out": "complete", "names": len(reader.header)}
        findings.whole_file("C004", line=reader.header_line, width=next(iter(reader.ragged)), given=parameters)
        return Stop(findings)
    rows = np.arange(min(len(first), columns.SAMPLE_ROWS))
    cells = first.columns[0].take(rows).tolist()
    found = columns.misread(reader.header[0], cells, opened.dialect.delimiter, quoted=reader.header_quoted)
    if found:
        findings.whole_file("C001", line=reader.header_line, problem=found.problem, delimiter=found.delimiter)
        return Stop(findings)
    if not len(first) and reader.ragged:
        width = reader.ragged.most_common(1)[0][0]
        parameters = {"what": "part", "evidence": "narrow", "way_out": "complete", "names": 1}
        findings.whole_file("C004", line=reader.header_line, width=width, given=parameters)
        return Stop(findings)
    return None


def _is_one_column(reader: Reader, first: Batch) -> bool:
    """Whether the other columns have neither names nor cells, and the first one is in quotes."""
    others = zip(reader.header[1:], first.columns[1:], strict=True)
    return reader.header_quoted and not any(name or column.lengths.any() for name, column in others)


def endings(file: BinaryIO, opened: Opened) -> set[str]:
    """Return the kinds of line endings between records: "CRLF", "LF", "CR"."""
    counted = {"CRLF": opened.source.crlf, "LF": opened.source.lf, "CR": opened.source.cr}
    present = {name for name, count in counted.items() if count}
    if len(present) < 2 and "CR" not in present:
        return present
    # Some may be inside quoted cells, so read records until all kinds have been seen between them.
    reader = read_records(file, opened.source, opened.dialect)
    names = {b"\r\n": "CRLF", b"\n": "LF", b"\r": "CR"}
    result: set[str] = set()
    for _ in reader.batches():
        reader.drain()
        result = {names[ending] for ending, count in reader.endings.items() if count and ending}
        if result == present:
            break
    return result


def expected_rows(opened: Opened, first: Batch) -> int:
    """Return an estimate of the count of rows, by the size of the first ones."""
    if not len(first):
        return 0
    size = sum(int(column.lengths.sum()) + len(first) for column in first.columns)
    return opened.source.size * len(first) // size


def input_facts(file: BinaryIO, path: str, opened: Opened | Stop) -> Input:
    """Return the report's facts about the input, as far as it could be opened."""
    if isinstance(opened, Stop):
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        return Input(path, file.seek(0, os.SEEK_END), digest)
    encoding = opened.source.encoding
    return Input(
        path=path,
        bytes=opened.source.size,
        sha256=opened.source.sha256,
        encoding=encoding.name,
        encoding_source=encoding.source,
        delimiter=opened.dialect.delimiter,
        # If it is no header, it may be a person's row.
        columns=() if columns.data_in_header(opened.reader.header) else opened.reader.header,
    )
