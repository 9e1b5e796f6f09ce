"""Which columns say who must not be called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from csv_preflight.consent import Answer, answer, asks, is_about_messages
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Column
from csv_preflight.model.opt_out import Asks, OptOutColumn

# From this many distinct values that are no answers, and this share of all, a column does not hold answers.
SEVERAL, MOSTLY = 5, 0.9


def named_opt_outs(names: Sequence[str], places: Iterable[int | None]) -> tuple[OptOutColumn, ...]:
    """Return the columns that the user named.  places: their indices, None for one that does not exist.

    A column with any other name is read as saying who must not be called; anything but yes or no is then rejected.
    """
    named = [(index, names[index], asks(names[index])) for index in places if index is not None]
    return tuple(
        OptOutColumn(index, name, Asks.OPT_OUT if asked is Asks.OTHER else asked) for index, name, asked in named
    )


def find_no_answers(
    columns: Iterable[OptOutColumn], first: Batch, roles: Mapping[int | None, str], line: int, findings: Findings
) -> None:
    """Report C014 for columns that do not say who opted out.

    first: some rows; roles: of columns with another role.  A column whose name asks for it holds opt-outs, whatever
    its cells say.
    """
    for column in columns:
        given: dict[str, object] = {"name": column.name, "found": roles.get(column.index, "")}
        if not given["found"] and asks(column.name) is Asks.OTHER:
            cells = {cell for cell in first.columns[column.index].tolist() if cell.strip()}
            unclear = sum(answer(cell, column.asks) is Answer.UNCLEAR for cell in cells)
            if unclear >= SEVERAL and unclear >= MOSTLY * len(cells):
                given |= {"found": "unclear", "unclear": unclear, "distinct": len(cells)}
        if given["found"]:
            findings.whole_file("C014", line=line, column=column.name, given=given)


def likely_opt_outs(names: Sequence[str], taken: Collection[Column | None]) -> tuple[OptOutColumn, ...]:
    """Return the other columns whose names suggest that they say who must not be called."""
    result = [OptOutColumn(index, name, asks(name)) for index, name in enumerate(names) if index not in taken]
    return tuple(column for column in result if column.asks is not Asks.OTHER and not is_about_messages(column.name))
