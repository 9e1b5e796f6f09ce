"""Everything that changes what a run does to a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from csv_preflight.model.content import Content
from csv_preflight.model.numbers import Numbers
from csv_preflight.model.profile import Profile
from csv_preflight.model.prompt import Prompt

# The destination unless another is named.
DEFAULT_PROFILE = "smallest-atoms"
# Findings of each rule that a report keeps unless the user asks for more or fewer.
DEFAULT_FINDINGS = 20


class _ProfileField:
    """The field ``profile``: set to a profile or the name of a known one, it reads as a profile."""

    def __get__(self, settings: Settings | None, owner: type | None = None) -> Profile:
        if settings is None:  # asked by dataclass for the default
            return Profile(DEFAULT_PROFILE)
        profile: Profile = settings.__dict__["profile"]
        return profile

    def __set__(self, settings: Settings, value: str | Profile) -> None:
        settings.__dict__["profile"] = Profile(value) if isinstance(value, str) else value


@dataclass(frozen=True)  # no slots: ``profile`` is a descriptor
class Settings:
    """Everything that changes what a run does to a list.  None means: the profile's value, or detected.

    Each field is an option of the command line, with underscores; ``csv-preflight clean --help`` explains them.
    profile: a profile or the name of one.  phone_column: a name, or several, of which the first that holds a number
    counts in each row.  max_bytes: bytes of one file; max_rows: rows of one file.  existing, suppress, only: paths, or
    numbers.  corrections: corrected rejects of the list, as paths or contents.  max_findings: samples of each rule in
    the report, 0 for all; None keeps 20 there, and all in ``Result.findings``.  max_rejects: "50" rows, or a share
    such as "5%".

    Making one raises nothing.  Values are checked by ``preflight``, ``clean_file`` and ``inspect``, which raise
    SettingsError.
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
    existing: tuple[str | Numbers, ...] = field(default=(), repr=False)
    suppress: tuple[str | Numbers, ...] = field(default=(), repr=False)
    only: tuple[str | Numbers, ...] = field(default=(), repr=False)
    corrections: tuple[str | Content, ...] = field(default=(), repr=False)
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

    @property
    def samples(self) -> int:
        """Samples of each rule that a report keeps, 0 for all."""
        return DEFAULT_FINDINGS if self.max_findings is None else self.max_findings

    @property
    def phone_columns(self) -> tuple[str, ...]:
        """The phone columns that were named, in the order in which they count."""
        named = self.phone_column
        return (named,) if isinstance(named, str) else named or ()

    @property
    def plus(self) -> bool:
        """Whether numbers are written with a plus sign."""
        return self.profile.plus and not self.no_plus

    @property
    def template_variables(self) -> tuple[str, ...]:
        """The variables of the template, those that were named and those of the prompt."""
        prompt = self.prompt
        if prompt is None:
            return self.variables
        found = prompt.in_single if self.profile.variables == "{name}" else prompt.in_double
        return tuple(dict.fromkeys((*self.variables, *found)))

    @property
    def renames(self) -> dict[str, str]:
        """The new names of columns by their old ones."""
        return {old: new for old, _, new in (pair.rpartition("=") for pair in self.rename)}
