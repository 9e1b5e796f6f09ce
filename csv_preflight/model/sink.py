"""Where the rows of a list go."""

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
        """Take what is known before the first row; header, delimiter: the source's column names, and its delimiter."""

    def clean(self, batch: Batch) -> None:
        """Take rows that are ready."""

    def reject(self, rows: Rejects) -> None:
        """Take rows for the rejects file."""

    def cut(self, cuts: Sequence[int]) -> None:
        """Take where the clean rows are cut into parts, from 0 to their number."""


class WritingSink(Sink, Protocol):
    """A sink that also takes rows that were written somewhere else."""

    def write(self, blocks: Sequence[bytes], row_sizes: Positions) -> None:
        """Take rows that are ready as they are written, and the bytes of each."""
