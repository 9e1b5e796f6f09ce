"""Column names in the form that a destination takes."""

from __future__ import annotations

import re
import unicodedata

from csv_preflight.model.profile import Profile


def allowed_name(name: str, pattern: str | None) -> str:
    """Return name with each run of characters outside the set replaced by an underscore, "" if nothing else is left.

    >>> allowed_name("Teléfono (móvil)", "[A-Za-z0-9_]")
    'Telefono_movil'
    """
    if not pattern or (name and re.fullmatch(f"{pattern}*", name)):
        return name
    plain = "".join(c if re.fullmatch(pattern, c) else _without_accents(c) for c in name)
    return "_".join(part for part in re.split(f"(?!{pattern}).", plain, flags=re.DOTALL) if part)


def _without_accents(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def sendable_name(name: str, profile: Profile) -> str:
    """Return name in the form that the destination takes, "" if no character is left.

    >>> sendable_name("First Name", Profile("mine", header_pattern="[a-z0-9_]", lower_case=True))
    'first_name'
    """
    return allowed_name(name.lower() if profile.lower_case else name, profile.header_pattern)
