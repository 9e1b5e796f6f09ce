"""Hints for rejected numbers: what would make a valid number of them."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.distinct import among
from csv_preflight.model.rule import Parameters
from csv_preflight.model.text_column import TextColumn, byte_set
from csv_preflight.stages.phones.former_plans import FORMER_PLAN_CODES, former_plan

_ZEROS = re.compile(r"[ (\[]*(?:0+[ (\[]*\+|\+[ (\[]*0+|000+)(?=[^0+])")
_NOT_DIGITS = re.compile("[^0-9]+")
# Characters before the first digit or plus sign; cells with others are examined one by one.
_OPENING = byte_set(b" ([")
_MOST_OPENING = 2


def hint(outcome: int, text: str, number: str, region: str | None) -> Parameters:
    """Return the kind of a hint, "" for none, and its parameters.

    text: the cell as it was parsed; number: its E.164 form, "" if it has none.  No hint quotes a digit of either.
    """
    bare = text.lstrip(" ([")
    if plan := former_plan(number):
        return {"hint": "former-plan", "since": plan.since, "change": plan.change, "today": plan.today}
    if outcome == e164.LOCAL_ONLY:
        return {"hint": "no-area-code"}
    if place := _without_zeros(text, region):
        return {"hint": "stray-zeros", "place": place}
    if outcome == e164.NO_CALLING_CODE and bare.startswith("+0"):
        return {"hint": "zero-code"}
    is_nothing = not _NOT_DIGITS.sub("", text).strip("0")
    if outcome == e164.NO_CALLING_CODE and bare.startswith(("00", "011")) and not is_nothing:
        return {"hint": "prefix", "prefix": "00" if bare.startswith("00") else "011"}
    if bare.startswith("00") and region and e164.region_of_number("+" + _NOT_DIGITS.sub("", text)[2:]):
        return {"hint": "other-prefix", "place": region}
    return {"hint": ""}


def depend_on_digits(cells: TextColumn, codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return whether the hint for a cell may depend on more than its outcome, region and calling code.

    codes: the calling code that libphonenumber parsed from each cell, 0 for none.
    """
    padded = np.append(cells.data, np.zeros(2, np.uint8))
    at = cells.starts
    for _ in range(_MOST_OPENING):
        at = at + (_OPENING[padded[at]] & (at < cells.ends))
    first, second = padded[at], padded[np.minimum(at + 1, len(padded) - 1)]
    plain = ((first == ord("0")) & (second >= ord("2")) & (second <= ord("9"))) | (
        (first == ord("+")) & (second >= ord("1")) & (second <= ord("9"))
    )
    plain |= (first >= ord("1")) & (first <= ord("9"))
    special: NDArray[np.bool_] = ~plain | among(codes, FORMER_PLAN_CODES)
    return special


def _without_zeros(text: str, region: str | None) -> str | None:
    """Return the region in which a text is a number once its extra zeros are removed, None if that is not certain."""
    match = _ZEROS.match(text)
    if not match:
        return None
    rest = _NOT_DIGITS.sub("", text[match.end() :])
    signed, here = e164.region_of_number("+" + rest), e164.region_of_number(rest, region)
    if text.lstrip(" ([")[0] != "+":
        return signed
    is_certain = signed == here or not (signed and here)
    return signed or here if is_certain else None
