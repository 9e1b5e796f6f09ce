"""No stranger is called: made-up lists of people of several countries, in many languages.

Numbers are the examples of phonenumbers' metadata with other last digits, written as in their countries.
"""

from __future__ import annotations

import io
import random
import re
import shlex
from dataclasses import dataclass

import babel
import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from csv_preflight import preflight
from csv_preflight.config.settings import build_settings
from csv_preflight.countries import resolve_column
from csv_preflight.e164 import supported_regions
from csv_preflight.inspection import inspect_file

# A word for "country" in each language.
LANGUAGES = {
    "en": "Country", "de": "Land", "fr": "Pays", "es": "Pa\u00eds", "pt": "Pa\u00eds", "it": "Paese", "nl": "Land",
    "sv": "Land", "da": "Land", "nb": "Land", "fi": "Maa", "pl": "Kraj", "cs": "Zem\u011b", "sk": "Krajina",
    "hu": "Orsz\u00e1g", "ro": "\u021aara", "hr": "Dr\u017eava", "tr": "\u00dclke", "el": "\u03a7\u03ce\u03c1\u03b1",
    "ru": "\u0421\u0442\u0440\u0430\u043d\u0430", "uk": "\u041a\u0440\u0430\u0457\u043d\u0430", "ja": "\u56fd",
    "zh": "\u56fd\u5bb6", "ar": "\u0627\u0644\u062f\u0648\u0644\u0629", "vi": "Qu\u1ed1c gia", "id": "Negara",
}  # fmt: skip
# Name, and cells.
OTHER_COLUMNS = """
State: IN CA DE GA CO AL AR IL PA MD
language: de it en fr no es pt sq et
Department: IT HR PR CS GL
Title: MR MS DR
opted_out: no yes
newsletter: ja nein
Team: US EU APAC
Alter: 49 43 41 33 20 61
First name: Georgia Jordan Chad Israel India Kenya
"""


@dataclass(frozen=True)
class List:
    """A list, its language, and the right number of each row by its line."""

    data: bytes
    language: str
    numbers: dict[int, str]
    regions: tuple[str, ...]


def numbers_of(region: str, chosen: random.Random, count: int) -> list[PhoneNumber]:
    """Some valid numbers of a region, none where its examples have no neighbours."""
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
    examples = [found for kind in kinds if (found := phonenumbers.example_number_for_type(region, kind))]
    found: list[PhoneNumber] = []
    for _ in range(40 * count):
        example = chosen.choice(examples)
        digits = phonenumbers.national_significant_number(example)
        changed = digits[:-3] + f"{chosen.randrange(1000):03}"
        number = phonenumbers.parse(f"+{example.country_code}{changed}")
        is_right = phonenumbers.is_valid_number_for_region(number, region)
        if len(found) < count and is_right and phonenumbers.region_code_for_number(number) == region:
            found.append(number)
    return found


def written(number: PhoneNumber, chosen: random.Random) -> str:
    """As it is written in its country, with other punctuation or none, or with the country code."""
    form = chosen.randrange(10)
    if form == 0:
        return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
    national = str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))
    return re.sub(r"\D", "", national) if form == 1 else national.replace(" ", "/", 1) if form == 2 else national


def e164(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def made_list(seed: int) -> List:
    """Two to six countries, with a column of countries in one of the languages."""
    chosen = random.Random(seed)
    language = chosen.choice(sorted(LANGUAGES))
    territories = babel.Locale.parse(language).territories
    known = sorted(supported_regions() & set(territories))
    regions = chosen.sample(known, chosen.randint(2, 6))
    # Kongo, Saint Martin: names of two countries are no column's whole vocabulary.
    regions = [region for region in regions if resolve_column([territories[r] for r in regions])[territories[region]]]
    rows = [
        (written(number, chosen), territories[region], e164(number))
        for region in regions
        for number in numbers_of(region, chosen, chosen.randint(1, 8))
    ]
    chosen.shuffle(rows)
    lines = [f'P{place},{phone},"{country}"' for place, (phone, country, _) in enumerate(rows)]
    text = "\n".join([f"Name,phone,{LANGUAGES[language]}", *lines, ""])
    return List(text.encode(), language, {line: row[2] for line, row in enumerate(rows, 2)}, tuple(regions))


def strangers(data: bytes, numbers: dict[int, str], **settings: object) -> list[str]:
    clean = preflight(data, phone_column="phone", keep_headers=True, **settings).clean
    return [number for line, number in clean["phone"].items() if numbers[line] != number]


def suggested(data: bytes) -> dict[str, str]:
    words = shlex.split(inspect_file(io.BytesIO(data), "list.csv", build_settings({})).suggested_command)
    return {
        key.replace("-", "_"): words[words.index(f"--{key}") + 1]
        for key in ("region", "region-column")
        if f"--{key}" in words
    }


def of_lists(few: int, many: int) -> pytest.MarkDecorator:
    some = range(few)
    return pytest.mark.parametrize(
        "seeds", [pytest.param(some, id="some"), pytest.param(range(many), id="many", marks=pytest.mark.exam)]
    )


@of_lists(12, 500)
def test_each_row_has_its_number_and_no_stranger_is_called(seeds: range) -> None:
    for seed in seeds:
        made = made_list(seed)
        if not made.numbers:
            continue
        column = LANGUAGES[made.language]
        result = preflight(made.data, phone_column="phone", keep_headers=True, region_column=column, max_findings=0)
        lost = {line: number for line, number in made.numbers.items() if number not in set(result.clean["phone"])}
        repeated = set(result.rejects.loc[result.rejects["preflight_code"] != "D001", "preflight_line"])
        assert not strangers(made.data, made.numbers, region_column=column), seed
        # What is written without its country code may be ambiguous: rejected, not guessed.
        codes = set(result.rejects["preflight_code"])
        assert codes <= {"D001", "P013"}, (seed, codes)
        assert set(lost) <= repeated, seed
        for region in made.regions[:2]:
            assert not strangers(made.data, made.numbers, region=region), (seed, region)
        options = suggested(made.data)
        assert not strangers(made.data, made.numbers, **options), (seed, options)


@of_lists(10, 500)
def test_no_other_column_leads_to_a_stranger(seeds: range) -> None:
    for seed in seeds:
        chosen = random.Random(1000 + seed)
        region = chosen.choice(sorted(supported_regions()))
        name, _, cells = chosen.choice(OTHER_COLUMNS.strip().splitlines()).partition(": ")
        words = cells.split()
        used = chosen.sample(words, min(len(words), chosen.randint(1, 4)))
        numbers = numbers_of(region, chosen, chosen.choice([4, 10, 30]))
        lines = [f"P{place},{written(number, chosen)},{chosen.choice(used)}" for place, number in enumerate(numbers)]
        data = "\n".join([f"Name,phone,{name}", *lines, ""]).encode()
        if not numbers:
            continue
        options = suggested(data)
        assert "region_column" not in options, (seed, name, used)
        assert not strangers(data, {line: e164(number) for line, number in enumerate(numbers, 2)}, **options), (
            seed,
            region,
            options,
        )
