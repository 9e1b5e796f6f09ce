"""The encodings that are tried, the languages each was made for, and how rare it is."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """An encoding by its Python name; rarity: how much rarer than the Windows ones, as a difference of logarithms."""

    name: str
    languages: tuple[str, ...]
    rarity: float


_WESTERN = (
    "en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "ca", "ga", "gl", "eu", "fo", "lb",
)  # fmt: skip
_CENTRAL = ("pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq")
_BALTIC = ("lt", "lv", "et")
_CYRILLIC = ("ru", "uk", "bg", "sr", "mk", "be")
_ARABIC = ("ar", "fa")
_CHINESE = ("zh", "zh-Hant")

# The most common first, since the order decides between identical readings.
# Old Macintosh and DOS programs are rare today, the Central European and Turkish Macintosh rarer, and the last ones are
# used only on purpose.
CANDIDATES = tuple(
    Candidate(name, languages, rarity)
    for rarity, languages, names in (
        (0.0, _WESTERN, "cp1252"),
        (0.0, _CENTRAL, "cp1250"),
        (0.0, _CYRILLIC, "cp1251"),
        (0.0, ("ja",), "cp932"),
        (0.0, _CHINESE, "gb18030"),
        (0.0, ("ko",), "cp949"),
        (0.0, ("zh-Hant",), "big5"),
        (0.0, ("el",), "cp1253"),
        (1.0, ("tr",), "cp1254"),
        (0.0, ("he",), "cp1255"),
        (0.0, _ARABIC, "cp1256"),
        (0.0, ("th",), "cp874"),
        (1.0, _BALTIC, "cp1257"),
        (3.0, ("vi",), "cp1258"),
        (1.0, _WESTERN, "iso8859-1 iso8859-15"),
        (1.0, _CENTRAL, "iso8859-2"),
        (1.5, _CYRILLIC, "koi8-r koi8-u"),
        (1.0, _CYRILLIC, "iso8859-5"),
        (1.0, ("el",), "iso8859-7"),
        (1.0, ("tr",), "iso8859-9"),
        (1.0, ("he",), "iso8859-8"),
        (1.0, _ARABIC, "iso8859-6"),
        (1.0, _BALTIC, "iso8859-13"),
        (1.0, ("th",), "iso8859-11"),
        (0.0, ("ja",), "euc_jp shift_jis"),
        (0.0, ("ko",), "euc_kr"),
        (0.0, _CHINESE, "gbk"),
        (0.0, ("zh-Hant",), "cp950 big5hkscs"),
        (4.0, _WESTERN, "mac-roman cp850 cp437 cp858"),
        (4.0, _CENTRAL, "cp852"),
        (4.0, _CYRILLIC, "mac-cyrillic cp866 cp855"),
        (4.0, ("el",), "mac-greek cp737"),
        (4.0, ("tr",), "cp857"),
        (4.0, ("he",), "cp862"),
        (6.0, _CENTRAL, "mac-latin2"),
        (6.0, ("tr",), "mac-turkish"),
        (6.0, ("ro",), "iso8859-16"),
        (6.0, ("mt", "eo"), "iso8859-3"),
        (6.0, _BALTIC, "iso8859-4 cp775"),
        (6.0, ("is", "fo", "sv", "nb", "da"), "iso8859-10"),
        (7.0, ("ga", "cy"), "iso8859-14"),
        (7.0, ("is",), "cp861 mac-iceland"),
        (7.0, ("nb", "da"), "cp865"),
        (7.0, ("pt",), "cp860"),
        (7.0, ("fr",), "cp863"),
        (7.0, _ARABIC, "cp864 cp720"),
        (7.0, ("el",), "cp869"),
        (7.0, _CYRILLIC, "cp1125"),
        (7.0, ("ko",), "johab"),
    )
    for name in names.split()
)

# Multibyte encodings.
WIDE = frozenset(
    ("cp932", "gb18030", "cp949", "big5", "euc_jp", "shift_jis", "euc_kr", "gbk", "cp950", "big5hkscs", "johab")
)

# Single-byte supersets of ASCII: the set of bytes that occur tells whether a text fits.
SINGLE_BYTE = frozenset(candidate.name for candidate in CANDIDATES) - WIDE
# Encodings for languages in Latin letters.
LATIN = frozenset(
    candidate.name
    for candidate in CANDIDATES
    if not {*_CYRILLIC, *_ARABIC, *_CHINESE, "ja", "ko", "el", "he", "th"} & {*candidate.languages}
)
# Encodings of old programs, rarely seen in a list.
RARE = frozenset(candidate.name for candidate in CANDIDATES if candidate.rarity >= 4)
