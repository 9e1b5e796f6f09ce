"""Count the letters of languages in the Unicode CLDR: ``python -m tools.language_tables ANNOTATIONS``.

Writes csv_preflight/encoding/languages.txt: how often letters follow one another in the names of countries,
cities, languages, currencies, months and units, which are Babel's, and in the names of pictures.  ANNOTATIONS is the
folder of that name in the npm package cldr-annotations-full of the same version as Babel's CLDR.  Each entry is a
pair, then for each language that has it a digit for the language and one for the count, as a power of the square root
of two.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from csv_preflight.encoding.languages import (
    ALL,
    ANY,
    DIGITS,
    END,
    KINDS,
    SCRIPTS,
    START,
    TABLE,
    fold,
    script_of,
)

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

# Pairs that are rarer tell nothing.
LEAST = 3

HEADER = """\
How often letters follow one another, from the Unicode CLDR {version} by way of Babel {babel}.
Made by tools/language_tables.py.  The licence of the CLDR:
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


# What names have instead of what today's words have: Romanian in encodings before Unicode has cedillas for commas, and
# Danish and Norwegian families kept aa for å: Nørgaard.
OLDER = {
    "ro": str.maketrans("șț", "şţ"),
    "da": str.maketrans({"å": "aa"}),
    "nb": str.maketrans({"å": "aa"}),
}


def words(locale: str, annotations: Path) -> Counter[str]:
    """Return the distinct words of a language, with their weights."""
    from babel import Locale

    data = Locale.parse(locale)._data
    found: Counter[str] = Counter()
    for section, weight in SECTIONS.items():
        if section in data:
            for text in texts(data[section]):
                for word in _words(text, locale):
                    found[word] = max(found[word], weight)
    pictures = annotations / ANNOTATED.get(locale, locale) / "annotations.json"
    if pictures.exists():
        for text in texts(json.loads(pictures.read_text(encoding="utf-8"))["annotations"]["annotations"]):
            for word in _words(text, locale):
                found.setdefault(word, 1)
    older = OLDER.get(locale, {})
    return found + Counter(
        {word.translate(older): weight for word, weight in found.items() if word.translate(older) != word}
    )


def _words(text: str, locale: str) -> Iterator[str]:
    """Yield the words of a text, without signs such as micro and aleph that are of another script."""
    scripts = ("LATIN", SCRIPTS.get(locale, "LATIN"))
    for word in _WORD.findall(text):
        if locale in IDEOGRAPHIC.values() or all(script_of(letter) in scripts for letter in word):
            yield fold(word)


def pairs(locale: str, annotations: Path) -> Counter[str]:
    """Return how often each two characters stand side by side, with ANY, ALL and KINDS."""
    every: Counter[str] = Counter()
    for word, weight in words(locale, annotations).items():
        for first, second in zip(START + word, word + END, strict=True):
            every[first + second] += weight
    counted = Counter({pair: count for pair, count in every.items() if count >= LEAST})
    for (first, second), count in every.items():
        if counted[first + KINDS] or count >= LEAST:
            counted[first + ALL] += count
        if count >= LEAST:
            counted[first + KINDS] += 1
            counted[ANY + second] += count
            counted[ANY + ALL] += count
    return counted


def singles(locale: str, annotations: Path) -> Counter[str]:
    """Return how often each character beyond ASCII stands."""
    counted: Counter[str] = Counter()
    for word, weight in words(locale, annotations).items():
        for character in word:
            if not character.isascii():
                counted[ANY + character] += weight
                counted[ANY + ALL] += weight
    return counted


def main() -> None:
    import babel
    from babel.core import get_cldr_version

    annotations = Path(sys.argv[1])
    languages = {name: pairs(name, annotations) for name in LANGUAGES}
    languages |= {name: singles(locale, annotations) for name, locale in IDEOGRAPHIC.items()}
    entries: dict[str, str] = {}
    for place, counted in zip(DIGITS, languages.values(), strict=False):
        for pair, count in counted.items():
            entries[pair] = entries.get(pair, "") + place + DIGITS[round(2 * math.log2(count))]
    lines: dict[str, list[str]] = {}
    for pair in sorted(entries):
        lines.setdefault(pair[0], []).append(pair + entries[pair])
    licence = (annotations.parent / "LICENSE").read_text(encoding="utf-8").splitlines()
    made = HEADER.format(version=get_cldr_version(), babel=babel.__version__).splitlines()
    header = "".join(f"# {line}".rstrip() + "\n" for line in (*made, "", *licence))
    body = "".join(" ".join(line) + "\n" for line in (list(languages), *lines.values()))
    TABLE.write_text(header + body, encoding="utf-8")


if __name__ == "__main__":
    main()
