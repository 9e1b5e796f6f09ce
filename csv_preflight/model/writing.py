"""How a list writes its numbers: evidence of its first rows about digits that one cell alone cannot decide."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Writing:
    """Evidence about numbers without a plus sign, from the first batch of a list and used for all batches.

    national: pairs of region and form (``stages.phones.bare.Bare.forms``) in which the list writes national numbers:
    digits in such a form are read so even if they are another number with +.  lost: the list has numbers that need a +.
    coded: all of its numbers without a plus sign begin with a calling code.  missing_plus: of its digits that are
    rejected, most are a number with + before them.  whole: it has a column of calling codes, and numbers that begin
    with theirs all the same.
    """

    national: frozenset[tuple[str, int]] = frozenset()
    lost: bool = False
    coded: bool = False
    missing_plus: bool = False
    whole: bool = False
