"""Seen before in this file, in the audience, on the suppression list."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from csv_preflight.findings import Collector
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.number_table import NumberTable

OTHER_IDENTIFIER = "other_identifier"


def drop_listed(batch: Batch, layout: Layout, code: str, listed: NumberTable, findings: Collector) -> Batch:
    """Return the rows whose numbers are not in a list; the others are reported under the list's rule."""
    if not len(listed) or batch.phones is None:
        return batch
    inside = listed.lines(batch.phones.number) > 0
    findings.rows(code, batch, np.flatnonzero(inside), column=layout.phone)
    return batch.take(~inside)


def note_last(batch: Batch, layout: Layout, last: NumberTable) -> None:
    """Remember for each number the last line that it stands on, in a first reading of the file."""
    if batch.phones is not None:
        last.meet(batch.phones.number, batch.lines, _identifier_marks(batch, layout), overwrite=True)


def drop_duplicates(
    batch: Batch, layout: Layout, seen: NumberTable, findings: Collector, last: NumberTable | None = None
) -> Batch:
    """Return the first row of each number; with ``last``, a table of last lines, the last one."""
    if batch.phones is None:
        return batch
    numbers = batch.phones.number
    marks = _identifier_marks(batch, layout)
    if last is None:
        kept_lines, kept_marks = seen.meet(numbers, batch.lines, marks)
    else:
        kept_lines, kept_marks = last.lines(numbers), last.marks(numbers)
    stays = kept_lines == batch.lines
    again = np.flatnonzero(~stays)
    others = marks[again] != kept_marks[again]

    def details(place: int) -> dict[str, object]:
        other = ", there under another identifier" if others[place] else ""
        return {"line": int(kept_lines[again[place]]), "identifier": other}

    findings.rows("D001", batch, again, column=layout.phone, details=details)
    findings.add(OTHER_IDENTIFIER, int(np.count_nonzero(others)))
    return batch.take(stays) if len(again) else batch


def _identifier_marks(batch: Batch, layout: Layout) -> NDArray[np.uint16]:
    """Return 16 bits that tell identifiers apart, ignoring case; 0 for all where there is no such column."""
    if layout.identifier is None:
        return np.zeros(len(batch), np.uint16)
    column = batch.clean.get(layout.identifier, batch.columns[layout.identifier])
    marks = (crc32(name.casefold().encode()) & 0xFFFF for name in column.tolist())
    return np.fromiter(marks, np.uint16, len(batch))
