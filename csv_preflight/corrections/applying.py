"""The records of a list with corrected rows in place of those on the same lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.corrections import Changes
from csv_preflight.model.finding import Finding, Findings, RowFindings, SetAside
from csv_preflight.model.records import Reader
from csv_preflight.model.text_column import Positions, TextColumn


def corrected(reader: Reader, changes: Sequence[Changes]) -> Reader:
    """Return a reader of a list with corrected rows in place of its own; of several for a line, the last counts."""
    for one in changes:
        if len(one.lines):
            reader = _Corrected(reader, one)
    return reader


class _Corrected:
    """The records of a reader, some of them replaced."""

    def __init__(self, reader: Reader, changes: Changes) -> None:
        self._reader, self._changes = reader, changes
        self._findings = Findings()
        self.header, self.header_line, self.header_quoted = reader.header, reader.header_line, reader.header_quoted
        self.endings = reader.endings

    @property
    def read(self) -> int:
        return self._reader.read

    @property
    def blank(self) -> int:
        return self._reader.blank

    @property
    def ragged(self) -> Counter[int]:
        return self._reader.ragged

    def drain(self) -> Findings:
        self._findings += self._reader.drain()
        found, self._findings = self._findings, Findings()
        return found

    def close(self) -> None:
        self._reader.close()

    def batches(self) -> Iterator[Batch]:
        for batch in self._reader.batches():
            found = self._reader.drain()
            if self._is_met(batch, found):
                batch, found = apply(batch, found, self._changes)
            self._findings += found
            yield batch

    def _is_met(self, batch: Batch, findings: Findings) -> bool:
        """Whether some records may have a correction."""
        lines = [batch.lines[[0, -1]]] if len(batch) else []
        lines += [np.array([one.line]) for one in findings if isinstance(one, SetAside)]
        if not lines:
            return False
        first, last = int(min(map(np.min, lines))), int(max(map(np.max, lines)))
        start, end = np.searchsorted(self._changes.lines, [first, last + 1])
        return bool(end > start)


def apply(batch: Batch, findings: Sequence[Finding], changes: Changes) -> tuple[Batch, Findings]:
    """Return a batch with the cells of its corrected rows, and R103 for them.

    findings: those on the way to the batch; records that were set aside become rows once they are corrected.
    """
    records = [one for one in findings if isinstance(one, SetAside)]
    met = np.isin([one.line for one in records], changes.lines).tolist()
    aside = {one.line: one for one, is_met in zip(records, met, strict=True) if is_met}
    if aside:
        batch = _with_records(batch, list(aside.values()))
    places = np.searchsorted(changes.lines, batch.lines)
    rows = np.flatnonzero(changes.lines.take(places, mode="clip") == batch.lines)
    columns = list(batch.columns)
    for index, column in changes.columns.items():
        columns[index] = columns[index].replaced(rows, column.take(places[rows]))
    batch = replace(batch, columns=tuple(columns), plain=batch.plain and not len(rows))
    rest = Findings(
        _without(one, changes.lines) for one in findings if not (isinstance(one, SetAside) and one.line in aside)
    )
    rest.rows("R103", batch, rows, parameters={"path": changes.path})
    return batch, rest


def _with_records(batch: Batch, aside: Sequence[SetAside]) -> Batch:
    """Return a batch with empty rows for records that were set aside, in the order of the lines."""
    lines = np.append(batch.lines, [one.line for one in aside])
    records = np.append(batch.records, [one.record for one in aside])
    order = np.argsort(lines, kind="stable")
    empty = TextColumn.of([""] * len(aside))
    columns = tuple(TextColumn.joining([column, empty]).take(order) for column in batch.columns)
    return replace(batch, lines=lines[order], records=records[order], columns=columns)


def _without(finding: Finding, lines: Positions) -> Finding:
    """Return a finding about rows without those on some lines, whose cells have been replaced."""
    if not isinstance(finding, RowFindings):
        return finding
    stays: NDArray[np.bool_] = ~np.isin(finding.batch.lines, lines)
    which = None if finding.which is None else finding.which[stays]
    return replace(finding, batch=finding.batch.take(stays), which=which)
