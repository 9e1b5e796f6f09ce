"""One reading of a whole file: its size, hash, line endings, and evidence of its encoding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from csv_preflight.encoding import Decoding, Evidence, Join, Joins, Undecodable
from csv_preflight.model.sha256 import Sha256
from csv_preflight.model.source import Encoding

BLOCK = 1 << 20


class LineEndings:
    """How often each line ending occurs (lf and cr: not as part of a crlf) in the parts of a text that were added."""

    def __init__(self) -> None:
        self.crlf = self.lf = self.cr = 0
        self._after_cr = False

    def add(self, text: bytes | str) -> None:
        """Count the next part."""
        if not text:
            return
        # Counting single characters is fast, counting pairs is slow: most lists have no CR at all.
        if isinstance(text, bytes):
            # bytes.count stops at each, which is slower if every line has one.
            lf = int(np.count_nonzero(np.frombuffer(text, np.uint8) == ord("\n")))
            cr = text.count(b"\r")
            crlf, first, last = text.count(b"\r\n") if cr else 0, text[:1] == b"\n", text[-1:] == b"\r"
        else:
            lf, cr = text.count("\n"), text.count("\r")
            crlf, first, last = text.count("\r\n") if cr else 0, text[:1] == "\n", text[-1:] == "\r"
        split = int(self._after_cr and first)
        self.crlf, self.lf, self.cr = self.crlf + crlf + split, self.lf + lf - crlf - split, self.cr + cr - crlf - split
        self._after_cr = last

    @property
    def lines(self) -> int:
        """How many line endings there are."""
        return self.crlf + self.lf + self.cr


class Survey(NamedTuple):
    """The result of one reading.

    zeros: NUL bytes at the end.  joined: where a part in another encoding begins, if there is any.  decoded: the
    encoding that was tried, and failure: its first invalid byte.
    """

    size: int
    sha256: str
    endings: LineEndings
    has_text: bool
    zeros: int
    evidence: Evidence
    joined: Join | None
    decoded: Encoding | None
    failure: Undecodable | None

    def proves(self, encoding: Encoding) -> bool:
        """Whether the whole file is known to be valid in an encoding."""
        return self.failure is None if encoding == self.decoded else self.evidence.proves(encoding.name)


def survey(blocks: Iterable[bytes], encoding: Encoding | None) -> Survey:
    """Read a file once.  encoding: if it is known already; in most others, line endings can be counted as bytes."""
    size = zeros = 0
    digest, evidence, endings = Sha256(), Evidence(), LineEndings()
    joins = Joins(encoding.name if encoding else None)
    decoding = Decoding(encoding) if encoding and encoding.name not in ("utf-8", "ascii") else None
    mark = encoding.bom if encoding else 0
    has_text = False
    for block in blocks:
        digest.update(block)
        evidence.add(block)
        joins.add(block)
        counted = decoding.text(block) if decoding else block[max(0, mark - size) :]
        endings.add(counted)
        has_text = has_text or _has_text(counted)
        ending = len(block) - len(block.rstrip(b"\0")) if block.endswith(b"\0") else 0
        zeros = zeros + ending if ending == len(block) else ending
        size += len(block)
    evidence.add(b"")
    joins.add(b"")
    if decoding:
        endings.add(decoding.text(b""))
    tried, failure = (encoding, decoding.failure) if decoding else (None, None)
    return Survey(size, digest.hexdigest(), endings, has_text, zeros, evidence, joins.found, tried, failure)


def _has_text(part: bytes | str) -> bool:
    return bool(part.strip() if isinstance(part, str) else part.decode("utf-8", errors="replace").strip())
