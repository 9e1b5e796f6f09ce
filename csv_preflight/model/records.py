"""What reads the records of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings


class Reader(Protocol):
    """The records of a list: its header, then ``batches``.

    header: the cells of the first line that is not blank, () where there is none; header_line: that line.
    read, blank: data records, those set aside too, and blank lines, so far.  ragged: how often records had each
    number of fields that is not the header's, so far.  endings: how often they ended with each line ending, so far.
    """

    header: tuple[str, ...]
    header_line: int

    @property
    def read(self) -> int:
        """Data records so far."""

    @property
    def blank(self) -> int:
        """Blank lines so far."""

    @property
    def ragged(self) -> Counter[int]:
        """How often records had each number of fields that is not the header's, so far."""

    @property
    def endings(self) -> Mapping[bytes, int]:
        """How often records ended with each line ending so far."""

    def drain(self) -> Findings:
        """Return what was found since the last call."""

    def batches(self) -> Iterator[Batch]:
        """Yield the records whose fields fit the header; what was found on the way to them is to be drained."""

    def close(self) -> None:
        """Let go of the text that was read ahead: no more records are wanted."""
