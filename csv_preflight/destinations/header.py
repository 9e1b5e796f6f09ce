"""A destination's rules for columns: required and refused ones, their number, and the length of their names.

All names are those that are sent.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from csv_preflight.model.profile import Profile
from csv_preflight.suggest import simplified


def folded(name: str, profile: Profile) -> str:
    """Return a name as the destination compares it.

    >>> folded("Phone Number", Profile("mine", any_case=True)), folded("Phone", Profile("mine"))
    ('phone number', 'Phone')
    """
    return name.casefold() if profile.any_case else name


def find(wanted: str, names: Sequence[str], profile: Profile) -> int | None:
    """Return the index of the column for a name in required, one_of or longest, None if there is none.

    >>> find("last name", ["First_Name", "Last_Name"], Profile("mine", any_spelling=True))
    1
    """
    if wanted in names:
        return names.index(wanted)
    same = [simplified(name) if profile.any_spelling else folded(name, profile) for name in names]
    meant = simplified(wanted) if profile.any_spelling else folded(wanted, profile)
    return same.index(meant) if meant in same else None


def missing(names: Sequence[str], profile: Profile) -> tuple[tuple[str, ...], ...]:
    """Return the required columns that are missing; alternatives come as one group.

    >>> missing(["phone"], Profile("mine", required=("email",), one_of=("id", "alias")))
    (('email',), ('id', 'alias'))
    """
    required = [(name,) for name in profile.required]
    groups = [*required, profile.one_of] if profile.one_of else required
    return tuple(group for group in groups if all(find(name, names, profile) is None for name in group))


def refused(names: Sequence[str], kept: Collection[int], profile: Profile) -> tuple[int, ...]:
    """Return the indices of the columns that the destination refuses, in order.

    kept: columns that the user has named, or that the destination certainly reads.

    >>> refused(["tel", "email", "city"], {0}, Profile("mine", allowed=("email",)))
    (2,)
    """
    others = {*_alternatives(names, profile)[1:]}
    never = {folded(name, profile) for name in profile.refused}
    allowed = None if profile.allowed is None else {folded(name, profile) for name in profile.allowed}
    for index, name in enumerate(names):
        if folded(name, profile) in never or (allowed is not None and folded(name, profile) not in allowed):
            others.add(index)
    return tuple(sorted(others - {*kept}))


def _alternatives(names: Sequence[str], profile: Profile) -> list[int]:
    """Return the indices of the columns of one_of, in its order.

    If the destination's documents do not spell the names, a longer name with the same words matches as well.
    """
    result: dict[int, None] = {}
    for wanted in profile.one_of:
        words = simplified(wanted) if profile.any_spelling else None
        for index, name in enumerate(names):
            if find(wanted, [name], profile) == 0 or (words and words in simplified(name)):
                result[index] = None
    return list(result)


class HeaderLimit(NamedTuple):
    """A limit that a header exceeds, in columns or in characters of a name."""

    kind: Literal["columns", "length"]
    found: int
    most: int
    name: str = ""


def exceeded_limits(names: Sequence[str], profile: Profile) -> tuple[HeaderLimit, ...]:
    """Return the limits that a header exceeds.

    >>> exceeded_limits(["phone", "city"], Profile("mine", max_columns=1, max_name_length=4))
    (HeaderLimit(kind='columns', found=2, most=1, name=''), HeaderLimit(kind='length', found=5, most=4, name='phone'))
    """
    exceeded = []
    if profile.max_columns is not None and len(names) > profile.max_columns:
        exceeded.append(HeaderLimit("columns", len(names), profile.max_columns))
    longest = profile.max_name_length
    if longest is not None:
        exceeded += [HeaderLimit("length", len(name), longest, name) for name in names if len(name) > longest]
    return tuple(exceeded)


def longest_cell(name: str, profile: Profile) -> int | None:
    """Return the most characters that a cell of the named column may have, or None.

    >>> longest_cell("name", Profile("mine", max_cell_length=512, longest={"name": 40}))
    40
    """
    of_column = [most for wanted, most in profile.longest.items() if find(wanted, [name], profile) == 0]
    limits = [*of_column, *([profile.max_cell_length] if profile.max_cell_length else [])]
    return min(limits, default=None)


def required_columns(names: Sequence[str], profile: Profile) -> tuple[int, ...]:
    """Return the indices of the columns that must be filled in every row."""
    found = (find(name, names, profile) for name in (*profile.required, *profile.one_of))
    return tuple(dict.fromkeys(place for place in found if place is not None))


def only_numbers(profile: Profile) -> Profile:
    """Return a profile with only a destination's rules for numbers and their column."""
    return Profile(
        profile.name,
        phone_column=profile.phone_column,
        plus=profile.plus,
        calling_code_column=profile.calling_code_column,
        header_pattern=profile.header_pattern,
        lower_case=profile.lower_case,
        any_case=profile.any_case,
    )
