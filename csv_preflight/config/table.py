"""Every option: the command line, the configuration keys, the keywords and the documentation are made from this table.

It says nothing of click, and imports nothing that takes time.
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
