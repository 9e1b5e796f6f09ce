"""Rows in which the list itself says not to call the person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from csv_preflight.consent import Answer, answer, opts_out
from csv_preflight.model.batch import Batch
from csv_preflight.model.distinct import distinct
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import ONE_FILE, LinePlaces
from csv_preflight.model.mentioned import Mentioned
from csv_preflight.model.number_table import ABSENT, NumberTable
from csv_preflight.model.opt_out import OptOutColumn
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions

# Longer cells are texts; an answer is shorter.
LONGEST = 200


def drop_opted_out(batch: Batch, layout: Layout) -> tuple[Batch, Findings]:
    """Return the rows in which no opt-out column says, or may say, not to call the person."""
    findings = Findings()
    for column in layout.opt_outs:
        said = _answers(batch, column)
        for kind, found in (("out", Answer.OPTED_OUT), ("unclear", Answer.UNCLEAR)):
            rows = np.flatnonzero(said == found)
            cells = batch.columns[column.index].take(rows).tolist() if kind == "unclear" else [""] * len(rows)
            parameters = [{"said": kind, "column": column.name, "cell": cell} for cell in cells]
            findings.rows("D005", batch, rows, column=column.index, parameters=parameters)
        batch = batch.take(said == Answer.SILENT)
    return batch, findings


def opted_out(batch: Batch, layout: Layout) -> Batch:
    """Return the rows in which an opt-out column says not to call the person."""
    out = np.zeros(len(batch), bool)
    for column in layout.opt_outs:
        out |= _answers(batch, column) == Answer.OPTED_OUT
    return batch.take(out)


def drop_their_numbers(
    batch: Batch,
    layout: Layout,
    numbers: NumberTable,
    mentioned: Mentioned | None = None,
    places: LinePlaces = ONE_FILE,
) -> tuple[Batch, Findings]:
    """Return the rows whose numbers have not opted out on another line.

    mentioned: all numbers of the rows, if they have several; places: of their lines.
    """
    findings = Findings()
    if not len(numbers) or batch.phones is None:
        return batch, findings
    lines = numbers.lines(batch.phones.number)
    out = lines != ABSENT
    findings.numbers("D005", batch, np.flatnonzero(out), layout.phone, _opted_out_at(lines[out], places))
    if mentioned is None:
        return batch.take(~out), findings
    lines = numbers.lines(mentioned.numbers)
    has_other, place = mentioned.first(batch, lines != ABSENT)
    others = np.flatnonzero(~out & has_other)
    at = place[others]
    findings.numbers("D005", batch, others, layout.phone, _opted_out_at(lines[at], places), mentioned.columns[at])
    return batch.take(~(out | has_other)), findings


def _opted_out_at(lines: NDArray[np.uint32], places: LinePlaces) -> list[Parameters]:
    """Return the parameters of D005 for numbers that have opted out on other lines."""
    result: list[Parameters] = []
    for line in lines.tolist():
        place = dict(places.parameters(line))
        where = place.pop("where")
        result.append({"said": "number" if where == "line" else where, **place})
    return result


def note(numbers: Positions, lines: Positions, table: NumberTable) -> None:
    """Remember numbers that have opted out, each with the first line that says so."""
    order = np.argsort(lines, kind="stable")
    different, first = np.unique(numbers[order], return_index=True)
    table.meet(different, lines[order][first], np.zeros(len(different), np.uint16))


def count_likely(batch: Batch, layout: Layout) -> Counter[OptOutColumn]:
    """Return how many rows say not to call the person, by column that looks like opt-outs and was not named."""
    result = Counter[OptOutColumn]()
    for column in layout.likely_opt_outs if len(batch) else ():
        cells = batch.columns[column.index]
        rows, which = distinct(cells)
        short = cells.lengths[rows] <= LONGEST
        said = np.zeros(len(rows), bool)
        said[short] = [opts_out(cell, column.asks) for cell in cells.take(rows[short]).tolist()]
        if count := int(np.count_nonzero(said[which])):
            result[column] = count
    return result


def likely(counts: Mapping[OptOutColumn, int], line: int) -> Findings:
    """Return findings about columns that look like opt-outs and were not named.  line: of the header."""
    findings = Findings()
    for column, count in sorted(counts.items(), key=lambda item: item[0].index):
        many = "one" if count == 1 else "many"
        given = {"name": column.name, "count": count, "rows": many, "them": many}
        findings.whole_file("C011", line=line, column=column.name, count=count, given=given)
    return findings


def _answers(batch: Batch, column: OptOutColumn) -> NDArray[np.int8]:
    """Return the answer of each row's cell."""
    if not len(batch):
        return np.zeros(0, np.int8)
    cells = batch.columns[column.index]
    rows, which = distinct(cells)
    said: NDArray[np.int8] = np.array([answer(cell, column.asks) for cell in cells.take(rows).tolist()], np.int8)[which]
    return said
