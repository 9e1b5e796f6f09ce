"""National forms are those of phonenumbers, though only one number of each kind is formatted by it."""

from __future__ import annotations

import random

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from csv_preflight import e164

TYPES = [kind for kind in vars(PhoneNumberType).values() if isinstance(kind, int) and kind != PhoneNumberType.UNKNOWN]


def numbers(code: int, rng: random.Random) -> list[phonenumbers.PhoneNumber]:
    """Examples of every region and type of a calling code, and valid ones near them."""
    found = []
    for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]:
        for kind in TYPES:
            example = phonenumbers.example_number_for_type(region, kind)
            if example is None:
                continue
            found.append(example)
            text = phonenumbers.format_number(example, PhoneNumberFormat.E164)
            for _ in range(6):
                at = rng.randrange(len(str(code)) + 1, len(text))
                other = phonenumbers.parse(text[:at] + str(rng.randrange(10)) + text[at + 1 :])
                found += [other] if phonenumbers.is_valid_number(other) else []
    return found


@pytest.mark.parametrize("code", sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE))
def test_national_forms_are_those_of_phonenumbers(code: int) -> None:
    some = numbers(code, random.Random(code))
    written = [phonenumbers.format_number(number, PhoneNumberFormat.E164) for number in some]
    expected = [phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL) for number in some]
    assert [e164.national_form(number) for number in written] == expected
