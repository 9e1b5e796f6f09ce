"""The columns of a corrected rejects file -> those of its list, and its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from csv_preflight.corrections.places import Places
from csv_preflight.formulas import unescaped
from csv_preflight.model.corrections import Corrections
from csv_preflight.model.layout import FILE_COLUMN, REJECTS_COLUMNS, Layout
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.stages import columns

LINE, RAW = REJECTS_COLUMNS[0], REJECTS_COLUMNS[-1]

# A line number, perhaps as a spreadsheet shows it: 12.0, or 1,234.
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:[.,'\u00a0\u202f ][0-9]{3})+)(?:[.,]0{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Rows of corrections, by line.

    lines: int64, ascending, as counted by Places.  columns: one for each of the list's columns that the rejects file
    has, in that order; raw: preflight_raw, None where that column was removed.
    """

    lines: Positions
    columns: tuple[TextColumn, ...]
    raw: TextColumn | None


def match(given: Corrections, header: Sequence[str], layout: Layout, places: Places) -> Matched | Parameters:
    """Return the rows of corrections under the columns of a list, or parameters of D007 if they do not match.

    header, layout: of the list; places: numbers its lines, and is extended.
    """
    if given.problem:
        return {"problem": "unreadable", "reason": given.problem}
    names = list(map(columns.clean_name, given.names))
    if LINE not in names:
        return {"problem": "no-line-column"}
    if layout.several and FILE_COLUMN not in names:
        return {"problem": "no-file-column"}
    own = layout.rejects_columns
    wanted = [unescaped(columns.clean_name(header[index])) for index in layout.shown]
    free = [place for place, name in enumerate(names) if name not in own]
    chosen = []
    for name in wanted:
        found = next((place for place in free if names[place] == name or unescaped(names[place]) == name), None)
        if found is None:
            missing = [name for name in wanted if name not in {*names, *map(unescaped, names)}] or [name]
            return {"problem": "columns-missing", "names": tuple(missing)}
        free.remove(found)
        chosen.append(found)
    twice = [name for name, count in Counter(names).items() if count > 1 and name in own]
    more = [*(names[place] for place in free if names[place] or given.columns[place].lengths.any()), *twice]
    if more:
        return {"problem": "columns-added", "names": tuple(more)}
    files = given.columns[names.index(FILE_COLUMN)].tolist() if layout.several else []
    return _by_line(given, names, chosen, [places.start(unescaped(cell.strip())) for cell in files])


def _by_line(
    given: Corrections, names: Sequence[str], chosen: Sequence[int], starts: Sequence[int]
) -> Matched | Parameters:
    """Return the rows by line.  starts: the offset of each row's line, if the list has several files."""
    cells = given.columns[names.index(LINE)].tolist()
    result = [line_number(cell) for cell in cells]
    if None in result:
        return {"problem": "no-line", "rows": result.count(None)}
    lines = np.array(result, np.int64) + (np.array(starts, np.int64) if starts else 0)
    order = np.argsort(lines, kind="stable")
    lines = lines[order]
    again = np.flatnonzero(lines[1:] == lines[:-1])
    if len(again):
        return {"problem": "twice", "at": int(lines[again[0]])}
    raw = given.columns[names.index(RAW)].take(order) if RAW in names else None
    return Matched(lines, tuple(given.columns[place].take(order) for place in chosen), raw)


def line_number(cell: str) -> int | None:
    """Return the line that a cell of preflight_line holds, None for none.

    >>> line_number("12"), line_number("12.0"), line_number("1,234"), line_number("x")
    (12, 12, 1234, None)
    """
    matched = _NUMBER.fullmatch(cell.strip().lstrip("'"))
    return int(re.sub(r"[^0-9]", "", matched["whole"])) if matched else None
