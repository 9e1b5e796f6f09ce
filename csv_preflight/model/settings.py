"""Everything that changes what a run does to a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csv_preflight.model.numbers import Numbers
from csv_preflight.model.profile import Profile
from csv_preflight.model.prompt import Prompt

# The destination that is meant unless another is named.
DEFAULT_PROFILE = "smallest-atoms"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes what a run does to a list.  None means: the profile's value, or detected.

    Values are checked where a list is read with them.
    """

    profile: Profile = Profile(DEFAULT_PROFILE)  # noqa: RUF009 - it is frozen
    phone_column: str | None = None
    identifier_column: str | None = None
    region: str | None = None
    region_column: str | None = None
    max_bytes: int | None = None
    max_rows: int | None = None
    accept: Literal["valid", "possible"] = "valid"
    line_types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    country_names: tuple[tuple[str, str], ...] = ()
    existing: tuple[str | Numbers, ...] = ()
    suppress: tuple[str | Numbers, ...] = ()
    only: tuple[str | Numbers, ...] = ()
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
    max_findings: int = 20
    show_values: bool = False
    max_rejects: str | None = None
    no_plus: bool = False
    keep_headers: bool = False
    extension_column: str | None = None
    opt_out_column: tuple[str, ...] = ()
    split: bool = False

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
