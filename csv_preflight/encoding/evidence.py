"""Evidence from all bytes of a file about its encoding: valid UTF-8, ISO-2022 escapes, the bytes that occur."""

from __future__ import annotations

import codecs

import numpy as np

from csv_preflight.encoding.candidates import SINGLE_BYTE

_ESCAPES = {b"\x1b$B": "iso2022_jp", b"\x1b$@": "iso2022_jp", b"\x1b(J": "iso2022_jp", b"\x1b$)C": "iso2022_kr"}
LONGEST_ESCAPE = 4


class Evidence:
    """Evidence from the blocks of a file, added in order, with b"" after the last.

    is_ascii, is_utf8: whether all blocks so far are.
    """

    def __init__(self) -> None:
        self.is_ascii = self.is_utf8 = True
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._escape: str | None = None
        self._last = b""
        self._seen = np.zeros(256, bool)

    @property
    def escape(self) -> str | None:
        """The ISO-2022 encoding whose escapes the file has, if all of it is 7-bit."""
        return self._escape if self.is_ascii else None

    def add(self, block: bytes) -> None:
        """Add the next block, or b"" at the end."""
        if block.isascii() and block:
            if self.is_ascii and self._escape is None and b"\x1b" in self._last + block:
                joined = self._last + block
                self._escape = next((name for escape, name in _ESCAPES.items() if escape in joined), None)
            self._last = (self._last + block[1 - LONGEST_ESCAPE :])[1 - LONGEST_ESCAPE :]
            if not self._decoder.getstate()[0]:
                return
        elif block:
            self.is_ascii = False
            self._seen[np.frombuffer(block, np.uint8)] = True
        if self.is_utf8:
            try:
                self._decoder.decode(block, final=not block)
            except UnicodeDecodeError:
                self.is_utf8 = False
                self._decoder.reset()

    def proves(self, encoding: str) -> bool:
        """Whether the bytes that occur prove that the whole file is valid in an encoding; if not, decode it."""
        if encoding in ("utf-8", "ascii"):
            return self.is_utf8 if encoding == "utf-8" else self.is_ascii
        if encoding not in SINGLE_BYTE:
            return False
        try:
            np.flatnonzero(self._seen).astype(np.uint8).tobytes().decode(encoding)
        except UnicodeDecodeError:
            return False
        return True
