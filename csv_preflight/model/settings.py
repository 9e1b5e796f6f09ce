"""Everything that changes what a run does to a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from csv_preflight.model.numbers import Numbers

# The destination that is meant unless another is named.
DEFAULT_PROFILE = "smallest-atoms"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one destination accepts; None where its documents say nothing.

    In settings, one with nothing but a name stands for the known profile of that name.
    """

    name: str
    title: str = ""
    max_bytes: int | None = None
    max_rows: int | None = None
    phone_column: str | None = None
    identifier_column: str | None = None
    identifier_max_length: int | None = None
    header_pattern: str | None = None
    plus: bool = True
    source: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that changes what a run does to a list.  None means: the profile's value, or detected.

    Values are checked where a list is read with them.
    """

    profile: Profile = Profile(DEFAULT_PROFILE)
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
