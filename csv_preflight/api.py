"""The library: a list in memory or on disk -> a result, or files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Unpack

from csv_preflight import list_files, pipeline
from csv_preflight.config.overrides import Overrides
from csv_preflight.config.settings import build_settings
from csv_preflight.inputs import OpenFile, Source, Sources, Unchanged, is_frame, open_source, open_sources, refuse_text
from csv_preflight.model.numbers import OtherList
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.report import Report
from csv_preflight.model.settings import Settings
from csv_preflight.writing.sinks import Measure, Memory

if TYPE_CHECKING:
    from csv_preflight.inspection import Inspection
    from csv_preflight.model.corrections import Corrections
    from csv_preflight.result import Result
    from csv_preflight.writing.cleaning import Progress

# The default name of a list of several files.
COMBINED = "combined.csv"


def preflight(
    source: Source | Sources,
    settings: Settings | None = None,
    *,
    name: str | None = None,
    **overrides: Unpack[Overrides],
) -> Result:
    r"""Check and clean a list in memory.

    source: a path, the bytes of a file, a file open in binary mode, or a DataFrame (cells are read as text, missing
    ones as empty); or a list or tuple of these, the files of one list.  Their columns may differ in order; a number
    in two of them counts once; clean, rejects and findings name the file.  name: what reports call the list; by
    default its path, or contacts.csv if it has none.  overrides: settings by name, such as region="US",
    profile="vapi" or max_bytes="5MB"; they win over ``settings``.  existing, suppress and only take a path, or an
    iterable of paths and of numbers as str or int.

    Problems with the list are in the result, never exceptions.  Raises SettingsError for unusable settings, OSError
    for a path that cannot be read, and TypeError for any other source, such as the text of a list as a str.

    Examples:
        >>> result = preflight(b"Name,phone\nAnn,202-555-0101\nBob,ask\n", region="US")
        >>> result.ready, result.clean["phone"].tolist(), result.rejects["preflight_code"].tolist()
        (True, ['+12025550101'], ['P002'])
    """
    from csv_preflight.result import Result

    chosen = resolve_settings(settings, overrides)
    if isinstance(source, list | tuple):
        return _preflight_as_one(source, chosen, name)
    refuse_text(source)
    with open_source(source, name) as (file, called):
        lists = open_lists(chosen)
        memory = Memory(split=chosen.split)
        keep = memory.occurrences.append if chosen.max_findings is None else None
        with Unchanged(file, called):
            report = pipeline.run(file, called, chosen, memory, lists, trusted=is_frame(source), on_found=keep)
            untouched = _read_all(file) if report.untouched else None
    return Result(report, memory, untouched, called, chosen)


def _preflight_as_one(sources: Sources, settings: Settings, name: str | None) -> Result:
    from csv_preflight.result import Result

    memory = Memory(split=settings.split)
    keep = memory.occurrences.append if settings.max_findings is None else None
    with open_sources(sources) as files, ExitStack() as stack:
        for one in files:
            stack.enter_context(Unchanged(one.file, one.name))
        lists = open_lists(settings)
        report = pipeline.run_as_one(files, settings, memory, lists, name=name, on_found=keep)
    return Result(report, memory, None, name or COMBINED, settings, True)


def inspect(
    source: Source, settings: Settings | None = None, *, name: str | None = None, **overrides: Unpack[Overrides]
) -> Inspection:
    r"""Describe a list: encoding, dialect, columns, the likely phone column, countries.

    Reads only the beginning of the list, except to tell its encoding and line endings.  Takes the arguments of
    ``preflight`` and raises the same errors.  A file that is no table also gives an Inspection; its findings say why.

    Examples:
        >>> found = inspect(b"Name,phone\nAnn,+12025550101\n")
        >>> found.phone.name, found.rows, [country.region for country in found.countries]
        ('phone', 1, ['US'])
    """
    from csv_preflight.inspection import inspect_file

    refuse_text(source)
    chosen = resolve_settings(settings, overrides)
    with open_source(source, name) as (file, called), Unchanged(file, called):
        return inspect_file(file, called, chosen, trusted=is_frame(source))


def check_file(
    file: BinaryIO, name: str, settings: Settings, lists: Lists | None = None, progress: Progress | None = None
) -> Report:
    """Check whether a file is ready as it is."""
    whole = replace(settings, split=False)
    with Unchanged(file, name):
        return pipeline.run(file, name, whole, Measure(), lists, check_only=True, progress=progress)


def check_as_one(
    files: Sequence[OpenFile], settings: Settings, lists: Lists | None = None, progress: Progress | None = None
) -> Report:
    """Check whether files are ready as one list once they are joined."""
    whole = replace(settings, split=False)
    with ExitStack() as stack:
        for one in files:
            stack.enter_context(Unchanged(one.file, one.name))
        return pipeline.run_as_one(files, whole, Measure(), lists, check_only=True, progress=progress)


def clean_file(
    source: Source | Sources,
    destination: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    name: str | None = None,
    rejects: str | os.PathLike[str] | None = None,
    report: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    **overrides: Unpack[Overrides],
) -> Report:
    """Clean a list from file to file in bounded memory.

    source, name, settings, overrides: as for ``preflight``.  destination: the clean CSV; with split=True, its parts
    are named after it.  rejects: where rejected rows go, a CSV or an .xlsx workbook; by default NAME.rejects.csv next
    to the clean file, or NAME.rejects.2.csv if the first is given as corrections.  report: files for the report, in
    the format of their suffix: .json, .html or .md.

    Writes all files or none; if a rule stops the list, only the reports.  Raises SettingsError, OSError and TypeError
    like ``preflight``; also OSError for a destination that cannot be written, and SettingsError for a name that
    promises another format, such as an .xlsx destination.
    """
    from csv_preflight.writing.cleaning import Targets, write_as_one, write_files
    from csv_preflight.writing.targets import free_rejects_name

    chosen = resolve_settings(settings, overrides)
    clean = os.fspath(destination)
    stem = Path(clean).name.removesuffix(".csv").removesuffix(".clean")
    beside = os.fspath(rejects) if rejects else str(Path(clean).with_name(f"{stem}.rejects.csv"))
    if not rejects:
        beside = free_rejects_name(beside, [path for path in chosen.corrections if isinstance(path, str)])
    asked = tuple(os.fspath(path) for path in ([report] if isinstance(report, str | os.PathLike) else report))
    targets = Targets(clean, beside, asked, reports_asked_for=True)
    if isinstance(source, list | tuple):
        with open_sources(source) as files:
            return write_as_one(files, chosen, targets, open_lists(chosen), name=name)
    refuse_text(source)
    with open_source(source, name) as (file, called):
        return write_files(file, called, chosen, targets, open_lists(chosen), trusted=is_frame(source))


def resolve_settings(settings: Settings | None, overrides: Mapping[str, object]) -> Settings:
    """Return settings with overrides applied, all checked."""
    if not isinstance(settings, Settings | None):
        kind = type(settings).__name__
        raise TypeError(f"settings is a Settings, not {kind}; give settings by name, such as region='US'")
    chosen = settings or Settings()
    values = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    given = {field.name: values[field.name] for field in fields(chosen) if values[field.name] != field.default}
    return build_settings({**given, **{name: value for name, value in overrides.items() if value is not None}})


def open_lists(
    settings: Settings,
    present: Sequence[tuple[BinaryIO, str]] = (),
    watched: Callable[[BinaryIO], BinaryIO] = lambda file: file,
    never: Sequence[tuple[BinaryIO, str]] = (),
) -> Lists:
    """Read the lists of --existing, --suppress and --only, and the corrections.

    present, never: more open lists and their names, for existing and suppress.  watched: wraps each file that is
    opened.
    """
    given = {other.option: getattr(settings, other.option) for other in OtherList}
    corrections: tuple[Corrections, ...] = ()
    if settings.corrections:
        from csv_preflight.corrections_files import read_corrections

        corrections = tuple(read_corrections(one, settings) for one in settings.corrections)
    if not (any(given.values()) or present or never):
        return Lists(corrections=corrections)
    from csv_preflight.lists import read_lists

    with ExitStack() as stack:
        files = {name: list_files.open_lists(entries, name, stack, watched) for name, entries in given.items()}
        more = {"existing": chain(present, files["existing"]), "suppress": chain(never, files["suppress"])}
        return read_lists({**files, **more}, settings)._replace(corrections=corrections)


def _read_all(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()
