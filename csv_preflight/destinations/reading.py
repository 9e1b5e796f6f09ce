"""TOML tables -> profiles: built-in ones, and those of a configuration file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from csv_preflight.config.toml import load_toml
from csv_preflight.config.values import (
    choice_of,
    parse_count,
    parse_flag,
    parse_line_type,
    parse_region,
    parse_size,
    parse_text,
    policy_of,
)
from csv_preflight.errors import SettingsError
from csv_preflight.model.profile import Profile
from csv_preflight.suggest import did_you_mean, nearest


@lru_cache(maxsize=1)
def built_in_profiles() -> Mapping[str, Profile]:
    """Return the destinations of profiles.toml by name."""
    return read_profiles(load_toml(Path(__file__).with_name("profiles.toml")), "profiles.toml")


def read_profiles(tables: Mapping[str, object], where: str) -> dict[str, Profile]:
    """Return profiles by name.  where: the file's name in messages.  Raises SettingsError."""
    return {name: _profile(name, table, where) for name, table in tables.items()}


def find_profile(wanted: object, known: Mapping[str, Profile]) -> Profile:
    """Return a profile by its name; a profile object with only a name means the known one of that name."""
    if isinstance(wanted, Profile):
        if wanted != Profile(wanted.name):
            return wanted
        wanted = wanted.name
    if not isinstance(wanted, str) or wanted not in known:
        names = f"there are {', '.join(known)}"
        near = nearest(str(wanted), known)
        hint = f"did you mean {' or '.join(near)}? {names.capitalize()}" if near else names
        raise SettingsError(f"profile: there is no {wanted!r}; {hint}")
    return known[wanted]


def _profile(name: str, table: object, where: str) -> Profile:
    if not isinstance(table, Mapping):
        raise SettingsError(f"{where}: profile {name} is not a table")
    values: dict[str, object] = {}
    for written, value in table.items():
        key = written.replace("-", "_")
        if key not in _PARSERS:
            raise SettingsError(f"{where}: profile {name} has no key {key}{did_you_mean(key, _PARSERS)}")
        values[key] = _PARSERS[key](value, f"{where}: {name}.{key}")
    made = Profile(name=name, **{"title": name, **values})  # type: ignore[arg-type]  # each was parsed by its field
    _check(made, f"{where}: {name}")
    return made


def _check(profile: Profile, where: str) -> None:
    """Raise SettingsError if two keys contradict each other."""
    for key, column in (("phone_column", profile.phone_column), ("calling_code_column", profile.calling_code_column)):
        if column and column in profile.refused:
            raise SettingsError(f"{where}: refused has the {key} {column!r}")
    if profile.calling_code_column and profile.calling_code_column == profile.phone_column:
        raise SettingsError(f"{where}: calling_code_column is the phone column")
    if profile.lower_case and profile.header_pattern and not re.fullmatch(profile.header_pattern, "a"):
        raise SettingsError(f"{where}: lower_case needs lower case letters in header_pattern")


def _parse_pattern(value: object, option: str) -> str:
    pattern = parse_text(value, option)
    if not _is_character_set(pattern):
        raise SettingsError(
            f"{option} is one set of characters with 0 to 9 and _, such as [A-Za-z0-9_], or [^.] for all but dots"
        )
    return pattern


def _is_character_set(pattern: str) -> bool:
    try:
        # Underscores replace characters outside the set, and digits make equal names different.
        return bool(re.fullmatch(r"\[\^?[^\]^]+\]", pattern) and re.fullmatch(f"{pattern}+", "_0123456789"))
    except re.error:
        return False


def _parse_texts(value: object, option: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise SettingsError(f"{option} is not a list of texts")
    return tuple(dict.fromkeys(value))


def _parse_regions(value: object, option: str) -> tuple[str, ...]:
    return tuple(parse_region(one, option) for one in _parse_texts(value, option))


def _parse_lengths(value: object, option: str) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise SettingsError(f"{option} is not a table of column names and numbers of characters")
    return {str(name): parse_count(most, f"{option}.{name}") for name, most in value.items()}


def _parse_date(value: object, option: str) -> str:
    return parse_text(str(value), option)  # TOML has a date type


_OF_TYPE: Mapping[str, Callable[[object, str], object]] = {
    "str": parse_text,
    "str | None": parse_text,
    "int | None": parse_count,
    "bool": parse_flag,
    "tuple[str, ...]": _parse_texts,
    "tuple[str, ...] | None": _parse_texts,
    "Mapping[str, int]": _parse_lengths,
}
_OF_KEY: Mapping[str, Callable[[object, str], object]] = {
    "max_bytes": parse_size,
    "countries": _parse_regions,
    "line_types": policy_of(parse_line_type),
    "header_pattern": _parse_pattern,
    "variables": choice_of("{{name}}", "{name}"),
    "date": _parse_date,
}
_PARSERS: Mapping[str, Callable[[object, str], object]] = {
    field.name: _OF_KEY.get(field.name) or _OF_TYPE[str(field.type)]
    for field in fields(Profile)
    if field.name != "name"
}
