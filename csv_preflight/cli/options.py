"""The options of the commands, and what they and the configuration file come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from csv_preflight.model.settings import Profile, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

# A type only for the sake of the shell's completion: whether a file can be read is said when it is opened.
PATH = click.Path(readable=False)


def complete_profile(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Return the names of the built-in profiles that begin so, for the shell's completion."""
    from csv_preflight.config import built_in_profiles

    return [name for name in built_in_profiles() if name.startswith(begun)]


SETTINGS_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--phone-column",), {"metavar": "NAME", "help": "Column of phone numbers, if it can not be told by itself."}),
    (("--identifier-column",), {"metavar": "NAME", "help": "Column of names or other identifiers."}),
    (("--region",), {"metavar": "CC", "help": "Country of numbers without a country code, such as US, GB or IN."}),
    (("--region-column",), {"metavar": "NAME", "help": "Column with each row's country; wins over --region."}),
    (
        ("--profile",),
        {
            "shell_complete": complete_profile,
            "metavar": "NAME",
            "help": "Destination whose limits hold [default: smallest-atoms].",
        },
    ),
    (("--max-bytes",), {"metavar": "N", "help": "Largest file, such as 5MB, in place of the profile's."}),
    (("--max-rows",), {"metavar": "N", "help": "Most rows, in place of the profile's."}),
    (("--accept",), {"type": click.Choice(["valid", "possible"]), "help": "Which numbers pass [default: valid]."}),
    (("--line-types",), {"metavar": "LIST", "help": "Keep only these line types; !NAME leaves one out."}),
    (("--countries",), {"metavar": "LIST", "help": "Keep only these countries; !CC leaves one out."}),
    (
        ("--existing",),
        {"type": PATH, "metavar": "FILE", "multiple": True, "help": "Numbers already in the audience (repeatable)."},
    ),
    (
        ("--suppress",),
        {"type": PATH, "metavar": "FILE", "multiple": True, "help": "Numbers never to be called (repeatable)."},
    ),
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
    (
        ("--config",),
        {"type": PATH, "metavar": "FILE", "help": "Configuration file, in place of the one that is found."},
    ),
)

FORMATS = ("text", "json", "github", "sarif")
FORMAT_OPTION: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--output-format",), {"type": click.Choice(FORMATS), "help": "Form of what is printed [default: text]."}),
)

DISPLAY_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("--quiet", "-q"), {"is_flag": True, "help": "Print findings only."}),
    (("--exit-zero",), {"is_flag": True, "help": "Exit with 0 even where there are findings."}),
    (("--color",), {"type": click.Choice(["auto", "always", "never"]), "help": "Colour [default: auto]."}),
    (("--stdin-name",), {"metavar": "NAME", "help": "Name of the standard input in messages [default: stdin.csv]."}),
)

OUTPUT_OPTIONS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (
        ("--output", "-o"),
        {"type": PATH, "metavar": "PATH", "help": "The clean CSV [default: NAME.clean.csv]; - is the standard output."},
    ),
    (("--rejects",), {"type": PATH, "metavar": "PATH", "help": "The rejected rows [default: NAME.rejects.csv]."}),
    (
        ("--report",),
        {
            "type": PATH,
            "metavar": "PATH",
            "multiple": True,
            "help": "Report, .json, .html or .md [default: NAME.report.json].",
        },
    ),
    (("--out-dir",), {"type": PATH, "metavar": "DIR", "help": "Directory for all files that are not named."}),
    (("--split",), {"is_flag": True, "help": "Write NAME.clean.001.csv and so on, each within the limits."}),
)


def with_options(
    *groups: Sequence[tuple[tuple[str, ...], dict[str, Any]]],
) -> Callable[[Command], Command]:
    """Return a decorator that gives a command groups of options: their names, and the keywords of click.option."""

    def decorate(command: Command) -> Command:
        for group in reversed(groups):
            for names, keywords in reversed(group):
                given = {"default": None, **keywords} if not keywords.get("multiple") else keywords
                command = click.option(*names, **given)(command)
        return command

    return decorate


def read_configuration(path: str | None) -> tuple[dict[str, object], dict[str, Profile]]:
    """Return the options and profiles of a configuration file, by default the nearest one."""
    from csv_preflight.config import find_config, read_config

    found = Path(path) if path else find_config(Path.cwd())
    return read_config(found) if found else ({}, {})


def read_options(options: dict[str, Any]) -> tuple[dict[str, Any], Settings]:
    """Return all options with the configuration filled in, and the Settings among them."""
    from csv_preflight.config import PARSERS, build_settings

    configured, own_profiles = read_configuration(options.pop("config", None))
    stated = {name: value for name, value in options.items() if value is not None and value != ()}
    given = {**configured, **stated}
    if given.get("output_format", "text") not in FORMATS:
        raise click.UsageError(f"output-format: {given['output_format']!r} is none of {', '.join(FORMATS)}")
    names = {*PARSERS, "profile", "no_plus"}
    return given, build_settings({name: given[name] for name in names if name in given}, own_profiles)
