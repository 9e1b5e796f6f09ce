"""What the parts of a list seem to be, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.countries import context_of, recognize
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.layout import Layout
from csv_preflight.model.report import CountryCount
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Source
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages import phones
from csv_preflight.stages.columns import find_column
from csv_preflight.stages.columns.likely import (
    SAMPLE_ROWS,
    likely_phone_columns,
    looks_like_phone,
    named_like_phone,
    phone_shares,
)
from csv_preflight.summary import Tally

# Numbers without a country code that are tried under every region: enough to tell shares, and half a second.
REGION_SAMPLE = 60
REGIONS_SHOWN = 5
# A region stands out when most of the numbers are valid there, and far fewer in the next best one.
STANDS_OUT, NEXT_BEST = 0.6, 0.7
# How much likelier a country is that other numbers of the list belong to.
SEEN = 1.5
# How far the best reading of the bytes is ahead of the next, as a logarithm, for it to be called nearly certain.
FAR_AHEAD = 10.0
_DIGITS = re.compile(r"[0-9]+")

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
    """What most filled cells of a column look like, and the share of them that do."""

    name: str
    looks_like: str
    share: float


@dataclass(frozen=True, slots=True)
class PhoneGuess:
    """The likely phone column, why, and the others that it might be."""

    name: str
    why: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionGuess:
    """The share of numbers without a country code that are valid under a default region, and written as there.

    chance_share: the share that is valid there even with the digits turned round.
    """

    region: str
    valid_share: float
    written_share: float
    chance_share: float


def certainty(source: Source) -> Certainty:
    """Return how sure the encoding of a list is."""
    if source.encoding.source == "detected":
        rival = source.rival
        if rival is None:
            return Certainty("nearly certain", "no other encoding fits its bytes")
        level = "nearly certain" if rival.behind >= FAR_AHEAD else "likely"
        return Certainty(level, f"read so, it looks most like names and places; next comes {rival.encoding}")
    return {
        "bom": Certainty("certain", "the file begins with its byte order mark"),
        "utf-8": Certainty("certain", "every byte of the file fits, which hardly happens by chance"),
        "utf-16-pattern": Certainty("nearly certain", "every other byte is zero"),
        "option": Certainty("as given", "--encoding names it, and every byte fits"),
    }[source.encoding.source]


def columns(header: Sequence[str], first: Batch) -> tuple[ColumnGuess, ...]:
    """Return what each column seems to hold."""
    shares = phone_shares(header, first)
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
        if not looks_like_phone(cell):
            counts[_kind(cell)] += 1
    kind = max(counts, key=lambda name: counts[name])
    return ColumnGuess(name, kind, round(counts[kind] / len(filled), 3))


def _kind(cell: str) -> str:
    return next((kind for kind, pattern in _PATTERNS if pattern.fullmatch(cell)), "text")


def phone_column(header: Sequence[str], first: Batch, settings: Settings) -> PhoneGuess | None:
    """Return the phone column as the user, the destination, its name or its cells tell it."""
    for wanted, why in (
        (settings.phone_column, "--phone-column names it"),
        (settings.profile.phone_column, f"{settings.profile.name} wants that name"),
    ):
        place = find_column(wanted, header, settings.profile.header_pattern) if wanted else None
        if place is not None:
            return PhoneGuess(header[place], why)
    shares = phone_shares(header, first)
    candidates = likely_phone_columns(header, shares)
    if not candidates:
        return None
    place = candidates[0]
    cells = f"{shares[place]:.0%} of its cells look like phone numbers"
    if not named_like_phone(header[place]):
        why = cells
    else:
        why = f"it is named so, and {cells}" if shares[place] else "it is named so, though no cell looks like a number"
    return PhoneGuess(header[place], why, tuple(header[other] for other in candidates[1:]))


class Numbers:
    """The cells of the phone column among the first rows."""

    def __init__(self, batch: Batch, column: int, settings: Settings) -> None:
        self.batch, self.column, self.settings = batch, column, settings

    def passing(
        self, region_column: int | None = None, region: str | None = None
    ) -> tuple[float, tuple[CountryCount, ...]]:
        """Return the share of rows whose number passes, and their countries; by another region than the settings'."""
        names = tuple(str(place) for place in range(len(self.batch.columns)))
        countries = None if region_column is None else context_of(self.batch.columns[region_column].tolist())
        layout = Layout(
            self.column, None, region_column, None, tuple(range(len(names))), names, {}, countries=countries
        )
        settings = replace(self.settings, extension_column=None, region=region or self.settings.region)
        tally = Tally()
        kept = phones.normalize(self.batch, layout, settings).batch
        tally.add(kept)
        return round(len(kept) / max(1, len(self.batch)), 3), tally.countries()

    def regions(self, seen: Collection[str] = ()) -> tuple[RegionGuess, ...]:
        """Return the regions whose numbers those without a country code probably are, the likeliest first.

        seen: countries of the numbers that have a code.
        """
        cells = [
            cell.strip(" '")
            for cell in self.batch.columns[self.column].tolist()
            if looks_like_phone(cell) and not cell.lstrip(" ('=\"").startswith("+")
        ]
        sample = list(dict.fromkeys(cells))[:REGION_SAMPLE]
        if not sample:
            return ()
        guesses = [guess for guess in _fitting(sample) if guess.valid_share]
        guesses.sort(key=lambda guess: -_likelihood(guess, seen))
        return tuple(guesses[:REGIONS_SHOWN])


def _likelihood(guess: RegionGuess, seen: Collection[str]) -> float:
    # Many regions take nearly any digits: how the numbers are written tells more than that they are valid.
    return _fit(guess, seen) * (1 - guess.chance_share / 2)


def _fit(guess: RegionGuess, seen: Collection[str]) -> float:
    return (guess.valid_share + 2 * guess.written_share) * (SEEN if guess.region in seen else 1.0)


def _fitting(cells: Sequence[str]) -> list[RegionGuess]:
    """Return for each region the share of cells that are valid numbers there, and that are written as there."""
    names = sorted(e164.supported_regions())
    found, valid = _parsed(cells, names)
    by_chance = _parsed([re.sub("[^0-9]", "", cell)[::-1] for cell in cells], names)[1].mean(axis=1)
    shares = valid.mean(axis=1)
    written = np.zeros(len(names))
    for place in np.flatnonzero(shares >= shares.max() / 2).tolist():
        rows = np.flatnonzero(valid[place])
        numbers = found.e164.take(rows + place * len(cells)).tolist()
        written[place] = sum(map(_written_as_there, (cells[row] for row in rows.tolist()), numbers)) / len(cells)
    return [
        RegionGuess(name, *(round(float(share), 3) for share in three))
        for name, *three in zip(names, shares, written, by_chance, strict=True)
    ]


def _parsed(cells: Sequence[str], regions: Sequence[str]) -> tuple[PhoneColumn, NDArray[np.bool_]]:
    """Return all cells under each region in turn, and a row for each region: which of the cells are valid there."""
    which = np.repeat(np.arange(len(regions)), len(cells))
    found = e164.parse_column(TextColumn.of([*cells] * len(regions)), regions, which)
    own = np.array([found.regions.index(region) if region in found.regions else -2 for region in regions])
    return found, (found.valid & (found.region == own[which])).reshape(len(regions), len(cells))


def _written_as_there(cell: str, number: str) -> bool:
    """Return whether the digits of a cell stand in the groups of the number's own country, or unspaced as there."""
    groups, wanted = _DIGITS.findall(cell), _DIGITS.findall(e164.national_form(number))
    return groups == wanted or groups == ["".join(wanted)]


def standing_out(regions: Sequence[RegionGuess], seen: Collection[str] = ()) -> str | None:
    """Return the region that most of the numbers belong to, if there is no doubt."""
    if not regions or regions[0].valid_share < STANDS_OUT:
        return None
    # By chance or not: where two countries write such numbers, only the user can tell.
    best, *others = (_fit(guess, seen) for guess in regions)
    return regions[0].region if max(others, default=0.0) <= NEXT_BEST * best else None
