"""The quick test whether a text may be a number of a region: it may be wrong only in saying yes."""

from __future__ import annotations

import random

import phonenumbers

from csv_preflight import e164


def is_number_of(text: str, region: str) -> bool:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number) and phonenumbers.region_code_for_number(number) == region


def test_no_number_of_a_region_is_ruled_out() -> None:
    rng = random.Random("lengths")
    regions, kinds = sorted(phonenumbers.SUPPORTED_REGIONS), phonenumbers.PhoneNumberType.values()
    examples = [(one, number) for one in regions for kind in kinds
                if (number := phonenumbers.example_number_for_type(one, kind))]  # fmt: skip
    numbers = ruled_out = 0
    for _ in range(10):
        for own, example in examples:
            text = phonenumbers.format_number(example, rng.choice((0, 1, 2))).lstrip("+")
            text = rng.choice(("", "", "", "0", "00", "1", "011", "8", "0 0")) + text
            for region in (own, rng.choice(regions)):
                may_be, is_one = e164.may_be_number_of(text, region), is_number_of(text, region)
                assert may_be or not is_one, (text, region)
                numbers, ruled_out = numbers + is_one, ruled_out + (not may_be)
    assert numbers > 5_000
    assert ruled_out > 10_000
