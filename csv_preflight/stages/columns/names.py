"""Column names: without invisible characters, and in the form that the destination takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from itertools import count

from csv_preflight.destinations import folded, sendable_name
from csv_preflight.misread import length_of_marks
from csv_preflight.model.profile import Profile

# The highest number that is usually appended to a name that is taken.
MOST_NUMBERED = 10


def clean_name(name: str) -> str:
    r"""Return a header cell without outer whitespace, control and invisible characters; inner runs become a space.

    A byte order mark that was read as text after a quote is removed as well.

    >>> clean_name(" phone\u200b number\n")
    'phone number'
    """
    if name.isascii():
        if name.isprintable():
            return name.strip()
    else:
        name = name[length_of_marks(name) :]
    visible = (" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc"))
    cleaned = "".join(visible)
    return " ".join(cleaned.split()) if cleaned != name else cleaned.strip()


def given_name(name: str, is_phone: bool, profile: Profile, index: int = 0) -> str | None:
    """Return the name that clean gives a phone or the identifier column, None if it keeps its own.

    If case does not matter, a fixed name keeps its case.  index: among several phone columns.

    >>> given_name("電話", True, Profile("mine", header_pattern="[a-z0-9_]"))
    'phone'
    >>> given_name("自宅", True, Profile("mine", header_pattern="[a-z0-9_]", phone_column="number"), 1)
    'phone_2'
    """
    if index:
        return None if sendable_name(clean_name(name), profile) else f"phone_{index + 1}"
    if fixed := profile.phone_column if is_phone else profile.identifier_column:
        return clean_name(name) if folded(clean_name(name), profile) == folded(fixed, profile) else fixed
    if sendable_name(clean_name(name), profile):
        return None
    return "phone" if is_phone else "identifier"


def given_names(
    name: str, is_phone: bool, profile: Profile, index: int = 0, others: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the names that clean may have given such a column, the likeliest first.

    others: names that belong to other columns.

    >>> given_names("電話", True, Profile("mine", header_pattern="[a-z0-9_]"), others=("phone",))[:2]
    ('phone_2', 'phone_3')
    """
    given = given_name(name, is_phone, profile, index)
    if not index and given and given == (profile.phone_column if is_phone else profile.identifier_column):
        return (given,)
    numbered = (f"{given}_{number}" for number in range(2, MOST_NUMBERED))
    return tuple(one for one in (given, *numbered) if one not in others) if given else ()


def final_names(
    names: Sequence[str],
    written: Sequence[int],
    phones: Sequence[int],
    identifier: int | None,
    profile: Profile,
    calling_code: int | None = None,
) -> list[str]:
    """Return the names in the clean file: those that the profile fixes, then those that it allows, all different.

    names: the cleaned names of the columns ``written``.  phones, identifier, calling_code: their indices; the first
    phone column is the one that is sent.
    """
    phone = phones[0]
    own = {identifier: profile.identifier_column, phone: profile.phone_column}
    fixed: dict[int, str] = {}
    wanted = []
    for index, name in zip(written, names, strict=True):
        position = phones.index(index) if index in phones else 0
        given = given_name(name, index in phones, profile, position) if index in (*phones, identifier) else None
        if given and own.get(index):
            fixed[index] = given
        elif index == calling_code:
            fixed[index] = given = profile.calling_code_column or ""
        wanted.append(given or sendable_name(name, profile) or f"column_{index + 1}")
    # A name that the profile fixes belongs to its column.  After that, unchanged names take precedence over changed
    # ones.
    taken = {folded(name, profile) for name in fixed.values()}
    if profile.calling_code_column:
        taken.add(profile.calling_code_column)  # it is added if the list has none
    kept = {
        folded(want, profile)
        for index, name, want in zip(written, names, wanted, strict=True)
        if want == name and folded(want, profile) not in taken and index not in fixed
    }
    taken |= kept
    final = []
    numbers: dict[str, Iterator[int]] = {}
    for index, name, want in zip(written, names, wanted, strict=True):
        stays = index in fixed or (want == name and folded(want, profile) in kept)
        unique = want if stays else free_name(want, taken, numbers.setdefault(want, count(2)), profile)
        taken.add(folded(unique, profile))
        final.append(unique)
    return final


def free_name(
    name: str, taken: Collection[str], numbers: Iterator[int] | None = None, profile: Profile | None = None
) -> str:
    """Return name, or the first of name_2, name_3 and so on that is free.

    numbers: those still to be tried, if many names are needed.  profile: if given, ``taken`` has names as the
    destination compares them.

    >>> free_name("phone", {"phone", "phone_2"})
    'phone_3'
    """

    def is_free(candidate: str) -> bool:
        return (candidate if profile is None else folded(candidate, profile)) not in taken

    if is_free(name):
        return name
    return next(free for number in numbers or count(2) if is_free(free := f"{name}_{number}"))


def find_column(wanted: str, names: Sequence[str], profile: Profile | None) -> int | None:
    """Return the index of a column by its name, or by the name that clean gives it for a destination."""
    cleaned = clean_name(wanted)
    for spelling in (wanted, cleaned, sendable_name(cleaned, profile) if profile else cleaned):
        if spelling in names:
            return list(names).index(spelling)
    return None
