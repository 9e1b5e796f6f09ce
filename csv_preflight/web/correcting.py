"""Rejected rows -> fields to correct; corrected fields -> a rejects file to give back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from csv_preflight.formulas import formula_safe, unescaped
from csv_preflight.model.finding import Stop
from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.rule import Group
from csv_preflight.model.settings import Settings
from csv_preflight.reading import open_list
from csv_preflight.rfc4180 import quoted
from csv_preflight.rules import BY_CODE
from csv_preflight.web.jobs import Cleaned

# How many rows are shown at once: more than anybody corrects in a page.
MOST = 200
# How many other cells of a row say who it is, and how much of each.
_OTHERS, _LONGEST = 6, 60
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to correct: the index of its column in the rejects file, the column's name, and the text."""

    column: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rejected row: its index in the rejects file, its line in the list, what is wrong, and what to do.

    reason: "" if it says no more than the title.  raw: the text of a row that could not be split, else "".  cells:
    those to correct.  others: cells that say who it is.
    """

    number: int
    line: str
    title: str
    reason: str
    remedy: str
    raw: str
    cells: tuple[Cell, ...]
    others: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Rejects:
    """The beginning of a rejects file."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def own(self, row: tuple[str, ...]) -> dict[str, str]:
        """Return the cells of a row that csv-preflight added, by column name."""
        return dict(zip(self.names[-len(REJECTS_COLUMNS) :], row[-len(REJECTS_COLUMNS) :], strict=True))


def rows_to_correct(cleaned: Cleaned) -> list[Row]:
    """Return the first rows to correct, without those whose number is on a list already."""
    if cleaned.rejects is None:
        return []
    found = _read(cleaned.rejects)
    facts = cleaned.report.input
    shown_names = {*facts.phone_columns, facts.phone_column, facts.identifier_column, cleaned.choices.region_column}
    shown_names |= {one.column for one in cleaned.report.variables}
    return list(_rows(found, {name for name in shown_names if name}))


def _rows(rejects: _Rejects, shown_names: set[str]) -> Iterator[Row]:
    columns = range(len(rejects.names) - len(REJECTS_COLUMNS))
    for number, cells in enumerate(rejects.rows):
        own = rejects.own(cells)
        rule = BY_CODE[own["preflight_code"]]
        if rule.group is Group.LISTED:
            continue
        raw = own["preflight_raw"]
        all_cells = [Cell(column, unescaped(rejects.names[column]), unescaped(cells[column])) for column in columns]
        fields = tuple(cell for cell in all_cells if raw or cell.name in shown_names)
        others = [cell for cell in all_cells if cell not in fields and cell.text.strip()]
        reason_text = own["preflight_reason"]
        reason = "" if reason_text.casefold() == rule.title.casefold() else reason_text
        remedy = rule.spreadsheet or rule.remedy
        who = tuple(replace(cell, text=_shortened(cell.text)) for cell in others[:_OTHERS])
        yield Row(number, own["preflight_line"], rule.title, reason, remedy, unescaped(raw), fields, who)


def _shortened(text: str) -> str:
    """Return the text of a cell on one line, without the end of a long one."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def corrected(rejects: Path, given: Mapping[tuple[int, int], str]) -> str:
    """Return a rejects file of the rows that were corrected, "" if none was.

    given: the fields of the page, by row and column.
    """
    found = _read(rejects)
    lines = []
    for number, cells in enumerate(found.rows):
        edited = list(cells)
        for column, cell in enumerate(cells[: -len(REJECTS_COLUMNS)]):
            text = given.get((number, column))
            if text is not None and text != sent_back(unescaped(cell)):
                edited[column] = formula_safe(text)
        if edited != list(cells):
            lines.append(",".join(map(quoted, edited)))
    return _BOM + "\r\n".join([",".join(map(quoted, found.names)), *lines, ""]) if lines else ""


def sent_back(text: str) -> str:
    """Return a text as a single-line field sends it back: without line breaks."""
    return re.sub(r"[\r\n]", "", text)


def _read(rejects: Path) -> _Rejects:
    """Read the beginning of a rejects file.  Its last column names show its delimiter."""
    with rejects.open("rb") as file:
        head = file.readline().decode("utf-8", "replace").rstrip("\r\n")
        delimiter = head[-len(REJECTS_COLUMNS[-1]) - 1]
        file.seek(0)
        opened = open_list(file, Settings(encoding="utf-8", delimiter=delimiter))
        if isinstance(opened, Stop):
            return _Rejects((), ())
        batch = next(opened.reader.batches(), None)
        if batch is None:
            return _Rejects(tuple(opened.reader.header), ())
        first = batch.take(np.arange(min(len(batch), MOST)))
        rows = zip(*(column.tolist() for column in first.columns), strict=True)
        return _Rejects(tuple(opened.reader.header), tuple(rows))
