"""The columns of a corrected rejects file -> those of its list, and its lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from csv_preflight.formulas import unescaped
from csv_preflight.model.corrections import Corrections
from csv_preflight.model.layout import FILE_COLUMN, REJECTS_COLUMNS
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.stages import columns

LINE, RAW = REJECTS_COLUMNS[0], REJECTS_COLUMNS[-1]

# A line number, also as a spreadsheet may show it: 12.0, or 1,234.
_NUMBER = re.compile(r"(?P<whole>[0-9]{1,15}|[0-9]{1,3}(?:[.,'\u00a0\u202f ][0-9]{3})+)(?:[.,]0{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Rows of corrections, by line.

    lines: int64, rising.  columns: one for each of the list's columns that the rejects file has, in that order; raw:
    preflight_raw, None where that column was removed.
    """

    lines: Positions
    columns: tuple[TextColumn, ...]
    raw: TextColumn | None


def match(
    given: Corrections, header: Sequence[str], shown: Sequence[int], *, several: bool
) -> Mapping[str, Matched] | Parameters:
    """Return the rows of corrections under the columns of a list, by its file; or what is wrong, as parameters of D007.

    header: of the list; shown: indices of those of its columns that the rejects file has; several: whether the list
    has several files, else its only one is called "".
    """
    if given.problem:
        return {"problem": "unreadable", "reason": given.problem}
    names = list(map(columns.clean_name, given.names))
    needed = [LINE, *([FILE_COLUMN] if several else [])]
    if lacking := [name for name in needed if name not in names]:
        return {"problem": "columns-missing", "names": tuple(lacking)}
    own = (*REJECTS_COLUMNS, *needed)
    wanted = [unescaped(columns.clean_name(header[index])) for index in shown]
    free = [place for place, name in enumerate(names) if name not in own]
    places = []
    for name in wanted:
        found = next((place for place in free if names[place] == name or unescaped(names[place]) == name), None)
        if found is None:
            missing = [name for name in wanted if name not in {*names, *map(unescaped, names)}] or [name]
            return {"problem": "columns-missing", "names": tuple(missing)}
        free.remove(found)
        places.append(found)
    twice = [name for name, count in Counter(names).items() if count > 1 and name in own]
    more = [*(names[place] for place in free if names[place] or given.columns[place].lengths.any()), *twice]
    if more:
        return {"problem": "columns-added", "names": tuple(more)}
    return _by_file(given, names, places, several=several)


def _by_file(
    given: Corrections, names: Sequence[str], places: Sequence[int], *, several: bool
) -> Mapping[str, Matched] | Parameters:
    found = [line_number(cell) for cell in given.columns[names.index(LINE)].tolist()]
    if None in found:
        return {"problem": "no-line", "rows": found.count(None)}
    lines = np.array(found, np.int64)
    raw = given.columns[names.index(RAW)] if RAW in names else None
    cells = [given.columns[place] for place in places]
    files = list(map(unescaped, given.columns[names.index(FILE_COLUMN)])) if several else [""] * len(lines)
    matched = {}
    for file in dict.fromkeys(files):
        rows = np.flatnonzero(np.array([one == file for one in files], bool))
        rows = rows[np.argsort(lines[rows], kind="stable")]
        own = lines[rows]
        again = np.flatnonzero(own[1:] == own[:-1])
        if len(again):
            return {"problem": "twice", "at": int(own[again[0]])}
        texts = None if raw is None else raw.take(rows)
        matched[file] = Matched(own, tuple(column.take(rows) for column in cells), texts)
    return matched


def line_number(cell: str) -> int | None:
    """Return the line that a cell of preflight_line holds, None for none.

    >>> line_number("12"), line_number("12.0"), line_number("1,234"), line_number("x")
    (12, 12, 1234, None)
    """
    found = _NUMBER.fullmatch(cell.strip().lstrip("'"))
    return int(re.sub(r"[^0-9]", "", found["whole"])) if found else None
