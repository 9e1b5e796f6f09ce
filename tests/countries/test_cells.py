"""What people write in one cell for a country."""

from __future__ import annotations

import pytest

from csv_preflight.countries import find_region, resolve_column
from csv_preflight.country_names import english_names
from csv_preflight.e164 import supported_regions


@pytest.mark.parametrize(
    ("text", "region"),
    [
        pytest.param("DE", "DE", id="alpha-2"),
        pytest.param("deu", "DE", id="alpha-3"),
        pytest.param("GER", "DE", id="a code of sports"),
        pytest.param("D", "DE", id="a sign of vehicles"),
        pytest.param("UK", "GB", id="UK"),
        pytest.param("U.S.A.", "US", id="with dots"),
        pytest.param("EE. UU.", "US", id="a Spanish abbreviation"),
        pytest.param("+49", "DE", id="a calling code"),
        pytest.param("0049", "DE", id="a calling code after 00"),
        pytest.param("(+43)", "AT", id="a calling code in brackets"),
        pytest.param("+1-684", "AS", id="an area code that is a country's"),
        pytest.param("+1 202", None, id="any other area code"),
        pytest.param("44", None, id="bare digits by themselves"),
        pytest.param("\u0661", None, id="other digits"),
        pytest.param("Österreich", "AT", id="German"),
        pytest.param("OESTERREICH", "AT", id="an umlaut as two letters"),
        pytest.param("osterreich", "AT", id="no umlaut"),
        pytest.param("  Côte d\u2019Ivoire\u00a0", "CI", id="spaces and a curly apostrophe"),
        pytest.param("COTE D IVOIRE", "CI", id="an apostrophe left out"),
        pytest.param("NewZealand", "NZ", id="no space"),
        pytest.param("\u65e5\u672c", "JP", id="Japanese"),
        pytest.param("\uc911\uad6d", "CN", id="Korean"),
        pytest.param("\u0420\u043e\u0441\u0441\u0438\u044f", "RU", id="Russian"),
        pytest.param("\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28\u0e44\u0e17\u0e22", "TH", id="Thai"),
        pytest.param("Holland", "NL", id="a part for the whole"),
        pytest.param("Schottland", "GB", id="a part of the kingdom"),
        pytest.param("Burma", "MM", id="an older name"),
        pytest.param("Deutschland (DE)", "DE", id="a code in brackets"),
        pytest.param("DE - Deutschland", "DE", id="a code before it"),
        pytest.param("DE Deutschland", "DE", id="a code and a space"),
        pytest.param("Germany (+49)", "DE", id="a calling code behind it"),
        pytest.param("Canada (+1)", "CA", id="a calling code of several"),
        pytest.param("Schweiz / Suisse", "CH", id="in two languages"),
        pytest.param("Germany, Federal Republic of", "DE", id="turned round"),
        pytest.param("Iran (Islamic Republic of)", "IR", id="as ISO has it"),
        pytest.param("Korea, Republic of", "KR", id="one of two"),
        pytest.param("Congo, Dem. Rep.", "CD", id="as the World Bank has it"),
        pytest.param("Republic of Indonesia", "ID", id="an official name"),
        pytest.param("Republic of China", "TW", id="an official name of another country"),
        pytest.param("la France", "FR", id="with an article"),
        pytest.param("l'Italie", "IT", id="with an elided article"),
        pytest.param("The Netherlands", "NL", id="with an English article"),
        pytest.param("St Lucia", "LC", id="St"),
        pytest.param("Saint Vincent and the Grenadines", "VC", id="Saint, and, the"),
        pytest.param("\U0001f1e9\U0001f1ea", "DE", id="a flag"),
        pytest.param("\U0001f1e9\U0001f1ea Germany", "DE", id="a flag and a name"),
        pytest.param("\U0001f1e6\U0001f1f9 Germany", None, id="another flag"),
        pytest.param("Germany (AT)", None, id="another code"),
        pytest.param("Germany (+43)", None, id="another calling code"),
        pytest.param("Congo", None, id="two countries"),
        pytest.param("Korea", None, id="North or South"),
        pytest.param("Nga", None, id="Russia in Vietnamese, or a code of Nigeria"),
        pytest.param("and", "AD", id="a code that is a word"),
        pytest.param("Paris, France", None, id="a city beside it"),
        pytest.param("Atlanta, Georgia", None, id="a state behind a city"),
        pytest.param("US-GA", None, id="a state of a country"),
        pytest.param("de-DE", None, id="a locale"),
        pytest.param("State of Georgia", None, id="a state"),
        pytest.param("N/A", None, id="nothing"),
        pytest.param("the", None, id="an article alone"),
        pytest.param("", None, id="empty"),
        pytest.param("...", None, id="dots"),
        pytest.param("a" * 500, None, id="long"),
        pytest.param("e" + "\u0301" * 50, None, id="stacked marks"),
    ],
)
def test_what_people_write(text: str, region: str | None) -> None:
    assert find_region(text) == region


@pytest.mark.parametrize(
    "spelling", [str.upper, str.lower, lambda name: f" {name}\u00a0"], ids=["upper", "lower", "spaces"]
)
def test_every_region_is_found_by_its_code_and_its_english_name(spelling) -> None:
    assert set(english_names()) == supported_regions()
    for region, name in english_names().items():
        assert find_region(spelling(region)) == region
        assert find_region(spelling(name)) == region


@pytest.mark.parametrize(
    ("cells", "regions"),
    [
        pytest.param(["49", "43", "1"], ["DE", "AT", "US"], id="calling codes"),
        pytest.param(["49.0", "43.0"], ["DE", "AT"], id="calling codes as decimals"),
        pytest.param(["276", "040", "756"], ["DE", "AT", "CH"], id="numeric codes"),
        pytest.param(["276", "40", "756"], ["DE", "AT", "CH"], id="numeric codes that lost a zero"),
        pytest.param(["276", "1", "49"], [None, None, None], id="neither throughout"),
        pytest.param(["\u00c1o", "\u0110\u1ee9c", "Ph\u00e1p", "Nga"], ["AT", "DE", "FR", "RU"], id="Vietnamese"),
        pytest.param(["AO", "NG", "DE"], ["AO", "NG", "DE"], id="codes"),
        pytest.param(
            ["Tyskland", "Sverige", "\u00d8sterrike", "Kongo"], ["DE", "SE", "AT", "CD"], id="Kongo in Norwegian"
        ),
        pytest.param(["Deutschland", "Schweiz", "Kongo"], ["DE", "CH", None], id="Kongo in German"),
        pytest.param(["\u0410\u0432\u0441\u0442\u0440\u0438\u044f", "", "  "], ["AT", None, None], id="empty cells"),
    ],
)
def test_a_cell_is_read_with_the_others_of_its_column(cells: list[str], regions: list[str | None]) -> None:
    assert list(resolve_column(cells).values()) == regions


def test_aliases_come_first() -> None:
    found = resolve_column(["Zentrale", "ZENTRALE ", "Congo", "DE"], {"Zentrale": "AT", "Congo": "CD"})
    assert list(found.values()) == ["AT", "AT", "CD", "DE"]
