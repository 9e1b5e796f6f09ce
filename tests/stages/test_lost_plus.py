"""No number that has lost its plus sign becomes another one; lists of national numbers keep their rows."""

from __future__ import annotations

import phonenumbers
import pytest

from tests.lost_plus import (
    REGIONS,
    all_examples,
    examples,
    full,
    in_doubt,
    national,
    random_national,
    strangers,
    without_plus,
    written,
)

LARGE = ["US", "IN", "DE", "AT", "ID", "CN", "IT", "MX", "BR", "PL", "GB", "JP", "RU", "HN"]


def doubtful(region: str) -> list[str]:
    """All forms of all example numbers, plus signs lost, that are other numbers in a region."""
    cells = [cell for number in all_examples() for cell in without_plus(number)]
    return list(dict.fromkeys(in_doubt(cells, region)))


def assert_no_strangers(region: str, alone: int) -> None:
    """alone: of how many cells each is tried by itself, and with national numbers."""
    cells = doubtful(region)
    numbers = random_national(region, 20, seed=1)
    usual = [national(number) for number in numbers]
    digits = ["".join(filter(str.isdigit, text)) for text in usual]
    bare = [text for text in digits if not in_doubt([text], region)]
    assert strangers(cells, region) == []
    assert strangers(cells, region, usual) == []
    # Whoever has such numbers has others of the same countries, too, that are none in the region.
    abroad = [full(number)[1:] for number in all_examples()]
    assert strangers(cells, region, [*bare, *abroad]) == []
    step = max(1, len(cells) // alone)
    for cell in cells[::step]:
        assert strangers([cell], region) == []
        assert strangers([cell], region, usual) == [], region
        assert strangers([cell], region, bare) == [], region


def assert_kept(region: str) -> None:
    usual = [national(number) for number in random_national(region, 300, seed=2)]
    for cells in (usual, [national(number) for number in examples(region)]):
        assert len(written(cells, region)) >= 0.97 * len(cells), region


@pytest.mark.parametrize("region", ["US", "DE", "CN", "IT"])
def test_no_number_that_lost_its_plus_becomes_another_one_however_it_is_punctuated(region: str) -> None:
    assert_no_strangers(region, alone=10)


@pytest.mark.parametrize("region", LARGE)
def test_a_list_of_national_numbers_keeps_its_rows(region: str) -> None:
    assert_kept(region)


@pytest.mark.exam
@pytest.mark.parametrize("region", REGIONS)
def test_no_number_of_any_country_becomes_another_one(region: str) -> None:
    assert_no_strangers(region, alone=100)


@pytest.mark.exam
@pytest.mark.parametrize("region", REGIONS)
def test_a_list_of_national_numbers_keeps_its_rows_in_every_region(region: str) -> None:
    assert_kept(region)


@pytest.mark.exam
def test_no_number_that_lost_its_plus_becomes_another_one_beside_a_column_of_countries() -> None:
    pairs = [
        (cell, phonenumbers.region_code_for_number(number) or "001", full(number))
        for number in all_examples()
        for cell in without_plus(number)
    ]
    found = written([cell for cell, *_ in pairs], [region for _, region, _ in pairs])
    assert [(pairs[place], number) for place, number in found.items() if number != pairs[place][2]] == []
