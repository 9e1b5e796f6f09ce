"""Where a file stops being valid text, for F003."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from csv_preflight.encoding import Decoding, Undecodable
from csv_preflight.model.finding import Findings
from csv_preflight.model.source import Encoding
from csv_preflight.stages.source.survey import BLOCK, LineEndings

# This many NULs at the end are an empty block of a disk: the file was not copied completely.
LEAST_ZEROS = 4


def undecodable(file: BinaryIO, encoding: Encoding) -> Findings | None:
    """Return F003 for the first byte that is invalid in the encoding, None if there is none."""
    endings, decoding = LineEndings(), Decoding(encoding)
    for block in (*_blocks(file), b""):
        endings.add(decoding.text(block))
        if decoding.failure:
            return _byte(decoding.failure, endings, encoding)
    return None


def _byte(failure: Undecodable, endings: LineEndings, encoding: Encoding) -> Findings:
    endings.add(failure.before)
    remedy = "cut-off" if failure.cut_off else "option" if encoding.source == "option" else "joined"
    return byte_at(failure.offset, failure.value, encoding, remedy, line=endings.lines + 1)


def byte_at(offset: int, value: int, encoding: Encoding, remedy: str, line: int = 1) -> Findings:
    """Return F003 for a byte that is invalid in the encoding."""
    findings = Findings()
    findings.whole_file(
        "F003", line=line, problem="byte", remedy=remedy, byte=f"0x{value:02X}", offset=offset, encoding=encoding.name
    )
    return findings


def joined(file: BinaryIO, offset: int, encoding: Encoding | None) -> Findings:
    """Return F003 for a file whose encoding changes.  encoding: the one before, None for one of single bytes."""
    findings = Findings()
    line = _line_at(file, offset, encoding)
    findings.whole_file("F003", line=line, problem="joined", remedy="joined", offset=offset)
    return findings


def zeros(file: BinaryIO, size: int, count: int, encoding: Encoding | None) -> Findings | None:
    """Return F003 for NUL bytes at the end, None if they are few.  size: of the file; count: of those bytes."""
    width = {"utf-16": 2, "utf-32": 4}.get(encoding.name[:6], 1) if encoding else 1
    # The last character may have zero bytes itself.
    offset = -(-(size - count) // width) * width
    if size - offset < LEAST_ZEROS * width:
        return None
    findings = Findings()
    line = _line_at(file, offset, encoding)
    findings.whole_file("F003", line=line, problem="zeros", remedy="copy", offset=offset, size=size - offset)
    return findings


def _line_at(file: BinaryIO, offset: int, encoding: Encoding | None) -> int:
    """Return the number of the line that an offset is in."""
    endings, decoding = LineEndings(), Decoding(encoding or Encoding("latin-1", "detected"))
    for block in _blocks(file, offset):
        endings.add(decoding.text(block))
    return endings.lines + 1


def _blocks(file: BinaryIO, end: int | None = None) -> Iterator[bytes]:
    """Yield a file from its start, up to an offset."""
    file.seek(0)
    left = end
    while block := file.read(BLOCK if left is None else min(BLOCK, left)):
        yield block
        left = None if left is None else left - len(block)
