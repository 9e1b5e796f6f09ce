"""Whether a column holds countries, judged by its name and all of its cells together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from csv_preflight.countries import table
from csv_preflight.countries.cells import LONGEST, Kind, Meaning, meaning
from csv_preflight.countries.columns import Context, context_of
from csv_preflight.countries.folding import fold
from csv_preflight.countries.headers import Header, header_says
from csv_preflight.countries.words import states, words

# If the column's name says "country", this share of the rows and of the distinct cells must name countries; if the name
# says nothing, nearly all.
TOLD, UNTOLD = 0.5, 0.9
# More names than countries have.
MOST_NAMES = 500
# If the name says nothing, this share of the distinct cells must be unambiguous.
PLAIN = 0.5
# Codes used among names, where nobody would write DE or FR.
AMONG_NAMES = {"uk", "us"}
# This few names may be words of a rare language by chance.
FEW = 3
# What people write for no country.
NOTHING = {
    "n/a", "n.a.", "null", "none", "nan", "unknown", "not specified", "other", "others", "unbekannt", "k.a.", "k. a.",
    "keine angabe", "sonstige", "inconnu", "autre", "desconocido", "otro", "outro", "sconosciuto", "altro", "onbekend",
}  # fmt: skip
# A column that the user names holds countries, unless most rows name none ...
NAMED = 0.5
# One or two unreadable cells say nothing about the column.
ODD_CELLS = 2
# ... or this many codes, and this share of all codes, are no country's: too many for typing errors.
SEVERAL, PART = 3, 1 / 4


class CountryColumn(NamedTuple):
    """A column of countries.

    share: the part of its filled rows whose cell names a country.  regions: region by distinct cell, None if it is not
    certain.  named_so: whether the name of the column says so.  context: how to read further cells of the column.
    """

    share: float
    regions: Mapping[str, str | None]
    named_so: bool
    context: Context


def recognize(header: str, cells: Iterable[str], aliases: Mapping[str, str] | None = None) -> CountryColumn | None:
    """Return a column of countries, None if it is not one.

    Names, three-letter codes and calling codes with a plus sign count unless the column's name says otherwise.  Codes
    of two letters, signs such as D and calling codes without a plus sign count only if the name says "country".

    >>> recognize("Land", ["DE", "AT", ""]).regions, recognize("State", ["DE", "IN"]), recognize("x", ["Georgia"])
    ({'DE': 'DE', 'AT': 'AT'}, None, None)
    """
    says = header_says(header)
    counts = Counter(filled for cell in cells if (filled := cell.strip()) and not _is_nothing(filled))
    if says is Header.OTHER or not counts or (says is Header.SILENT and not _may_be_names(counts)):
        return None
    context = context_of(counts, aliases)
    regions = {cell: context.region(cell) for cell in counts}
    # Names shared by several countries count as well.
    known = {cell for cell in counts if context.regions(cell)}
    rows = sum(counts[cell] for cell in known) / counts.total()
    told = says is Header.COUNTRY
    if min(rows, len(known) / len(counts)) < (TOLD if told else UNTOLD):
        return None
    if told and _are_german_states(header, known):
        return None
    if not told and not _are_plainly_countries(known):
        return None
    return CountryColumn(rows, regions, told, context)


def _is_nothing(cell: str) -> bool:
    """Whether a cell that is not empty plainly names no country, such as "-"."""
    return not cell.strip("-\u2013\u2014._/?*#()[] ") or cell.casefold() in NOTHING


def _may_be_names(counts: Counter[str]) -> bool:
    """Whether cells may be names of countries, without looking in the table."""
    if len(counts) > MOST_NAMES:
        return False
    # 0049 in several rows is a calling code; in one row each, such digits number the rows.
    repeats = counts.total() > len(counts)
    named = sum(
        len(cell) <= LONGEST and "@" not in cell and (not cell.isdecimal() or (repeats and cell.startswith("00")))
        for cell in counts
    )
    return named >= UNTOLD * len(counts)


def _are_german_states(header: str, known: set[str]) -> bool:
    """Whether a column "Land" has codes of German states, some of which are also country codes."""
    return fold(header) == "land" and {cell.lower() for cell in known} <= words("states-de")


def _are_plainly_countries(known: set[str]) -> bool:
    """Whether cells of a column whose name says nothing are countries, not people, languages or places."""
    result = {cell: one for cell in known if (one := meaning(cell))}
    result = {cell: one for cell, one in result.items() if one.key not in AMONG_NAMES}
    kinds = {one.kind for one in result.values()}
    if kinds == {Kind.CALLING_CODE}:
        # +1 and +7 are also time zones, and numbers of guests.
        return any(len("".join(filter(str.isdigit, cell))) > 1 for cell in result)
    if kinds & {Kind.DIGITS, Kind.CALLING_CODE, Kind.ALPHA_2}:
        return False
    codes = {cell for cell, one in result.items() if one.kind in (Kind.ALPHA_3, Kind.SIGN)}
    are_languages = {cell.lower() for cell in codes} <= words("language-codes")
    if any(not cell.isupper() for cell in codes) or (are_languages and len(codes) == len(result)):
        return False
    if sum(map(_is_plain, result.values())) < max(1, PLAIN * len(result)):
        return False
    names = {one.key for one in result.values() if one.kind is Kind.NAME and one.key}
    # Some languages have one word for a country and its language, and do not capitalize the language.
    if len(names) < FEW and any(cell[:1].islower() for cell in result):
        return False
    return len(names) < len(result) or _are_of_one_language(names)


def _is_plain(found: Meaning) -> bool:
    """Whether a cell can only mean a country."""
    return (
        found.is_certain
        and found.kind in (Kind.NAME, Kind.FLAG, Kind.ALPHA_3)
        and found.key not in words("other-meanings")
    )


def _are_of_one_language(names: set[str]) -> bool:
    """Whether most names are of one language; with few names, one of the larger languages."""
    known = table.languages()
    counts = Counter(language for name in names for language in known.get(name, ()))
    if len(names) < FEW:
        counts = Counter({language: counts[language] for language in words("major-languages")})
    by_hand = sum(not known.get(name) for name in names)
    return max(counts.values(), default=0) + by_hand > len(names) / 2


def holds_countries(header: str, cells: Iterable[str], aliases: Mapping[str, str] | None = None) -> bool:
    """Return whether a column that the user named can hold countries; an empty one can.

    >>> [holds_countries("x", cells) for cells in (["NJ", "PA", "DE"], ["DE", "FR", "XX"], ["Ann", "Bob"])]
    [False, True, False]
    """
    counts = Counter(filled for cell in cells if (filled := cell.strip()))
    if not counts:
        return True
    context = context_of(counts, aliases)
    known = {cell for cell in counts if context.regions(cell)}
    if sum(counts[cell] for cell in known) < NAMED * counts.total() and len(counts) - len(known) >= ODD_CELLS:
        return False
    codes = {cell.lower() for cell in counts if cell.isalpha() and cell.isascii() and len(cell) in (2, 3)}
    are_pairs = all(len(cell) == 2 for cell in codes) and len(codes) == len({cell.lower() for cell in counts})
    # Such as IN in a column of states, or de in one of languages.
    if are_pairs and header_says(header) is Header.OTHER and any(map(codes.issubset, (*states(), words("languages")))):
        return False
    unknown = codes - {cell.lower() for cell in known}
    return not (unknown and (any(map(codes.issubset, states())) or len(unknown) >= max(SEVERAL, PART * len(codes))))
