"""Column names in the form that a destination takes."""

from __future__ import annotations

import re
import unicodedata

from csv_preflight.model.profile import Profile

# Letters of European languages that are no letter with an accent to Unicode.
_LETTERS = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
_LETTERS |= {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i"}


def allowed_name(name: str, pattern: str | None) -> str:
    """Return name with each run of characters outside the set replaced by an underscore, "" if nothing else is left.

    >>> allowed_name("Teléfono (móvil)", "[A-Za-z0-9_]")
    'Telefono_movil'
    >>> allowed_name("Straße", "[A-Za-z0-9_]")
    'Strasse'
    """
    if not pattern or (name and re.fullmatch(f"{pattern}*", name)):
        return name
    plain = "".join(c if re.fullmatch(pattern, c) else _without_accents(c) for c in name)
    return "_".join(part for part in re.split(f"(?!{pattern}).", plain, flags=re.DOTALL) if part)


def _without_accents(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _LETTERS.get(character, character))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sendable_name(name: str, profile: Profile) -> str:
    """Return name in the form that the destination takes, "" if no character is left.

    >>> sendable_name("First Name", Profile("mine", header_pattern="[a-z0-9_]", lower_case=True))
    'first_name'
    """
    return allowed_name(name.lower() if profile.lower_case else name, profile.header_pattern)
