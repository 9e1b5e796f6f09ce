"""An option, and words that options share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from csv_preflight.config.values import parse_flag

COLUMNS, NUMBERS, ROWS, READING, LIMITS, FILES, PRINTING = GROUPS = (
    "Columns",
    "Numbers",
    "Which rows",
    "Reading the list",
    "Destination and limits",
    "Files",
    "Output",
)
RUNS = frozenset({"check", "clean", "upload"})
READS = RUNS | {"inspect"}
WRITES = frozenset({"clean", "upload"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option.

    parse: takes a value and the option's name; raises SettingsError.  metavar: for its value, "" for a flag; choices:
    shown instead.  default: in words, what applies without the option.  commands: those that have it.  setting: it
    affects the result for a list and is a field of Settings.  key: it may be in the configuration file.
    """

    name: str
    group: str
    help: str
    parse: Callable[[Any, str], object] = parse_flag
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    short: str = ""
    multiple: bool = False
    is_path: bool = False
    commands: frozenset[str] = RUNS
    setting: bool = True
    key: bool = True

    @property
    def field(self) -> str:
        """The name as a field or keyword."""
        return self.name.replace("-", "_")

    @property
    def is_flag(self) -> bool:
        """Whether it takes no value."""
        return not self.metavar and not self.choices
