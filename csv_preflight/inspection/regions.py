"""The country of numbers without a country code: one that explains them all, or several that might."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.columns.likely import in_ascii, looks_like_phone

# How many numbers without a country code are tried under the likeliest regions: enough for shares.
REGION_SAMPLE = 60
# These regions are chosen by the first numbers: this many, and ties with the last.
FIRST, LIKELIEST = 12, 40
REGIONS_SHOWN = 5
# A region is suggested if this share of the numbers is valid in it, and far fewer fit the next best one.
STANDS_OUT, NEXT_BEST = 0.9, 0.7
# Unless other numbers of the list belong to it, most have to be in so many groups of digits.  Two groups, such as
# 0181 2345678, are the format of one country and the habit of people in many others.
TELLING_GROUPS = 3
# How much likelier a country is if other numbers of the list belong to it.
SEEN = 1.5
# Countries with this share of the best one's valid numbers count as equal to it; they are then distinguished by the
# share that is written in their format.
NEARLY, MOSTLY = 0.8, 0.5
# If this share of the numbers in another format has the format of another country, they may belong to it.
EXPLAINED = 0.5
# How many of these are tried under every region.
TRIED = 20
_DIGITS = re.compile(r"[0-9]+")
_SIGNS = re.compile(r"(?<=[0-9])[^0-9]+(?=[0-9])")


@dataclass(frozen=True, slots=True)
class RegionGuess:
    """The share of numbers without a country code that are valid under a default region, and in its format.

    chance_share: the share that is valid there even with the digits reversed, 1 if that was not tried.
    """

    region: str
    valid_share: float
    written_share: float
    chance_share: float = 1.0


@dataclass(frozen=True, slots=True)
class Regions:
    """The likeliest regions of the numbers without a country code, and the one that explains them, if there is one.

    others: regions that explain the numbers in another format than that of the likeliest one.
    """

    guesses: tuple[RegionGuess, ...] = ()
    region: str | None = None
    others: tuple[str, ...] = ()


def guess_regions(cells: Sequence[str], seen: Collection[str] = (), script: Collection[str] = ()) -> Regions:
    """Return the regions that numbers without a country code may belong to.

    cells: of the phone column.  seen: countries of the numbers with a country code; script: those in which the list's
    script is written.
    """
    plain = [in_ascii(cell) for cell in cells if looks_like_phone(cell)]
    bare = [cell.strip(" '") for cell in plain if not cell.lstrip(" ('=\"").startswith("+")]
    sample = list(dict.fromkeys(bare))[:REGION_SAMPLE]
    if not sample:
        return Regions()
    fitting, signs = _fitting(sample, seen)
    guesses = _in_order([guess for guess in fitting if guess.valid_share], sample, seen, script, signs)
    if not guesses:
        return Regions()
    best = guesses[0].region
    others = _writing_otherwise(sample, best)
    stands_out = _stands_out(sample, guesses, seen) and not others
    least = [guess for guess in guesses[REGIONS_SHOWN:] if guess.region in others]
    shown = (*guesses[: REGIONS_SHOWN - len(least)], *least)
    return Regions(shown, best if stands_out else None, others)


def _stands_out(cells: Sequence[str], guesses: Sequence[RegionGuess], seen: Collection[str]) -> bool:
    """Whether nearly all cells are numbers of the first region, and far fewer fit the next one."""
    numbers = e164.parse_column(TextColumn.of(cells), (guesses[0].region,))
    if np.count_nonzero(numbers.valid) < STANDS_OUT * len(cells):
        return False
    if guesses[0].region not in seen and not _are_grouped(cells):
        return False
    # If the numbers are in the format of two countries, only the user can decide, even if these share a code.
    code = e164.calling_code_of_region(guesses[0].region)
    others = [_fit(guess, seen) for guess in guesses if e164.calling_code_of_region(guess.region) != code]
    return max(others, default=0.0) <= NEXT_BEST * _fit(guesses[0], seen)


def _writing_otherwise(cells: Sequence[str], best: str) -> tuple[str, ...]:
    """Return the regions of a good part of the numbers that are not in the best region's format."""
    here = e164.parse_column(TextColumn.of(cells), (best,))
    otherwise = [
        cell
        for cell, number, is_valid in zip(cells, here.e164.tolist(), here.valid.tolist(), strict=True)
        if not is_valid or not _written_as_there(cell, number)
    ][:TRIED]
    if not otherwise:
        return ()
    code = e164.calling_code_of_region(best)
    names = sorted(name for name in e164.supported_regions() if e164.calling_code_of_region(name) != code)
    parsed, valid = _parsed(otherwise, names)
    explained = []
    for index, name in enumerate(names):
        rows = np.flatnonzero(valid[index])
        if len(rows) < EXPLAINED * len(otherwise):
            continue
        numbers = parsed.take(rows + index * len(otherwise)).tolist()
        chosen = (otherwise[row] for row in rows.tolist())
        count = sum(
            _is_grouped(cell) and _written_as_there(cell, number) for cell, number in zip(chosen, numbers, strict=True)
        )
        if count >= EXPLAINED * len(otherwise):
            explained.append((-count, name))
    return tuple(name for _, name in sorted(explained)[:REGIONS_SHOWN])


def _are_grouped(cells: Sequence[str]) -> bool:
    """Whether most cells are in so many groups that they tell a country's format from those of others."""
    return sum(len(_DIGITS.findall(cell)) >= TELLING_GROUPS for cell in cells) >= MOSTLY * len(cells)


def _is_grouped(cell: str) -> bool:
    """Whether a cell has groups of digits, which are better evidence than validity."""
    return len(_DIGITS.findall(cell)) > 1


def _fit(guess: RegionGuess, seen: Collection[str]) -> float:
    return (guess.valid_share + 2 * guess.written_share) * (SEEN if guess.region in seen else 1.0)


def _fitting(cells: Sequence[str], seen: Collection[str]) -> tuple[list[RegionGuess], dict[str, int]]:
    """Return for each likely region the share of cells that are valid numbers there, and of those in its format.

    Also returns, by region in whose format most cells are, how many of them have the sign before their last group that
    the format has there.
    """
    names = sorted(e164.supported_regions())
    if len(cells) > FIRST:
        counts = _parsed(cells[:FIRST], names)[1].sum(axis=1)
        least = max(1, int(np.sort(counts)[-LIKELIEST]))
        names = [name for name, count in zip(names, counts.tolist(), strict=True) if count >= least or name in seen]
    if not names:
        return [], {}
    parsed, valid = _parsed(cells, names)
    shares = valid.mean(axis=1)
    written = np.zeros(len(names))
    signs = {}
    for place in np.flatnonzero(shares >= shares.max() / 2).tolist():
        rows = np.flatnonzero(valid[place])
        numbers = parsed.take(rows + place * len(cells)).tolist()
        chosen = [cells[row] for row in rows.tolist()]
        written[place] = round(sum(map(_written_as_there, chosen, numbers)) / len(cells), 3)
        if written[place] >= MOSTLY:
            signs[names[place]] = sum(map(_has_signs_of, chosen, numbers))
    guesses = [
        RegionGuess(name, round(float(share), 3), float(like))
        for name, share, like in zip(names, shares, written, strict=True)
    ]
    return guesses, signs


def _in_order(
    guesses: Sequence[RegionGuess],
    cells: Sequence[str],
    seen: Collection[str],
    script: Collection[str],
    signs: Mapping[str, int],
) -> list[RegionGuess]:
    """Return the guesses in a clear order: first the regions in which most numbers are valid.

    Nearly equal ones are ordered by whether most numbers are in their format, then by whether the list has numbers of
    them, then by whether its script is theirs, then by the share in their format, then by the share with its signs, as
    the - of (317) 555-0100, then by fewer valid numbers by chance: many regions accept most digits.
    """
    least = NEARLY * max((guess.valid_share for guess in guesses), default=0.0)
    near = [guess for guess in guesses if guess.valid_share >= least]
    turned = [re.sub("[^0-9]", "", cell)[::-1] for cell in cells]
    chances = _parsed(turned, [guess.region for guess in near])[1].mean(axis=1) if near else []
    told = [replace(guess, chance_share=round(float(chance), 3)) for guess, chance in zip(near, chances, strict=True)]

    def place(guess: RegionGuess) -> tuple[object, ...]:
        written, is_unseen, is_foreign = guess.written_share, guess.region not in seen, guess.region not in script
        of_signs = signs.get(guess.region, 0) if guess.valid_share >= least else 0
        likely = (-written, -of_signs, -guess.valid_share, guess.chance_share)
        return written < MOSTLY, is_unseen, is_foreign, *likely, guess.region

    others = [guess for guess in guesses if guess.valid_share < least]
    return sorted(told, key=place) + sorted(others, key=lambda guess: (-guess.valid_share, *place(guess)))


def _has_signs_of(cell: str, number: str) -> bool:
    """Whether a cell has the sign before its last group that the number's national format has there."""
    return _signs(cell) == _signs(e164.national_form(number))


def _signs(text: str) -> list[str]:
    return _SIGNS.findall(text)[-1:]


def _parsed(cells: Sequence[str], regions: Sequence[str]) -> tuple[TextColumn, NDArray[np.bool_]]:
    """Return all cells under each region in turn, in E.164 form, and by region which of them are valid there."""
    pairs = [(place, cell) for place in range(len(regions)) for cell in cells]
    rows = np.flatnonzero([e164.may_be_number_of(cell, regions[place]) for place, cell in pairs])
    which = np.array([place for place, _ in pairs], np.intp)[rows]
    numbers = e164.parse_column(TextColumn.of([pairs[row][1] for row in rows.tolist()]), regions, which)
    names = np.array([region or "" for region in numbers.regions])[numbers.region]
    starts, ends, valid = np.zeros((3, len(pairs)), np.int64)
    starts[rows], ends[rows] = numbers.e164.starts, numbers.e164.ends
    valid[rows] = numbers.valid & (names == np.array(regions)[which])
    return TextColumn(numbers.e164.data, starts, ends), valid.astype(bool).reshape(len(regions), len(cells))


def _written_as_there(cell: str, number: str) -> bool:
    """Return whether the digits of a cell are grouped as in the number's national format, or not grouped at all."""
    groups, wanted = _DIGITS.findall(cell), _DIGITS.findall(e164.national_form(number))
    return groups == wanted or groups == ["".join(wanted)]
