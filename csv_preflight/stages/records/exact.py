"""One record at a time, exactly: for the header, and for what the scan of whole blocks can not follow.

A field that begins with a quote ends at the next quote that is not doubled, and a delimiter, a line ending or
the end of the file must come right behind it.  Anything else is a fault, and a fault ends the record at the end
of a physical line: that of the fault, or, if the quoted field had crossed a line ending by then, that on which
its quote opened, since then the quote most likely was never meant to span lines.

Going back to the line after an unclosed quote costs no more than reading the file twice: a line that was passed
over inside the quotes holds only runs of an even number of quotes, so no field on it can open a quote and leave
it open.  The next long search can begin only behind the place where this one ended.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from csv_preflight.model import Dialect

# The limits of Python's csv module for a field, and of spreadsheets, roughly, for their columns.
FIELD_LIMIT = 128 * 1024
MOST_FIELDS = 10_000
# What is read ahead for one record at most; longer ones are given up, so that memory stays bounded.
RECORD_LIMIT = 16 * 1024 * 1024

LINE_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A record in a buffer: data[start:stop] is its text, end is where the next one begins.

    spans: begin and end of each cell, inside its quotes; escaped: the indices of cells with doubled quotes.  code
    and details say what is wrong with it, if anything.  endless: the end of its line was not in the buffer.
    """

    start: int
    stop: int
    end: int
    spans: tuple[tuple[int, int], ...] = ()
    escaped: tuple[int, ...] = ()
    code: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
    endless: bool = False


class _FaultError(Exception):
    """The record ends at the first line ending from ``at`` on."""

    def __init__(self, code: str, at: int, **details: object) -> None:
        super().__init__(code)
        self.code, self.at, self.details = code, at, details


class _MoreNeededError(Exception):
    """The buffer ends before the record does."""


def parse(data: bytes, start: int, dialect: Dialect, *, final: bool) -> Parsed | None:
    """Return the record that begins at start; None if more of the file is needed to tell.

    final: the file ends where data does.
    """
    spans: list[tuple[int, int]] = []
    escaped: list[int] = []
    try:
        stop = _fields(data, start, dialect, final, spans, escaped)
    except _MoreNeededError:
        if len(data) - start <= RECORD_LIMIT:
            return None
        what = f"the row is longer than {RECORD_LIMIT // 1024 // 1024} MiB"
        return Parsed(start, len(data), len(data), code="R007", details={"what": what}, endless=True)
    except _FaultError as fault:
        found = LINE_END.search(data, fault.at)
        if found is None and not final:
            if len(data) - fault.at <= FIELD_LIMIT:
                return None
            return Parsed(start, len(data), len(data), code=fault.code, details=fault.details, endless=True)
        stop, end = found.span() if found else (len(data), len(data))
        return Parsed(start, stop, end, code=fault.code, details=fault.details)
    ending = LINE_END.match(data, stop)
    return Parsed(start, stop, ending.end() if ending else stop, tuple(spans), tuple(escaped))


def _fields(
    data: bytes, start: int, dialect: Dialect, final: bool, spans: list[tuple[int, int]], escaped: list[int]
) -> int:
    """Fill in spans and escaped; return where the record's text stops."""
    delimiter = dialect.delimiter.encode()
    special = re.compile(rb'[\r\n"' + re.escape(delimiter) + b"]")
    at = start
    while True:
        opening = _after_spaces(data, at) if dialect.skip_space else at
        if data[opening : opening + 1] == b'"':
            closing, doubled = _closing_quote(data, opening, len(spans) + 1, final)
            if doubled:
                escaped.append(len(spans))
            spans.append((opening + 1, closing))
            at = closing + 1
            if data[at : at + 1] not in (b"", b"\r", b"\n", delimiter):
                crossed = LINE_END.search(data, opening, closing)
                raise _unclosed(opening, len(spans)) if crossed else _FaultError("R003", at, field=len(spans))
        else:
            found = special.search(data, at)
            end = found.start() if found else len(data)
            if end - at > FIELD_LIMIT:
                raise _FaultError("R007", end, what=f"field {len(spans) + 1} is longer than {FIELD_LIMIT // 1024} KiB")
            if found and found[0] == b'"':
                raise _FaultError("R003", end, field=len(spans) + 1)
            spans.append((at, end))
            at = end
        if at == len(data) and not final:
            raise _MoreNeededError
        if data[at : at + 1] != delimiter:
            return at
        at += 1
        if len(spans) >= MOST_FIELDS:
            raise _FaultError("R007", at, what=f"the row has more than {MOST_FIELDS:,} fields")


def _after_spaces(data: bytes, at: int) -> int:
    while data[at : at + 1] == b" ":
        at += 1
    return at


def _closing_quote(data: bytes, opening: int, field_number: int, final: bool) -> tuple[int, bool]:
    """Return where the quote closes, and whether doubled ones stand before it."""
    at, doubled = opening + 1, False
    limit = opening + 1 + FIELD_LIMIT
    while True:
        closing = data.find(b'"', at, limit + 1)
        if closing < 0:
            if len(data) > limit or final:
                if len(data) > limit and not LINE_END.search(data, opening, limit):
                    what = f"field {field_number} is longer than {FIELD_LIMIT // 1024} KiB"
                    raise _FaultError("R007", limit, what=what)
                raise _unclosed(opening, field_number)
            raise _MoreNeededError
        if closing + 1 == len(data) and not final:
            raise _MoreNeededError
        if data[closing + 1 : closing + 2] != b'"':
            return closing, doubled
        at, doubled = closing + 2, True


def _unclosed(opening: int, field_number: int) -> _FaultError:
    return _FaultError("R004", opening, field=field_number, opening=opening)
