"""Destinations as the program and a configuration file describe them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from csv_preflight.config.toml import load_toml
from csv_preflight.config.values import parse_count, parse_flag, parse_size, parse_text
from csv_preflight.errors import SettingsError
from csv_preflight.model.settings import Profile
from csv_preflight.suggest import did_you_mean


@lru_cache(maxsize=1)
def built_in_profiles() -> Mapping[str, Profile]:
    """Return the destinations of profiles.toml by name."""
    return read_profiles(load_toml(Path(__file__).with_name("profiles.toml")), "profiles.toml")


def read_profiles(tables: Mapping[str, object], where: str) -> dict[str, Profile]:
    """Return the profiles of tables by name; where: the file's name in messages."""
    known = {field.name: field.type for field in fields(Profile)}
    profiles = {}
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            raise SettingsError(f"{where}: profile {name} is not a table")
        values = {key.replace("-", "_"): value for key, value in table.items()}
        for key in values:
            if key not in known or key == "name":
                raise SettingsError(f"{where}: profile {name} has no key {key}{did_you_mean(key, known)}")
        values.setdefault("title", name)
        parsers = {"max_bytes": parse_size, "max_rows": parse_count, "identifier_max_length": parse_count}
        for key in [key for key in parsers if key in values]:
            values[key] = parsers[key](values[key], f"{where}: {name}.{key}")
        for key in ("title", "phone_column", "identifier_column", "header_pattern", "source", "date"):
            if key in values:
                values[key] = parse_text(str(values[key]) if key == "date" else values[key], f"{where}: {name}.{key}")
        if "plus" in values:
            parse_flag(values["plus"], f"{where}: {name}.plus")
        if "header_pattern" in values and not _is_character_set(values["header_pattern"]):
            pattern = "one set of characters with 0 to 9 and _, such as [A-Za-z0-9_]"
            raise SettingsError(f"{where}: {name}.header_pattern is {pattern}")
        notes = values.get("notes", [])
        if not isinstance(notes, list) or not all(isinstance(note, str) for note in notes):
            raise SettingsError(f"{where}: {name}.notes is not a list of texts")
        values["notes"] = tuple(notes)
        profiles[name] = Profile(name=name, **values)
    return profiles


def _is_character_set(pattern: str) -> bool:
    try:
        # An underscore takes the place of what is not in the set, and digits tell equal names apart.
        return bool(re.fullmatch(r"\[[^\]^]+\]", pattern) and re.fullmatch(f"{pattern}+", "_0123456789"))
    except re.error:
        return False
