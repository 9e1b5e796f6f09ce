"""csv-preflight.toml, pyproject.toml, options and keyword arguments -> Settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from csv_preflight.errors import SettingsError
from csv_preflight.model.settings import DEFAULT_PROFILE, Profile, Settings
from csv_preflight.suggest import did_you_mean

FILE_NAME = "csv-preflight.toml"
UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}


def parse_size(value: object, option: str) -> int:
    """Return a number of bytes, from an int or a spelling such as ``5MB`` (5,000,000) or ``5MiB``.

    >>> parse_size("5MB", "max-bytes"), parse_size("1.5 KiB", "max-bytes")
    (5000000, 1536)
    """
    found = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([a-z]{0,3})", str(value).replace(",", "").strip().lower())
    if isinstance(value, bool) or not found or found[2] not in UNITS:
        raise SettingsError(f"{option}: {value!r} is not a size; write a number of bytes, 5MB or 5MiB")
    size = int(float(found[1]) * UNITS[found[2]])
    if size < 1:
        raise SettingsError(f"{option}: must be at least 1")
    return size


def _count(value: object, option: str, least: int = 1) -> int:
    text = str(value).replace(",", "").replace("_", "").strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,15}", text) or int(text) < least:
        raise SettingsError(f"{option}: {value!r} is not a whole number of at least {least}")
    return int(text)


def _text(value: object, option: str) -> str:
    if not isinstance(value, str) or not value:
        raise SettingsError(f"{option}: {value!r} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # of bytes on the command line that are no UTF-8
        raise SettingsError(f"{option}: {value!r} is not a text") from error
    return value


def _flag(value: object, option: str) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{option}: {value!r} is neither true nor false")
    return value


def _choice(*choices: str) -> Callable[[object, str], str]:
    def parse(value: object, option: str) -> str:
        if value not in choices:
            raise SettingsError(f"{option}: {value!r} is none of {', '.join(choices)}")
        return str(value)

    return parse


def _paths(value: object, option: str) -> tuple[str, ...]:
    values = [value] if isinstance(value, str | Path) else value
    if not isinstance(values, Iterable):
        raise SettingsError(f"{option}: {value!r} is not a list of files")
    return tuple(dict.fromkeys(_path(path, option) for path in values))  # a list that is named twice is read once


def _path(value: object, option: str) -> str:
    if not isinstance(value, str | Path) or "\0" in str(value):
        raise SettingsError(f"{option}: {value!r} is no name of a file")
    return str(value)


def _max_rejects(value: object, option: str) -> str:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{1,6})?%", text):
        raise SettingsError(f"{option}: {value!r} is neither a number of rows nor a share such as 5%")
    return text


def parse_region(value: object, option: str = "region") -> str:
    """Return the ISO 3166 region that a code, a calling code with + or a name in any language means."""
    from csv_preflight.countries import find_region, listed_regions, possible_regions

    text = value.strip() if isinstance(value, str) else ""
    if region := find_region(text):
        return region
    if len(listed := listed_regions(text)) > 1:
        raise SettingsError(
            f"{option}: {value!r} means {' and '.join(listed)}, but one country is meant here; give --region-column "
            "with the column that holds each row's country, or clean a list for each country"
        )
    if possible := possible_regions(text):
        raise SettingsError(f"{option}: {value!r} may mean {' or '.join(possible)}; give the one that you want")
    raise SettingsError(f"{option}: {value!r} is not a region code such as US, GB or IN, nor a country{_near(text)}")


def _near(text: str) -> str:
    """Return the country that was probably meant, as a hint."""
    from difflib import get_close_matches

    from csv_preflight.countries import english_names

    names = {name.casefold(): region for region, name in english_names().items()}
    near = get_close_matches(text.casefold(), names, n=1, cutoff=0.75)
    return f"; did you mean {names[near[0]]}?" if near else ""


def _line_type(value: str, option: str) -> str:
    from csv_preflight.e164 import LINE_TYPES

    names = list(LINE_TYPES.values())
    name = value.strip().lower().replace("_", "-").replace(" ", "-")
    if name not in names:
        hint = did_you_mean(name, names) or f"; there are {', '.join(names)}"
        raise SettingsError(f"{option}: {value!r} is not a line type{hint}")
    return name


def _policy(one: Callable[[str, str], str]) -> Callable[[object, str], tuple[str, ...]]:
    """Parse names to keep, or, where the first begins with "!", names to leave out."""

    def parse(value: object, option: str) -> tuple[str, ...]:
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, Iterable):
            raise SettingsError(f"{option}: {value!r} is not a list of names")
        items = [str(item).strip() for item in value if str(item).strip()]
        excludes = bool(items) and items[0].startswith("!")
        if not excludes and any(item.startswith("!") for item in items):
            raise SettingsError(f"{option}: give names to keep, or names to leave out (!NAME), not both")
        return tuple("!" * excludes + one(item.removeprefix("!"), option) for item in items)

    return parse


PARSERS: Mapping[str, Callable[[Any, str], object]] = {
    "phone_column": _text,
    "identifier_column": _text,
    "region": parse_region,
    "region_column": _text,
    "max_bytes": parse_size,
    "max_rows": _count,
    "accept": _choice("valid", "possible"),
    "line_types": _policy(_line_type),
    "countries": _policy(parse_region),
    "existing": _paths,
    "suppress": _paths,
    "encoding": _text,
    "delimiter": _text,
    "keep": _choice("first", "last"),
    "require_identifier": _flag,
    "strict": _flag,
    "max_findings": lambda value, option: _count(value, option, least=0),
    "show_values": _flag,
    "max_rejects": _max_rejects,
    "plus": _flag,
    "keep_headers": _flag,
    "extension_column": _text,
    "split": _flag,
}
# Options of the commands that say what is printed, not what is done to a list: config keys all the same.
DISPLAY_OPTIONS: Mapping[str, Callable[[Any, str], object]] = {
    "output_format": _text,
    "quiet": _flag,
    "exit_zero": _flag,
    "color": _choice("auto", "always", "never"),
    "report": _paths,
    "out_dir": _path,
}


@lru_cache(maxsize=1)
def built_in_profiles() -> Mapping[str, Profile]:
    """Return the destinations of profiles.toml by name."""
    return _profiles(_load_toml(Path(__file__).with_name("profiles.toml")), "profiles.toml")


def _profiles(tables: Mapping[str, object], where: str) -> dict[str, Profile]:
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
        for key, parse in (("max_bytes", parse_size), ("max_rows", _count), ("identifier_max_length", _count)):
            if key in values:
                values[key] = parse(values[key], f"{where}: {name}.{key}")
        for key in ("title", "phone_column", "identifier_column", "header_pattern", "source", "date"):
            if key in values:
                values[key] = _text(str(values[key]) if key == "date" else values[key], f"{where}: {name}.{key}")
        if "plus" in values:
            _flag(values["plus"], f"{where}: {name}.plus")
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


def _load_toml(path: Path) -> dict[str, object]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def find_config(start: Path) -> Path | None:
    """Return the configuration file that holds for a directory: searched upward, the nearest wins."""
    for directory in (start, *start.parents):
        own = directory / FILE_NAME
        if own.is_file():
            return own
        shared = directory / "pyproject.toml"
        if shared.is_file() and "csv-preflight" in _tool_tables(_load_toml(shared)):
            return shared
    return None


def _tool_tables(document: Mapping[str, object]) -> Mapping[str, object]:
    tool = document.get("tool", {})
    return tool if isinstance(tool, Mapping) else {}


def read_config(path: Path) -> tuple[dict[str, object], dict[str, Profile]]:
    """Read a configuration file: options by their Python names, and the profiles that it adds.

    Unknown keys raise SettingsError with the nearest key.  Paths of existing and suppress files are taken from
    the directory of the configuration file.
    """
    document = _load_toml(path)
    table = document if path.name != "pyproject.toml" else _tool_tables(document).get("csv-preflight", {})
    if not isinstance(table, Mapping):
        raise SettingsError(f"{path}: tool.csv-preflight is not a table")
    options = dict(table)
    own = options.pop("profiles", {})
    if not isinstance(own, Mapping):
        raise SettingsError(f"{path}: profiles is not a table")
    names = {_key(name): name for name in ("profile", *PARSERS, *DISPLAY_OPTIONS) if name != "plus"}
    names["no-plus"] = "no_plus"
    values: dict[str, object] = {}
    for key, value in options.items():
        name = names.get(key.replace("_", "-"))
        if name is None:
            raise SettingsError(f"{path}: unknown key {key}{did_you_mean(key, names)}")
        values[name] = DISPLAY_OPTIONS[name](value, _key(name)) if name in DISPLAY_OPTIONS else value
    for name in ("existing", "suppress"):
        if name in values:
            values[name] = tuple(str(path.parent / entry) for entry in _paths(values[name], name))
    return values, _profiles(own, str(path))


def _key(name: str) -> str:
    return name.replace("_", "-")


def build_settings(values: Mapping[str, object], profiles: Mapping[str, Profile] | None = None) -> Settings:
    """Check values (by the names of Settings; profile: a name or a Profile; None: not given) and return Settings."""
    known = {**built_in_profiles(), **(profiles or {})}
    given = {name: value for name, value in values.items() if value is not None}
    if _flag(given.pop("no_plus", False), "no-plus"):
        given["plus"] = False
    profile = given.pop("profile", DEFAULT_PROFILE)
    if isinstance(profile, Profile) and profile == Profile(profile.name):
        profile = profile.name
    if not isinstance(profile, Profile):
        if not isinstance(profile, str) or profile not in known:
            hint = did_you_mean(str(profile), known) or f"; there are {', '.join(known)}"
            raise SettingsError(f"profile: there is no {profile!r}{hint}")
        profile = known[profile]
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name not in PARSERS:
            raise SettingsError(f"there is no setting {name}{did_you_mean(name, [*PARSERS, 'profile'])}")
        checked[name] = PARSERS[name](value, _key(name))
    settings = Settings(profile=profile, **checked)
    return settings if profile.plus else replace(settings, plus=False)
