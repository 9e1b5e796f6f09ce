"""The column with each row's country: the one that the user names, or one that plainly holds countries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from csv_preflight.countries import context_of, holds_countries, names_countries, recognize
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Stated
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
    names: Sequence[str], first: Batch, others: Collection[int | None], aliases: Mapping[str, str]
) -> list[Stated]:
    """Return the columns that plainly hold countries: those whose name says so first, then by share of countries.

    others: columns that hold something else.  aliases: the user's own words for countries, with their regions.  A
    column that says so by its name and is empty so far may hold some further down.
    """
    result = []
    for index in sorted({*range(len(names))} - {*others}):
        name, column = names[index], first.columns[index]
        cells = column.take(np.flatnonzero(column.lengths)[:SAMPLE_ROWS]).tolist()
        if recognized := recognize(name, cells, aliases):
            result.append((-recognized.share, Stated(index, name, recognized.context, named_so=recognized.named_so)))
        elif not any(map(str.strip, cells)) and names_countries(name):
            result.append((0.0, Stated(index, name, context_of((), aliases), is_empty=True)))
    return [stated for _, stated in sorted(result, key=lambda one: (not one[1].named_so, one[0], one[1].column))]
