"""Guesses about the parts of a list, and how sure they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from csv_preflight.countries import recognize
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout, OtherPhone, Stated
from csv_preflight.model.report import CountryCount
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Source
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages import phones
from csv_preflight.stages.columns import find_column, find_countries, phones_in_order
from csv_preflight.stages.columns.likely import (
    SAMPLE_ROWS,
    likely_phone_columns,
    looks_like_phone,
    named_like_phone,
)
from csv_preflight.summary import Tally

# How far ahead the best reading of the bytes must be, as a logarithm, to be called nearly certain.
FAR_AHEAD = 10.0
# Rows in which the list's script is looked for.
SCRIPT_ROWS = 50

_KINDS = ("email", "url", "date", "number", "text")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[^@\s]++@[^@\s][^@\s.]*+\.[^@\s]++")),
    ("url", re.compile(r"https?://\S+")),
    ("date", re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*", re.DOTALL)),
    ("number", re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")),
)


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure something is ("certain", "nearly certain", "likely", "as given"), and why."""

    level: str
    why: str


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """The kind of most filled cells of a column, and their share."""

    name: str
    looks_like: str
    share: float


@dataclass(frozen=True, slots=True)
class PhoneGuess:
    """The likely phone column, why, and other candidates.

    behind: columns used where it has no number that can be called, in their order.
    """

    name: str
    why: str
    others: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


def certainty(source: Source) -> Certainty:
    """Return how sure the encoding of a list is."""
    if source.encoding.source == "detected":
        rival = source.rival
        if rival is None:
            return Certainty("nearly certain", "no other encoding fits its bytes")
        level = "nearly certain" if rival.behind >= FAR_AHEAD else "likely"
        return Certainty(level, f"read this way, it looks most like names and places; {rival.encoding} comes next")
    return {
        "bom": Certainty("certain", "the file begins with its byte order mark"),
        "utf-8": Certainty("certain", "every byte of the file fits, which hardly happens by chance"),
        "utf-16-pattern": Certainty("nearly certain", "every other byte is zero"),
        "option": Certainty("as given", "--encoding names it, and every byte fits"),
    }[source.encoding.source]


def columns(header: Sequence[str], first: Batch, shares: Sequence[float]) -> tuple[ColumnGuess, ...]:
    """Return the likely contents of each column.  shares: see ``phone_shares``."""
    return tuple(_column(name, first.columns[index], shares[index]) for index, name in enumerate(header))


def _column(name: str, column: TextColumn, phone_share: float) -> ColumnGuess:
    cells = [cell.strip() for cell in column.take(np.arange(min(len(column), SAMPLE_ROWS))).tolist()]
    filled = [cell for cell in cells if cell]
    if not filled:
        return ColumnGuess(name, "empty", 1.0)
    if phone_share >= 0.5:
        return ColumnGuess(name, "phone", round(phone_share, 3))
    if countries := recognize(name, filled):
        return ColumnGuess(name, "country", round(countries.share, 3))
    counts = dict.fromkeys(_KINDS, 0)
    for cell in filled:
        if not (phone_share and looks_like_phone(cell)):
            counts[_kind(cell)] += 1
    kind = max(counts, key=lambda name: counts[name])
    return ColumnGuess(name, kind, round(counts[kind] / len(filled), 3))


def _kind(cell: str) -> str:
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(cell)), "text")


def phone_column(header: Sequence[str], shares: Sequence[float], settings: Settings) -> PhoneGuess | None:
    """Return the phone column by the user's settings, the destination, its name or its cells.

    shares: see ``phone_shares``.
    """
    result = [find_column(name, header, settings.profile) for name in settings.phone_columns]
    named = [header[place] for place in result if place is not None]
    if named:
        return PhoneGuess(named[0], "--phone-column names it", behind=tuple(named[1:]))
    wanted = settings.profile.phone_column
    place = find_column(wanted, header, settings.profile) if wanted else None
    if place is not None:
        return PhoneGuess(header[place], f"{settings.profile.name} wants that name")
    candidates = likely_phone_columns(header, shares)
    if not candidates:
        return None
    ordered = phones_in_order(header, candidates)
    if len(ordered) > 1:
        names = tuple(header[index] for index in ordered)
        others = tuple(header[index] for index in candidates if index not in ordered)
        return PhoneGuess(names[0], "named as in an address book's export", others, names[1:])
    place = candidates[0]
    cells = f"{shares[place]:.0%} of its cells look like phone numbers"
    if not named_like_phone(header[place]):
        why = cells
    else:
        why = f"its name says so, {f'and {cells}' if shares[place] else 'though no cell looks like a number'}"
    return PhoneGuess(header[place], why, tuple(header[other] for other in candidates[1:]))


class Numbers:
    """The cells of the phone columns among the first rows; columns: their indices, in the order in which they count."""

    def __init__(self, batch: Batch, columns: Sequence[int], settings: Settings) -> None:
        self.batch, self.columns, self.settings = batch, columns, settings

    @property
    def cells(self) -> list[str]:
        """The first non-empty cell of each row."""
        rows = zip(*(self.batch.columns[index].tolist() for index in self.columns), strict=True)
        return [next((cell for cell in row if cell.strip()), "") for row in rows]

    @property
    def texts(self) -> list[str]:
        """All cells of the first rows."""
        rows = np.arange(min(len(self.batch), SCRIPT_ROWS))
        return [cell for column in self.batch.columns for cell in column.take(rows).tolist()]

    def stated(self, header: Sequence[str]) -> list[Stated]:
        """Return the columns that seem to hold each row's country, the clearest first."""
        return find_countries(header, self.batch, {*self.columns}, dict(self.settings.country_names))

    def regions_of(self, stated: Stated) -> set[str]:
        """Return the countries that a column names."""
        cells = dict.fromkeys(self.batch.columns[stated.column].tolist())
        return {region for cell in cells for region in stated.context.regions(cell)}

    def passing(
        self, stated: Stated | None = None, region: str | None = None
    ) -> tuple[float, tuple[CountryCount, ...]]:
        """Return the share of rows whose number passes, and their countries.

        stated, region: as if they were given as the region column and the region.
        """
        names = tuple(str(position) for position in range(len(self.batch.columns)))
        column = None if stated is None else stated.column
        first, *others = self.columns
        layout = Layout(
            first,
            None,
            column,
            None,
            tuple(range(len(names))),
            names,
            {},
            stated=stated,
            other_phones=tuple(OtherPhone(index, names[index]) for index in others),
        )
        settings = replace(self.settings, extension_column=None, region=region or self.settings.region)
        tally = Tally()
        kept = phones.normalize(self.batch, layout, settings).batch
        tally.add(kept)
        return round(len(kept) / max(1, len(self.batch)), 3), tally.countries()
