"""Count the letters of languages in the Unicode CLDR: ``python -m tests.language_tables ANNOTATIONS``.

Writes csv_preflight/stages/source/languages.txt: how often letters follow one another in the names of countries,
cities, languages, currencies, months and units, which are Babel's, and in the names of pictures.  ANNOTATIONS is the
folder of that name in the npm package cldr-annotations-full.  Counts are rounded to powers of the square root of two,
one character each.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from csv_preflight.stages.source.languages import ANY, CLASSES, END, START, TABLE, fold

LANGUAGES = (
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "hu", "ro", "hr", "sl",
    "sq", "tr", "lt", "lv", "et", "ca", "mt", "vi", "ga", "cy", "eo", "gl", "eu", "fo", "lb", "ru", "uk", "bg", "sr",
    "mk", "be", "el", "he", "ar", "fa", "th",
)  # fmt: skip
IDEOGRAPHIC = {"ja": "ja", "zh": "zh", "zh-Hant": "zh_Hant_TW", "ko": "ko"}
ANNOTATED = {"nb": "no", "zh_Hant_TW": "zh-Hant"}
# What is most like names counts more.
SECTIONS = {
    "territories": 3, "time_zones": 3, "languages": 1, "currency_names": 1, "scripts": 1, "months": 2, "days": 2,
    "date_fields": 1, "unit_display_names": 1, "meta_zones": 1, "variants": 1,
}  # fmt: skip

# Letters and the marks of scripts that have them, such as Thai.
_WORD = re.compile(r"(?:[^\W\d_\u00b2\u00b3\u00b9]|[\u0590-\u05c7\u064b-\u0652\u0e31-\u0e3a\u0e47-\u0e4e])+")

HEADER = """\
# How often letters follow one another, from the Unicode CLDR {version} by way of Babel {babel}.
# Made by tests/language_tables.py.  Copyright 1991-2025 Unicode, Inc.; Unicode License v3, https://www.unicode.org/license.txt
"""


def texts(value: object) -> Iterator[str]:
    """Yield every string in nested data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping) or hasattr(value, "items"):
        for inner in dict(value.items()).values():  # type: ignore[attr-defined]
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


# Romanian in encodings before Unicode has cedillas where it should have commas.
CEDILLAS = str.maketrans("șț", "şţ")


def words(locale: str, annotations: Path) -> Counter[str]:
    """Return the distinct words of a language, with their weights."""
    from babel import Locale

    data = Locale.parse(locale)._data
    found: Counter[str] = Counter()
    for section, weight in SECTIONS.items():
        if section in data:
            for text in texts(data[section]):
                for word in _WORD.findall(text):
                    found[fold(word)] = max(found[fold(word)], weight)
    pictures = annotations / ANNOTATED.get(locale, locale) / "annotations.json"
    if pictures.exists():
        for text in texts(json.loads(pictures.read_text(encoding="utf-8"))["annotations"]["annotations"]):
            for word in _WORD.findall(text):
                found.setdefault(fold(word), 1)
    if locale == "ro":
        found.update({word.translate(CEDILLAS): weight for word, weight in found.items() if set(word) & set("șț")})
    return found


def pairs(locale: str, annotations: Path) -> Counter[str]:
    """Return how often each two characters stand side by side, ANY standing for all that follow one."""
    counted: Counter[str] = Counter()
    for word, weight in words(locale, annotations).items():
        for first, second in zip(START + word, word + END, strict=True):
            counted[first + ANY] += weight
            counted[first + second] += weight
    return counted


def singles(locale: str, annotations: Path) -> Counter[str]:
    """Return how often each character beyond ASCII stands."""
    counted: Counter[str] = Counter()
    for word, weight in words(locale, annotations).items():
        for character in word:
            if not character.isascii():
                counted[ANY + character] += weight
    return counted


def line(name: str, counted: Counter[str], least: int) -> str:
    """Return a language as one line: the first of each pair, then the second ones with their classes."""
    following: dict[str, str] = {}
    for pair, count in sorted(counted.items()):
        if count >= least:
            size = CLASSES[min(len(CLASSES) - 1, round(2 * math.log2(count)))]
            following[pair[0]] = following.get(pair[0], "") + pair[1] + size
    return " ".join([name, *(first + rest for first, rest in following.items())])


def main() -> None:
    import babel
    from babel.core import get_cldr_version

    annotations = Path(sys.argv[1])
    lines = [line(name, pairs(name, annotations), 3) for name in LANGUAGES]
    lines += [line(name, singles(locale, annotations), 1) for name, locale in IDEOGRAPHIC.items()]
    header = HEADER.format(version=get_cldr_version(), babel=babel.__version__)
    TABLE.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
