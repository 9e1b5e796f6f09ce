"""The quick test whether a text may be a number of a region: it may be wrong only in saying yes."""

from __future__ import annotations

import random

import phonenumbers

from csv_preflight import e164
from csv_preflight.model.text_column import TextColumn


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


def test_no_digits_that_are_a_number_with_a_plus_sign_are_ruled_out() -> None:
    """National prefixes and carrier codes that libphonenumber takes off after a calling code count, too."""
    rng = random.Random("plus")
    prefixes = ["", "", "0", "1", "8", "00", "10", "12", "15", "013", "041", "810", "1500", "1831", "15004", "180020"]
    texts = []
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            for kind in phonenumbers.PhoneNumberType.values():
                if region != "001" and (example := phonenumbers.example_number_for_type(region, kind)):
                    national = phonenumbers.national_significant_number(example)
                    ends = (national, national[:-1], national + "1", national[1:])
                    texts += [f"{code}{prefix}{rng.choice(ends)}" for prefix in prefixes]
    may_be = e164.may_be_international(TextColumn.of(texts)).tolist()
    wrong = [text for text, may in zip(texts, may_be, strict=True) if not may and _is_possible(f"+{text}")]
    assert wrong == []
    assert may_be.count(False) > len(texts) // 4
    assert sum(map(_is_possible, (f"+{text}" for text in rng.sample(texts, 500)))) > 50


def _is_possible(text: str) -> bool:
    try:
        reason = phonenumbers.is_possible_number_with_reason(phonenumbers.parse(text))
    except phonenumbers.NumberParseException:
        return False
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE
