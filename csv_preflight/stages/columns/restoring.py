"""A corrected rejects file -> rows as they were in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from csv_preflight.formulas import is_escaped, unescaped
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, SetAside
from csv_preflight.model.layout import REJECTS_COLUMNS, Layout
from csv_preflight.model.text_column import TextColumn


def restore(batch: Batch, layout: Layout) -> tuple[Batch, Findings]:
    """Return the batch of a corrected rejects file without the apostrophes that make cells formula-safe.

    Broken rows that still exist only as preflight_raw are rejected again with that text.
    """
    findings = Findings()
    if not layout.is_rejects:
        return batch, findings
    columns = []
    for column in batch.columns:
        cells = column.tolist()
        escaped = [row for row, cell in enumerate(cells) if is_escaped(cell)]
        restored = TextColumn.of([unescaped(cells[row]) for row in escaped])
        columns.append(column.replaced(np.array(escaped, np.intp), restored))
    batch = replace(batch, columns=tuple(columns))
    if layout.raw is None:
        return batch, findings
    broken = batch.columns[layout.raw].lengths > 0
    for index in layout.shown:
        broken &= batch.columns[index].lengths == 0
    found = "none, because the row is still in preflight_raw"
    findings.set_aside(
        SetAside("R001", line, record, raw, {"found": found, "expected": len(layout.shown)})
        for line, record, raw in zip(
            batch.lines[broken].tolist(),
            batch.records[broken].tolist(),
            batch.columns[layout.raw].take(np.flatnonzero(broken)).tolist(),
            strict=True,
        )
    )
    return batch.take(~broken) if broken.any() else batch, findings


def raw_column(cleaned: Sequence[str], own: Sequence[int]) -> int | None:
    """Return the index of preflight_raw among the columns that a rejects file adds, if it is still there."""
    return next((index for index in own if cleaned[index] == REJECTS_COLUMNS[-1]), None)
