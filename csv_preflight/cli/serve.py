"""The command serve: a page on this machine, for people without a terminal."""

from __future__ import annotations

import click

from csv_preflight.cli.options import Command
from csv_preflight.cli.running import READY


@click.command(cls=Command, example="csv-preflight serve")
@click.option(
    "--port", metavar="N", type=click.IntRange(0, 65535), default=0, help="Port of the page [default: a free one]."
)
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def serve(port: int, no_open: bool) -> int:
    """Open a page on this machine: drop a list, get the clean file."""
    from csv_preflight import web

    web.serve(port, open_browser=not no_open, announce=_announce)
    return READY


def _announce(address: str) -> None:
    click.echo(f"csv-preflight is at {address}")
    click.echo("Only this machine can open it, and nobody should see the address. Ctrl-C ends.")
