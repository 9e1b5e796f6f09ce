"""Numbers seen before: in this file, in the audience, on the suppression list."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import ONE_FILE, LinePlaces
from csv_preflight.model.mentioned import Mentioned
from csv_preflight.model.number_set import NumberSet
from csv_preflight.model.number_table import NO_LINE, NumberTable
from csv_preflight.model.numbers import CALLED, OTHER, OtherList
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions

# The rule of repeats.
REPEAT = "D001"


def apply_list(batch: Batch, layout: Layout, other: OtherList, listed: NumberSet | None) -> tuple[Batch, Findings]:
    """Return the rows that another list lets pass, all without such a list; report the others under its rule."""
    findings = Findings()
    if listed is None or batch.phones is None or not (len(listed) or other.allows):
        return batch, findings
    rejected = other.rejects(listed.holds(batch.phones.number))
    findings.numbers(other.code, batch, np.flatnonzero(rejected), layout.phone)
    return batch.take(~rejected), findings


def drop_suppressed(
    batch: Batch, layout: Layout, suppressed: NumberSet, mentioned: Mentioned | None = None
) -> tuple[Batch, Findings]:
    """Return the rows whose people may be called; report D003 for the others.

    mentioned: all numbers of the rows, if they have several: the person must not be called on any of them.
    """
    findings = Findings()
    if not len(suppressed) or batch.phones is None:
        return batch, findings
    called = suppressed.holds(batch.phones.number)
    rows = np.flatnonzero(called)
    findings.numbers(OtherList.SUPPRESS.code, batch, rows, layout.phone, [CALLED] * len(rows))
    if mentioned is None:
        return batch.take(~called), findings
    has_other, place = mentioned.first(batch, suppressed.holds(mentioned.numbers))
    others = np.flatnonzero(~called & has_other)
    columns = mentioned.columns[place[others]]
    findings.numbers(OtherList.SUPPRESS.code, batch, others, layout.phone, [OTHER] * len(others), columns)
    return batch.take(~(called | has_other)), findings


def note_last(batch: Batch, layout: Layout, last: NumberTable, places: LinePlaces = ONE_FILE) -> None:
    """Remember the last line of each number, in a first reading of the list."""
    if batch.phones is not None:
        last.meet(batch.phones.number, places.counted(batch.lines), identifier_marks(batch, layout), overwrite=True)


def drop_duplicates(
    batch: Batch,
    layout: Layout,
    seen: NumberTable,
    last: NumberTable | None = None,
    places: LinePlaces = ONE_FILE,
) -> tuple[Batch, Findings, int]:
    """Return the first row of each number or, with ``last``, a table of last lines, the last one.

    places: of the batch's lines.  Also returns how many repeats have another identifier than the row that is kept.
    """
    if batch.phones is None:
        return batch, Findings(), 0
    lines, marks = places.counted(batch.lines), identifier_marks(batch, layout)
    again, kept, others = find_repeats(batch.phones.number, lines, marks, seen, last)
    return *reject_repeats(batch, layout, again, kept, others, places), int(np.count_nonzero(others))


def find_repeats(
    numbers: Positions,
    lines: NDArray[np.integer],
    marks: NDArray[np.uint16],
    seen: NumberTable,
    last: NumberTable | None,
) -> tuple[NDArray[np.bool_], NDArray[np.uint32], NDArray[np.bool_]]:
    """Return which rows are repeats, and for each repeat the line that is kept and whether that has another mark.

    seen: the numbers of the rows above, to which these are added; last: the last line of each number, if that row is
    kept.
    """
    if last is None:
        kept_lines, kept_marks = seen.meet(numbers, lines, marks)
    else:
        kept_lines, kept_marks = last.lines(numbers), last.marks(numbers)
    again: NDArray[np.bool_] = kept_lines != lines
    return again, kept_lines[again], marks[again] != kept_marks[again]


def reject_repeats(
    batch: Batch,
    layout: Layout,
    again: NDArray[np.bool_],
    lines: NDArray[np.integer],
    others: NDArray[np.bool_],
    places: LinePlaces = ONE_FILE,
) -> tuple[Batch, Findings]:
    """Return the rows of a batch that are no repeats; report D001 for the others.

    again: which rows are; lines: for each repeat, the line of the list that is kept; others: whether that has another
    identifier.  places: of the batch's lines.
    """
    findings = Findings()
    if not again.any():
        return batch, findings
    parameters = repeats(lines.tolist(), others.tolist(), places)
    findings.numbers(REPEAT, batch, np.flatnonzero(again), layout.phone, parameters)
    return batch.take(~again), findings


def repeats(lines: Sequence[int], others: Sequence[bool], places: LinePlaces = ONE_FILE) -> list[Parameters]:
    """Return the parameters of D001 for some rows: the line that is kept, and whether its identifier is another one.

    lines: of the rows that are kept, NO_LINE without one; others: whether they have another identifier.
    """
    pairs = zip(lines, others, strict=True)
    if places is ONE_FILE and NO_LINE not in lines:  # the same, only faster
        return [{"where": "line", "line": line, "identifier": "other" if other else "same"} for line, other in pairs]
    return [{**places.parameters(line), "identifier": "other" if other else "same"} for line, other in pairs]


def identifier_marks(batch: Batch, layout: Layout) -> NDArray[np.uint16]:
    """Return a 16-bit hash of each identifier, ignoring case; 0 for all without such a column."""
    if layout.identifier is None:
        return np.zeros(len(batch), np.uint16)
    column = batch.clean.get(layout.identifier, batch.columns[layout.identifier])
    marks = (crc32(name.casefold().encode()) & 0xFFFF for name in column.tolist())
    return np.fromiter(marks, np.uint16, len(batch))
