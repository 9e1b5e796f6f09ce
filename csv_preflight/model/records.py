"""The interface of what reads the records of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Protocol

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings


class Reader(Protocol):
    """The records of a list: its header, then ``batches``.

    header: cells of the first line that is not blank, () without one; header_line: its number; header_quoted: whether
    it begins with a quote.
    """

    header: tuple[str, ...]
    header_line: int
    header_quoted: bool

    @property
    def read(self) -> int:
        """Data records so far, including those set aside."""

    @property
    def blank(self) -> int:
        """Blank lines so far."""

    @property
    def ragged(self) -> Counter[int]:
        """Count of records so far by their number of fields, where it is not the header's."""

    @property
    def endings(self) -> Mapping[bytes, int]:
        """Count of records so far by their line ending."""

    def drain(self) -> Findings:
        """Return the findings since the last call."""

    def batches(self) -> Iterator[Batch]:
        """Yield the records that fit the header; ``drain`` returns the findings on the way."""

    def close(self) -> None:
        """Release the text that was read ahead; no more records will be read."""
