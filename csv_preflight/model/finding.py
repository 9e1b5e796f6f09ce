"""Findings of a stage, as data; rules put them into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.model.distinct import ascending
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import Positions

NONE: Parameters = {}


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text of the list.  If it is shortened, the part just before ``end`` is kept."""

    text: str
    end: int


@dataclass(frozen=True, slots=True)
class FileFinding:
    """About the file, or a field of its header.

    field: number of its column from 1, 0 for none.  count: how many rows or lists it is
    about, if the rule counts them.
    """

    code: str
    line: int = 1
    column: str = ""
    count: int = 1
    parameters: Parameters = dataclass_field(default_factory=dict)
    field: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RowFindings:
    """About some rows of a batch.

    batch: those rows.  column: index of the faulty field, if any.  parameters: the distinct ones; which: index of each
    row's own, None if all rows have the first.
    """

    code: str
    batch: Batch
    column: int | None = None
    parameters: tuple[Parameters, ...] = (NONE,)
    which: NDArray[np.intp] | None = None

    def of(self, row: int) -> Parameters:
        """Return the parameters of a row."""
        return self.parameters[0 if self.which is None else int(self.which[row])]


@dataclass(frozen=True, slots=True, eq=False)
class LineFindings:
    """About whole lines that are no rows.  lines: their physical numbers."""

    code: str
    lines: Positions


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that could not be split into cells, or must not be: its text and the reason."""

    code: str
    line: int
    record: int
    raw: str
    parameters: Mapping[str, object] = dataclass_field(default_factory=dict)


Finding: TypeAlias = FileFinding | RowFindings | LineFindings | SetAside


class Findings(list[Finding]):
    """The findings of one stage, in order."""

    def whole_file(
        self,
        code: str,
        *,
        line: int = 1,
        column: str = "",
        count: int = 1,
        field: int = 0,
        given: Parameters = NONE,
        **parameters: object,
    ) -> None:
        """Add a finding about the file or a field of its header.  field: its number from 1; given: more parameters."""
        self.append(FileFinding(code, line, column, count, {**given, **parameters}, field))

    def rows(
        self,
        code: str,
        batch: Batch,
        rows: NDArray[np.intp],
        *,
        column: int | None = None,
        parameters: Parameters | Sequence[Parameters] | Callable[[int], Parameters] = NONE,
        which: NDArray[np.intp] | None = None,
    ) -> None:
        """Add a finding about some rows (indices) of a batch.

        parameters: the same for all rows, one for each, or a function of i that returns those of ``rows[i]``; with
        ``which``, those of ``rows[i]`` are ``parameters[which[i]]``.
        """
        if not len(rows):
            return
        taken = batch.take(rows)
        if isinstance(parameters, Mapping):
            self.append(RowFindings(code, taken, column, (parameters,)))
            return
        each = [parameters(index) for index in range(len(rows))] if callable(parameters) else parameters
        distinct: dict[tuple[tuple[str, object], ...], int] = {}
        places = np.fromiter(
            (distinct.setdefault(tuple(one.items()), len(distinct)) for one in each), np.intp, len(each)
        )
        own = places if which is None else places[which]
        self.append(RowFindings(code, taken, column, tuple(map(dict, distinct)), own))

    def numbers(
        self,
        code: str,
        batch: Batch,
        rows: NDArray[np.intp],
        phone: int,
        parameters: Sequence[Parameters] | None = None,
        columns: NDArray[np.intp] | None = None,
    ) -> None:
        """Add a finding about one number of each of some rows, in the column that the number is from.

        phone: that of a list with one phone column.  columns: of each number, where it is not the one that is called.
        """
        used = columns if columns is not None else None if batch.used is None else batch.used[rows]
        if used is None:
            self.rows(code, batch, rows, column=phone, parameters=NONE if parameters is None else parameters)
            return
        for column in ascending(used).tolist():
            places = np.flatnonzero(used == column)
            own = NONE if parameters is None else [parameters[place] for place in places.tolist()]
            self.rows(code, batch, rows[places], column=column, parameters=own)

    def lines(self, code: str, lines: Positions) -> None:
        """Add a finding about whole lines that are no rows.  lines: their physical numbers."""
        self.append(LineFindings(code, lines))

    def set_aside(self, records: Iterable[SetAside]) -> None:
        """Add records that could not be split into the header's fields."""
        self.extend(records)

    def has(self, code: str) -> bool:
        """Whether there is a finding of a rule."""
        return any(found.code == code for found in self)


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a stage could not go on: at least one of the findings is of a rule that stops the list."""

    findings: Findings
