"""Whole blocks of records at once, with numpy.

Only delimiters, line endings and quotes matter for the structure of a list.  One pass finds their positions, and all
further work is on that short array: counting quotes tells which delimiters and line endings are inside quoted fields,
and the others are the borders of the cells.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.source import Dialect
from csv_preflight.model.text_column import Bytes, Positions

# The line endings of records; b"" is the end of the file.
ENDINGS = (b"", b"\n", b"\r", b"\r\n")

LF, CR, QUOTE, SPACE, TAB = b"\n"[0], b"\r"[0], b'"'[0], b" "[0], b"\t"[0]

_NONE: Positions = np.zeros(0, np.int64)


class Scanned(NamedTuple):
    """The records at the beginning of a stretch of a buffer, up to the first fault or the last whole record.

    All positions are offsets in the buffer.  starts, stops: where each record and its line ending begin; sizes: fields
    of each.  borders: the end of every field in order, the last of each record being its stop.  endings: index in
    ENDINGS of each record's line ending.  inner, hidden: line endings and delimiters inside quotes (hidden only if
    there are inner ones).  doubled: doubled quotes.  end: where the next record begins.  fault: whether that has a
    fault.
    """

    starts: Positions
    stops: Positions
    sizes: Positions
    borders: Positions
    endings: NDArray[np.uint8]
    inner: Positions
    hidden: Positions
    doubled: Positions
    end: int
    fault: bool

    @property
    def lines(self) -> Positions:
        """Line endings before each record, including those inside quotes."""
        before = np.arange(len(self.starts))
        return before + np.searchsorted(self.inner, self.starts) if len(self.inner) else before

    @property
    def lines_in_all(self) -> int:
        """Line endings before ``end``."""
        unended = int(self.endings[-1] == 0) if len(self.endings) else 0
        return len(self.starts) - unended + len(self.inner)

    def before(self, count: int) -> Scanned:
        """Return only the first records, the next one having a fault."""
        end = int(self.starts[count])
        return self._replace(
            starts=self.starts[:count],
            stops=self.stops[:count],
            sizes=self.sizes[:count],
            borders=self.borders[: int(self.sizes[:count].sum())],
            endings=self.endings[:count],
            inner=_up_to(self.inner, end),
            hidden=_up_to(self.hidden, end),
            doubled=_up_to(self.doubled, end),
            end=end,
            fault=True,
        )


class _Quotes(NamedTuple):
    """Which entries of the structure are outside quotes, and the first quote where RFC 4180 allows none."""

    outside: NDArray[np.intp]
    inner: Positions
    hidden: Positions
    doubled: Positions
    fault_at: int | None


def scan(buffer: bytes, data: Bytes, start: int, stop: int, dialect: Dialect, *, final: bool) -> Scanned:
    """Find the records of ``buffer[start:stop]``; one begins at start.

    data: the same bytes as buffer.  final: the file ends at stop, where the last record needs no line ending.
    """
    delimiter = ord(dialect.delimiter)
    piece = data[start:stop]
    # Four comparisons are several times faster than a table look-up of each byte.
    structure = (piece == delimiter) | (piece == LF)
    has_cr = buffer.find(b"\r", start, stop) >= 0
    if has_cr:
        structure |= _bare_crs(data, start, stop)
    has_quotes = buffer.find(b'"', start, stop) >= 0
    if has_quotes:
        structure |= piece == QUOTE
    at = np.flatnonzero(structure).astype(np.int64, copy=False)
    if start:
        at += start
    kind = data.take(at)
    inner = hidden = doubled = _NONE
    fault_at = None
    if has_quotes:
        quotes = _quotes(buffer, data, at, kind, start, stop, dialect, final=final)
        inner, hidden, doubled, fault_at = quotes.inner, quotes.hidden, quotes.doubled, quotes.fault_at
        at, kind = at.take(quotes.outside), kind.take(quotes.outside)
    last = np.flatnonzero(kind != delimiter)
    if fault_at is not None:
        last = last[: np.searchsorted(at.take(last), fault_at)]
    stops = at.take(last)
    end = int(stops[-1]) + 1 if len(stops) else start
    tail = at[int(last[-1]) + 1 if len(last) else 0 :]
    borders = at[: len(at) - len(tail)]
    starts = np.empty_like(stops)
    starts[:1], starts[1:] = start, stops[:-1] + 1
    endings = np.full(len(stops), ENDINGS.index(b"\n"), np.uint8)
    if has_cr and len(stops):
        endings += kind.take(last) == CR
        crlf = (data.take(stops - 1, mode="clip") == CR) & (endings == ENDINGS.index(b"\n")) & (stops > start)
        endings[crlf] = ENDINGS.index(b"\r\n")
        stops = stops - crlf
        borders = borders.copy()
        borders[last] = stops
    sizes = np.diff(last, prepend=-1)
    if final and fault_at is None and end < stop:
        starts, stops = np.append(starts, end), np.append(stops, stop)
        borders = np.concatenate([borders, tail, [stop]])
        sizes = np.append(sizes, len(tail) + 1)
        endings = np.append(endings, np.uint8(0))
        end = stop
    return Scanned(
        starts=starts,
        stops=stops,
        sizes=sizes,
        borders=borders,
        endings=endings,
        inner=_up_to(inner, end),
        hidden=_up_to(hidden, end),
        doubled=_up_to(doubled, end),
        end=end,
        fault=fault_at is not None,
    )


def _up_to(positions: Positions, end: int) -> Positions:
    return positions[: np.searchsorted(positions, end)] if len(positions) else positions


def _bare_crs(data: Bytes, start: int, stop: int) -> NDArray[np.bool_]:
    """Return the positions of CRs that are not part of a CRLF."""
    found: NDArray[np.bool_] = data[start:stop] == CR
    following = data[start + 1 : stop + 1] != LF
    found[: len(following)] &= following
    return found


def _quotes(
    buffer: bytes,
    data: Bytes,
    at: Positions,
    kind: Bytes,
    start: int,
    stop: int,
    dialect: Dialect,
    *,
    final: bool,
) -> _Quotes:
    """Find what is inside quotes: quotes alternately open and close, and a doubled quote closes and opens again.

    A quote that closes at stop, or is open there, is a fault only at the end of the file.
    """
    delimiter = ord(dialect.delimiter)
    is_quote = kind == QUOTE
    order = np.flatnonzero(is_quote)
    places = at.take(order)
    opening, closing = places[0::2], places[1::2]
    again = opening[1:] == closing[: len(opening) - 1] + 1
    before = data.take(opening - 1, mode="clip")
    opens_well = (before == delimiter) | (before == LF) | (before == CR)
    opens_well[1:] |= again
    opens_well[:1] |= opening[:1] == start
    if dialect.skip_space:
        behind_space = np.flatnonzero(~opens_well & (before == SPACE))
        opens_well[behind_space] = _only_spaces(buffer, at, kind, order[0::2][behind_space], start)
    after = data.take(closing + 1, mode="clip")
    closes_well = (after == delimiter) | (after == LF) | (after == CR) | (after == QUOTE) | (closing == stop - 1)
    faults = [int(opening[bad[0]]) for bad in [np.flatnonzero(~opens_well)] if len(bad)]
    faults += [int(closing[bad[0]]) for bad in [np.flatnonzero(~closes_well)] if len(bad)]
    if not faults and final and len(opening) > len(closing):
        faults = [int(opening[-1])]
    outside, inner, hidden = _parted(at, kind, is_quote, order, delimiter)
    return _Quotes(outside, inner, hidden, closing[: len(again)][again], min(faults, default=None))


def _parted(
    at: Positions, kind: Bytes, is_quote: NDArray[np.bool_], order: NDArray[np.intp], delimiter: int
) -> tuple[NDArray[np.intp], Positions, Positions]:
    """Return the entries outside quotes, and the positions of line endings and delimiters inside quotes."""
    closes = order[1::2] if len(order) % 2 == 0 else np.append(order[1::2], len(at))
    if (closes - order[0::2] == 1).all():
        return np.flatnonzero(~is_quote), _NONE, _NONE
    inside = np.cumsum(is_quote) & 1 == 1
    outside = np.flatnonzero(~(is_quote | inside))
    inside &= ~is_quote
    line_ends = np.flatnonzero(inside & (kind != delimiter))
    if not len(line_ends):
        return outside, _NONE, _NONE
    return outside, at.take(line_ends), at[inside & (kind == delimiter)]


def _only_spaces(buffer: bytes, at: Positions, kind: Bytes, entries: NDArray[np.intp], start: int) -> NDArray[np.bool_]:
    """Return whether there are only spaces between each quote and the border before it."""
    first = np.where(entries > 0, at[entries - 1] + 1, start)
    fine: NDArray[np.bool_] = ((entries == 0) | (kind[entries - 1] != QUOTE)) & (at[entries] - first == 1)
    unclear = np.flatnonzero(~fine & ((entries == 0) | (kind[entries - 1] != QUOTE)))
    for index, begin, end in zip(unclear.tolist(), first[unclear].tolist(), at[entries[unclear]].tolist(), strict=True):
        fine[index] = not buffer[begin:end].strip(b" ")
    return fine
