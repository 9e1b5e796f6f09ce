"""Corrections against their list, one file after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from csv_preflight.corrections.comparing import Comparison
from csv_preflight.model.corrections import Changes, Corrections
from csv_preflight.model.finding import Findings


def checked(
    given: Sequence[Corrections], run: Callable[[Comparison, tuple[Changes, ...]], object]
) -> tuple[tuple[Changes, ...], Findings]:
    """Hold corrections against the rejects of the list, each file against those that the files before it leave.

    run: takes the list, with changes in their places, through the stages to a sink.  Return the rows that take the
    place of the list's; and D007 if a file is not of this list, else D008 where it may not say what somebody means.
    """
    changes: tuple[Changes, ...] = ()
    remarks = Findings()
    for corrections in given:
        compared = Comparison(corrections)
        run(compared, changes)
        if refused := compared.finish():
            return (), refused
        changes = (*changes, *compared.changes)
        remarks += compared.remarks
    return changes, remarks
