"""The column with each row's country: the one that the user names, or one that plainly holds countries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from csv_preflight.countries import context_of, holds_countries, recognize
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Stated
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.columns.likely import SAMPLE_ROWS


def read_named(
    index: int, name: str, first: Batch, line: int, findings: Findings, aliases: Mapping[str, str]
) -> Stated:
    """Return how to read the cells of the column that the user named; report C006 if it holds no countries.

    aliases: the user's own words for countries, with their regions.
    """
    cells = first.columns[index].tolist()
    context = context_of(cells, aliases)
    if not holds_countries(name, cells, aliases):
        distinct = {cell.strip() for cell in cells if cell.strip()}
        unknown = sum(not context.regions(cell) for cell in distinct)
        found = "unknown" if unknown else "codes"
        findings.whole_file(
            "C006", line=line, column=name, name=name, found=found, unknown=unknown, distinct=len(distinct)
        )
    return Stated(index, name, context)


def find_countries(
    names: Sequence[str], first: Batch, others: Collection[int], aliases: Mapping[str, str]
) -> list[Stated]:
    """Return the columns that plainly hold countries: those whose name says so first, then by share of countries.

    others: columns that hold something else.  aliases: the user's own words for countries, with their regions.
    """
    sample = np.arange(min(len(first), SAMPLE_ROWS))
    found = []
    for index, name in enumerate(names):
        cells = first.columns[index].take(sample) if index not in others else TextColumn.of([])
        if column := recognize(name, cells.tolist(), aliases):
            found.append((-column.share, Stated(index, name, column.context, named_so=column.named_so)))
    return [stated for _, stated in sorted(found, key=lambda one: (not one[1].named_so, one[0], one[1].column))]
