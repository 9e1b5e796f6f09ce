"""The names of all regions in many languages: each means its region, or nothing for certain, and never another one."""

from __future__ import annotations

import random
import re

import babel
import pytest
from babel.core import get_global

from csv_preflight.countries import find_region, recognize, resolve_column
from csv_preflight.e164 import supported_regions

LANGUAGES = re.findall(
    r"\S+",
    """
    af am ar az be bg bn bs ca cs cy da de de_AT de_CH el en en_GB es es_MX et eu fa fi fil fr fr_CA gl gu he hi hr hu
    hy id is it ja ka kk km kn ko ky lb lo lt lv mk ml mr ms mt my nb ne nl pa pl pt pt_PT ro ru si sk sl sq sr sr_Latn
    sv sw ta te th tr uk ur uz vi zh zh_Hant
    """,
)


def names(language: str) -> dict[str, str]:
    territories = babel.Locale.parse(language).territories
    return {region: territories[region] for region in sorted(supported_regions()) if region in territories}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_means_its_region_or_none_for_certain(language: str) -> None:
    called = names(language)
    alone = {region: find_region(name) for region, name in called.items()}
    together = resolve_column(called.values())
    assert {region: found for region, found in alone.items() if found not in (region, None)} == {}
    in_column = {region: together[name] for region, name in called.items()}
    assert {region: found for region, found in in_column.items() if found not in (region, None)} == {}
    # Congo, Kongo, Saint Martin.
    assert sum(found is None for found in in_column.values()) <= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_of_names_is_recognized(language: str) -> None:
    called = names(language)
    chosen = random.Random(language)
    for _ in range(20):
        regions = chosen.sample(sorted(called), chosen.randint(2, 6))
        cells = [called[region] for region in regions]
        found = recognize("Land", cells)
        assert found is not None
        assert all(found.regions[called[region]] in (region, None) for region in regions)


def test_every_alpha_3_code_is_understood() -> None:
    aliases = get_global("territory_aliases")
    of_one = {code: regions[0] for code, regions in aliases.items() if len(regions) == 1}  # not YUG
    retired = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}
    codes = {
        code: at
        for code, at in of_one.items()
        if len(code) == 3 and code.isalpha() and at in supported_regions() and code not in retired
    }
    assert len(codes) > 240
    assert {code: find_region(code) for code in codes} == codes
