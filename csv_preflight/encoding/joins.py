"""Files that were joined from texts of different widths: bytes among UTF-16, UTF-16 among bytes.

Most such files decode without an error, to Chinese characters or NULs.  Digits give them away: two digits read as one
code unit of UTF-16 are a character that is rare in every language, and a digit next to a NUL is no single-byte text.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

import numpy as np

# Digits of a phone number that are enough as evidence.
DIGITS = 6
# How far a line break in the encoding of the digits may be from them, in bytes.
NEAR = 512
_WIDE_DIGITS = re.compile(rb"(?:[0-9]\0){6}|(?:\0[0-9]){6}|(?:[0-9]\0\0\0){6}|(?:\0\0\0[0-9]){6}")
# Digits and the end of a line after them, as bytes.  Korean letters may look like the digits, 上 like the line end.
_ROW = re.compile(rb"[,;\t|\"+ \r\n][^\r\n]*[0-9]{6}[^\r\n]*[\r\n]")
_LAST_ROW = re.compile(rb"[,;\t|][^\r\n]*[0-9]{6}")
_TEXT_BEFORE = re.compile(rb"[\t\n\r\x20-\x7e]*+\Z")
_TEXT_BEHIND = re.compile(rb"[\t\n\r\x20-\x7e]*+")


class Join(NamedTuple):
    """Where the encoding changes.  is_wide: whether it is UTF-16 or UTF-32 before that point."""

    at: int
    is_wide: bool


class Joins:
    """Find the first place where the encoding changes.  Blocks are added in order, then b"".

    encoding: the expected encoding of the file; None for one of single bytes.
    """

    def __init__(self, encoding: str | None) -> None:
        self.found: Join | None = None
        self._unit = {"utf-16-le": "<u2", "utf-16-be": ">u2"}.get(encoding or "")
        self._narrow = encoding is None or not encoding.startswith(("utf-16", "utf-32"))
        self._buffer, self._start = b"", 0

    def add(self, block: bytes) -> None:
        """Take the next block, or b"" at the end."""
        if self.found or not (self._unit or self._narrow):
            return
        if self._narrow and b"\0" not in block and len(block) >= 2 * NEAR:
            self._start += len(self._buffer)
            self._keep(block)
            return
        self._buffer += block
        self.found = self._wide_part() if self._narrow else self._narrow_part(final=not block)
        if not self.found:
            self._keep(self._buffer)

    def _keep(self, data: bytes) -> None:
        """Keep the last bytes for the next block, from an even offset."""
        cut = max(0, len(data) - 2 * NEAR) & ~1
        self._buffer, self._start = data[cut:], self._start + cut

    def _wide_part(self) -> Join | None:
        match = _WIDE_DIGITS.search(self._buffer)
        return Join(self._start + match.start(), is_wide=False) if match else None

    def _narrow_part(self, *, final: bool) -> Join | None:
        data = self._buffer[: len(self._buffer) & ~1]
        units = np.frombuffer(data, self._unit)
        for place in _runs((units & 0xF0F0) == 0x3030, DIGITS // 2):
            at = 2 * place
            before = _TEXT_BEFORE.search(self._buffer, max(0, at - NEAR), at)
            behind = _TEXT_BEHIND.match(self._buffer, at, at + NEAR)
            start, end = before.start() if before else at, behind.end() if behind else at
            run = self._buffer[start:end]
            if _ROW.search(run) or (final and end == len(self._buffer) and _LAST_ROW.search(run)):
                if self._start + start <= len(codecs.BOM_UTF16):
                    return Join(self._start + end, is_wide=False)
                # It must come after whole code units of UTF-16.
                return Join(self._start + start + start % 2, is_wide=True)
        for place in _runs((units & 0xF0FF) == 0x3000, DIGITS):
            near = units[max(0, place - NEAR // 2) : place + NEAR // 2]
            if ((near == 0x0A00) | (near == 0x0D00)).any():
                return Join(self._start + 2 * place, is_wide=True)
        return None


def _runs(which: np.ndarray[tuple[int], np.dtype[np.bool_]], length: int) -> list[int]:
    """Return the positions at which ``length`` values in a row are true."""
    if np.count_nonzero(which) < length:
        return []
    found = which[: len(which) - length + 1].copy()
    for shift in range(1, length):
        found &= which[shift : len(which) - length + 1 + shift]
    return np.flatnonzero(found).tolist()
