"""Time zones and calling codes are those that phonenumbers gives for each number by itself."""

from __future__ import annotations

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

from csv_preflight import e164
from csv_preflight.e164.calling_codes import split_calling_code
from csv_preflight.e164.timezones import time_zones
from csv_preflight.model.text_column import TextColumn


def examples() -> list[str]:
    """Every example number of the metadata."""
    found = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in PhoneNumberType.values():
            number = phonenumbers.example_number_for_type(region, kind)
            if number:
                found.append(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    for code in phonenumbers.COUNTRY_CODES_FOR_NON_GEO_REGIONS:
        number = phonenumbers.example_number_for_non_geo_entity(code)
        found.append(phonenumbers.format_number(number, PhoneNumberFormat.E164))
    return list(dict.fromkeys(found))


def by_phonenumbers(number: str) -> str:
    zones = time_zones_for_number(phonenumbers.parse(number))
    return "" if tuple(zones) == (UNKNOWN_TIMEZONE,) else "&".join(zones)


def test_every_example_number_has_the_time_zones_of_phonenumbers() -> None:
    numbers = examples()
    phones = e164.parse_column(TextColumn.of(numbers))
    assert time_zones(phones).tolist() == [by_phonenumbers(number) for number in numbers]
    assert len({*time_zones(phones).tolist()}) > 200


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        pytest.param("+12025550143", "America/New_York", id="one zone"),
        pytest.param("+74951234567", "Europe/Moscow", id="of a prefix in a country of many"),
        pytest.param("+442079460123", "Europe/London", id="a country of one"),
        pytest.param("+12", "", id="no number"),
        pytest.param("", "", id="empty"),
    ],
)
def test_a_time_zone(number: str, zone: str) -> None:
    assert time_zones(e164.parse_column(TextColumn.of([number]))).tolist() == [zone]


def test_a_number_of_several_zones_has_all_of_them() -> None:
    (zones,) = time_zones(e164.parse_column(TextColumn.of(["+18002345678"]))).tolist()
    assert zones.count("&") > 10
    assert "America/New_York" in zones.split("&")


def test_every_example_number_is_its_calling_code_and_its_national_number() -> None:
    numbers = examples()
    codes, national = split_calling_code(TextColumn.of(numbers))
    assert codes.tolist() == [str(phonenumbers.parse(number).country_code) for number in numbers]
    assert [f"+{code}{rest}" for code, rest in zip(codes, national, strict=True)] == numbers
