"""The command line: options -> Settings -> pipeline -> output -> exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType, TracebackType
from typing import IO, Any

import click

from csv_preflight._version import __version__
from csv_preflight.cli.clean import check, clean
from csv_preflight.cli.running import ERROR, complain, describe
from csv_preflight.cli.show import inspect, profiles, rules
from csv_preflight.cli.upload import upload
from csv_preflight.errors import PreflightError


class _ClosedPipeError(click.ClickException):
    """The reader of the standard output has gone."""

    exit_code = ERROR

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so, and let nothing more be written there, not even by Python's own flush at the end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        complain(self.message)


class _Group(click.Group):
    """Commands for which a closed pipe is an error: click itself would exit with 1, which means findings here."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ClosedPipeError("the output was closed before all was written") from error


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Exit codes: 0 ready, 1 findings that stand in the way, 2 an error.",
)
@click.version_option(__version__, prog_name="csv-preflight")
def group() -> None:
    """Check and clean a contact list before it is uploaded to a voice-campaign API."""


for _command in (check, clean, inspect, rules, profiles, upload):
    group.add_command(_command)


def _terminate(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show the traceback of a bug, and exit with 2: Python's own 1 means findings here."""
    sys.__excepthook__(kind, error, trace)
    click.echo("\nThis is a bug in csv-preflight: please report it with the lines above.", err=True)
    os._exit(ERROR)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    # Imports make many objects and no garbage: looking for some after every 700 objects costs a tenth of the start.
    gc.set_threshold(100_000)
    sys.excepthook = _bug
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        code = group.main(arguments, prog_name="csv-preflight", standalone_mode=False, obj=given)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = 128 + signal.SIGINT
    except click.ClickException as error:
        error.show()
        code = ERROR
    except PreflightError as error:
        complain(str(error))
        code = ERROR
    except OSError as error:
        complain(describe(error))
        code = ERROR
    sys.exit(code)
