"""Whether a column that is to hold each row's country holds something else that looks like it, such as states.

Half of the states of the US have codes of countries, too: DE is Delaware and Germany, CA California and Canada.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from csv_preflight.regions import find_region

_CODE = re.compile(r"[A-Za-z]{2,3}")
# Of the US and Canada.
STATES = frozenset(
    re.findall(
        "..",
        "ALAKAZARCACOCTDEDCFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWY"
        "PRVIGUASMPABBCMBNBNLNSNTNUONPEQCSKYT",
    )
)
# So many codes of no country, and so large a part of all codes, are no slips of the keyboard.
SEVERAL, PART = 3, 1 / 4


def codes_of_no_country(cells: Iterable[str]) -> list[str]:
    """Return the codes that show a column to hold no countries; none where it may hold them.

    >>> codes_of_no_country(["NJ", "PA", "DE"]), codes_of_no_country(["DE", "FR", "XX"]), codes_of_no_country(["CA"])
    (['NJ'], [], [])
    """
    codes = {cell.strip().upper() for cell in set(cells) if _CODE.fullmatch(cell.strip())}
    unknown = sorted(code for code in codes if find_region(code) is None)
    if unknown and (codes <= STATES or len(unknown) >= max(SEVERAL, PART * len(codes))):
        return unknown
    return []
