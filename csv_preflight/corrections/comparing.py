"""Compare corrections with the rows of their list, in a run of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import numpy as np

from csv_preflight.corrections.cells import corrected_cell, may_be_meant
from csv_preflight.corrections.evidence import Familiar, is_one_number, is_other_person, is_piece_of, is_same_text
from csv_preflight.corrections.matching import Matched, match
from csv_preflight.corrections.places import Places
from csv_preflight.formulas import formula_safe
from csv_preflight.model.batch import Batch
from csv_preflight.model.corrections import Changes, Corrections
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions, TextColumn


@dataclass(frozen=True, slots=True)
class _Changed:
    """A row that somebody has changed: its cells in the list, or its text if it could not be split.

    line: as counted by Places.  is_ready: the row in the list has no fault under the current options.
    """

    line: int
    before: Sequence[str]
    after: Sequence[str]
    text: str
    is_ready: bool = False


class Comparison:
    """A sink that compares corrections with the rows of their list without them.

    ``finish`` returns contradictions to the list; then ``changes`` has the rows that somebody has changed.
    """

    def __init__(self, given: Corrections) -> None:
        """Begin.  given: the corrections as they were read."""
        self._given = given
        self._findings = Findings()
        self.size = 0
        self.row_sizes: Positions = np.zeros(0, np.int64)
        self._matched: Matched | None = None
        self._layout: Layout | None = None
        self._columns: tuple[int, ...] = ()
        self._changed: list[_Changed] = []
        self._met: list[Positions] = []
        self._unclear: list[int] = []
        self._places = Places()

    def begin(self, layout: Layout, header: Sequence[str], newline: str, delimiter: str) -> None:
        """Match the columns of the corrections with those of the list."""
        self._layout, self._columns = layout, layout.shown
        self._phones = [layout.shown.index(index) for index in layout.phones]
        self._familiar = Familiar(len(layout.shown))
        matched = match(self._given, header, layout, self._places)
        if isinstance(matched, Matched):
            self._matched = matched
        else:
            self._refuse(matched)

    def clean(self, batch: Batch) -> None:
        """Take rows that need no correction."""
        columns = [batch.columns[index] for index in self._columns]
        self._look_at(columns)
        lines = self._places.counted(batch.file, batch.lines)
        for place, row in self._differing(lines, columns):
            before = [column[row] for column in columns]
            after = self._after(place, before)
            if any(after) and after != before:
                self._changed.append(_Changed(int(lines[row]), before, after, "", is_ready=True))

    def reject(self, rows: Rejects) -> None:
        """Take rows that may be corrected."""
        columns = [rows.columns[index] for index in self._columns]
        self._look_at(columns)
        lines = self._places.counted(rows.file, rows.lines)
        for place, row in self._differing(lines, columns, rows.raw):
            line, before, text = int(lines[row]), [column[row] for column in columns], rows.raw[row]
            after = self._after(place, before)
            if after == before and self._may_be_changed(place, before):
                self._unclear.append(line)
            given = self._matched.raw[place] if self._matched and self._matched.raw is not None else ""
            if given and not is_same_text(given, text):
                self._refuse({"problem": "raw" if any(after) or not text else "raw-edited", "at": line})
            elif any(after) and after != before:
                # The row that still has its text beside it is meant.
                self._changed.append(_Changed(line, before, after, "" if given else text))

    def cut(self, cuts: Sequence[int]) -> None:
        """Take where the clean rows would be cut into parts."""

    def finish(self) -> Findings:
        """Return contradictions to the list, including corrections of other people and of missing lines."""
        if self._matched is None:
            return self._findings
        for one in self._changed:
            # With other options, a row of the rejects may be ready by itself; then its number is the same.
            if one.is_ready and not all(is_one_number(one.before[at], one.after[at]) for at in self._phones):
                self._refuse({"problem": "ready", "at": one.line})
            elif is_other_person(one.before, one.after, self._phones, self._familiar) or not is_piece_of(
                one.after, one.text
            ):
                self._refuse({"problem": "other", "at": one.line})
        met = np.concatenate([np.zeros(0, np.int64), *self._met])
        for line in np.setdiff1d(self._matched.lines, met).tolist():
            self._refuse({"problem": "absent", "at": line})
        return self._findings

    @property
    def remarks(self) -> Findings:
        """Return D008 for numbers that count as unchanged but may have been corrected."""
        findings = Findings()
        if self._unclear:
            file, line = self._places.of(min(self._unclear))
            of = {"of": "file", "file": file} if file else {"of": ""}
            given = {"count": len(self._unclear), "at": line, **of}
            findings.whole_file("D008", line=line, count=len(self._unclear), path=self._given.path, given=given)
        return findings

    @property
    def changes(self) -> tuple[Changes, ...]:
        """Return the rows that somebody has changed, grouped by file of the list."""
        # If the list is a rejects file itself, its cells are escaped.
        written = formula_safe if self._layout and self._layout.is_rejects else str
        by_file: dict[str, list[tuple[int, list[str]]]] = {}
        for one in sorted(self._changed, key=attrgetter("line")):
            file, line = self._places.of(one.line)
            by_file.setdefault(file, []).append((line, list(map(written, one.after))))
        return tuple(self._changes(file, rows) for file, rows in by_file.items())

    def _changes(self, file: str, rows: Sequence[tuple[int, list[str]]]) -> Changes:
        columns = {
            index: TextColumn.of([cells[position] for _, cells in rows]) for position, index in enumerate(self._columns)
        }
        return Changes(Path(self._given.path).name, np.array([line for line, _ in rows], np.int64), columns, file)

    def _differing(
        self, lines: Positions, columns: Sequence[TextColumn], raw: TextColumn | None = None
    ) -> list[tuple[int, int]]:
        """Return the indices of corrections, and of rows on the same lines, that are not identical."""
        matched = self._matched
        if matched is None or not len(matched.lines):
            return []
        places = np.searchsorted(matched.lines, lines)
        rows = np.flatnonzero(matched.lines.take(places, mode="clip") == lines)
        places = places[rows]
        self._met.append(lines[rows])
        pairs = list(zip(columns, matched.columns, strict=True))
        if raw is not None and matched.raw is not None:
            pairs.append((raw, matched.raw))
        same = np.ones(len(rows), bool)
        for ours, theirs in pairs:
            same &= ours.take(rows).equals(theirs.take(places))
        return list(zip(places[~same].tolist(), rows[~same].tolist(), strict=True))

    def _after(self, index: int, before: Sequence[str]) -> list[str]:
        if self._matched is None:
            return list(before)
        cells = [column[index] for column in self._matched.columns]
        return [corrected_cell(cell, old) for cell, old in zip(cells, before, strict=True)]

    def _may_be_changed(self, index: int, before: Sequence[str]) -> bool:
        """Whether a number in an unchanged row may have been corrected to the form that a spreadsheet gives it."""
        matched = self._matched
        return matched is not None and any(may_be_meant(matched.columns[at][index], before[at]) for at in self._phones)

    def _look_at(self, columns: Sequence[TextColumn]) -> None:
        if not self._familiar.is_full:
            self._familiar.add([column.tolist() for column in columns])

    def _refuse(self, parameters: Parameters) -> None:
        """Record a contradiction."""
        at, line = parameters.get("at"), 1
        where: dict[str, object] = {"of": ""}
        if isinstance(at, int):
            file, line = self._places.of(at)
            where = {"at": line, "of": "file", "file": file} if file else {"at": line, "of": ""}
        self._findings.whole_file("D007", line=line, path=self._given.path, given={**parameters, **where})
