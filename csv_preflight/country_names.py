"""English names of countries, for people to read.

names.txt, made by tools/countries.py, begins the block of each region with its codes and its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

NAMES = Path(__file__).with_name("countries") / "names.txt"
_HEAD = re.compile(r"^=(..) \S+ \S+ (.+)$", re.MULTILINE)
_WITH_ARTICLE = frozenset(
    {"AE", "AX", "BQ", "BS", "CC", "CF", "CK", "DO", "FK", "FO", "GB", "GM", "IM", "IO", "KM", "KY", "MH",
     "MP", "MV", "NL", "PH", "PS", "SB", "TC", "US", "VG", "VI"}
)  # fmt: skip
# For names that the CLDR has in a form for sorted lists.
_IN_SENTENCES = {
    "CD": "the Democratic Republic of the Congo",
    "CG": "the Republic of the Congo",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
}


@lru_cache(maxsize=1)
def english_names() -> Mapping[str, str]:
    """Return the English name of each region in the CLDR."""
    return MappingProxyType(dict(_HEAD.findall(NAMES.read_text(encoding="utf-8"))))


def in_sentence(region: str) -> str:
    """Return the name of a region within a sentence; any other text unchanged.

    >>> in_sentence("US"), in_sentence("DE"), in_sentence("any country")
    ('the United States', 'Germany', 'any country')
    """
    name = _IN_SENTENCES.get(region) or english_names().get(region, region)
    return f"the {name}" if region in _WITH_ARTICLE else name
