"""Settings as keywords for type checkers, which report a misspelt one."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from csv_preflight.model.numbers import Lists
from csv_preflight.model.profile import Profile

if TYPE_CHECKING:
    import pandas

Corrected: TypeAlias = "str | os.PathLike[str] | bytes | pandas.DataFrame"


class Overrides(TypedDict, total=False):
    """The keywords of ``preflight``, ``clean_file`` and ``inspect``: options with underscores, and their types.

    max_bytes: bytes, or "5MB".  max_rejects: rows, or a share such as "5%".  max_findings: 0 for all.  existing,
    suppress, only: a path, or an iterable of paths and of numbers.  variables, countries, line_types: a list, or text
    with commas; countries and line_types keep only these, or leave out those that begin with "!".  rename: old names
    to new ones.  country_names: names in the list to regions.
    """

    profile: str | Profile
    phone_column: str | Sequence[str] | None
    identifier_column: str | None
    region: str | None
    region_column: str | None
    max_bytes: int | str | None
    max_rows: int | None
    accept: Literal["valid", "possible"]
    line_types: str | Sequence[str]
    countries: str | Sequence[str]
    country_names: Mapping[str, str] | Sequence[tuple[str, str]]
    existing: Lists
    suppress: Lists
    only: Lists
    corrections: Corrected | Sequence[Corrected]
    encoding: str | None
    delimiter: str | None
    skip_lines: int
    keep: Literal["first", "last"]
    require_identifier: bool
    variables: str | Sequence[str]
    prompt: str | os.PathLike[str] | None
    require_variables: bool
    rename: str | Sequence[str] | Mapping[str, str]
    add_timezone: str | None
    strict: bool
    max_findings: int | None
    show_values: bool
    max_rejects: int | str | None
    no_plus: bool
    keep_headers: bool
    extension_column: str | None
    opt_out_column: str | Sequence[str]
    split: bool
