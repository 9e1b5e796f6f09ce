"""The commands of the command line, by name."""

from __future__ import annotations

import click

from csv_preflight.cli import group

_CONTEXT = click.Context(group)
BY_NAME: dict[str, click.Command] = {
    name: command for name in group.list_commands(_CONTEXT) if (command := group.get_command(_CONTEXT, name))
}
