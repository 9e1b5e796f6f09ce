"""What columns are called: names without what can not be seen, and those that the destination takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from csv_preflight.misread import length_of_marks
from csv_preflight.model.settings import Profile


def clean_name(name: str) -> str:
    r"""Return a header cell without outer whitespace, control and invisible characters; inner runs become a space.

    >>> clean_name(" phone\u200b number\n")
    'phone number'
    """
    name = name if name.isascii() else name[length_of_marks(name) :]
    visible = (" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc"))
    cleaned = "".join(visible)
    return " ".join(cleaned.split()) if cleaned != name else cleaned.strip()


def allowed_name(name: str, pattern: str | None) -> str:
    """Return name with every run of characters outside the profile's set as an underscore; "" if none is left.

    >>> allowed_name("Teléfono (móvil)", "[A-Za-z0-9_]")
    'Telefono_movil'
    """
    if not pattern or (name and re.fullmatch(f"{pattern}*", name)):
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return "_".join(part for part in re.split(f"(?!{pattern}).", plain, flags=re.DOTALL) if part)


def given_name(name: str, is_phone: bool, profile: Profile) -> str:
    """Return what clean calls the phone or identifier column where its own name is not taken; "" where it is.

    >>> given_name("電話", True, Profile("mine", header_pattern="[a-z0-9_]"))
    'phone'
    """
    if fixed := profile.phone_column if is_phone else profile.identifier_column:
        return fixed
    if allowed_name(clean_name(name), profile.header_pattern):
        return ""
    return "phone" if is_phone else "identifier"


def final_names(
    names: Sequence[str], written: Sequence[int], phone: int, identifier: int | None, profile: Profile
) -> list[str]:
    """Return the names as they are written: what the profile fixes, then what it allows, each only once.

    names: the cleaned names of the columns ``written``.
    """
    fixed = {identifier: profile.identifier_column, phone: profile.phone_column}
    wanted = []
    for index, name in zip(written, names, strict=True):
        given = given_name(name, index == phone, profile) if index in (phone, identifier) else ""
        wanted.append(given or allowed_name(name, profile.header_pattern) or f"column_{index + 1}")
    # A name that the profile fixes belongs to its column; after that, one that stays as it is goes before one that
    # has to change.
    taken = {fixed[index] for index in written if fixed.get(index)}
    kept = set()
    for index, name, want in zip(written, names, wanted, strict=True):
        if want == name and want not in taken and not fixed.get(index):
            kept.add(want)
    taken |= kept
    final = []
    numbers: dict[str, Iterator[int]] = {}
    for index, name, want in zip(written, names, wanted, strict=True):
        stays = fixed.get(index) or (want == name and want in kept)
        unique = want if stays else free_name(want, taken, numbers.setdefault(want, count(2)))
        taken.add(unique)
        final.append(unique)
    return final


def free_name(name: str, taken: Collection[str | None], numbers: Iterator[int] | None = None) -> str:
    """Return name, or the first of name_2, name_3 and so on that is not taken.

    numbers: those that are left to be tried, where many names are asked for.

    >>> free_name("phone", {"phone", "phone_2"})
    'phone_3'
    """
    if name not in taken:
        return name
    return next(free for number in numbers or count(2) if (free := f"{name}_{number}") not in taken)
