"""The interface of what takes the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.text_column import Positions


class Sink(Protocol):
    """Files, memory, or nowhere."""

    @property
    def size(self) -> int:
        """Bytes of the clean file so far."""

    @property
    def row_sizes(self) -> Positions:
        """Bytes of each row of the clean file so far."""

    def begin(self, layout: Layout, header: Sequence[str], newline: str, delimiter: str) -> None:
        """Take what is known before the first row.  header, delimiter: of the source; newline: of the clean file."""

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""

    def reject(self, rows: Rejects) -> None:
        """Take rows for the rejects file."""

    def cut(self, cuts: Sequence[int]) -> None:
        """Take the rows at which the clean file is cut into parts, from 0 to the count of rows."""


class WritingSink(Sink, Protocol):
    """A sink that also takes rows formatted by another process."""

    def write(self, blocks: Sequence[memoryview], row_sizes: Positions) -> None:
        """Take rows as bytes of the clean file, and the size of each if it may be cut."""
