"""Numbers that have lost their plus sign, in every form in which people write digits; shared by the sweeps."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from csv_preflight import e164
from csv_preflight.countries import context_of
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout, Stated
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages import phones

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


def full(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def national(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


@cache
def examples(region: str) -> tuple[PhoneNumber, ...]:
    """The example number of each type."""
    found = (phonenumbers.example_number_for_type(region, kind) for kind in phonenumbers.PhoneNumberType.values())
    return tuple({full(number): number for number in found if number}.values())


@cache
def all_examples() -> tuple[PhoneNumber, ...]:
    return tuple(number for region in REGIONS for number in examples(region))


def random_national(region: str, count: int, seed: int) -> list[PhoneNumber]:
    """Valid numbers of a region's usual lines, as many as are found: the example numbers with other digits."""
    rng = random.Random(f"{region} {seed}")
    usual = [number for number in examples(region) if phonenumbers.number_type(number) in (0, 1, 2)]
    found: dict[str, PhoneNumber] = {}
    for _ in range(40 * count):
        digits = phonenumbers.national_significant_number(rng.choice(usual or examples(region)))
        kept = rng.randrange(1, len(digits) - 1)
        tail = "".join(rng.choice("0123456789") for _ in digits[kept:])
        code = phonenumbers.country_code_for_region(region)
        number = phonenumbers.parse(f"+{code}{digits[:kept]}{tail}")
        if phonenumbers.is_valid_number_for_region(number, region):
            found[full(number)] = number
        if len(found) == count:
            break
    return list(found.values())


def without_plus(number: PhoneNumber) -> Iterator[str]:
    """Write a number in all forms, its plus sign lost."""
    digits = full(number)[1:]
    code, rest = str(number.country_code), phonenumbers.national_significant_number(number)
    usual = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)[1:]
    groups = re.findall("[0-9]+", usual)
    yield digits
    yield digits + " "
    yield digits + "\u00a0"
    yield from (separator.join(groups) for separator in (" ", "-", ".", "/", "\u00a0", "\u2013"))
    yield f"({code}) {' '.join(groups[1:])}"
    yield f"({code}){rest}"
    yield from (f"{code}{separator}{rest}" for separator in (" ", "-", ".", "/"))
    yield f"{code} {' '.join(rest[place : place + 2] for place in range(0, len(rest), 2))}"
    yield f"{code} {' '.join(rest[place : place + 3] for place in range(0, len(rest), 3))}"
    local = national(number)
    prefix = phonenumbers.ndd_prefix_for_region(phonenumbers.region_code_for_number(number), True)
    yield f"{code} {local.removeprefix(prefix) if prefix else local}"


def written(cells: Sequence[str], regions: str | Sequence[str], *, plus: bool = True) -> dict[int, str]:
    """Read a list of cells, of one region or each of its own; return the numbers that are written, by place."""
    rows = np.arange(len(cells))
    columns = [TextColumn.of(cells)]
    layout = Layout(0, None, None, None, (0,), ("phone",), {})
    settings = Settings(region=regions if isinstance(regions, str) else None, no_plus=not plus)
    if not isinstance(regions, str):
        columns.append(TextColumn.of(regions))
        layout = replace(layout, region=1, stated=Stated(1, "country", context_of(regions)))
    found = phones.normalize(Batch(rows, rows, tuple(columns)), layout, settings).batch
    assert found.phones is not None
    return dict(zip(found.lines.tolist(), found.phones.e164.tolist(), strict=True))


def in_doubt(cells: Sequence[str], region: str) -> list[str]:
    """Return those of the cells that are one number in a region, and another one with a plus sign."""
    plain = TextColumn.of([re.sub("[^0-9]", "", cell) for cell in cells])
    here, signed = e164.parse_column(plain, (region,)), e164.parse_column(plain.preceded_by(b"+"))
    differs = here.valid & signed.valid & ~here.e164.equals(signed.e164)
    return [cells[place] for place in np.flatnonzero(differs).tolist()]


def strangers(cells: Sequence[str], region: str, others: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return which of the cells, in one list with others, are written as a number that they are not with a plus."""
    found = written([*others, *cells], region)
    numbers = [(cell, found.get(place, "")) for place, cell in enumerate(cells, start=len(others))]
    return [(cell, number) for cell, number in numbers if number and number[1:] != re.sub("[^0-9]", "", cell)]
