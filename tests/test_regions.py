"""What people write for a region: Babel's names and codes are all understood, and nothing stands for two regions."""

from __future__ import annotations

import babel.core
import pytest

from csv_preflight.e164 import supported_regions
from csv_preflight.regions import find_region, region_names


@pytest.mark.parametrize(
    "spelling", [str.upper, str.lower, lambda name: f" {name}\u00a0"], ids=["upper", "lower", "spaces"]
)
def test_every_region_is_found_by_code_and_name(spelling) -> None:
    names = babel.Locale("en").territories
    for region in supported_regions():
        assert find_region(spelling(region)) == region
        assert find_region(spelling(names[region])) == region


def test_every_alpha_3_code_is_understood() -> None:
    aliases = babel.core.get_global("territory_aliases")
    of_one = {code: regions[0] for code, regions in aliases.items() if len(regions) == 1}  # not YUG
    codes = {code: at for code, at in of_one.items() if len(code) == 3 and code.isalpha() and at in supported_regions()}
    assert len(codes) > 240
    assert {code: find_region(code) for code in codes} == codes


def test_no_name_stands_for_two_regions() -> None:
    assert set(region_names()) == supported_regions()
    for region, names in region_names().items():
        assert [find_region(name) for name in names] == [region] * len(names)


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("U.S.A.", "US"),
        ("Korea, Republic of", "KR"),
        ("Iran (Islamic Republic of)", "IR"),
        ("St Lucia", "LC"),
        ("Saint Vincent and the Grenadines", "VC"),
        ("Cote d'Ivoire", "CI"),
        ("C\u00f4te d\u2019Ivoire", "CI"),
        ("Turkey", "TR"),
        ("+1", "US"),
        ("and", "AD"),
        ("", None),
        ("...", None),
        ("the", None),
        ("Congo", None),
        ("1", None),
        ("+1 202", None),
        ("\u0661", None),
    ],
)
def test_what_people_write(text: str, region: str | None) -> None:
    assert find_region(text) == region
