"""Make the table of what countries are called: ``python -m tools.countries [FOLDER ...]``.

Writes csv_preflight/countries/names.txt and languages.txt: names from Babel, from the present table, so that no name is
ever dropped, and from tools/countries.txt.  FOLDERs are those of the npm package cldr-localenames-full, of any version,
the newest first: it has the short forms and variants of names, which Babel leaves out, and older ones.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import babel
from babel import localedata
from babel.core import get_global

from csv_preflight import country_names
from csv_preflight.countries import table
from csv_preflight.countries.folding import fold, fold_accented
from csv_preflight.e164 import supported_regions

OWN = Path(__file__).with_name("countries.txt")
# A joke of the CLDR's: Toki Pona calls Latvia "ma Lawi", and English has Malawi.
LEFT_OUT = {"tok"}
# Languages whose umlauts are also written as two letters.
TWO_LETTERS = {"de", "gsw", "lb", "nds", "da", "nb", "no", "nn", "sv", "fi", "et", "is", "fo", "en"}
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue",
                         "Ø": "Oe", "Å": "Aa", "ß": "ss"})  # fmt: skip
OBSOLETE = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD", "230", "280", "278", "736", "720", "886", "249"}
# The languages of what is the same in all: codes, and names by hand.
EVERY = "*"

# key -> region -> the languages in which the key means that region
Names = dict[str, dict[str, set[str]]]

HEADER = """\
# What countries are called, in every language of the Unicode CLDR.  Made by tools/countries.py (Babel {babel}).
# A region, its alpha-3 and numeric codes of ISO 3166 and its name in English; then what stands for it, as folding.fold
# leaves it.  Names of several regions are at the end, each with the languages in which it means the one or the other.
# Copyright © 1991-2025 Unicode, Inc.  Under the Unicode License v3: https://www.unicode.org/license.txt
"""


def from_babel() -> Iterator[tuple[str, str, str]]:
    """Yield language, region and name."""
    for locale in localedata.locale_identifiers():
        for region, name in localedata.load(locale).get("territories", {}).items():
            yield locale.split("_")[0], region, name


def from_package(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield language, region and name of a folder of cldr-localenames-full."""
    for path in sorted(folder.glob("**/main/*/territories.json")):
        document = json.loads(path.read_text(encoding="utf-8"))["main"]
        for locale, content in document.items():
            for region, name in content["localeDisplayNames"]["territories"].items():
                yield locale.split("-")[0], region.split("-")[0], name


def spellings(language: str, name: str) -> Iterator[str]:
    """Yield a name, and the same with its umlauts in two letters."""
    yield name
    if language in TWO_LETTERS and (plain := name.translate(UMLAUTS)) != name:
        yield plain


def without_brackets(name: str) -> str:
    """Return what is left of a name without what is in brackets, "" where there are none."""
    before, bracket, rest = name.partition("(")
    return f"{before} {rest.partition(')')[2]}" if bracket and before.strip() else ""


def gathered(sources: list[list[tuple[str, str, str]]]) -> tuple[Names, Names]:
    """Return the names of all sources by folded and by accented key; in one language an earlier source is right."""
    folded: Names = {}
    accented: Names = {}
    in_english = {fold(name): region for source in sources for language, region, name in source if language == "en"}
    for source in sources:
        for names, found in zip((folded, accented), _keys(source, in_english), strict=True):
            taken = {
                (key, language) for key, regions in names.items() for used in regions.values() for language in used
            }
            for key, region, language in found:
                if (key, language) not in taken:
                    names.setdefault(key, defaultdict(set))[region].add(language)
    return folded, accented


def _keys(
    source: Iterable[tuple[str, str, str]], in_english: dict[str, str]
) -> tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]:
    known = supported_regions()
    folded, accented = set(), set()
    for language, region, name in source:
        if region not in known or language in LEFT_OUT or name == region:  # some have the code for a name
            continue
        part = without_brackets(name)
        parts = [part] if in_english.get(fold(part), region) == region else []
        for spelling in (*spellings(language, name), *parts):
            if key := fold(spelling):
                folded.add((key, region, language))
                accented.add((fold_accented(spelling), region, language))
    return folded, accented


def _standard() -> set[str]:
    return {code.lower() for region, both in codes().items() for code in (region, *both)}


def own_names() -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield regions and name of tools/countries.txt."""
    for line in OWN.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            regions, _, names = line.partition(":")
            yield from ((tuple(regions.split()), name.strip()) for name in names.split(";"))


def codes() -> dict[str, tuple[str, str]]:
    """Return the alpha-3 and the numeric code of each region, "-" where it has none."""
    found = {region: ["-", "-"] for region in sorted(supported_regions())}
    for code, regions in get_global("territory_aliases").items():
        if len(regions) == 1 and regions[0] in found and len(code) == 3 and code not in OBSOLETE:
            found[regions[0]][code.isdigit()] = code
    found["XK"] = ["XKX", "-"]  # of no standard, but in use
    return {region: (alpha, numeric) for region, (alpha, numeric) in found.items()}


def english(sources: Iterable[Iterable[tuple[str, str, str]]]) -> dict[str, str]:
    """Return the name in English of each region: of the present table, else of the first source that has it."""
    found = dict(country_names.english_names()) if country_names.NAMES.exists() else {}
    for source in sources:
        for language, region, name in source:
            if language == "en" and region in supported_regions():
                found.setdefault(region, name)
    return found


def made(sources: list[list[tuple[str, str, str]]]) -> Names:
    """Return all names: those of the sources, codes and names by hand."""
    names, accented = gathered(sources)
    for region, both in codes().items():
        for code in (region, *both):
            if code != "-":
                names.setdefault(code.lower(), defaultdict(set))[region].add(EVERY)
    standard = _standard()
    for regions, name in own_names():
        key = fold(name)
        if len(regions) > 1:
            names[key] = defaultdict(set, {region: set() for region in regions})
        elif not name.isascii() and len(key) < 4 and fold_accented(name) != key:
            accented.setdefault(fold_accented(name), defaultdict(set))[regions[0]].add(EVERY)
        elif key in standard:
            if regions[0] not in names[key]:
                raise ValueError(f"{name} is the code of another country than {regions[0]}")
        else:
            names.setdefault(key, defaultdict(set))[regions[0]].add(EVERY)
    for key, regions_of in accented.items():
        if key not in names and len(names.get(fold(key), {"": 0, " ": 0})) > 1:
            names[key] = regions_of
    return names


def written(names: Names, called: dict[str, str]) -> tuple[str, str]:
    """Return the contents of names.txt and languages.txt."""
    numbers: dict[frozenset[str], int] = {frozenset(): 0}
    lines, places = [], []
    for region, (alpha, numeric) in codes().items():
        lines.append(f"={region} {alpha} {numeric} {called[region]}")
        for key in sorted(key for key, used in names.items() if list(used) == [region]):
            lines.append(key)
            of = numbers.setdefault(frozenset(names[key][region] - {EVERY}), len(numbers))
            places.append(table.DIGITS[of // len(table.DIGITS)] + table.DIGITS[of % len(table.DIGITS)])
    lines.append("=several")
    for key in sorted(key for key, used in names.items() if len(used) > 1):
        regions = sorted(names[key])
        lines.append("\t".join([key, " ".join(regions), *(" ".join(sorted(names[key][of])) for of in regions)]))
    sets = "\n".join(" ".join(sorted(of)) for of in numbers)
    return HEADER.format(babel=babel.__version__) + "\n".join(lines), f"{sets}\n\n{''.join(places)}"


def present() -> list[tuple[str, str, str]]:
    """Return language, region and name of the present table."""
    if not country_names.NAMES.exists():
        return []
    found = [(of, table.names()[key], key) for key, used in table.languages().items() for of in used or {EVERY}]
    for key, regions in table.shared_names().items():
        found += [(of, region, key) for region, used in regions.items() for of in used]
    return found


def without_codes(source: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the names without those of two letters, except for those that are the code of another country."""
    standard = _standard()
    kept = []
    for language, region, name in source:
        key = fold(name)
        if len(key) > 2 or not name.isascii() or key in standard:
            kept.append((language, region, name))
    return kept


def main(folders: list[str]) -> None:
    """Write the table."""
    packages = [from_package(Path(folder)) for folder in folders]
    sources = [*map(without_codes, (*packages, from_babel())), present()]
    called = english(sources)
    names, languages = written(made(sources), called)
    country_names.NAMES.write_text(names, encoding="utf-8", newline="\n")
    table.LANGUAGES.write_text(languages, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
