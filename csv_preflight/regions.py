"""What people write for a region -> its ISO 3166 code: codes in any case, English names, calling codes with a plus.

The names are data, in ``regions.toml``, since the libraries that know them cost more to load than a list costs to
clean; a test holds them against Babel's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from csv_preflight.e164 import region_of_calling_code, supported_regions

_CALLING_CODE = re.compile(r"\+ ?([1-9][0-9]{0,2})", re.ASCII)
_LEFT_OUT = {"the", "and"}


def find_region(text: str) -> str | None:
    """Return the region that a text names, None if it names none for certain.

    A calling code stands for its main region: the others of the same code have the same numbers.

    >>> [find_region(text) for text in ("us", "USA", "United Kingdom", "Trinidad and Tobago", "+44", "44", "Korea")]
    ['US', 'US', 'GB', 'TT', 'GB', None, None]
    """
    code = text.strip().upper()
    if code in supported_regions():
        return code
    if calling := _CALLING_CODE.fullmatch(code):
        return region_of_calling_code(int(calling[1]))
    return _names().get(_folded(text))


def region_names() -> Mapping[str, tuple[str, ...]]:
    """Return what each region is called: alpha-3 codes, then names."""
    import tomllib

    text = Path(__file__).with_name("regions.toml").read_text(encoding="utf-8")
    return {region: tuple(names) for region, names in tomllib.loads(text).items()}


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    known = supported_regions()
    return {_folded(name): region for region, names in region_names().items() if region in known for name in names}


def _folded(text: str) -> str:
    """Return the words of a name in a fixed order, without what people leave out or add.

    >>> _folded("St. Vincent & the Grenadines") == _folded("Saint Vincent and Grenadines")
    True
    >>> _folded("Korea, Republic of") == _folded("Republic of Korea"), _folded("U.S.A."), _folded("AND")
    (True, 'usa', 'and')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"\w+", re.sub(r"(?<=\b\w)\.(?=\w\b)|['\u2019`]", "", plain))
    kept = [word for word in words if word not in _LEFT_OUT] or words
    return " ".join(sorted("saint" if word == "st" else word for word in kept))
