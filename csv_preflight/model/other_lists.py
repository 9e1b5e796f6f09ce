"""The numbers of other lists that a run compares its own with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csv_preflight.model.finding import Finding
from csv_preflight.model.number_set import NumberSet

if TYPE_CHECKING:
    from csv_preflight.model.corrections import Corrections
    from csv_preflight.model.kept_numbers import KeptNumbers


class Lists(NamedTuple):
    """The numbers of --existing, --suppress and --only, findings about them, and corrections of the list.

    only: None if no such list was given.  unreadable: most rows of one of them could not be read.  kept: collects the
    clean numbers, if several lists are cleaned.
    """

    existing: NumberSet = NumberSet()
    suppress: NumberSet = NumberSet()
    only: NumberSet | None = None
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False
    corrections: tuple[Corrections, ...] = ()
    kept: KeptNumbers | None = None
