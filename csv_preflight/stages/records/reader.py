"""Text -> batches of records with their physical lines; ragged and broken ones are set aside.

``scan`` finds the records of whole blocks with numpy; ``exact`` reads single records where ``scan`` meets a fault.
Both follow RFC 4180: cells are kept byte for byte, except for their quotes and the doubling of quotes inside.  Only LF,
CRLF and a bare CR end a record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.distinct import ascending
from csv_preflight.model.finding import Findings, SetAside
from csv_preflight.model.source import Dialect
from csv_preflight.model.text_column import Bytes
from csv_preflight.stages.records.blanks import END_OF_FILE, blank_records, is_blank
from csv_preflight.stages.records.cells import Cells
from csv_preflight.stages.records.exact import LIMITS, LINE_END, Limits, Parsed, literal, parse
from csv_preflight.stages.records.multiline import lines_like_rows, swallows_rows
from csv_preflight.stages.records.scan import ENDINGS, Scanned, scan

# After a fault the scan continues with a short stretch and doubles it until the next fault, since a file full of faults
# would otherwise be scanned to the end of the block after each.  If faults come more closely, more and more records are
# read one by one before the next scan, which costs as much as a hundred of them.
FIRST_STRETCH = 4096
MOST_SINGLES = 1024


def read(blocks: Iterable[bytes], dialect: Dialect, limits: Limits = LIMITS) -> Records:
    """Read up to the header.  blocks: UTF-8 text, not split within a character or a CRLF."""
    return Records(blocks, dialect, limits)


class Records:
    """The records of a list: its header, then ``batches``.

    header: cells of the first line that is not blank, () without one; header_line: its number; header_quoted: whether
    it begins with a quote.  read, blank: data records, including those set aside, and blank lines so far.  ragged:
    count of records so far by their number of fields, where it is not the header's.  endings: count of records so far
    by their line ending, one of ENDINGS.
    """

    def __init__(self, blocks: Iterable[bytes], dialect: Dialect, limits: Limits) -> None:
        self.header: tuple[str, ...] = ()
        self.header_line = 1
        self.header_quoted = False
        self.read = self.blank = 0
        self.ragged = Counter[int]()
        self.endings = dict.fromkeys(ENDINGS, 0)
        self._blocks, self._dialect, self._limits = iter(blocks), dialect, limits
        self._findings = Findings()
        self._line = 1 + dialect.skip_lines
        self._rest = b""
        self._skipping = False
        self._read_header()

    def drain(self) -> Findings:
        """Return the findings since the last call."""
        found, self._findings = self._findings, Findings()
        return found

    def close(self) -> None:
        """Release the text that was read ahead; no more records will be read."""
        self._blocks, self._rest = iter(()), b""

    def batches(self) -> Iterator[Batch]:
        """Yield the records that fit the header; ``drain`` returns the findings on the way."""
        buffer, self._rest = self._rest, b""
        for block in chain([b""], self._blocks):
            buffer += self._without_skipped(block)
            batch, consumed = self._batch(buffer, final=False)
            buffer = buffer[consumed:]
            if consumed:
                yield batch
        if self._skipping:
            buffer = b""
        record = buffer.rstrip(END_OF_FILE)
        if record != buffer and LINE_END.sub(b"", record[-1:]):
            # A Ctrl-Z directly after the last record counts as a blank line of its own.
            buffer = record + (max(self.endings, key=lambda one: self.endings[one]) or b"\n") + END_OF_FILE
        batch, _ = self._batch(buffer, final=True)
        yield batch

    def _read_header(self) -> None:
        waiting_for_sep = self._dialect.sep_line
        buffer, at, final = b"", 0, False
        while True:
            parsed = parse(buffer, at, self._dialect, self._limits, final=final) if at < len(buffer) or final else None
            if parsed is None:
                block = next(self._blocks, None)
                final = block is None
                buffer, at = buffer[at:] + (block or b""), 0
                continue
            faulty = bool(parsed.code)
            if parsed.code in ("R003", "R004"):
                parsed = literal(buffer, at, self._dialect)
            if parsed.end == at:
                return
            line, text, ending = self._line, buffer[at : parsed.stop], buffer[parsed.stop : parsed.end]
            self._line += _line_ends(buffer[at : parsed.end])
            at = parsed.end
            if waiting_for_sep:
                waiting_for_sep = False
            elif not faulty and is_blank(text, self._dialect, len(self.header)):
                self.blank += 1
                self._findings.lines("R101", np.array([line]))
            else:
                break
        self._rest = buffer[at:]
        if parsed.code or len(parsed.spans) > self._limits.fields:
            kind = f"a first line of more than {self._limits.fields:,} columns, or with one that has no end"
            self._findings.whole_file("F005", line=line, kind=kind, remedy="export the list again as CSV")
            return
        self.endings[ending] += 1
        self.header = tuple(_cell(buffer, parsed, index) for index in range(len(parsed.spans)))
        self.header_line = line
        self.header_quoted = not faulty and text.startswith(b'"')

    def _without_skipped(self, block: bytes) -> bytes:
        """Return the text after the skipped line, if that ends in this block."""
        if not self._skipping:
            return block
        match = LINE_END.search(block)
        if match is None:
            return b""
        self._skipping = False
        self._line += 1
        self.endings[match[0]] += 1
        return block[match.end() :]

    def _batch(self, buffer: bytes, *, final: bool) -> tuple[Batch, int]:
        """Return the batch of the records at the beginning of a buffer, and their size in bytes."""
        data = np.frombuffer(buffer, np.uint8)
        cells = Cells(buffer, data, len(self.header), skip_space=self._dialect.skip_space)
        limits = self._limits
        at, stretch, single, singles = 0, len(buffer), 0, 0
        while at < len(buffer):
            if not single:
                stop = min(len(buffer), at + stretch)
                whole = stop == len(buffer)
                found = scan(buffer, data, at, stop, self._dialect, final=final and whole)
                giants = (found.stops - found.starts > min(limits.field, limits.record)) | (found.sizes > limits.fields)
                if giants.any():
                    found = found.before(int(giants.argmax()))
                swallower = self._first_swallower(found, buffer)
                if swallower is not None:
                    found = found.before(swallower)
                passed = found.end - at
                if len(found.starts):
                    self._take(found, at, buffer, data, cells)
                    at = found.end
                    stretch *= 2
                if found.fault or (not len(found.starts) and whole and len(buffer) - at > limits.field):
                    singles = min(2 * singles, MOST_SINGLES) if singles and passed < FIRST_STRETCH else 1
                    single, stretch = singles, FIRST_STRETCH
                elif not len(found.starts):
                    if whole:
                        break
                    stretch *= 4
            else:
                parsed = parse(buffer, at, self._dialect, limits, final=final)
                if parsed is None:
                    break
                parsed = self._without_swallowed(parsed, buffer)
                self._take_one(parsed, buffer, cells)
                at = parsed.end
                single -= 1
        batch = replace(cells.batch(), plain=self._is_plain(buffer))
        self._warn_of_lines(batch, cells.several_lines)
        return batch, at

    def _is_plain(self, buffer: bytes) -> bool:
        """Whether no cell of a buffer can hold a comma, a quote or a line ending."""
        return b'"' not in buffer and (self._dialect.delimiter == "," or b"," not in buffer)

    def _take(self, scanned: Scanned, start: int, buffer: bytes, data: Bytes, cells: Cells) -> None:
        """Take the records of a scan from start: add those that fit, count blank ones, set aside the others."""
        lines = scanned.lines + self._line
        blank = blank_records(scanned, buffer, data, self._dialect, len(self.header))
        if blank.any():
            self.blank += int(np.count_nonzero(blank))
            self._findings.lines("R101", lines[blank])
        numbers = self.read + np.cumsum(~blank)
        self.read += int(np.count_nonzero(~blank))
        fits = (scanned.sizes == len(self.header)) & ~blank
        if buffer.find(b"\0", start, scanned.end) >= 0:
            fits[np.searchsorted(scanned.stops, np.flatnonzero(data[start : scanned.end] == 0) + start)] = False
        if not fits.all():
            aside = []
            for row in np.flatnonzero(~fits & ~blank).tolist():
                text = buffer[scanned.starts[row] : scanned.stops[row]]
                aside.append(self._ragged(text, int(lines[row]), int(numbers[row]), int(scanned.sizes[row])))
            self._findings.set_aside(aside)
        cells.add(scanned, fits, lines, numbers)
        self._line += scanned.lines_in_all
        for ending, count in zip(ENDINGS, np.bincount(scanned.endings, minlength=len(ENDINGS)).tolist(), strict=True):
            self.endings[ending] += count

    def _take_one(self, parsed: Parsed, buffer: bytes, cells: Cells) -> None:
        """Take a record that was parsed on its own."""
        text = buffer[parsed.start : parsed.stop]
        if not parsed.code and is_blank(text, self._dialect, len(self.header)):
            self.blank += 1
            self._findings.lines("R101", np.array([self._line]))
            self._line += 1
            self.endings[buffer[parsed.stop : parsed.end]] += 1
            return
        self.read += 1
        if parsed.code:
            details = dict(parsed.details)
            if parsed.opening is not None:
                details["line"] = self._line + _line_ends(buffer[parsed.start : parsed.opening])
            raw = self._beginning(text) if parsed.code == "R007" else _shown(text)
            self._findings.set_aside([SetAside(parsed.code, self._line, self.read, raw, details)])
        elif b"\0" in text or len(parsed.spans) != len(self.header):
            self._findings.set_aside([self._ragged(text, self._line, self.read, len(parsed.spans))])
        else:
            cells.add_one(parsed, self._line, self.read)
        self._line += _line_ends(buffer[parsed.start : parsed.end])
        self._skipping = parsed.endless
        if not parsed.endless:
            self.endings[buffer[parsed.stop : parsed.end]] += 1

    def _ragged(self, text: bytes, line: int, number: int, size: int) -> SetAside:
        if b"\0" in text:
            return SetAside("R005", line, number, _shown(text))
        self.ragged[size] += 1
        code = "R001" if size < len(self.header) else "R002"
        return SetAside(code, line, number, _shown(text), {"found": size, "expected": len(self.header)})

    def _beginning(self, text: bytes) -> str:
        """Return the part of an oversized record that goes to the rejects file."""
        limit = self._limits.raw
        cut = text[: 4 * limit].decode(errors="ignore")
        return (cut if len(text) <= limit else cut[:limit] + "…").replace("\0", "\u2400")

    def _first_swallower(self, scanned: Scanned, buffer: bytes) -> int | None:
        """Return the first record of a scan that does not fit the header and has others between two quotes."""
        if not len(scanned.inner):
            return None
        rows = ascending(np.searchsorted(scanned.stops, scanned.inner))
        for row in rows[scanned.sizes[rows] != len(self.header)].tolist():
            parsed = parse(buffer, int(scanned.starts[row]), self._dialect, self._limits, final=True)
            if parsed and self._without_swallowed(parsed, buffer) is not parsed:
                return int(row)
        return None

    def _without_swallowed(self, parsed: Parsed, buffer: bytes) -> Parsed:
        """Return the record up to the quote that swallows others, as R004, if it does not fit the header."""
        width = len(self.header)
        if parsed.code or len(parsed.spans) == width or width < 2:
            return parsed
        for index, (start, end) in enumerate(parsed.spans):
            ending = LINE_END.search(buffer, start, end)
            if ending and swallows_rows(buffer[start:end].decode(), width, self._dialect):
                field = {"field": index + 1}
                return Parsed(parsed.start, ending.start(), ending.end(), [], [], "R004", field, opening=start - 1)
        return parsed

    def _warn_of_lines(self, batch: Batch, candidates: list[int]) -> None:
        """Report R006 for the rows with line endings inside a cell that look like several records."""
        if not candidates:
            return
        columns = [column.take(np.array(candidates, np.intp)).tolist() for column in batch.columns]
        counts = [lines_like_rows(cells, self._dialect) for cells in zip(*columns, strict=True)]
        result = [(row, count) for row, count in zip(candidates, counts, strict=True) if count]
        rows = np.array([row for row, _ in result], np.intp)
        self._findings.rows("R006", batch, rows, parameters=[{"lines": count} for _, count in result])


def _shown(text: bytes) -> str:
    """Return a record's text for the rejects file, with a symbol for NUL."""
    return text.decode().replace("\0", "\u2400")


def _line_ends(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")


def _cell(data: bytes, parsed: Parsed, index: int) -> str:
    start, end = parsed.spans[index]
    cell = data[start:end]
    return (cell.replace(b'""', b'"') if index in parsed.escaped else cell).decode()
