"""The options of the commands, made from the table, and their values together with the configuration file."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from csv_preflight.cli.failing import EXPECTED, print_failure
from csv_preflight.config.option import GROUPS, Option
from csv_preflight.config.table import SETTINGS, options_of
from csv_preflight.model.numbers import OtherList

if TYPE_CHECKING:
    from csv_preflight.model.profile import Profile
    from csv_preflight.model.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


# Only for the shell's completion: whether a file can be read is checked when it is opened.
class _PathType(click.Path):
    """A path; an empty one, such as from an unset shell variable, is an error."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("the file name is empty", param, ctx)
        return super().convert(value, param, ctx)


PATH = _PathType(readable=False)


class TableOption(click.Option):
    """An option of the table.  If it takes a single value, it cannot be given twice."""

    def __init__(self, entry: Option) -> None:
        names = [f"--{entry.name}", *([f"-{entry.short}"] if entry.short else [])]
        default = f" [default: {entry.default}]" if entry.default else ""
        text = f"{entry.help.removesuffix('.')}{default}." if default else entry.help
        if entry.is_flag:
            super().__init__(names, is_flag=True, default=None, help=text)
        else:
            kind = click.Choice(entry.choices) if entry.choices else PATH if entry.is_path else None
            complete = complete_profile if entry.name == "profile" else None
            super().__init__(
                names,
                type=kind,
                metavar=entry.metavar or None,
                multiple=True,
                default=() if entry.multiple else None,
                help=text,
                shell_complete=complete,
            )
        self.entry = entry

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value; raise a usage error if a single value is given twice."""
        values = super().process_value(ctx, value)
        if self.entry.is_flag or self.entry.multiple:
            return values
        if values and len(values) > 1:
            raise click.UsageError(f"--{self.entry.name} is given {len(values)} times; it takes one value", ctx)
        return values[0] if values else None


class Command(click.Command):
    """A command whose help groups its options and shows an example.

    own: the heading of the options that no other command has; they come first.
    """

    def __init__(self, *arguments: Any, example: str = "", own: str = "Options", **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.example, self.own = example, own

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the words of the command; print a usage error in the format that they ask for, too."""
        words = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            self._print(ctx, error, {name: _named(words, name) for name in ("output-format", "config", "output")}, ())
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; print an error that ends it in the format that was asked for, too."""
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            given = {name.replace("_", "-"): value for name, value in ctx.params.items()}
            files = given.get("files") or given.get("file") or ()
            self._print(ctx, error, given, [files] if isinstance(files, str) else files)
            raise

    def _print(self, ctx: click.Context, error: Any, given: Mapping[str, Any], paths: Sequence[str]) -> None:
        form = given.get("output-format")
        if not form and "output_format" in {one.name for one in self.params}:
            with contextlib.suppress(*EXPECTED):  # reported where the file is read for the run
                form = read_configuration(given.get("config"))[0].get("output_format")
        if not form and self.name == "check" and os.environ.get("GITHUB_ACTIONS") == "true":
            form = "github"
        print_failure(ctx, error, str(form), paths, sys.stderr if given.get("output") == "-" else sys.stdout)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, those of the table in their groups."""
        names = (*GROUPS, "Options") if self.own == "Options" else (self.own, *GROUPS, "Options")
        groups: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if record is not None:
                own = "Options" if "--help" in parameter.opts else self.own
                groups[parameter.entry.group if isinstance(parameter, TableOption) else own].append(record)
        for name, records in groups.items():
            if records:
                with formatter.section(name):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example."""
        if self.example:
            with formatter.section("Example"), formatter.indentation():
                formatter.write_text(self.example)


def _named(words: Sequence[str], option: str) -> str | None:
    """Return the value of an option among the words of a command that may not be parsed."""
    for place, word in enumerate(words):
        if word == f"--{option}":
            return "".join(words[place + 1 : place + 2])
        if word.startswith(f"--{option}="):
            return word.partition("=")[2]
    return None


def complete_profile(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the built-in profiles with a prefix, for the shell's completion."""
    from csv_preflight.destinations import built_in_profiles

    return [CompletionItem(name) for name in built_in_profiles() if name.startswith(begun)]


def with_options(command: str, *, without: Iterable[str] = ()) -> Callable[[Function], Function]:
    """Return a decorator that gives a command its options of the table."""

    def decorate(function: Function) -> Function:
        entries = [option for option in options_of(command) if option.name not in without]
        parameters = [TableOption(entry) for entry in reversed(entries)]
        function.__click_params__ = [*getattr(function, "__click_params__", []), *parameters]  # type: ignore[attr-defined]
        return function

    return decorate


def read_configuration(path: str | None) -> tuple[dict[str, object], dict[str, Profile]]:
    """Return the options and profiles of a configuration file, by default the nearest one."""
    from csv_preflight.config.files import find_config, read_config

    found = Path(path) if path else find_config(Path.cwd())
    return read_config(found) if found else ({}, {})


def _saved(path: str | None, fields: Iterable[str]) -> dict[str, str]:
    """Return the options that only the configuration file sets, by name, each with the path of that file."""
    from csv_preflight.config.files import find_config

    found, here = Path(path) if path else find_config(Path.cwd()), Path.cwd()
    if found and not path and found.parent == here:
        found = found.relative_to(here)
    return {name.replace("_", "-"): str(found) for name in fields}


def read_options(options: dict[str, Any]) -> tuple[dict[str, Any], Settings]:
    """Return all options with the configuration filled in, and the Settings among them."""
    from csv_preflight.config.settings import build_settings

    configured, own_profiles = read_configuration(options.get("config"))
    stated = {name: value for name, value in options.items() if value is not None and value != ()}
    others = {other.option for other in OtherList}
    for name in stated.keys() & others:  # in a configuration file, a text is never a number
        from csv_preflight.inputs import is_url

        stated[name] = tuple(entry if entry == "-" or is_url(entry) else Path(entry) for entry in stated[name])
    given = {**configured, **stated, "saved": _saved(options.get("config"), configured.keys() - stated.keys())}
    names = {*SETTINGS, "profile"}
    return given, build_settings({name: given[name] for name in names if name in given}, own_profiles)


_PRINTED_AGAIN = ("config", "out_dir", "report", "stdin_name", "engine", "scheduler")


def printed_again(given: Mapping[str, Any], **more: Any) -> dict[str, object]:
    """Return the options that are no settings, by name, for the commands that are printed.

    given: including those of the configuration file, which apply again.  more: other options of the command.
    """
    stated = {**{name: given.get(name) for name in _PRINTED_AGAIN}, **more}
    plain = {
        name.replace("_", "-"): list(value) if isinstance(value, tuple) else value for name, value in stated.items()
    }
    return {name: value for name, value in plain.items() if value}


def refuse_shared_corrections(files: Sequence[str], settings: Settings, *, as_one: bool) -> None:
    """Refuse corrections with several lists, since they belong to one."""
    if settings.corrections and len(files) > 1 and not as_one:
        raise click.UsageError(f"--corrections goes with the one FILE that it corrects, not with {len(files):,}")


def refuse_second_stdin(files: Iterable[str], settings: Settings) -> None:
    """Refuse to read several lists from the standard input."""
    count = [*files, *settings.existing, *settings.suppress, *settings.only].count("-")
    if count > 1:
        raise click.UsageError(f"- is given {count} times, but there is one standard input")
