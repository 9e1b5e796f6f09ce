"""What a person is told of a number that is rejected, beside the reason: what would make it one."""

from __future__ import annotations

import re

from csv_preflight import e164
from csv_preflight.stages.phones.former_plans import former_plan

_ZEROS = re.compile(r"[ (\[]*(?:0+[ (\[]*\+|\+[ (\[]*0+|000+)(?=[^0+])")
_NOT_DIGITS = re.compile("[^0-9]+")


def hint(outcome: int, text: str, number: str, region: str | None) -> str:
    """Return what is said behind the reason, "" for nothing.

    text: the cell as it was parsed; number: what libphonenumber made of it, "" if nothing.  No digit of either is said.
    """
    bare = text.lstrip(" ([")
    if plan := former_plan(number):
        return f"; since {plan.since}, {plan.change}: {plan.today}"
    if outcome == e164.LOCAL_ONLY:
        return ": the area code is missing"
    if place := _without_zeros(text, region):
        return f"; without the zeros before it, it would be a number of {place}"
    if outcome == e164.NO_CALLING_CODE and bare.startswith("+0"):
        return ": none begins with 0"
    if outcome == e164.NO_CALLING_CODE and bare.startswith(("00", "011")):
        prefix = "00" if bare.startswith("00") else "011"
        return f"; if {prefix} is an international prefix, write + in its place"
    if bare.startswith("00") and region and e164.region_of_number("+" + _NOT_DIGITS.sub("", text)[2:]):
        return f"; 00 is not the international prefix in {region}: write + in its place"
    return ""


def _without_zeros(text: str, region: str | None) -> str:
    """Return the region whose number a text is without zeros that belong to none; "" if that is not certain."""
    found = _ZEROS.match(text)
    if not found:
        return ""
    rest = _NOT_DIGITS.sub("", text[found.end() :])
    signed, here = e164.region_of_number("+" + rest), e164.region_of_number(rest, region)
    if text.lstrip(" ([")[0] == "+":
        return (signed or here) if not (signed and here) else ""
    return signed
