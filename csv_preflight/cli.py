"""The command line: options -> Settings -> pipeline -> output -> exit code."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, TextIO, TypeVar

import click

from csv_preflight._version import __version__
from csv_preflight.errors import SettingsError

if TYPE_CHECKING:
    from csv_preflight.library import Progress
    from csv_preflight.model import Profile, Report, Settings

READY, FINDINGS, ERROR = 0, 1, 2
REPORT_SUFFIXES = (".json",)

Command = TypeVar("Command", bound=Callable[..., Any])

_SETTINGS_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--phone-column",), {"metavar": "NAME", "help": "Column of phone numbers, if it can not be told by itself."}),
    (("--identifier-column",), {"metavar": "NAME", "help": "Column of names or other identifiers."}),
    (("--region",), {"metavar": "CC", "help": "Country of numbers without a country code, such as US, GB or IN."}),
    (("--region-column",), {"metavar": "NAME", "help": "Column with each row's country; wins over --region."}),
    (("--profile",), {"metavar": "NAME", "help": "Destination whose limits hold [default: smallest-atoms]."}),
    (("--max-bytes",), {"metavar": "N", "help": "Largest file, such as 5MB, in place of the profile's."}),
    (("--max-rows",), {"metavar": "N", "help": "Most rows, in place of the profile's."}),
    (("--accept",), {"type": click.Choice(["valid", "possible"]), "help": "Which numbers pass [default: valid]."}),
    (("--line-types",), {"metavar": "LIST", "help": "Keep only these line types; !NAME leaves one out."}),
    (("--countries",), {"metavar": "LIST", "help": "Keep only these countries; !CC leaves one out."}),
    (("--existing",), {"metavar": "FILE", "multiple": True, "help": "Numbers already in the audience (repeatable)."}),
    (("--suppress",), {"metavar": "FILE", "multiple": True, "help": "Numbers never to be called (repeatable)."}),
    (("--encoding",), {"metavar": "NAME", "help": "Text encoding, in place of the detected one."}),
    (("--delimiter",), {"metavar": "CHAR", "help": "Field delimiter, in place of the detected one."}),
    (("--keep",), {"type": click.Choice(["first", "last"]), "help": "Which row of a number stays [default: first]."}),
    (("--extension-column",), {"metavar": "NAME", "help": "Column that keeps the extensions of numbers."}),
    (("--max-rejects",), {"metavar": "N|P%", "help": "Write nothing if more rows than this are rejected."}),
    (("--no-plus",), {"is_flag": True, "help": "Write numbers without the plus sign."}),
    (("--keep-headers",), {"is_flag": True, "help": "Leave the column names as they are."}),
    (("--require-identifier",), {"is_flag": True, "help": "Reject rows without an identifier."}),
    (("--strict",), {"is_flag": True, "help": "Warnings fail too."}),
    (("--max-findings",), {"metavar": "N", "help": "Findings shown a rule, 0 for all [default: 20]."}),
    (("--show-values",), {"is_flag": True, "help": "Show cells unmasked."}),
    (("--config",), {"metavar": "FILE", "help": "Configuration file, in place of the one that is found."}),
)

_DISPLAY_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--output-format",), {"type": click.Choice(["text", "json"]), "help": "Form of what is printed."}),
    (("--quiet", "-q"), {"is_flag": True, "help": "Print findings only."}),
    (("--exit-zero",), {"is_flag": True, "help": "Exit with 0 even where there are findings."}),
    (("--color",), {"type": click.Choice(["auto", "always", "never"]), "help": "Colour [default: auto]."}),
    (("--stdin-name",), {"metavar": "NAME", "help": "Name of the standard input in messages [default: stdin.csv]."}),
)


def _with_options(
    *groups: Sequence[tuple[tuple[str, ...], dict[str, Any]]],
) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for group in reversed(groups):
            for names, keywords in reversed(group):
                given = {"default": None, **keywords} if not keywords.get("multiple") else keywords
                command = click.option(*names, **given)(command)
        return command

    return decorate


class _ClosedPipeError(click.ClickException):
    """The reader of the standard output has gone."""

    exit_code = ERROR

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so, and let nothing more be written there, not even by Python's own flush at the end."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _complain(self.message)


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


@group.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_with_options(_SETTINGS_OPTIONS, _DISPLAY_OPTIONS)
def check(files: tuple[str, ...], **options: Any) -> int:
    """Say whether FILE is ready as it is; nothing is written."""
    from csv_preflight.library import check_file, open_lists

    given, settings = _settings(options)
    lists = open_lists(settings)
    code = READY
    for path in files:
        with _failing_alone(path, several=len(files) > 1) as failed, _opened(path, given) as (file, name):
            with _Progress(given, path) as progress:
                report = check_file(file, name, settings, lists, progress)
            _print(report, given, checked=True, to=sys.stdout)
            code = max(code, READY if report.ready else FINDINGS)
        code = max(code, ERROR if failed else READY)
    return _exit_code(code, given)


@group.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE")
@click.option(
    "--output", "-o", metavar="PATH", help="The clean CSV [default: NAME.clean.csv]; - is the standard output."
)
@click.option("--rejects", metavar="PATH", help="The rejected rows [default: NAME.rejects.csv].")
@click.option("--report", metavar="PATH", multiple=True, help="The report, .json [default: NAME.report.json].")
@click.option("--out-dir", metavar="DIR", help="Directory for all files that are not named.")
@click.option("--split", is_flag=True, default=None, help="Write NAME.clean.001.csv and so on, each within the limits.")
@click.option("--in-place", is_flag=True, default=None, help="Rewrite FILE... itself, unless rows would be rejected.")
@_with_options(_SETTINGS_OPTIONS, _DISPLAY_OPTIONS)
def clean(
    files: tuple[str, ...], in_place: bool | None, output: str | None, rejects: str | None, **options: Any
) -> int:
    """Write the rows of FILE that are ready, the rejected ones apart, and a report."""
    from dataclasses import replace

    from csv_preflight.library import open_lists, write_files
    from csv_preflight.output.files import leftovers, parts_from

    if len(files) > 1 and not in_place:
        raise click.UsageError("clean takes one FILE; several only with --in-place")
    if in_place and (output or rejects or options["out_dir"] or "-" in files):
        raise click.UsageError("--in-place goes with none of -o, --rejects, --out-dir and the standard input")
    if options["split"] and (in_place or output == "-"):
        raise click.UsageError("--split writes several files; it goes with neither --in-place nor -o -")
    given, settings = _settings(options)
    if settings.split and (in_place or output == "-"):
        settings = replace(settings, split=False)  # as the configuration file says, where it can be done
    for report_path in given.get("report") or ():
        if Path(report_path).suffix not in REPORT_SUFFIXES:
            raise click.UsageError(f"--report {report_path}: the name must end in {' or '.join(REPORT_SUFFIXES)}")
    lists = open_lists(settings)
    code = READY
    for path in files:
        with _failing_alone(path, several=len(files) > 1) as failed, _opened(path, given) as (file, name):
            targets = _targets(path, name, given, output, rejects, in_place=bool(in_place))
            for leftover in leftovers(Path(targets.clean).parent):
                _complain(f"{leftover} was left by a run that was killed; it holds rows of a list, delete it")
            if not settings.split and targets.clean != "-" and (parts := parts_from(targets.clean, 1)):
                _complain(f"{parts[0]} was written by an earlier --split; do not upload both")
            with _Progress(given, path) as progress:
                report = write_files(file, name, settings, targets, lists, progress)
            code = max(code, _print_cleaned(report, given, in_place=bool(in_place), to_stdout=output == "-"))
        code = max(code, ERROR if failed else READY)
    return _exit_code(code, given)


def _print_cleaned(report: Report, given: Mapping[str, Any], *, in_place: bool, to_stdout: bool) -> int:
    """Print what was done; return the exit code."""
    if in_place:
        if not report.findings:
            return READY
        _print(report, given, checked=not report.outputs, to=sys.stdout)
        return FINDINGS if report.outputs or not report.ready else READY
    _print(report, given, checked=False, to=sys.stderr if to_stdout else sys.stdout)
    return READY if report.ready else FINDINGS


def _targets(
    path: str, name: str, given: Mapping[str, Any], output: str | None, rejects: str | None, *, in_place: bool
) -> Any:
    from csv_preflight.library import Targets

    reports = tuple(given.get("report") or ())
    if in_place:
        return Targets(path, None, reports, in_place=True, reports_asked_for=True)
    place = Path(given.get("out_dir") or ("." if path == "-" else Path(path).parent))
    stem = Path(name).name
    stem = stem[: -len(Path(stem).suffix)] if Path(stem).suffix.lower() in (".csv", ".txt", ".tsv") else stem
    if given.get("out_dir"):
        place.mkdir(parents=True, exist_ok=True)
    return Targets(
        clean=output or str(place / f"{stem}.clean.csv"),
        rejects=rejects or str(place / f"{stem}.rejects.csv"),
        reports=reports or (str(place / f"{stem}.report.json"),),
        reports_asked_for=bool(reports),
    )


@group.command()
@click.argument("file")
@_with_options(_SETTINGS_OPTIONS, _DISPLAY_OPTIONS)
def inspect(file: str, **options: Any) -> int:
    """Show encoding, dialect, header, and the likely phone column and countries of FILE."""
    from csv_preflight.inspection import inspect_file, render

    given, settings = _settings(options)
    with _opened(file, given) as (opened, name):
        found = inspect_file(opened, name, settings)
    if given.get("output_format") == "json":
        import json

        click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        click.echo(render(found), nl=False)
    return READY if found.readable else FINDINGS


@group.command()
@click.argument("code", required=False)
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="Form of what is printed.")
def rules(code: str | None, output_format: str) -> int:
    """List every rule, or explain the one with CODE: what, why, an example, the remedy."""
    from csv_preflight.output.catalogue import rules_json, rules_text

    wanted = _rule_code(code) if code else None
    click.echo(rules_json(wanted) if output_format == "json" else rules_text(wanted), nl=False)
    return READY


def _rule_code(code: str) -> str:
    from csv_preflight.rules import RULES
    from csv_preflight.suggest import did_you_mean

    for rule in RULES:
        if code.upper() == rule.code or code.lower() == rule.name:
            return rule.code
    hint = did_you_mean(code, [rule.name for rule in RULES] + [rule.code for rule in RULES])
    raise click.UsageError(f"there is no rule {code}{hint}")


@group.command()
@click.argument("name", required=False)
@click.option("--config", metavar="FILE", help="Configuration file, in place of the one that is found.")
def profiles(name: str | None, config: str | None) -> int:
    """List the destinations and their limits, or show the one called NAME."""
    from csv_preflight.config import built_in_profiles
    from csv_preflight.output.catalogue import profile_text, profiles_text
    from csv_preflight.suggest import did_you_mean

    _, own = _config(config)
    known = {**built_in_profiles(), **own}
    if name is not None and name not in known:
        raise click.UsageError(f"there is no profile {name}{did_you_mean(name, known)}")
    click.echo(profiles_text(known) if name is None else profile_text(known[name]), nl=False)
    return READY


def _config(path: str | None) -> tuple[dict[str, object], dict[str, Profile]]:
    from csv_preflight.config import find_config, read_config

    found = Path(path) if path else find_config(Path.cwd())
    return read_config(found) if found else ({}, {})


def _settings(options: dict[str, Any]) -> tuple[dict[str, Any], Settings]:
    """Return all options with the configuration filled in, and the Settings among them."""
    from csv_preflight.config import PARSERS, build_settings

    configured, own_profiles = _config(options.pop("config", None))
    stated = {name: value for name, value in options.items() if value is not None and value != ()}
    given = {**configured, **stated}
    names = {*PARSERS, "profile", "no_plus"}
    return given, build_settings({name: given[name] for name in names if name in given}, own_profiles)


@contextlib.contextmanager
def _opened(path: str, given: Mapping[str, Any]) -> Iterator[tuple[BinaryIO, str]]:
    from csv_preflight.library import open_source

    if path == "-":
        with open_source(sys.stdin.buffer) as (file, _):
            yield file, given.get("stdin_name") or "stdin.csv"
    else:
        with open_source(path) as (file, name):
            yield file, name


@contextlib.contextmanager
def _failing_alone(path: str, *, several: bool) -> Iterator[list[str]]:
    """With several files, let one that can not be read fail without ending the run."""
    failed: list[str] = []
    try:
        yield failed
    except OSError as error:
        if not several or isinstance(error, BrokenPipeError):
            raise
        failed.append(path)
        _complain(_describe(error))


def _print(report: Report, given: Mapping[str, Any], *, checked: bool, to: TextIO) -> None:
    if given.get("output_format") == "json":
        from csv_preflight.output.json import render_line

        text = render_line(report)
    else:
        from csv_preflight.output.text import render

        text = render(report, checked=checked, color=_is_colored(given, to), quiet=bool(given.get("quiet")))
    to.write(text)
    to.flush()


def _is_colored(given: Mapping[str, Any], to: TextIO) -> bool:
    wanted = given.get("color") or "auto"
    if wanted != "auto":
        return bool(wanted == "always")
    return to.isatty() and not os.environ.get("NO_COLOR")


def _exit_code(code: int, given: Mapping[str, Any]) -> int:
    return READY if code == FINDINGS and given.get("exit_zero") else code


class _Progress:
    """Rows read so far, on a terminal only, for files that take longer than a second."""

    def __init__(self, given: Mapping[str, Any], path: str) -> None:
        quiet = given.get("quiet") or os.environ.get("CI") or os.environ.get("PRE_COMMIT")
        self._shown = sys.stderr.isatty() and not quiet
        self._path, self._printed = path, False

    def __enter__(self) -> Progress | None:
        from time import monotonic

        self._next = monotonic() + 1
        return self._show if self._shown else None

    def _show(self, rows: int) -> None:
        from time import monotonic

        if monotonic() >= self._next:
            self._next = monotonic() + 0.2
            self._printed = True
            sys.stderr.write(f"\r{rows:,} rows read ")
            sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._printed:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _complain(message: str) -> None:
    click.echo(f"csv-preflight: {message}", err=True)


def _describe(error: OSError) -> str:
    if error.filename is not None and error.strerror:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _terminate(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show the traceback of a bug, and exit with 2: Python's own 1 means findings here."""
    sys.__excepthook__(kind, error, trace)
    click.echo("\nThis is a bug in csv-preflight: please report it with the lines above.", err=True)
    os._exit(ERROR)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    sys.excepthook = _bug
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = group.main(arguments, prog_name="csv-preflight", standalone_mode=False)
    except click.exceptions.Exit as stop:
        code = stop.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        code = 128 + signal.SIGINT
    except click.ClickException as error:
        error.show()
        code = ERROR
    except SettingsError as error:
        _complain(str(error))
        code = ERROR
    except OSError as error:
        _complain(_describe(error))
        code = ERROR
    sys.exit(code)
