"""Cells that differ in their digits alone are examined once, where no digit matters: the result is that of each."""

from __future__ import annotations

import random

import pytest

from csv_preflight.stages.phones import cell
from csv_preflight.stages.phones.cell import examine

PIECES = [
    "202-555-0143", "+12025550143", "(202) 555-0143", "2025550143", "020 7946 0958", "0143", "44", "2", "0",
    "20255501", "00202555014", "2024-01-31", "31.12.2024", "20240131", "10:20:30", "10:20:30.123456", "T10:20Z",
    "10:20 PM", "192.168.100.200", "4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005", "1,234,567.00",
    "2.02556E+09", "1.2025550111E+10", "1234567.0", "12345678.00", "-12", "12 %", "$12", "https://wa.me/12025550143",
    "http://example.com/1.0", "www.x1.com", "tel://20255501", "x1@example.com", "mailto:x1@example.com", "&#49;",
    "&#160;", "Tel", "TEL", "Phone 2:", "mobile", "fax", "ext. 12", "x12", "#5", "*67", "CALL", "ask", "Ann", "am", "T",
    "sip:+12025550143@example.com", "n/a", "Err:509", "#N/A", "é", "\u0663",
]  # fmt: skip
BETWEEN = ["", " ", "  ", "/", " / ", ", ", ";", " or ", " u. ", ":::", "|", "\t", "\n", "-", ".", ": ", "&", "+"]
AROUND = ["", "", "", "", " ", "'", '"', "=", "(", ")", "[", "."]


def cells(rng: random.Random) -> list[str]:
    """A few cells with the same text and other digits."""
    pieces = [rng.choice(PIECES) for _ in range(rng.randint(1, 3))]
    text = rng.choice(AROUND) + "".join(piece + rng.choice(BETWEEN) for piece in pieces) + rng.choice(AROUND)
    return [text, *("".join(map(_other(rng), text)) for _ in range(6)), text]


def _other(rng: random.Random):
    """A function that changes some digits of a text; zeros are common, since they are at the end of decimals."""
    share = rng.choice((0.2, 0.5, 1.0))
    digits = rng.choice(("0123456789", "0000012", "12", "0"))
    return lambda one: rng.choice(digits) if one in "0123456789" and rng.random() < share else one


def _differs(seeds: range) -> list[str]:
    found = []
    for seed in seeds:
        found += [one for one in cells(random.Random(seed)) if examine(one) != cell._examine.__wrapped__(one)]
    return found


def test_a_cell_is_what_it_is_whatever_cell_was_examined_before() -> None:
    assert _differs(range(4_000)) == []


@pytest.mark.exam
def test_many_more_cells_are_what_they_are() -> None:
    assert _differs(range(4_000, 150_000)) == []


@pytest.mark.parametrize(
    ("text", "is_once"),
    [
        ("202-555-0143 / 303-555-0101", True),
        ("https://wa.me/12025550143", True),
        ("x1234567@example.com", True),
        ("202-555-CALL1", True),
        ("2024-01-31", False),
        ("202-555-0143", False),
    ],
)
def test_only_cells_in_which_no_digit_matters_are_examined_once(text: str, is_once: bool) -> None:
    cell._BY_FORM.clear()
    first = examine(text)
    other = text.translate(str.maketrans("0123456789", "1234567890"))
    assert (examine(other) is first) == is_once
    assert examine(other) == cell._examine.__wrapped__(other)


def test_forms_are_forgotten_before_they_fill_the_memory() -> None:
    cell._BY_FORM.clear()
    for number in range(cell._MOST_KNOWN + 10):
        letters = "".join(chr(97 + int(digit)) for digit in str(number))
        examine(f"{letters}@example.com")
    assert 0 < len(cell._BY_FORM) <= cell._MOST_KNOWN
