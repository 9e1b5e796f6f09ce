"""The paths of a run's files, and names that are refused."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from csv_preflight.cli.arguments import COMBINED
from csv_preflight.cli.options import printed_again
from csv_preflight.cli.running import stdin_name
from csv_preflight.inputs import stem
from csv_preflight.reports.printable import printable

if TYPE_CHECKING:
    from csv_preflight.model.report import Report
    from csv_preflight.writing.cleaning import Targets


# Formats of a report that are only printed, by the suffix of their files.
_PRINTED_ONLY = {".sarif": "sarif", ".xml": "junit"}


def check_outputs(given: Mapping[str, Any], output: str | None, rejects: str | None) -> None:
    """Refuse outputs whose names promise another format, before anything is read."""
    from csv_preflight.inputs import is_url
    from csv_preflight.reports.forms import SUFFIXES
    from csv_preflight.writing.suffixes import wrong_suffix, wrong_suffixes

    outputs = (("-o", output), ("--rejects", rejects), ("--out-dir", given.get("out_dir")))
    for option, named in (*outputs, *(("--report", path) for path in given.get("report") or ())):
        if named and is_url(named):
            raise click.UsageError(f"{option} {printable(named)} is a URL; outputs are files of this machine")
    for path in given.get("report") or ():
        if Path(path).suffix.lower() not in SUFFIXES:
            form = _PRINTED_ONLY.get(Path(path).suffix.lower())
            hint = f"; --output-format {form} prints that format" if form else ""
            raise click.UsageError(f"--report {wrong_suffix(path, SUFFIXES)}{hint}")
    for option, wrong in wrong_suffixes(output, rejects, ()):
        is_table = str(output if option == "-o" else rejects).lower().endswith(".parquet")
        raise click.UsageError(f"{option} {wrong}{'; csv_preflight.dask writes Parquet' if is_table else ''}")


def targets_of(
    path: str, given: Mapping[str, Any], output: str | None, rejects: str | None, *, in_place: bool
) -> Targets:
    """Return the files that a run on a list writes.  path: as given, "-" for the standard input."""
    from csv_preflight.writing.cleaning import Targets

    if in_place:
        options = printed_again(given, in_place=True)
        reports = tuple(given.get("report") or ())
        return Targets(
            path, None, reports, in_place=True, reports_asked_for=True, options=options, saved=given["saved"]
        )
    place = Path(given.get("out_dir") or ("." if path == "-" else Path(path).parent))
    named = stdin_name(given) if path == "-" else None
    return _called(place / stem(named or path), {**given, "stdin_name": named}, output, rejects)


def targets_as_one(files: Sequence[str], given: Mapping[str, Any], output: str | None, rejects: str | None) -> Targets:
    """Return the files that a run on several files as one list writes.

    They are named after the clean file and beside it if that has a name; else they are named combined, beside the
    first.
    """
    named = output if output and output != "-" else None
    beside = Path(named or ("stdin" if files[0] == "-" else files[0])).parent
    place = Path(given.get("out_dir") or beside)
    called = stem(named).removesuffix(".clean") if named else COMBINED
    return _called(place / called, given, output, rejects)


def _called(name: Path, given: Mapping[str, Any], output: str | None, rejects: str | None) -> Targets:
    """Return files that are named after a list.  name: their common path without suffixes."""
    from csv_preflight.writing.cleaning import Targets
    from csv_preflight.writing.targets import free_rejects_name

    reports = tuple(given.get("report") or ())
    report = f"{name}.report.json"
    return Targets(
        clean=output or f"{name}.clean.csv",
        rejects=rejects or free_rejects_name(f"{name}.rejects.csv", given.get("corrections") or ()),
        reports=reports or (report,),
        reports_asked_for=bool(reports),
        earlier_report=report,
        options=printed_again(given, output=output, rejects=rejects),
        saved=given["saved"],
    )


def check_one_each(files: Sequence[str], given: Mapping[str, Any], output: str | None, rejects: str | None) -> None:
    """Refuse options that name one file for several lists."""
    one = " and ".join(option for option, value in (("-o", output), ("--rejects", rejects)) if value)
    if one:
        raise click.UsageError(
            f"{one} cannot name the files of {len(files):,} lists; --out-dir names a directory, "
            "and --as-one makes one list of them"
        )
    if given.get("report"):
        raise click.UsageError(
            f"--report names the report of one list, and {len(files):,} are given; --as-one makes one list of them, "
            "and --output-format json, sarif, junit or gitlab prints the reports of all"
        )


def check_apart(files: Sequence[str], plans: Mapping[str, Targets]) -> None:
    """Refuse lists whose clean files would have the same name."""
    taken: dict[str, str] = {}
    for path in files:
        clean = plans[path].clean
        place = os.path.normcase(os.path.realpath(clean))
        if place in taken:
            both = f"{printable(taken[place])} and {printable(path)} would both be written as {printable(clean)}"
            raise click.UsageError(f"{both}; clean them one by one, with a name for each: -o")
        taken[place] = path


def earlier_files(targets: Targets, reads: Iterable[str]) -> list[str]:
    """Return existing files at the targets of a run that has written nothing.  reads: files that it has read."""
    if targets.in_place:
        return []
    reports = () if targets.reports_asked_for else targets.reports
    paths = [targets.clean, targets.rejects, *_by_other_names(targets), *reports, targets.earlier_report]
    asked = targets.reports if targets.reports_asked_for else ()
    found = [path for path in paths if path and path not in ("-", *asked) and Path(path).is_file()]
    return _without(found, reads)


def outdated_files(targets: Targets, report: Report, reads: Iterable[str]) -> list[str]:
    """Return files of earlier runs that stay beside those of this one, and are not true any more.

    They are parts of a clean file, and rejects under other names.  report: of the run, whose files are about to be
    moved into place.  reads: as for ``earlier_files``.
    """
    from csv_preflight.writing.targets import parts_from

    if targets.in_place:
        return []
    written = [one.path for one in report.outputs]
    parts = [one for one in report.outputs if one.kind == "clean"]
    replaced = [] if targets.clean in written or targets.clean == "-" else parts_from(targets.clean, len(parts) + 1)
    return _without(_by_other_names(targets), [*written, *replaced, *filter(None, [targets.rejects]), *reads])


def _by_other_names(targets: Targets) -> list[str]:
    from csv_preflight.writing.targets import all_parts, other_rejects

    parts = [] if targets.clean == "-" else all_parts(targets.clean)
    return [*parts, *(other_rejects(targets.rejects) if targets.rejects else [])]


def _without(paths: Iterable[str], others: Iterable[str]) -> list[str]:
    left_out = {os.path.realpath(path) for path in others}
    return [path for path in dict.fromkeys(paths) if os.path.realpath(path) not in left_out]
