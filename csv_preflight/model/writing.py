"""How a list writes its numbers: what its first rows say of digits that one cell alone cannot decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Writing:
    """Evidence of a list on numbers without a plus sign; taken from its first batch, and the same for all others.

    national: by region and form (``stages.phones.bare.Bare.forms``), how the list writes numbers of that region without
    country code: digits in such a form are taken so, though with + they may be another number.  lost: the list has
    numbers that are such only with + before them.  coded: it has no others.  missing_plus: of its digits that are
    rejected, most are a number with + before them.  whole: it has a column of calling codes, and numbers that begin
    with theirs all the same.
    """

    national: frozenset[tuple[str, int]] = frozenset()
    lost: bool = False
    coded: bool = False
    missing_plus: bool = False
    whole: bool = False
