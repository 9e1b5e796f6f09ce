"""The command line: options -> Settings -> pipeline -> output -> exit code."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any, TextIO

import click

from csv_preflight._version import __version__
from csv_preflight.cli.failing import describe
from csv_preflight.cli.running import ERROR, complain, for_stream
from csv_preflight.errors import PreflightError
from csv_preflight.reports.printable import printable
from csv_preflight.shell import joined, program, quoted
from csv_preflight.suggest import did_you_mean

# Up to this many words are tried as one file name that lacks its quotes.
MOST_PIECES = 10
# The commands and their modules in this package; only the module of the called command is imported.
_COMMANDS = {
    "check": "clean",
    "clean": "clean",
    "inspect": "show",
    "convert": "convert",
    "rules": "show",
    "profiles": "show",
    "upload": "upload",
    "serve": "serve",
}


class _OutputError(click.ClickException):
    """The standard output cannot be written any more."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the error in the program's own format."""
        complain(self.message)


@contextlib.contextmanager
def _output_errors() -> Iterator[None]:
    """Make errors of writing name the standard output, which they do not by themselves."""
    try:
        yield
    except BrokenPipeError as error:
        raise _OutputError("the output was closed before all was written") from error
    except OSError as error:
        if error.filename is None and error.strerror:
            raise _OutputError(f"the standard output: {error.strerror}") from error
        raise


def _no_command(name: str, words: Sequence[str], commands: Sequence[str]) -> str:
    """Return a message with what to type instead of a word that is no command."""
    if Path(name).suffix or Path(name).exists():
        from csv_preflight.cli.convert import WORKBOOKS

        command = "convert" if Path(name).suffix.lower() in WORKBOOKS else "check"
        what = "make a CSV of the workbook" if command == "convert" else "see whether the list is ready"
        typed = printable(joined([*program(), command, *words]))
        return f"a command comes before the file; to {what}, type:\n  {typed}"
    hint = did_you_mean(name, commands) or f"; the commands are {', '.join(commands)}"
    return f"there is no command {printable(name)}{hint}"


class _Group(click.Group):
    """Commands for which a closed pipe is an error with code 2; click would exit with 1, which means findings here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"csv_preflight.cli.{_COMMANDS[cmd_name]}"), cmd_name)
        return command

    def make_context(self, *arguments: Any, **keywords: Any) -> click.Context:
        with _output_errors():  # for --help and --version
            return super().make_context(*arguments, **keywords)

    def invoke(self, ctx: click.Context) -> Any:
        with _output_errors():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the called command; if it is a file instead, fail with what to type."""
        name = args[0]
        if name not in _COMMANDS and not ctx.resilient_parsing:
            raise click.UsageError(_no_command(name, args, list(_COMMANDS)), ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog="Begin with: csv-preflight check contacts.csv. "
    "Exit codes: 0 ready, 1 something has to be fixed first, 2 an error.",
)
@click.version_option(__version__, prog_name="csv-preflight")
def group() -> None:
    """Check and clean a contact list before it is uploaded to a voice-campaign API."""


def _is_stuck(stream: TextIO) -> bool:
    """Whether a stream cannot be flushed; if so, drop what is left in it.

    Otherwise Python would try again at exit, and exit with 120.
    """
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return True
    return False


def _prepare_streams() -> None:
    """Let both streams take all of Unicode.  If closed, writing to stdout fails, and to stderr does nothing."""
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w")  # noqa: SIM115, PTH123 - of this process
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115, PTH123 - likewise
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _terminate(number: int, _: FrameType | None) -> None:
    complain({signal.SIGTERM: "terminated"}.get(signal.Signals(number), "the terminal was closed"))
    sys.exit(128 + number)


def _handle_signals() -> None:
    """End on signals as on errors, leaving nothing behind, but not on signals that are ignored (nohup)."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _terminate)


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print the traceback of a bug, and exit with 2: Python's 1 would mean findings."""
    if issubclass(kind, KeyboardInterrupt):  # a second Ctrl-C, while the first ends the run
        os._exit(128 + signal.SIGINT)
    try:
        sys.__excepthook__(kind, error, trace)
        complain("this is a bug; please report it with the lines above")
    finally:
        os._exit(ERROR)


def _start_lightly() -> None:
    """Turn off what a short run does not need, which saves a sixth of its time."""
    gc.set_threshold(100_000)  # imports create many objects and no garbage
    atexit.register(gc.freeze)  # the memory of a process that ends need not be freed
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else numpy starts a thread for each core


def _show(error: click.ClickException, given: Sequence[str]) -> None:
    """Print a usage error like click, wrapped for the terminal.  given: the words of the command."""
    text = io.StringIO()
    error.show(text)
    if shown := text.getvalue().rstrip("\n"):
        click.echo(for_stream(shown, sys.stderr, given), err=True)


def _tell_name_in_pieces(words: Sequence[str]) -> None:
    """Say so if some words of the command are one file whose name has spaces and lacks its quotes."""
    for start, word in enumerate(words):
        if word.startswith("-") or os.path.exists(word):  # noqa: PTH110 - no error for an odd name
            continue
        for end in range(start + 2, min(start + MOST_PIECES, len(words)) + 1):
            name = " ".join(words[start:end])
            if os.path.isfile(name):  # noqa: PTH113 - likewise
                complain(f"{printable(name)} is one file: put its name in quotes, {printable(quoted(name))}", name)
                return


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    _start_lightly()
    sys.excepthook = _bug
    _prepare_streams()
    _handle_signals()
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        code = group.main(arguments, prog_name="csv-preflight", standalone_mode=False, obj=given)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        complain("interrupted")
        code = 128 + signal.SIGINT
    except click.ClickException as error:
        with contextlib.suppress(OSError):  # stderr is closed
            _show(error, given)
        code = ERROR
    except PreflightError as error:
        complain(str(error), *given)
        code = ERROR
    except OSError as error:
        complain(describe(error), *given)
        code = ERROR
    if code == ERROR:
        _tell_name_in_pieces(given)
    if _is_stuck(sys.stdout):
        code = code if code > 128 else ERROR
    _is_stuck(sys.stderr)
    sys.exit(code)
