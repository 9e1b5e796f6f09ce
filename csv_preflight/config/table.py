"""Every option: the command line, the configuration keys, the keywords and the documentation are made from this table.

It says nothing of click, and imports nothing that takes time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from csv_preflight.config.values import (
    choice_of,
    parse_count,
    parse_country_names,
    parse_flag,
    parse_line_type,
    parse_lists,
    parse_max_rejects,
    parse_names,
    parse_path,
    parse_paths,
    parse_prompt,
    parse_region,
    parse_renames,
    parse_size,
    parse_text,
    parse_texts,
    policy_of,
)

FORMATS = ("text", "json", "github", "sarif")
COLUMNS, NUMBERS, ROWS, READING, LIMITS, FILES, PRINTING = GROUPS = (
    "Columns",
    "Numbers",
    "Which rows",
    "Reading the list",
    "Destination and limits",
    "Files",
    "What is printed",
)
RUNS = frozenset({"check", "clean", "upload"})
READS = RUNS | {"inspect"}
WRITES = frozenset({"clean", "upload"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option.

    parse: takes a value and the option's name, and raises SettingsError.  metavar: of its value, "" for a flag;
    choices: in place of it.  default: what holds without the option, for people.  commands: those that have it.
    setting: it changes what is done to a list, and is a field of Settings.  key: the configuration file may have it.
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
        """Its name as a field or keyword."""
        return self.name.replace("-", "_")

    @property
    def is_flag(self) -> bool:
        """Whether it takes no value."""
        return not self.metavar and not self.choices


def _from_zero(value: object, option: str) -> int:
    return parse_count(value, option, least=0)


OPTIONS: tuple[Option, ...] = (
    Option(
        name="phone-column",
        group=COLUMNS,
        help="Column of phone numbers, if it cannot be told by itself.",
        parse=parse_text,
        metavar="NAME",
        commands=READS,
    ),
    Option(
        name="identifier-column",
        group=COLUMNS,
        help="Column of names or other identifiers.",
        parse=parse_text,
        metavar="NAME",
        commands=READS,
    ),
    Option(
        name="region-column",
        group=COLUMNS,
        help="Column with each row's country; wins over --region.",
        parse=parse_text,
        metavar="NAME",
        commands=READS,
    ),
    Option(
        name="extension-column",
        group=COLUMNS,
        help="Column that keeps the extensions of numbers.",
        parse=parse_text,
        metavar="NAME",
    ),
    Option(
        name="opt-out-column",
        group=COLUMNS,
        help="Column that says who must not be called, or has consented (repeatable).",
        parse=parse_texts,
        metavar="NAME",
        multiple=True,
    ),
    Option(name="keep-headers", group=COLUMNS, help="Leave the column names as they are."),
    Option(
        name="rename",
        group=COLUMNS,
        help="Write a column under another name (repeatable).",
        parse=parse_renames,
        metavar="OLD=NEW",
        multiple=True,
    ),
    Option(
        name="variables",
        group=COLUMNS,
        help="Variables of the template: columns that must be there, and filled.",
        parse=parse_names,
        metavar="LIST",
    ),
    Option(
        name="prompt",
        group=COLUMNS,
        help="The agent's prompt, for the variables in it.",
        parse=parse_prompt,
        metavar="FILE",
        is_path=True,
    ),
    Option(
        name="add-timezone",
        group=COLUMNS,
        help="Add a column with the time zone of each number.",
        parse=parse_text,
        metavar="NAME",
    ),
    Option(
        name="region",
        group=NUMBERS,
        help="Country of numbers without a country code, such as US, GB or IN.",
        parse=parse_region,
        metavar="CC",
        commands=READS,
    ),
    Option(
        name="accept",
        group=NUMBERS,
        help="Which numbers pass.",
        parse=choice_of("valid", "possible"),
        choices=("valid", "possible"),
        default="valid",
        commands=READS,
    ),
    Option(
        name="line-types",
        group=NUMBERS,
        help="Keep only these line types; !NAME leaves one out.",
        parse=policy_of(parse_line_type),
        metavar="LIST",
        commands=READS,
    ),
    Option(
        name="countries",
        group=NUMBERS,
        help="Keep only these countries; !CC leaves one out.",
        parse=policy_of(parse_region),
        metavar="LIST",
        commands=READS,
    ),
    Option(
        name="country-names",
        group=NUMBERS,
        help="What a list calls countries: the table [countries] of the configuration.",
        parse=parse_country_names,
        metavar="TABLE",
        commands=frozenset(),
        key=False,
    ),
    Option(name="no-plus", group=NUMBERS, help="Write numbers without the plus sign.", commands=READS),
    Option(
        name="existing",
        group=ROWS,
        help="Numbers already in the audience (repeatable).",
        parse=parse_lists,
        metavar="FILE",
        multiple=True,
        is_path=True,
    ),
    Option(
        name="suppress",
        group=ROWS,
        help="Numbers never to be called (repeatable).",
        parse=parse_lists,
        metavar="FILE",
        multiple=True,
        is_path=True,
    ),
    Option(
        name="only",
        group=ROWS,
        help="Numbers that may be called, and no others (repeatable).",
        parse=parse_lists,
        metavar="FILE",
        multiple=True,
        is_path=True,
    ),
    Option(
        name="keep",
        group=ROWS,
        help="Which row of a number stays.",
        parse=choice_of("first", "last"),
        choices=("first", "last"),
        default="first",
    ),
    Option(name="require-identifier", group=ROWS, help="Reject rows without an identifier."),
    Option(name="require-variables", group=ROWS, help="Reject rows in which a variable is empty."),
    Option(
        name="max-rejects",
        group=ROWS,
        help="Write nothing if more rows than this are rejected.",
        parse=parse_max_rejects,
        metavar="N|P%",
    ),
    Option(
        name="encoding",
        group=READING,
        help="Text encoding, instead of the detected one.",
        parse=parse_text,
        metavar="NAME",
        commands=READS,
    ),
    Option(
        name="delimiter",
        group=READING,
        help="Field delimiter, instead of the detected one.",
        parse=parse_text,
        metavar="CHAR",
        commands=READS,
    ),
    Option(
        name="skip-lines",
        group=READING,
        help="Leave out so many lines above the header.",
        parse=_from_zero,
        metavar="N",
        commands=READS,
    ),
    Option(
        name="sheet",
        group=READING,
        help="Sheet of the workbook, if several have rows.",
        parse=parse_text,
        metavar="NAME",
        commands=frozenset({"convert"}),
        setting=False,
        key=False,
    ),
    Option(
        name="stdin-name",
        group=READING,
        help="Name of the standard input in messages.",
        parse=parse_text,
        metavar="NAME",
        default="stdin.csv",
        commands=READS,
        setting=False,
        key=False,
    ),
    Option(
        name="profile",
        group=LIMITS,
        help="Destination whose limits hold.",
        parse=parse_text,
        metavar="NAME",
        default="smallest-atoms",
        commands=READS,
    ),
    Option(
        name="max-bytes",
        group=LIMITS,
        help="Largest file, such as 5MB, instead of the profile's.",
        parse=parse_size,
        metavar="N",
    ),
    Option(
        name="max-rows",
        group=LIMITS,
        help="Most rows, instead of the profile's.",
        parse=parse_count,
        metavar="N",
    ),
    Option(name="strict", group=LIMITS, help="Warnings fail, too."),
    Option(
        name="output",
        short="o",
        group=FILES,
        help="The clean CSV; - is the standard output.",
        parse=parse_path,
        metavar="PATH",
        default="NAME.clean.csv",
        is_path=True,
        commands=WRITES,
        setting=False,
        key=False,
    ),
    Option(
        name="output",
        short="o",
        group=FILES,
        help="The CSV; - is the standard output.",
        parse=parse_path,
        metavar="PATH",
        default="NAME.csv",
        is_path=True,
        commands=frozenset({"convert"}),
        setting=False,
        key=False,
    ),
    Option(
        name="rejects",
        group=FILES,
        help="The rejected rows.",
        parse=parse_path,
        metavar="PATH",
        default="NAME.rejects.csv",
        is_path=True,
        commands=WRITES,
        setting=False,
        key=False,
    ),
    Option(
        name="report",
        group=FILES,
        help="The report, .json, .html or .md (repeatable).",
        parse=parse_paths,
        metavar="PATH",
        default="NAME.report.json",
        multiple=True,
        is_path=True,
        commands=WRITES,
        setting=False,
    ),
    Option(
        name="out-dir",
        group=FILES,
        help="Directory for all files that are not named.",
        parse=parse_path,
        metavar="DIR",
        is_path=True,
        commands=WRITES,
        setting=False,
    ),
    Option(
        name="split",
        group=FILES,
        help="Write NAME.clean.001.csv and so on, each within the limits.",
        commands=WRITES,
    ),
    Option(
        name="in-place",
        group=FILES,
        help="Rewrite FILE itself, unless rows would be rejected.",
        commands=frozenset({"clean"}),
        setting=False,
        key=False,
    ),
    Option(
        name="config",
        group=FILES,
        help="Configuration file, instead of the one that is found.",
        parse=parse_path,
        metavar="FILE",
        is_path=True,
        commands=READS | {"profiles"},
        setting=False,
        key=False,
    ),
    Option(
        name="output-format",
        group=PRINTING,
        help="Form of what is printed.",
        parse=choice_of(*FORMATS),
        choices=FORMATS,
        default="text",
        setting=False,
    ),
    Option(
        name="max-findings",
        group=PRINTING,
        help="Findings shown for each rule, 0 for all.",
        parse=_from_zero,
        metavar="N",
        default="20",
    ),
    Option(name="show-values", group=PRINTING, help="Show cells unmasked.", commands=READS | {"convert"}),
    Option(name="quiet", short="q", group=PRINTING, help="Print findings only.", setting=False),
    Option(
        name="color",
        group=PRINTING,
        help="Colour.",
        parse=choice_of("auto", "always", "never"),
        choices=("auto", "always", "never"),
        default="auto",
        setting=False,
    ),
    Option(
        name="exit-zero",
        group=PRINTING,
        help="Exit with 0 even where there are findings.",
        commands=frozenset({"check", "clean", "inspect"}),  # what a script takes for an upload must be one
        setting=False,
    ),
)
SETTINGS: Mapping[str, Option] = {
    option.field: option for option in OPTIONS if option.setting and option.name != "profile"
}


def options_of(command: str) -> tuple[Option, ...]:
    """Return the options that a command has."""
    return tuple(option for option in OPTIONS if command in option.commands)
