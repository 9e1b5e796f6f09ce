"""What one destination accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Profile:
    """What one destination accepts; None or empty where its documents say nothing.

    In settings, a profile with only a name means the known profile of that name.

    called: the destination's word for one upload.  max_bytes, max_rows, max_columns: of one file.  phone_column,
    identifier_column: names that the destination fixes.  plus: whether numbers have a plus sign.  calling_code_column:
    where it is set, that column has the calling code, and the phone column the national number.  countries: regions
    whose numbers it takes.  line_types: those that are called, or, with "!", those that are not.  header_pattern: one
    set of characters, such as [A-Za-z0-9_].  lower_case: names must be in lower case.  any_case: case does not
    matter in names.  max_name_length, max_cell_length, identifier_max_length: in characters; longest: the same for some
    columns, by name.  required: columns that must exist and be filled in every row.  one_of: exactly one of these must
    exist and be filled.  allowed: the only columns it takes, besides the phone column and the template's variables;
    None for any.  refused: columns that it refuses, and refused_why.  any_spelling: its documents do not spell the
    names in required, one_of and longest.  reserved: variables that it fills itself.  variables: how a prompt writes
    one.  variables_filled: each must be filled in every row.  quotes: whether cells may be quoted.  source, date: of
    all limits.
    """

    name: str
    title: str = ""
    called: str = ""
    max_bytes: int | None = None
    max_rows: int | None = None
    max_columns: int | None = None
    phone_column: str | None = None
    plus: bool = True
    calling_code_column: str | None = None
    countries: tuple[str, ...] = ()
    line_types: tuple[str, ...] = ()
    identifier_column: str | None = None
    identifier_max_length: int | None = None
    header_pattern: str | None = None
    lower_case: bool = False
    any_case: bool = False
    max_name_length: int | None = None
    max_cell_length: int | None = None
    longest: Mapping[str, int] = field(default_factory=dict, hash=False)
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    allowed: tuple[str, ...] | None = None
    refused: tuple[str, ...] = ()
    refused_why: str = ""
    any_spelling: bool = False
    reserved: tuple[str, ...] = ()
    variables: Literal["{{name}}", "{name}"] = "{{name}}"
    variables_filled: bool = False
    quotes: bool = True
    source: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()
