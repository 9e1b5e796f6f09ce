"""Decode all of a file strictly, block by block."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from csv_preflight.model.source import Encoding


class Undecodable(NamedTuple):
    """The first byte that is invalid in an encoding.

    before: the text before it in its block.  cut_off: the file ends within a character.
    """

    offset: int
    value: int
    before: str
    cut_off: bool


class Decoding:
    """Blocks of a file, from its start, as text.

    failure: the first invalid byte; the text after it is not decoded.
    """

    def __init__(self, encoding: Encoding) -> None:
        self.failure: Undecodable | None = None
        self._name, self._mark = encoding.name, encoding.bom
        self._decoder = codecs.getincrementaldecoder(encoding.name)()
        self._read = 0

    def text(self, block: bytes) -> str:
        """Return the text of the next block (b"" at the end of the file), "" after a failure."""
        if self.failure:
            return ""
        # The rest of a byte order mark, if the first block was shorter than the mark.
        left = max(0, self._mark - self._read)
        pending = self._decoder.getstate()[0]
        try:
            text = self._decoder.decode(block[left:], final=not block)
        except UnicodeDecodeError as error:
            start = self._read + min(left, len(block)) - len(pending) + error.start
            before = error.object[: error.start].decode(self._name, errors="ignore")
            self.failure = Undecodable(start, error.object[error.start], before, not block)
            return ""
        self._read += len(block)
        return text
