"""Read csv-preflight.toml and pyproject.toml: options by name, and the user's profiles."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from csv_preflight.config.table import OPTIONS
from csv_preflight.config.toml import load_toml
from csv_preflight.config.values import parse_country_names, parse_path, parse_paths
from csv_preflight.destinations import read_profiles
from csv_preflight.errors import SettingsError
from csv_preflight.model.numbers import OtherList
from csv_preflight.model.profile import Profile
from csv_preflight.suggest import did_you_mean

FILE_NAME = "csv-preflight.toml"


def find_config(start: Path) -> Path | None:
    """Return the configuration file for a directory: the nearest one, searched upward."""
    for directory in (start, *start.parents):
        own = directory / FILE_NAME
        if own.is_file():
            return own
        shared = directory / "pyproject.toml"
        if shared.is_file() and "csv-preflight" in _tool_tables(load_toml(shared)):
            return shared
    return None


def _tool_tables(document: Mapping[str, object]) -> Mapping[str, object]:
    tool = document.get("tool", {})
    return tool if isinstance(tool, Mapping) else {}


def read_config(path: Path) -> tuple[dict[str, object], dict[str, Profile]]:
    """Read a configuration file: options by Python name, and the profiles that it adds.

    Unknown keys raise SettingsError with the nearest key.  Paths of other lists and of the prompt are relative to the
    configuration file.
    """
    document = load_toml(path)
    table = document if path.name != "pyproject.toml" else _tool_tables(document).get("csv-preflight", {})
    if not isinstance(table, Mapping):
        raise SettingsError(f"{path}: tool.csv-preflight is not a table")
    options = dict(table)
    own = options.pop("profiles", {})
    if not isinstance(own, Mapping):
        raise SettingsError(f"{path}: profiles is not a table")
    names = {option.name: option for option in OPTIONS if option.key}
    values: dict[str, object] = {}
    for key, value in options.items():
        option = names.get(key.replace("_", "-"))
        if option is None:
            raise SettingsError(f"{path}: unknown key {key}{did_you_mean(key, names)}")
        values[option.field] = value if option.setting else option.parse(value, option.name)
    if isinstance(values.get("countries"), Mapping):
        # A table has names of countries, a list the countries to keep.
        values["country_names"] = parse_country_names(values.pop("countries"), "countries")
    for name in (other.option for other in OtherList):
        if name in values:
            values[name] = tuple(path.parent / entry for entry in parse_paths(values[name], name))
    if "prompt" in values:
        values["prompt"] = str(path.parent / parse_path(values["prompt"], "prompt"))
    return values, read_profiles(own, str(path))
