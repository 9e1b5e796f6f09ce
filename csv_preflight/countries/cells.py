"""One cell -> the countries that it may mean, and how it names them."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from csv_preflight.countries import table
from csv_preflight.countries.folding import fold, fold_accented
from csv_preflight.countries.words import words
from csv_preflight.e164 import calling_code_of_region, region_of_calling_code, supported_regions


class Kind(Enum):
    """How a cell names a country."""

    NAME = auto()
    FLAG = auto()
    ALPHA_3 = auto()
    ALPHA_2 = auto()
    SIGN = auto()  # other short codes: D, GER, UAE
    CALLING_CODE = auto()  # with + or 00
    DIGITS = auto()  # a calling code without +, or a numeric code of ISO 3166


class Meaning(NamedTuple):
    """The regions that a cell may mean: all of a name or code; for digits, as calling code and as numeric code.

    key: its entry in the table, if it is one name or code.
    """

    kind: Kind
    regions: tuple[str, ...]
    key: str = ""
    numeric: str | None = None

    @property
    def is_certain(self) -> bool:
        """Whether the cell alone decides the region."""
        return len(self.regions) == 1 and self.kind is not Kind.DIGITS


# The longest official names have some 60 letters.
LONGEST = 100
_CALLING_CODE = re.compile(r"\(?(?:\+|00) ?([1-9][0-9]{0,2})\)?", re.ASCII)
_AREA_CODE = re.compile(r"\+?1[- ]?\(?([2-9][0-9]{2})\)?", re.ASCII)
_DIGITS = re.compile(r"([0-9]{1,3})(?:\.0)?", re.ASCII)
_SEPARATORS = re.compile(r"[-\u2010-\u2015/|,;:=()\[\]<>\u00b7\u2022\uff08\uff09\u3001]+")
_ARTICLE = re.compile(r"(?:l|d)['\u2019]|(?:the|la|le|les|el|los|las|il|lo|gli|die|der|das|de|het|os?|as?) ")
# Such words distinguish countries, as in Republic of the Congo, so they belong to the name.
_PART_OF_NAME = {"CD", "CF", "CG", "CN", "DO", "GN", "KP", "KR", "SD", "SS", "TW", "VG", "VI"}
# Smaller words, such as de, only occur with a larger one.
_LONG_WORD = 5
_INDICATOR = 0x1F1E6
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4\U000e0067\U000e0062[\U000e0061-\U000e007f]*")


@lru_cache(maxsize=4096)
def meaning(text: str) -> Meaning | None:
    """Return what a cell may mean as a country, or None.

    >>> [meaning(text).regions for text in ("DE", "Österreich", "Deutschland (DE)", "+49", "U.S.A.", "🇨🇭", "Congo")]
    [('DE',), ('AT',), ('DE',), ('DE',), ('US',), ('CH',), ('CD', 'CG')]
    """
    text = " ".join(text.split())
    if not 0 < len(text) <= LONGEST or text.casefold() == "n/a":
        return None
    flags = {_region_of_flag(flag) for flag in _FLAGS.findall(text)}
    rest = _FLAGS.sub(" ", text).strip() if flags else text
    if flags:
        flag = flags.pop()
        beside = meaning(rest) if fold(rest) else None
        agrees = _agrees(beside, flag) if beside else not fold(rest)
        return Meaning(Kind.FLAG, (flag,)) if not flags and flag in supported_regions() and agrees else None
    return _one(text) or _several(text) or _embellished(text)


def _region_of_flag(flag: str) -> str:
    if ord(flag[0]) < _INDICATOR:
        return "GB"  # England, Scotland and Wales
    return "".join(chr(ord(letter) - _INDICATOR + ord("A")) for letter in flag)


def _agrees(found: Meaning, region: str) -> bool:
    """Whether the words next to a region mean the same one."""
    if found.kind in (Kind.CALLING_CODE, Kind.DIGITS):
        return calling_code_of_region(found.regions[0]) == calling_code_of_region(region) if found.regions else False
    return region in found.regions


def _one(text: str) -> Meaning | None:
    """Return the meaning of a name or a code."""
    if code := _CALLING_CODE.fullmatch(text):
        region = region_of_calling_code(int(code[1]))
        return Meaning(Kind.CALLING_CODE, (region,)) if region else None
    if code := _AREA_CODE.fullmatch(text):
        region = table.names().get("1" + code[1])
        return Meaning(Kind.CALLING_CODE, (region,)) if region else None
    if code := _DIGITS.fullmatch(text):
        region = None if code[1].startswith("0") else region_of_calling_code(int(code[1]))
        numeric = table.names().get(code[1].zfill(3))
        return Meaning(Kind.DIGITS, (region,) if region else (), numeric=numeric) if region or numeric else None
    accented, key = fold_accented(text), fold(text)
    # Ao is a Vietnamese name of a country, AO a code.
    found = _named(accented, is_code=accented.isascii()) or _named(key, is_code=accented.isascii())
    if found and len(found.regions) > 1 and text[:1].isupper() and text[1:].islower():
        return found._replace(kind=Kind.NAME)
    return found


def _named(key: str, *, is_code: bool) -> Meaning | None:
    """Return the meaning in the table.  is_code: whether a few letters may be a code, which has no accents."""
    regions = table.names().get(key)
    if regions is None or key.isdigit():
        return None
    kind = _kind(key)
    if kind is not Kind.NAME and not is_code:
        # A short name, such as the Vietnamese one of Germany.
        return Meaning(Kind.NAME, tuple(regions.split()), key) if table.languages().get(key) else None
    return Meaning(kind, tuple(regions.split()), key)


def _kind(key: str) -> Kind:
    if not key.isascii() or len(key) > 3:
        return Kind.NAME
    if len(key) == 2:
        return Kind.ALPHA_2
    region = table.names()[key].partition(" ")[0]
    return Kind.ALPHA_3 if table.codes().get(region, ("",))[0].lower() == key else Kind.SIGN


def _several(text: str) -> Meaning | None:
    """Return the meaning of a name next to a code, a calling code or its name in another language."""
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    if not 2 <= len(parts) <= 4:
        first, _, rest = text.partition(" ")
        before, _, last = text.rpartition(" ")
        # A code and a name, separated only by a space.
        splits = [(first, rest)] if _is_code(first) else []
        splits += [(before, last)] if _is_code(last) else []
        return next((found for split in splits if (found := _agreed(split))), None)
    swapped = f"{parts[1]} {parts[0]}" if len(parts) == 2 else ""
    return _agreed(parts) or (_one(swapped) if swapped else None)


def _is_code(word: str) -> bool:
    return bool(_CALLING_CODE.fullmatch(word) or (word.isupper() and word.isascii() and len(word) in (2, 3)))


def _agreed(parts: list[str] | tuple[str, str]) -> Meaning | None:
    result = [_one(part) or _embellished(part) for part in parts]
    known = [one for one in result if one is not None]
    named = [one for one in known if one.kind not in (Kind.CALLING_CODE, Kind.DIGITS)]
    if len(known) < len(parts) or not named or all(one.kind is Kind.ALPHA_2 for one in known):
        return None
    regions = set(named[0].regions).intersection(*(one.regions for one in named[1:]))
    regions = {region for region in regions if all(_agrees(one, region) for one in known)}
    return Meaning(Kind.NAME, (regions.pop(),)) if len(regions) == 1 else None


def _embellished(text: str) -> Meaning | None:
    """Return the meaning of a name with an article, or with words such as "Republic of"."""
    # In capitals, "DE" is a code.
    if (article := _ARTICLE.match(text.casefold())) and not text[: article.end()].rstrip().isupper():
        found = _one(text[article.end() :])
        return found if found and found.kind is Kind.NAME else None
    spoken = _SEPARATORS.sub(" ", text).split()
    kept = [word for word in spoken if fold(word) not in words("official")]
    left_out = [word for word in spoken if word not in kept]
    if not kept or max(map(len, left_out), default=0) < _LONG_WORD or not (found := _one(" ".join(kept))):
        return None
    is_one = found.kind is Kind.NAME and found.is_certain
    return found if is_one and found.regions[0] not in _PART_OF_NAME else None
