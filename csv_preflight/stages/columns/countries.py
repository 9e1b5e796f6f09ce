"""The column that says which country each row is of: the one that the user names, or one that plainly does."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from csv_preflight.countries import context_of, holds_countries, recognize
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Stated
from csv_preflight.stages.columns.likely import SAMPLE_ROWS


def read_named(index: int, name: str, first: Batch, line: int, findings: Findings) -> Stated:
    """Return how the cells of the column that the user named are read; finds C006 where it holds no countries."""
    cells = first.columns[index].tolist()
    context = context_of(cells)
    if not holds_countries(name, cells):
        distinct = {cell.strip() for cell in cells if cell.strip()}
        unknown = sum(not context.regions(cell) for cell in distinct)
        found = "unknown" if unknown else "codes"
        findings.whole_file(
            "C006", line=line, column=name, name=name, found=found, unknown=unknown, distinct=len(distinct)
        )
    return Stated(index, name, context)


def find_countries(names: Sequence[str], first: Batch, others: Collection[int]) -> Stated | None:
    """Return the column that plainly holds each row's country, None if there is none.

    others: columns that hold something else.  Of several, one whose name says so, with most countries, is the first.
    """
    sample = np.arange(min(len(first), SAMPLE_ROWS))
    found = []
    for index, name in enumerate(names):
        if index not in others and (column := recognize(name, first.columns[index].take(sample).tolist())):
            found.append((not column.is_told, -column.share, index, column.context))
    if not found:
        return None
    *_, index, context = min(found, key=lambda one: one[:3])
    return Stated(index, names[index], context)
