"""A rule: one thing that can be wrong with a contact list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What a finding means for the file or row."""

    STOP = "stop"
    REJECT = "reject"
    FIX = "fix"
    WARN = "warn"


class Group(StrEnum):
    """What a rule is about."""

    FILE = "file"
    HEADER = "header"
    RECORD = "record"  # a row that could not be split into cells; its text is in preflight_raw
    PHONE = "phone"
    IDENTIFIER = "identifier"
    VARIABLE = "variable"
    LISTED = "listed"  # the row is fine, but its number is in a list: nothing to correct
    OTHER_LIST = "other-list"
    LIMIT = "limit"


Parameters = Mapping[str, object]
# Of all rows, how many are many.
MANY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong with a contact list, and all texts about it.

    ``message`` is a str.format template for the parameters of a finding.  ``words`` has, by parameter, a text for each
    possible value; these texts are templates, too.  ``columns`` lists the parameters with column names, ``regions``
    those with regions, which messages show as names of countries, and ``facts`` those with words of the program or the
    command line.  Any other text counts as a cell of the list and is masked, so that no rule quotes a cell by mistake.

    ``remedy`` says what to do at a terminal, ``advice`` what to do in a spreadsheet.
    """

    code: str
    name: str
    title: str
    outcome: Outcome
    group: Group
    message: str
    why: str
    example: str
    """What is in a list where the rule is found."""
    parameters: Parameters = field(default_factory=dict)
    """Those of the example's message."""
    remedy: str
    """What to do, for someone at a terminal."""
    spreadsheet: str = ""
    """What to do, for someone with a spreadsheet; empty where ``remedy`` serves both."""
    columns: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    at_fault: Mapping[str, str] = field(default_factory=dict)
    """The option that is at fault where it was given, by the parameter ``problem``; by "" whatever the problem."""
    common_cause: str = ""
    """The question to ask where the rule takes many rows: a template for phone, identifier, delimiter and region."""
    inspect_helps: bool = False
    """Whether ``inspect`` answers that question."""
    common_share: float = MANY
    """Of all rows, how many are many: few are enough where one setting would save them."""
    region_column_cause: str = ""
    """The same where a column of countries was given: a template for region_column."""
    area_column_cause: str = ""
    """The same where a column seems to hold the area codes: a template for area_column and formula."""
    lost_plus: bool = False
    """Whether the numbers that it rejects may have lost their plus sign."""
    split_helps: bool = False
    """Whether cutting the list into several files is a way out."""
    ways: Mapping[str, str] = field(default_factory=dict)
    """Parameters that say how to go on, each with the option that takes it: every value makes a command."""
    unused_option: str = ""
    """The option that would use the column which the rule is about."""
    is_repeat: bool = False
    """Whether it rejects repeats of a number in the list."""
    follows: bool = False
    """Whether it only follows from the findings of other rules."""
    leaves_rows_unread: bool = False
    """Whether it is about rows of another list that could not be read; it stops a list if these are most."""
    is_misfit: bool = False
    """Whether it sets aside records that have another number of fields than the header."""
    explains_rejects: bool = False
    """Whether the rows after it are rejected because of it, whatever their own rules ask."""
    about_corrections: bool = False
    """Whether it is about corrected rejects."""

    @property
    def advice(self) -> str:
        """What to do, for someone with a spreadsheet and no terminal."""
        return self.spreadsheet or self.remedy
