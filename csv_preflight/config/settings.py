"""Options by name -> Settings, all checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csv_preflight.config.table import SETTINGS
from csv_preflight.destinations import built_in_profiles, find_profile, refused, sendable_name
from csv_preflight.errors import SettingsError
from csv_preflight.model.profile import Profile
from csv_preflight.model.settings import DEFAULT_PROFILE, Settings
from csv_preflight.suggest import did_you_mean


def build_settings(values: Mapping[str, object], profiles: Mapping[str, Profile] | None = None) -> Settings:
    """Return Settings from values by field name; None means that an option is not given.

    profile: a name or a Profile; profiles: additional ones, by name.
    """
    given = {name: value for name, value in values.items() if value is not None}
    profile = find_profile(given.pop("profile", DEFAULT_PROFILE), {**built_in_profiles(), **(profiles or {})})
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name not in SETTINGS:
            raise SettingsError(f"there is no setting {name}{did_you_mean(name, [*SETTINGS, 'profile'])}")
        checked[name] = SETTINGS[name].parse(value, SETTINGS[name].name)
    settings = Settings(profile=profile, **checked)
    _check_added(settings)
    return settings


def _check_added(settings: Settings) -> None:
    """Raise SettingsError if an added column is one that the destination refuses."""
    profile = settings.profile
    for option, name in (("extension-column", settings.extension_column), ("add-timezone", settings.add_timezone)):
        if name and name not in settings.template_variables and refused([sendable_name(name, profile)], (), profile):
            raise SettingsError(
                f"{option}: {profile.name} refuses a column {name!r}; if it knows that column, name it in --variables"
            )
