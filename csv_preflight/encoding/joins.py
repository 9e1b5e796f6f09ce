"""Files that were joined from texts of different widths: bytes among UTF-16, UTF-16 among bytes.

Most of what is joined so decodes without an error, as Chinese letters or as NULs.  Digits betray it: two digits that
are read as one character of UTF-16 are a character that is rare in every language, and a digit with a NUL beside it is
no byte of a text.
"""

from __future__ import annotations

import re

import numpy as np

# Digits of a phone number that suffice: five that are read two by two may be cut by four characters at the ends.
DIGITS = 6
# How far a line break may be from them, in bytes; it is one only in the encoding that the digits are in.
NEAR = 512
_WIDE_DIGITS = re.compile(rb"(?:[0-9]\0){6}|(?:\0[0-9]){6}|(?:[0-9]\0\0\0){6}|(?:\0\0\0[0-9]){6}")
_TEXT_BEFORE = re.compile(rb"[\t\n\r\x20-\x7e]*+\Z")
_TEXT_BEHIND = re.compile(rb"[\t\n\r\x20-\x7e]*+")


class Joins:
    """Look for the first place in another encoding.  Blocks are added in their order, then b"".

    encoding: what all of the file should be in; None for one of single bytes.  at: the offset of that place.
    """

    def __init__(self, encoding: str | None) -> None:
        self.at: int | None = None
        self._unit = {"utf-16-le": "<u2", "utf-16-be": ">u2"}.get(encoding or "")
        self._narrow = encoding is None or not encoding.startswith(("utf-16", "utf-32"))
        self._buffer, self._start = b"", 0

    def add(self, block: bytes) -> None:
        """Take the next block, or b"" at the end."""
        if self.at is not None or not (self._unit or self._narrow):
            return
        if self._narrow and b"\0" not in block and len(block) >= 2 * NEAR:
            self._start += len(self._buffer)
            self._keep(block)
            return
        self._buffer += block
        at = self._wide_at() if self._narrow else self._narrow_at(final=not block)
        if at is None:
            self._keep(self._buffer)
        else:
            self.at = self._start + at

    def _keep(self, data: bytes) -> None:
        """Go on with the last bytes, from an even offset."""
        cut = max(0, len(data) - 2 * NEAR) & ~1
        self._buffer, self._start = data[cut:], self._start + cut

    def _wide_at(self) -> int | None:
        found = _WIDE_DIGITS.search(self._buffer)
        return found.start() if found else None

    def _narrow_at(self, *, final: bool) -> int | None:
        data = self._buffer[: len(self._buffer) & ~1]
        units = np.frombuffer(data, self._unit)
        for place in _runs((units & 0xF0F0) == 0x3030, DIGITS // 2):
            at = 2 * place
            before = _TEXT_BEFORE.search(self._buffer, max(0, at - NEAR), at)
            behind = _TEXT_BEHIND.match(self._buffer, at, at + NEAR)
            start, end = before.start() if before else at, behind.end() if behind else at
            run = self._buffer[start:end]
            if b"\n" in run or b"\r" in run or (final and end == len(self._buffer)):
                return int(start)
        for place in _runs((units & 0xF0FF) == 0x3000, DIGITS):
            near = units[max(0, place - NEAR // 2) : place + NEAR // 2]
            if ((near == 0x0A00) | (near == 0x0D00)).any():
                return 2 * place
        return None


def _runs(which: np.ndarray[tuple[int], np.dtype[np.bool_]], length: int) -> list[int]:
    """Return the places where so many in a row are true."""
    if np.count_nonzero(which) < length:
        return []
    found = which[: len(which) - length + 1].copy()
    for shift in range(1, length):
        found &= which[shift : len(which) - length + 1 + shift]
    return np.flatnonzero(found).tolist()
