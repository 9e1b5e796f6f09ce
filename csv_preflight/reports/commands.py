"""The commands that a report suggests to run next.  Each works as it is printed, with the options of this run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from csv_preflight.config.table import options_of
from csv_preflight.model.layout import REJECTS_COLUMNS
from csv_preflight.model.note import LostPlus, OptOutsUnused
from csv_preflight.model.report import Output, Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.rules import BY_CODE
from csv_preflight.shell import joined, program

# Settings with a list of values: given once with commas, or once for each value.
_WITH_COMMAS = ("line-types", "countries", "variables")
# Options for the files of a run, which say nothing about the list.
FILES = ("output", "rejects", "report", "in-place", "stdin-name")
STDIN_AGAIN = "- is the same list, piped in once more; or save it to a file, and name that instead"
# Up to this many candidates get a command each.
MOST_WAYS = 4


def command_line(
    name: str, paths: str | Sequence[str], profile: str, settings: Mapping[str, object], more: Sequence[str] = ()
) -> str:
    """Return a command to type.  settings: by option name, as in a report.  more: words of other options."""
    files = [paths] if isinstance(paths, str) else list(paths)
    known = {option.name for option in options_of(name)}
    options = [] if profile == DEFAULT_PROFILE else ["--profile", profile]
    for option, value in settings.items():
        if option not in known:
            continue
        if value is True:
            options.append(f"--{option}")
        elif option in _WITH_COMMAS and isinstance(value, list):
            options += [f"--{option}", ",".join(value)]
        elif isinstance(value, list):
            options += [part for one in value for part in (f"--{option}", str(one))]
        else:
            options += [f"--{option}", str(value)]
    options += more
    is_odd = any(path.startswith("-") and path != "-" for path in files)
    named = [*options, "--", *files] if is_odd else [*files, *options]
    return joined([*program(), name, *named])


def rules_command(code: str) -> str:
    """Return the command that explains a rule."""
    return joined([*program(), "rules", code])


def lost_plus(report: Report) -> LostPlus | None:
    """Return the note about numbers that have lost their plus sign, if there is one."""
    return next((note for note in report.notes if isinstance(note, LostPlus)), None)


def stops(report: Report) -> list[RuleFindings]:
    """Return the findings that stop the list, in the order of the stages."""
    return [found for found in report.findings if found.outcome is Outcome.STOP]


def written(report: Report, kind: str) -> list[Output]:
    """Return the files of a kind ("clean", "rejects") that were written."""
    return [output for output in report.outputs if output.kind == kind]


def paths(report: Report) -> list[str]:
    """Return the paths of a run's files, including those in its options."""
    files = [report.input.path, *(one.path for one in report.inputs), *(one.path for one in report.outputs)]
    values = [one for value in report.settings.values() for one in (value if isinstance(value, list) else [value])]
    return [*files, *(value for value in values if isinstance(value, str))]


def clean_command(report: Report, changed: Mapping[str, object] | None = None) -> str:
    """Return the command that cleans the list, with changed options.

    changed: options by name; None leaves one out.
    """
    as_one = {"as-one": True} if report.as_one else {}
    found = {**_unused_columns(report), **_called_already(report)}
    settings = {**as_one, **report.settings, **found, **(changed or {})}
    given = {option: value for option, value in settings.items() if value is not None}
    return command_line("clean", sources(report), report.profile, given)


def inspect_command(report: Report) -> str:
    """Return the command that shows which countries fit."""
    return command_line("inspect", sources(report)[0], report.profile, report.settings)


def sources(report: Report) -> list[str]:
    """Return the FILE arguments of a run."""
    if report.as_one:
        return [one.path for one in report.inputs]
    return [source_named(report.input.path, report.settings)]


def source_named(path: str, settings: Mapping[str, object]) -> str:
    """Return the FILE argument for a list: "-" for the standard input."""
    return "-" if settings.get("stdin-name") == path else path


def stdin_again(report: Report) -> str:
    """Return what a command needs to read the list again, "" if its path is enough."""
    is_piped = not report.as_one and sources(report) == ["-"]
    return STDIN_AGAIN if is_piped else ""


def _unused_columns(report: Report) -> dict[str, object]:
    """Return the options for unused columns of countries or opt-outs."""
    options: dict[str, object] = {}
    if unused := unused_columns(report, "region-column"):
        options["region-column"] = unused[0]
    if unused := unused_columns(report, "opt-out-column"):
        options["opt-out-column"] = [*listed_values(report.settings.get("opt-out-column")), *unused]
    return options


def unused_columns(report: Report, option: str) -> list[str]:
    """Return the columns that a run has found for an option, and has not used."""
    found = (entry for entry in report.findings if BY_CODE[entry.code].unused_option == option)
    names = [sample.column for entry in found for sample in entry.samples]
    if option == "opt-out-column":
        names += [name for note in report.notes if isinstance(note, OptOutsUnused) for name in note.columns]
    return names


def ways_after_stop(report: Report) -> tuple[str, ...]:
    """Return the commands that avoid what stopped a list without changing it: one for each candidate."""
    stopping = stops(report)
    if conversion := convert_command(report):
        return (conversion,)
    if all(BY_CODE[found.code].split_helps for found in stopping):
        return () if report.settings.get("split") else (clean_command(report, {"split": True}),)
    lost = lost_plus(report)
    if lost and lost.region and not lost.region_column and "region" not in report.settings:
        return (clean_command(report, {"region": lost.region}),)
    return tuple(clean_command(report, changed) for changed in ways_out(stopping[0], report.settings))


def ways_left_out(report: Report, most: int = MOST_WAYS) -> str:
    """Return words in brackets about the candidates without a command, "" if each of them has one.

    most: how many commands are given.
    """
    found = stops(report)[0]
    longest = max(ways(found.samples[0], found.code).items(), key=lambda way: len(way[1]), default=("", []))
    if len(longest[1]) <= most:
        return ""
    return f" ({most} of {len(longest[1]):,}; --{longest[0]} takes any of them)"


def command_after_correction(report: Report) -> str:
    """Return the command to run after what stopped a list is corrected: the same, without a faulty option."""
    return clean_command(report, without_fault(stops(report)[0], report.settings))


def without_fault(found: RuleFindings, settings: Mapping[str, object]) -> dict[str, object]:
    """Return the option that is at fault where a list stops, without its faulty value; {} if none is."""
    options = BY_CODE[found.code].at_fault
    parameters = found.samples[0].parameters
    option = options.get(str(parameters.get("problem", "")), options.get("", ""))
    present = settings.get(option)
    rest = [one for one in present if one != wrong_value(parameters)] if isinstance(present, list) else None
    return {option: rest or None} if option in settings else {}


def wrong_value(parameters: Mapping[str, object]) -> object:
    """Return the faulty value of an option that takes several."""
    return parameters.get("given") or parameters.get("wanted") or parameters.get("name")


def ways_out(found: RuleFindings, settings: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield, for each way to avoid what stops a list, the option that does so.  settings: as in a report."""
    sample = found.samples[0]
    if in_order := sample.parameters.get("in_order"):
        # In each row, the first of these columns with a number counts.
        yield {"phone-column": in_order}
    for option, values in ways(sample, found.code).items():
        for value in values[:MOST_WAYS]:
            yield {option: _in_place_of(settings, sample, option, value)}


def ways(sample: Sample, code: str) -> dict[str, list[str]]:
    """Return the candidates that a finding offers, by the option that takes them."""
    offered: dict[str, list[str]] = {}
    for parameter, option in BY_CODE[code].ways.items():
        value = sample.parameters.get(parameter)
        values = list(map(str, value)) if isinstance(value, list | tuple) else [str(value)] if value else []
        if option == "delimiter":  # in quotes in the message
            values = [word for text in values for word in shlex.split(text)]
        if values:
            offered.setdefault(option, []).extend(values)
    if len(offered.get("encoding", ())) == 1:
        del offered["encoding"]  # a single reading looks like no language
    return offered


def _in_place_of(settings: Mapping[str, object], sample: Sample, option: str, value: str) -> object:
    """Return the value of an option with the faulty part replaced."""
    present = settings.get(option)
    if not isinstance(present, list):
        return [value] if option == "rename" else value
    wrong = wrong_value(sample.parameters)
    replaced = [value if one == wrong else one for one in present] if wrong in present else [*present, value]
    return list(dict.fromkeys(replaced))


def convert_command(report: Report) -> str:
    """Return the command that converts a list that is a workbook to CSV, "" for any other list."""
    samples = (sample for found in stops(report) for sample in found.samples)
    found = next((sample for sample in samples if sample.parameters.get("converts")), None)
    return conversion_of(found.path or sources(report)[0]) if found else ""


def conversion_of(path: str) -> str:
    """Return the command that converts a workbook to CSV."""
    return command_line("convert", path, DEFAULT_PROFILE, {})


def command_for_rejects(report: Report, changed: Mapping[str, object] | None = None) -> str:
    """Return the command that cleans the list with its corrected rejects, including those of earlier runs.

    changed: as for ``clean_command``.
    """
    return clean_command(report, {**(changed or {}), **with_rejects(report)})


def with_rejects(report: Report) -> dict[str, object]:
    """Return the options that give the rejects of a run back, corrected, with those of earlier runs."""
    corrections = [*listed_values(report.settings.get("corrections")), written(report, "rejects")[0].path]
    return {"rejects": None, "corrections": corrections}


def listed_values(value: object) -> list[object]:
    """Return the values of an option that takes several."""
    return value if isinstance(value, list) else []


def are_rejects(report: Report) -> bool:
    """Whether the list is the rejects file of an earlier run."""
    return REJECTS_COLUMNS[0] in report.input.columns


def may_be_called_twice(report: Report) -> bool:
    """Whether the list is a rejects file, and no option leaves out the people of the clean file."""
    return are_rejects(report) and not {"suppress", "existing"} & report.settings.keys()


def clean_files(report: Report) -> list[str]:
    """Return the clean files, or their parts, that are beside rejects files named as by default."""
    result: dict[str, None] = {}
    for source in sources(report):
        named = re.fullmatch(r"(.+)\.rejects(?:\.[0-9]+)?\.csv", Path(source).name)
        if named is None:
            continue
        whole, folder = Path(source).with_name(f"{named[1]}.clean.csv"), Path(source).parent
        parts = re.compile(rf"{re.escape(named[1])}\.clean\.[0-9]{{3,}}\.csv", re.ASCII)
        found = [whole] if whole.is_file() else [path for path in folder.glob("*.csv") if parts.fullmatch(path.name)]
        result |= dict.fromkeys(map(str, sorted(found)))
    return [*result]


def _called_already(report: Report) -> dict[str, object]:
    """Return the option that leaves out the people of the clean file, for a rejects file beside it."""
    files = clean_files(report) if may_be_called_twice(report) else []
    return {"suppress": files} if files else {}
