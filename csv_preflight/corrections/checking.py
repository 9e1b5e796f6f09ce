"""Check corrections against their list, one file after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from csv_preflight.corrections.comparing import Comparison
from csv_preflight.model.corrections import Changes, Corrections
from csv_preflight.model.finding import Findings


def checked(
    given: Sequence[Corrections], run: Callable[[Comparison, tuple[Changes, ...]], object]
) -> tuple[tuple[Changes, ...], Findings]:
    """Check corrections against the rejects of the list, each file against those that remain after the files before it.

    run: takes the list, with changes applied, through the stages to a sink.  Returns the rows that replace the list's,
    and D007 if a file does not belong to this list, else D008 for corrections that may be misread.
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
