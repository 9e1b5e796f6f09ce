"""Which columns hold countries, and which only look so."""

from __future__ import annotations

import random

import babel
import pytest
from faker import Faker
from faker.providers.address import en_AU, en_CA, en_IN, en_US, es_MX, pt_BR

from csv_preflight.countries import holds_countries, recognize
from csv_preflight.countries.headers import Header, header_says

COUNTRY = """
    Land|Country|country_code|CountryCode|Country Name|Country/Region|Business Country/Region|Billing Country|
    ShippingCountry|Mailing Country|Country of residence|Nation|Staat|Wohnsitzland|L\u00e4ndercode|Landesvorwahl|
    Pays|Code pays|Nom du pays|Pa\u00eds|Codigo de pais|Paese|Nazione|Kraj|Zem\u011b|Krajina|Orsz\u00e1g|\u00fclke|
    \u00dclke kodu|\u0421\u0442\u0440\u0430\u043d\u0430|\u041a\u0440\u0430\u0457\u043d\u0430|
    \u0414\u044a\u0440\u0436\u0430\u0432\u0430|\u03a7\u03ce\u03c1\u03b1|\u56fd|\u56fd\u540d|\u56fd\u5bb6|\u570b\u5bb6|
    \uad6d\uac00|\u0627\u0644\u062f\u0648\u0644\u0629|\u06a9\u0634\u0648\u0631|\u05de\u05d3\u05d9\u05e0\u05d4|
    \u0926\u0947\u0936|\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28|Qu\u1ed1c gia|Negara|Maa|Riik|Valsts|\u0160alis|\u021aara|
    Dr\u017eava|ISO2|Dial Code|phone_country_code|Calling code|Landekode|ISD|CC|
    Indicatif|Intl. prefix|Prefijo internacional
"""
ELSE = """
    State|state_code|State/Province|Province|Bundesland|Kanton|Estado|UF|language|Sprache|Langue|locale|opted_out|opt_in|
    do_not_call|consent|Title|Anrede|department|Dept|team|age|Alter|gender|nationality|Nationalit\u00e4t|Citizenship|
    Country of birth|Geburtsland|country_of_origin|Herkunftsland|Destination country|Country of interest|currency
"""


@pytest.mark.parametrize("name", [name.strip() for name in COUNTRY.split("|")])
def test_names_that_say_country(name: str) -> None:
    assert header_says(name) is Header.COUNTRY
    found = recognize(name, ["DE", "AT", ""])
    assert found is not None
    assert (found.regions, found.share, found.named_so) == ({"DE": "DE", "AT": "AT"}, 1.0, True)
    assert recognize(name, ["49", "43", "1"]) is not None


@pytest.mark.parametrize("name", [name.strip() for name in ELSE.split("|")])
def test_names_that_say_something_else(name: str) -> None:
    assert header_says(name) is Header.OTHER
    assert recognize(name, ["DE", "IN", "DE"]) is None
    assert recognize(name, ["Germany", "Austria"]) is None


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["Deutschland", "\u00d6sterreich", "Schweiz"], id="names"),
        pytest.param(["GERMANY", "AUSTRIA"], id="names in capitals"),
        pytest.param(["germany", "austria", "italy"], id="names in small letters"),
        pytest.param(["Germany", "UK", "US", "France"], id="two abbreviations among names"),
        pytest.param(["DEU", "AUT", "CHE"], id="three letters"),
        pytest.param(["USA"] * 3, id="three letters of one country"),
        pytest.param(["\U0001f1e9\U0001f1ea", "\U0001f1e6\U0001f1f9"], id="flags"),
        pytest.param(["Germany (+49)", "Austria (+43)"], id="with calling codes"),
        pytest.param(["\u00d6sterreich"] * 3, id="one country"),
        pytest.param(
            ["Deutschland"] * 30 + ["\u00d6sterreich", "Jordanien", ""], id="one that is a name in German, too"
        ),
    ],
)
def test_names_and_three_letters_count_under_any_name(cells: list[str]) -> None:
    assert recognize("Spalte 7", cells) is not None


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["DE", "AT", "CH"], id="two letters"),
        pytest.param(["49", "43"], id="calling codes or ages"),
        pytest.param(["D", "A"], id="signs"),
        pytest.param(["deu", "fra", "ita"], id="languages of three letters"),
        pytest.param(["DEU", "FRA", "ITA"], id="languages in capitals"),
        pytest.param(["Ben", "Guy", "Per"], id="short names"),
        pytest.param(["Georgia", "Jordan", "Chad"], id="first names"),
        pytest.param(["Georgia"] * 4, id="a state"),
        pytest.param(["US", "EU", "APAC"], id="teams"),
        pytest.param(["no"] * 5, id="no"),
        pytest.param(["IT", "HR", "PR"], id="departments"),
        pytest.param(["MR", "MS", "DR"], id="titles"),
        pytest.param(["Singapore", "London", "Luxembourg", "Paris"], id="cities"),
        pytest.param(["suomi", "ruotsi"], id="languages that are called as their country"),
        pytest.param(["de-DE", "de-AT"], id="locales"),
        pytest.param([""], id="nothing"),
        pytest.param([], id="no rows"),
    ],
)
def test_other_columns_are_no_countries(cells: list[str]) -> None:
    assert recognize("Spalte 7", cells) is None


@pytest.mark.parametrize("cells", [["BY", "BW", "HE"], ["BE", "BY"]], ids=["with others", "all of countries"])
def test_land_is_also_a_state_of_germany(cells: list[str]) -> None:
    assert recognize("Land", cells) is None
    assert recognize("Land", [*cells, "DE", "AT", "CH"]) is not None


def words(text: str) -> list[str]:
    return text.split()


def first_names() -> list[str]:
    drawn = []
    for locale in ("en_US", "de_DE", "fr_FR", "es_ES", "it_IT", "tr_TR", "vi_VN", "ru_RU", "he_IL", "hi_IN"):
        fake = Faker(locale)
        fake.seed_instance(16)
        drawn += [fake.first_name() for _ in range(50)]
    return drawn


LISTS = {
    "states of the US": [pair for both in (en_US.Provider.states, en_US.Provider.states_abbr) for pair in both],
    "states of Canada": [*en_CA.Provider.provinces, *en_CA.Provider.provinces_abbr],
    "states of Australia": [*en_AU.Provider.states, *en_AU.Provider.states_abbr],
    "states of India": list(en_IN.Provider.states),
    "states of Mexico": [part for pair in es_MX.Provider.states for part in pair],
    "states of Brazil": [part for pair in pt_BR.Provider.estados for part in pair],
    "first names": first_names(),
    "yes and no": words("yes no ja nein oui non si sim da nu ne ano tak nie ei evet nee nej kyll\u00e4 n\u00e3o"),
    "ages": [str(age) for age in range(18, 90)],
    "departments": words("IT HR PR CS R&D Sales SALES Marketing Legal Finance Vertrieb Einkauf EDV GL ADMIN"),
    "titles": words("Mr Mrs Ms Dr Prof Herr Frau MR MS DR MRS Mme M. Sr Sra Dott Sig Pan Pani"),
    **{
        f"languages in {language}": list(babel.Locale(language).languages.values())
        for language in ("en", "de", "fr", "es", "it", "nl", "pl", "ru", "tr", "ja", "ar", "hi")
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", LISTS)
def test_columns_of_other_things(kind: str) -> None:
    distinct = list(dict.fromkeys(LISTS[kind]))
    chosen = random.Random(kind)
    assert recognize("Spalte 7", distinct) is None
    for size in (2, 3, 5, 8, 20):
        for _ in range(20):
            cells = chosen.sample(distinct, min(size, len(distinct)))
            assert recognize("Spalte 7", cells) is None, kind
            assert recognize(kind.replace("of", "name"), cells) is None, kind


@pytest.mark.parametrize(
    ("header", "cells", "holds"),
    [
        pytest.param("Name", ["Ann", "Bob", "Eve", "Zoe"], False, id="first names"),
        pytest.param("Region", ["NJ", "PA", "DE"], False, id="states"),
        pytest.param("State", ["IN", "DE"], False, id="states that are countries, too"),
        pytest.param("State", ["Georgia", "Mars", "Lebanon"], True, id="names are taken one by one"),
        pytest.param("x", ["IN", "DE"], True, id="codes under any name"),
        pytest.param("x", ["49", "1"], True, id="calling codes under any name"),
        pytest.param("x", ["DE"] * 9 + ["Atlantis", "Mu", "Thule"], True, id="slips in a few rows"),
        pytest.param("x", ["US", "XX"], True, id="a slip"),
        pytest.param("x", ["US", "GB", "XX", "YY", "ZZ"], False, id="more than slips"),
        pytest.param("x", ["", " "], True, id="empty"),
        pytest.param("x", ["Congo", "Korea"], True, id="names of several countries"),
    ],
)
def test_a_column_that_the_user_names(header: str, cells: list[str], holds: bool) -> None:
    assert holds_countries(header, cells) == holds


CALLING_CODES = {
    "with plus signs": (["+44", "+1", "+49"], True),
    "in brackets": (["(+44)", "(+49)", "(+1)"], True),
    "of one country": (["+44"] * 5, True),
    "that may be hours": (["+1", "+7", "+1"], False),
    "without plus signs": (["44", "1", "49"], False),
    "hours from Greenwich": (["+1", "+2", "+5", "+10"], False),
    "among other numbers": (["+44", "+1", "+49", "-3", "12"], False),
}


@pytest.mark.parametrize("header", ["Prefix", "Code", "x", "Vorwahl"])
@pytest.mark.parametrize(("cells", "is_country"), CALLING_CODES.values(), ids=CALLING_CODES)
def test_calling_codes_under_a_name_that_says_nothing(header: str, cells: list[str], is_country: bool) -> None:
    assert (recognize(header, cells) is not None) == is_country
