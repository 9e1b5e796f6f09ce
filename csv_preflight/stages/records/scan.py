"""Whole blocks of records at once, with numpy.

Only a few bytes of a list matter for its structure: delimiters, line endings and quotes.  Their positions are
found in one go, everything else works on that short array: counting quotes tells which delimiters and line
endings stand inside quoted fields, and the others are the borders of the cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model import Dialect
from csv_preflight.text import Bytes, Positions

# The line endings of records, the first for the end of the file.
ENDINGS = (b"", b"\n", b"\r", b"\r\n")

LF, CR, QUOTE, SPACE, TAB = b"\n"[0], b"\r"[0], b'"'[0], b" "[0], b"\t"[0]


@dataclass(frozen=True, slots=True, eq=False)
class Scanned:
    """The records that a stretch of data begins with, up to the first fault or the last whole record.

    starts, stops: where each record begins, and where its line ending does; sizes: fields of each.  borders: the
    end of every field in order, the last of each record at its stop.  lines: line endings before each record,
    those inside quotes too.  inner: the same positions as lines, but of line endings inside quotes.  doubled:
    positions of doubled quotes.  endings: which line ending each record has, by its place in ENDINGS.  end: where
    the next record begins, behind ``lines_in_all`` line endings.  fault: whether it is at fault.
    """

    starts: Positions
    stops: Positions
    sizes: Positions
    borders: Positions
    lines: Positions
    inner: Positions
    doubled: Positions
    endings: NDArray[np.uint8]
    end: int
    lines_in_all: int
    fault: bool

    def before(self, count: int) -> Scanned:
        """Return the first records only, with the next one as a fault."""
        end = int(self.starts[count])
        return Scanned(
            starts=self.starts[:count],
            stops=self.stops[:count],
            sizes=self.sizes[:count],
            borders=self.borders[: int(self.sizes[:count].sum())],
            lines=self.lines[:count],
            inner=self.inner[self.inner < end],
            doubled=self.doubled[self.doubled < end],
            endings=self.endings[:count],
            end=end,
            lines_in_all=int(self.lines[count]),
            fault=True,
        )


def scan(data: Bytes, dialect: Dialect, *, final: bool) -> Scanned:
    """Find the records at the beginning of data, which begins with one.

    final: the file ends where data does, so that the last record needs no line ending.
    """
    delimiter = ord(dialect.delimiter)
    table = np.zeros(256, bool)
    table[[delimiter, LF, CR, QUOTE]] = True
    at = np.flatnonzero(table.take(data))
    kind = data[at]
    if (kind == CR).any():
        # CRLF counts as one ending, at its CR; a CR at the very end may be the first half of one.
        follows = np.zeros(len(at), bool)
        follows[1:] = (kind[1:] == LF) & (kind[:-1] == CR) & (at[1:] == at[:-1] + 1)
        pair = np.append(follows[1:], False)[~follows]
        at, kind = at[~follows], kind[~follows]
        if not final and len(at) and at[-1] == len(data) - 1 and kind[-1] == CR:
            at, kind, pair = at[:-1], kind[:-1], pair[:-1]
    else:
        pair = np.zeros(len(at), bool)
    is_quote = kind == QUOTE
    inner = doubled = np.zeros(0, np.int64)
    fault_at = len(data) + 1
    is_end = (kind == LF) | (kind == CR)
    ends_before = np.cumsum(is_end)
    if is_quote.any():
        quoted = np.cumsum(is_quote) & 1 == 1  # after each position
        quotes = np.flatnonzero(is_quote)
        fault_at, doubled = _check_quotes(data, at[quotes], quoted[quotes], dialect, delimiter, final=final)
        outside = ~is_quote & ~quoted
        inner = at[is_end & quoted]
        at, kind, pair, is_end = at[outside], kind[outside], pair[outside], is_end[outside]
        ends_before = ends_before[outside]
    closing = np.flatnonzero(is_end)
    closing = closing[: np.searchsorted(at[closing], fault_at)]
    stops = at[closing].astype(np.int64)
    endings = np.where(pair[closing], 2, kind[closing] == CR).astype(np.uint8) + np.uint8(1)
    next_starts = stops + 1 + pair[closing]
    borders = at[: closing[-1] + 1].astype(np.int64) if len(closing) else stops
    lines_after = ends_before[closing]
    end = int(next_starts[-1]) if len(closing) else 0
    if final and fault_at > len(data) and end < len(data):
        borders = np.concatenate([borders, at[len(borders) :], [len(data)]])
        closing = np.append(closing, len(borders) - 1)
        stops, next_starts = np.append(stops, len(data)), np.append(next_starts, len(data))
        endings = np.append(endings, np.uint8(0))
        before = lines_after[-1] if len(lines_after) else 0
        lines_after = np.append(lines_after, before + np.count_nonzero(inner >= end))
        end = len(data)
    none = np.zeros(0, np.int64)
    return Scanned(
        starts=np.concatenate([[0], next_starts[:-1]]) if len(stops) else none,
        stops=stops,
        sizes=np.diff(closing, prepend=-1),
        borders=borders,
        lines=np.concatenate([[0], lines_after[:-1]]) if len(stops) else none,
        inner=inner[inner < end],
        doubled=doubled[doubled < end],
        endings=endings,
        end=end,
        lines_in_all=int(lines_after[-1]) if len(stops) else 0,
        fault=fault_at <= len(data),
    )


def _check_quotes(
    data: Bytes, at: Positions, opens: NDArray[np.bool_], dialect: Dialect, delimiter: int, *, final: bool
) -> tuple[int, Positions]:
    """Return where the first quote stands that RFC 4180 does not allow, and where doubled ones do.

    at: positions of all quotes; opens: whether each opens a quoted stretch.  A doubled quote closes one and
    opens the next at once.  A quote that closes at the end of data, or one left open there, is at fault only
    where the file ends.
    """
    border = np.zeros(256, bool)
    border[[delimiter, LF, CR]] = True
    adjacent = np.zeros(len(at), bool)
    adjacent[1:] = at[1:] == at[:-1] + 1
    before = data[np.maximum(at - 1, 0)]
    fine = border[before] | (at == 0)
    if dialect.skip_space:
        for index in np.flatnonzero(opens & ~fine & (before == SPACE)).tolist():
            place = int(at[index]) - 1
            while place >= 0 and data[place] == SPACE:
                place -= 1
            fine[index] = place < 0 or border[data[place]]
    fine |= adjacent
    last = at == len(data) - 1
    after = data[np.minimum(at + 1, len(data) - 1)]
    closes_well = border[after] | (after == QUOTE) | last
    bad = np.flatnonzero(np.where(opens, ~fine, ~closes_well))
    fault_at = int(at[bad[0]]) if len(bad) else len(data) + 1
    if not len(bad) and final and opens[-1]:
        fault_at = int(at[-1])
    return fault_at, at[adjacent & opens]
