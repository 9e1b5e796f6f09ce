"""One record at a time, exactly: for the header, and where the scan of whole blocks stops.

A field that begins with a quote ends at the next quote that is not doubled, directly followed by a delimiter, a line
ending or the end of the file.  Anything else is a fault.  A fault ends the record at the end of a physical line: the
line of the fault, or, if the quoted field has crossed a line ending, the line on which the quote opened, which most
likely was never meant to span lines.

Going back to the line after an unclosed quote costs no more than reading the file twice: the lines inside the quotes
have only even runs of quotes, so no field on them can open a quote and leave it open.  The next long search begins
after the end of this one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from csv_preflight.model.source import Dialect

LINE_END = re.compile(rb"\r\n|\n|\r")
_NO_LINE_END = re.compile(rb"[^\r\n]*+")
_SPACES = re.compile(rb" *+")


class Limits(NamedTuple):
    """Limits: bytes of a field and of a record, fields of a record, bytes kept of an oversized record.

    The limit of a field is that of Python's csv module, that of fields about the columns of spreadsheets; that of a
    record bounds the read-ahead.
    """

    field: int = 128 * 1024
    fields: int = 10_000
    record: int = 16 * 1024 * 1024
    raw: int = 64 * 1024


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A record in a buffer: its text is data[start:stop], and the next record begins at end.

    spans: begin and end of each cell, inside its quotes; escaped: indices of cells with doubled quotes.  code, details:
    its fault, if any; opening: offset of the quote that is never closed.  endless: its line ends beyond the buffer.
    """

    start: int
    stop: int
    end: int
    spans: list[tuple[int, int]] = field(default_factory=list)
    escaped: list[int] = field(default_factory=list)
    code: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    opening: int | None = None
    endless: bool = False


class _FaultError(Exception):
    """The record ends at the first line ending from ``at`` on."""

    def __init__(self, code: str, at: int, **details: object) -> None:
        super().__init__(code)
        self.code, self.at, self.details = code, at, details


class _MoreNeededError(Exception):
    """The buffer ends before the record can be decided."""


def parse(data: bytes, start: int, dialect: Dialect, limits: Limits = LIMITS, *, final: bool) -> Parsed | None:
    """Return the record that begins at start, None if that takes more of the file.

    final: the file ends with data.  The result does not depend on how much data follows the record.
    """
    plain = _line_without_quotes(data, start, dialect, limits, final=final)
    if plain:
        return plain
    spans: list[tuple[int, int]] = []
    escaped: list[int] = []
    furthest = start + limits.record
    too_long = _FaultError("R007", furthest, what=f"the row is longer than {_size(limits.record)}")
    try:
        stop = _fields(data, start, dialect, limits, final, spans, escaped)
    except _MoreNeededError:
        # A field that began earlier, after spaces, would have reached its end or its limit by here.
        if len(data) <= furthest + 2 * limits.field + 4:
            return None
        return _at_fault(data, start, too_long, limits, final=final)
    except _FaultError as fault:
        return _at_fault(data, start, fault if fault.at <= furthest else too_long, limits, final=final)
    if stop > furthest:
        return _at_fault(data, start, too_long, limits, final=final)
    return Parsed(start, stop, _behind_line_end(data, stop), spans, escaped)


def literal(data: bytes, start: int, dialect: Dialect) -> Parsed:
    """Return the line at start as a record in which quotes have no meaning."""
    return _line(data, start, _line_stop(data, start, len(data)), dialect)


def _line_without_quotes(data: bytes, start: int, dialect: Dialect, limits: Limits, *, final: bool) -> Parsed | None:
    """Return the record at start if it is short and has no quotes, as most do."""
    stop = _line_stop(data, start, start + limits.field)
    if data.find(b'"', start, stop) >= 0 or stop == start + limits.field or (stop == len(data) and not final):
        return None
    found = _line(data, start, stop, dialect)
    return found if len(found.spans) <= limits.fields and stop - start <= limits.record else None


def _line(data: bytes, start: int, stop: int, dialect: Dialect) -> Parsed:
    spans, at = [], start
    for cell in data[start:stop].split(dialect.delimiter.encode()):
        spans.append((at, at + len(cell)))
        at += len(cell) + 1
    return Parsed(start, stop, _behind_line_end(data, stop), spans)


def _at_fault(data: bytes, start: int, fault: _FaultError, limits: Limits, *, final: bool) -> Parsed | None:
    """Return the record up to the end of the line with its fault."""
    at = fault.at - 1 if data[fault.at - 1 : fault.at + 1] == b"\r\n" else fault.at
    match = LINE_END.search(data, at)
    code, details = fault.code, fault.details
    if code == "R003":
        # Whether it is a fault or an oversized line is known only at the end of the line or the limit.
        if match is None and not final and len(data) - at <= limits.field:
            return None
        if (match.start() if match else len(data)) - at > limits.field:
            what = f"unexpected double quote in field {details['field']}, on a line without end"
            code, details = "R007", {"what": what}
    opening = at if code == "R004" else None
    if match is None:
        return Parsed(start, len(data), len(data), [], [], code, details, opening, endless=not final)
    return Parsed(start, match.start(), match.end(), [], [], code, details, opening)


def _fields(
    data: bytes,
    start: int,
    dialect: Dialect,
    limits: Limits,
    final: bool,
    spans: list[tuple[int, int]],
    escaped: list[int],
) -> int:
    """Fill in spans and escaped; return where the record's text stops."""
    delimiter = dialect.delimiter.encode()
    special = _special(delimiter)
    borders = (b"", b"\r", b"\n", delimiter)
    at = start
    while True:
        opening = _after_spaces(data, at, limits) if dialect.skip_space else at
        if data[opening : opening + 1] == b'"':
            closing, doubled = _closing_quote(data, opening, len(spans) + 1, limits, final)
            if doubled:
                escaped.append(len(spans))
            spans.append((opening + 1, closing))
            at = closing + 1
            if data[at : at + 1] not in borders:
                crossed = LINE_END.search(data, opening, closing)
                raise _unclosed(opening, len(spans)) if crossed else _FaultError("R003", at, field=len(spans))
        else:
            match = special.search(data, at, at + limits.field + 1)
            if match is None and len(data) - at > limits.field:
                raise _FaultError("R007", at + limits.field, what=_too_long(len(spans) + 1, limits))
            end = match.start() if match else len(data)
            if match and match[0] == b'"':
                raise _FaultError("R003", end, field=len(spans) + 1)
            spans.append((at, end))
            at = end
        if at == len(data) and not final:
            raise _MoreNeededError
        if data[at : at + 1] != delimiter:
            return at
        at += 1
        if len(spans) >= limits.fields:
            raise _FaultError("R007", at, what=f"the row has more than {limits.fields:,} fields")


@cache
def _special(delimiter: bytes) -> re.Pattern[bytes]:
    return re.compile(rb'[\r\n"' + re.escape(delimiter) + b"]")


def _after_spaces(data: bytes, at: int, limits: Limits) -> int:
    match = _SPACES.match(data, at, at + limits.field)
    return match.end() if match else at


def _closing_quote(data: bytes, opening: int, number: int, limits: Limits, final: bool) -> tuple[int, bool]:
    """Return where the quote closes, and whether doubled ones come before it."""
    at, doubled = opening + 1, False
    limit = opening + 1 + limits.field
    while True:
        closing = data.find(b'"', at, limit + 1)
        if closing < 0:
            if len(data) > limit:
                # Only bytes within the limit decide.
                if LINE_END.search(data, opening, limit):
                    raise _unclosed(opening, number)
                raise _FaultError("R007", limit, what=_too_long(number, limits))
            if final:
                raise _unclosed(opening, number)
            raise _MoreNeededError
        if closing + 1 == len(data) and not final:
            raise _MoreNeededError
        if data[closing + 1 : closing + 2] != b'"':
            return closing, doubled
        at, doubled = closing + 2, True


def _unclosed(opening: int, number: int) -> _FaultError:
    return _FaultError("R004", opening, field=number)


def _too_long(number: int, limits: Limits) -> str:
    return f"field {number} is longer than {_size(limits.field)}"


def _size(count: int) -> str:
    return f"{count // 1024 // 1024} MiB" if count >= 1024 * 1024 else f"{count // 1024} KiB"


def _line_stop(data: bytes, at: int, limit: int) -> int:
    match = _NO_LINE_END.match(data, at, limit)
    return match.end() if match else at


def _behind_line_end(data: bytes, stop: int) -> int:
    return stop + 2 if data[stop : stop + 2] == b"\r\n" else min(stop + 1, len(data))
