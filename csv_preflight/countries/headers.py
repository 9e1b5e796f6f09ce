"""What a column's name says about countries, in many languages."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache

from csv_preflight.countries.folding import fold
from csv_preflight.countries.words import matcher, words


class Header(Enum):
    """Whether a column's name says that it holds countries."""

    COUNTRY = auto()
    OTHER = auto()  # names something else
    SILENT = auto()


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN = re.compile(r"[^\w\u0300-\u036f\u0900-\u0fff\u1000-\u109f\u1780-\u17ff]+|_+")


@lru_cache(maxsize=256)
def header_says(name: str) -> Header:
    """Return whether a column's name says that it holds countries.

    >>> [header_says(name).name for name in ("Land", "CountryCode", "Billing Country", "State", "Geburtsland", "x")]
    ['COUNTRY', 'COUNTRY', 'COUNTRY', 'OTHER', 'OTHER', 'SILENT']
    """
    spoken = [folded for word in _BETWEEN.split(_CAMEL.sub(" ", name)) if (folded := fold(word))]
    if matcher("elsewhere").matches(spoken):
        return Header.OTHER
    if matcher("country").matches(spoken) or "".join(spoken) in words("country-alone"):
        return Header.COUNTRY
    return Header.OTHER if matcher("otherwise").matches(spoken) else Header.SILENT


def names_countries(name: str) -> bool:
    """Return whether a column's name says that it holds countries."""
    return header_says(name) is Header.COUNTRY
