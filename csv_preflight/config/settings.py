"""Options by their names -> Settings, all checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csv_preflight.config.profiles import built_in_profiles
from csv_preflight.config.table import SETTINGS
from csv_preflight.errors import SettingsError
from csv_preflight.model.settings import DEFAULT_PROFILE, Profile, Settings
from csv_preflight.suggest import did_you_mean


def build_settings(values: Mapping[str, object], profiles: Mapping[str, Profile] | None = None) -> Settings:
    """Return Settings of values by the names of its fields; None means: not given.

    profile: a name or a Profile; profiles: more of them, by name.
    """
    given = {name: value for name, value in values.items() if value is not None}
    profile = find_profile(given.pop("profile", DEFAULT_PROFILE), {**built_in_profiles(), **(profiles or {})})
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name not in SETTINGS:
            raise SettingsError(f"there is no setting {name}{did_you_mean(name, [*SETTINGS, 'profile'])}")
        checked[name] = SETTINGS[name].parse(value, SETTINGS[name].name)
    return Settings(profile=profile, **checked)


def find_profile(wanted: object, known: Mapping[str, Profile]) -> Profile:
    """Return a profile by its name; one with nothing but a name stands for the known one of that name."""
    if isinstance(wanted, Profile):
        if wanted != Profile(wanted.name):
            return wanted
        wanted = wanted.name
    if not isinstance(wanted, str) or wanted not in known:
        hint = did_you_mean(str(wanted), known) or f"; there are {', '.join(known)}"
        raise SettingsError(f"profile: there is no {wanted!r}{hint}")
    return known[wanted]
