"""All options; the command line, configuration keys, keywords and documentation are made from this table.

Independent of click, and quick to import.
"""

from __future__ import annotations

from collections.abc import Mapping

from csv_preflight.config.list_options import LIST_OPTIONS
from csv_preflight.config.option import Option
from csv_preflight.config.run_options import RUN_OPTIONS

OPTIONS: tuple[Option, ...] = (*LIST_OPTIONS, *RUN_OPTIONS)
SETTINGS: Mapping[str, Option] = {
    option.field: option for option in OPTIONS if option.setting and option.name != "profile"
}


def options_of(command: str) -> tuple[Option, ...]:
    """Return the options that a command has."""
    return tuple(option for option in OPTIONS if command in option.commands)
