"""A column of countries -> the region of each cell, even if the cell alone could mean several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from csv_preflight.countries import table
from csv_preflight.countries.cells import Kind, Meaning, meaning
from csv_preflight.countries.folding import fold
from csv_preflight.e164 import supported_regions

# Between the countries of a list.
_LISTED = (re.compile(r"\s*[,;/|&+]\s*"), re.compile(r"\s+"))
_CODES = (Kind.ALPHA_2, Kind.ALPHA_3, Kind.SIGN)


@dataclass(frozen=True, slots=True)
class Context:
    """How to read the cells of a column, judged from all of them.

    names: the table's keys for the cells that name one region; a name of several regions is read in the languages of
    most of these.  is_numeric: whether digits are codes of ISO 3166; None if some are those and others calling codes.
    aliases: regions by folded cell, as the user gave them.
    """

    names: frozenset[str] = frozenset()
    is_numeric: bool | None = False
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)

    def regions(self, cell: str) -> tuple[str, ...]:
        """Return the region that a cell means: several if the column does not decide, () for no country."""
        if self.aliases and (region := self.aliases.get(fold(cell))):
            return (region,)
        found = meaning(cell)
        if found is None:
            return ()
        if found.kind is Kind.DIGITS:
            return self._of_digits(found)
        return found.regions if len(found.regions) == 1 else self._told_apart(found)

    def region(self, cell: str) -> str | None:
        """Return the region of a cell if it is certain, else None."""
        regions = self.regions(cell)
        return regions[0] if len(regions) == 1 else None

    def _of_digits(self, found: Meaning) -> tuple[str, ...]:
        if self.is_numeric is None:
            return ()
        return found.regions if not self.is_numeric else (found.numeric,) if found.numeric else ()

    def _told_apart(self, found: Meaning) -> tuple[str, ...]:
        used = table.shared_names().get(found.key, {})
        spoken_in = _languages_of(self.names)
        spoken = tuple(region for region in found.regions if used.get(region, frozenset()) & spoken_in)
        if len(spoken) == 1 and (self.names or found.kind not in _CODES):
            return spoken
        code = tuple(region for region in found.regions if "*" in used.get(region, ()))
        return code if len(code) == 1 and found.kind in _CODES else found.regions


def context_of(cells: Iterable[str], aliases: Mapping[str, str] | None = None) -> Context:
    """Return the context that the cells of a column form.

    cells: of one column, in any order.  aliases: the user's own words for countries, with their regions.

    >>> context_of(["Áo", "Đức", "Pháp"]).region("Ao"), context_of(["AO", "DE"]).region("AO")
    ('AT', 'AO')
    """
    folded = {fold(name): region for name, region in (aliases or {}).items()}
    result = [one for cell in dict.fromkeys(map(str.strip, cells)) if (one := meaning(cell))]
    names = frozenset(one.key for one in result if one.kind is Kind.NAME and one.is_certain and one.key)
    return Context(names, _is_numeric(result), folded)


@lru_cache(maxsize=64)
def _languages_of(names: frozenset[str]) -> frozenset[str]:
    """Return the languages that most of the names are in; English where there are none."""
    if not names:
        return frozenset({"en"})
    known = table.languages()
    counts = Counter(language for name in names for language in known.get(name, ()))
    most = max(counts.values(), default=0)
    return frozenset(language for language, count in counts.items() if count == most)


def _is_numeric(meanings: Iterable[Meaning]) -> bool | None:
    """Return whether digits are numeric codes; None if they are neither all numeric codes nor all calling codes."""
    digits = [one for one in meanings if one.kind is Kind.DIGITS]
    if all(one.regions for one in digits):
        return False
    return True if all(one.numeric for one in digits) else None


def resolve_column(cells: Iterable[str], aliases: Mapping[str, str] | None = None) -> dict[str, str | None]:
    """Return the region of each distinct cell of a column of countries, None for a cell that names none.

    >>> resolve_column(["Deutschland", "Österreich", "Kongo", ""])
    {'Deutschland': 'DE', 'Österreich': 'AT', 'Kongo': None, '': None}
    """
    distinct = list(dict.fromkeys(cells))
    context = context_of(distinct, aliases)
    return {cell: context.region(cell) for cell in distinct}


def find_region(text: str) -> str | None:
    """Return the region that a text names by itself, None if it is not certain.

    A calling code means its main region, since the others of the same code share its numbers; without + it may be any
    number.

    >>> [find_region(text) for text in ("us", "Deutschland", "United Kingdom", "+44", "44", "Korea")]
    ['US', 'DE', 'GB', 'GB', None, None]
    """
    if text.upper() in supported_regions() and not text.istitle():  # saves loading the table of names
        return text.upper()
    found = meaning(text)
    return None if found is None or found.kind is Kind.DIGITS else Context().region(text)


def possible_regions(text: str) -> tuple[str, ...]:
    """Return the regions that a text may mean by itself.

    >>> possible_regions("Congo"), possible_regions("Atlantis")
    (('CD', 'CG'), ())
    """
    found = meaning(text)
    return () if found is None or found.kind is Kind.DIGITS else Context().regions(text)


def listed_regions(text: str) -> tuple[str, ...]:
    """Return the regions that a text lists, () if it is no list or if a part of it is no country.

    >>> listed_regions("DE, Austria"), listed_regions("de at"), listed_regions("DE"), listed_regions("DE, Atlantis")
    (('DE', 'AT'), ('DE', 'AT'), (), ())
    """
    for separator in _LISTED:
        regions = [find_region(part) for part in separator.split(text.strip()) if part]
        if len(regions) > 1 and all(regions):
            return tuple(dict.fromkeys(region for region in regions if region))
    return ()
