"""Everything that changes what a run does to a list."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Literal, cast

from csv_preflight.model.content import Content
from csv_preflight.model.numbers import Lists, Numbers, OtherList
from csv_preflight.model.profile import Profile
from csv_preflight.model.prompt import Prompt

# The default destination.
DEFAULT_PROFILE = "smallest-atoms"
# How many findings of each rule a report keeps by default.
DEFAULT_FINDINGS = 20
# Some of these are iterables, but not of paths and numbers.
_ONE = (str, bytes, bytearray, memoryview, os.PathLike, Mapping, Numbers)
_PRIVATE = {*(other.option for other in OtherList), "corrections"}


class _ProfileField:
    """The field ``profile``: takes a profile or the name of a known one, and returns a profile."""

    def __get__(self, settings: Settings | None, owner: type | None = None) -> Profile:
        if settings is None:  # dataclass asks for the default
            return Profile(DEFAULT_PROFILE)
        profile: Profile = settings.__dict__["profile"]
        return profile

    def __set__(self, settings: Settings, value: str | Profile) -> None:
        settings.__dict__["profile"] = Profile(value) if isinstance(value, str) else value


class _ListsField:
    """The fields ``existing``, ``suppress`` and ``only``: take a path, or paths and numbers.

    An iterator is consumed at once, so that the settings can be used more than once.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, settings: Settings | None, owner: type | None = None) -> tuple[str | Numbers, ...]:
        lists: tuple[str | Numbers, ...] = () if settings is None else settings.__dict__[self._name]
        return lists

    def __set__(self, settings: Settings, value: Lists) -> None:
        is_iterable = isinstance(value, Iterable) and not isinstance(value, _ONE)
        settings.__dict__[self._name] = tuple(cast("Iterable[object]", value)) if is_iterable else value


@dataclass(frozen=True)  # no slots: some fields are descriptors
class Settings:
    """Everything that changes what a run does to a list.  None means: the profile's value, or detected.

    Each field is a command-line option, with underscores; ``csv-preflight clean --help`` explains them.  profile: a
    profile or its name.  phone_column: a name, or several; in each row, the first that holds a number counts.
    max_bytes, max_rows: limits for one file.  existing, suppress, only: paths or numbers.  corrections: corrected
    rejects of the list, as paths or contents.  max_findings: samples of each rule in the report, 0 for all; None keeps
    20 there, and all in ``Result.findings``.  max_rejects: a number of rows, such as "50", or a share such as "5%".

    Creating one never raises.  ``preflight``, ``clean_file`` and ``inspect`` check the values and raise SettingsError.
    """

    profile: _ProfileField = _ProfileField()
    phone_column: str | tuple[str, ...] | None = None
    identifier_column: str | None = None
    region: str | None = None
    region_column: str | None = None
    max_bytes: int | None = None
    max_rows: int | None = None
    accept: Literal["valid", "possible"] = "valid"
    line_types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    country_names: tuple[tuple[str, str], ...] = ()
    existing: _ListsField = _ListsField()
    suppress: _ListsField = _ListsField()
    only: _ListsField = _ListsField()
    corrections: tuple[str | Content, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    skip_lines: int = 0
    keep: Literal["first", "last"] = "first"
    require_identifier: bool = False
    variables: tuple[str, ...] = ()
    prompt: Prompt | None = None
    require_variables: bool = False
    rename: tuple[str, ...] = ()
    add_timezone: str | None = None
    strict: bool = False
    max_findings: int | None = None
    show_values: bool = False
    max_rejects: str | None = None
    no_plus: bool = False
    keep_headers: bool = False
    extension_column: str | None = None
    opt_out_column: tuple[str, ...] = ()
    split: bool = False

    def __repr__(self) -> str:
        """Return what differs from the defaults, except for numbers and rows."""
        values = {one.name: (getattr(self, one.name), one.default) for one in fields(self)}
        changed = {name: value for name, (value, default) in values.items() if value != default}
        shown = [f"{name}={'…' if name in _PRIVATE else repr(value)}" for name, value in changed.items()]
        return f"Settings({', '.join(shown)})"

    @property
    def samples(self) -> int:
        """How many samples of each rule a report keeps, 0 for all."""
        return DEFAULT_FINDINGS if self.max_findings is None else self.max_findings

    @property
    def phone_columns(self) -> tuple[str, ...]:
        """The named phone columns, in the order in which they count."""
        named = self.phone_column
        return (named,) if isinstance(named, str) else named or ()

    @property
    def plus(self) -> bool:
        """Whether numbers are written with a plus sign."""
        return self.profile.plus and not self.no_plus

    @property
    def template_variables(self) -> tuple[str, ...]:
        """The template's variables: those that were named and those in the prompt."""
        prompt = self.prompt
        if prompt is None:
            return self.variables
        found = prompt.in_single if self.profile.variables == "{name}" else prompt.in_double
        return tuple(dict.fromkeys((*self.variables, *found)))

    @property
    def renames(self) -> dict[str, str]:
        """Old column names to new ones."""
        return {old: new for old, _, new in (pair.rpartition("=") for pair in self.rename)}
