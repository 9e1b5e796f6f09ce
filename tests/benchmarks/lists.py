"""Lists to measure on: distinct fictional people, in the forms that lists have."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import phonenumbers

US = (212, 415, 650, 303, 512, 617, 702, 206, 312, 713, 404, 305)
INDIAN = (98, 97, 96, 94, 93, 90, 88, 87, 86, 80, 79, 70)
MIXED = ("({}) {}-{:04}", "{}-{}-{:04}", "{}{}{:04}", "+1{}{}{:04}", "+1 {} {} {:04}")
AROUND = ("'{}{}{:04}", "{}{}{:04}.0", "tel:+1{}{}{:04}", "({}) {}-{:04} x12", "{}.{}.{:04}")
NO_NUMBERS = ("n/a", "call the office", "12345", "0000000000", "ann@example.com")
CITIES = ("Rome", "Boston", "Austin")
# Exchanges of an area code, and lines of an exchange.
EXCHANGES, LINES = range(200, 1000), 10_000


@cache
def north_american() -> list[int]:
    """The area codes of all countries of +1 in which nearly any number is valid."""
    samples = ("2345678", "4445678", "5345678", "8045678")
    return [
        area
        for area in range(201, 1000)
        if all(phonenumbers.is_valid_number(phonenumbers.parse(f"+1{area}{rest}")) for rest in samples)
    ]


def _people(areas: tuple[int, ...], seed: int) -> Iterator[tuple[int, int, int]]:
    """Yield area, exchange and line of distinct numbers, in no order."""
    size = len(areas) * len(EXCHANGES) * LINES
    step = 7_368_787  # a prime that divides no size here
    place = random.Random(seed).randrange(size)
    for _ in range(size):
        place = (place + step) % size
        area, rest = divmod(place, len(EXCHANGES) * LINES)
        yield areas[area], EXCHANGES[rest // LINES], rest % LINES


def _half(number: int, area: int, exchange: int, line: int) -> str:
    """A number, or one with an exchange that there is not."""
    return f"({area}) {exchange if number % 2 else exchange % 100 + 100}-{line:04}"


Form = Callable[[int, int, int, int], str]
KINDS: dict[str, tuple[str, Callable[[], tuple[int, ...]], Form]] = {
    "us": ("US", lambda: US, lambda _, area, exchange, line: f"({area}) {exchange}-{line:04}"),
    "e164": ("US", lambda: US, lambda _, area, exchange, line: f"+1{area}{exchange}{line:04}"),
    "indian": ("IN", lambda: INDIAN, lambda _, area, exchange, line: f"{area}{exchange}0 {line:04}"),
    "mixed": ("US", lambda: US, lambda number, *of: MIXED[number * 7 % 5].format(*of)),
    "all of +1": ("US", lambda: tuple(north_american()), lambda _, *of: "({}) {}-{:04}".format(*of)),
    "with .0, ', tel: and x12": ("US", lambda: US, lambda number, *of: AROUND[number * 7 % 5].format(*of)),
    "all rejected": ("US", lambda: US, lambda number, *_: NO_NUMBERS[number % 5]),
    "half rejected": ("US", lambda: US, _half),
}


def write_list(path: Path, rows: int, kind: str = "mixed", seed: int = 1) -> str:
    """Write a list of a kind; return the region that its numbers are read in."""
    region, areas, form = KINDS[kind]
    with path.open("w", encoding="utf-8") as file:
        file.write("Name,phoneNumber,City\n")
        for number, of in enumerate(islice(_people(areas(), seed), rows)):
            file.write(f"Person {number},{form(number, *of)},{CITIES[number % 3]}\n")
    return region
