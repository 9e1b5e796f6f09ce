"""The library: a list in memory or on the disk -> a result, or files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Unpack

from csv_preflight import list_files, pipeline
from csv_preflight.config.overrides import Overrides
from csv_preflight.config.settings import build_settings
from csv_preflight.inputs import Source, Unchanged, _is_frame, open_source, refuse_text
from csv_preflight.lists import KINDS, Lists, read_lists
from csv_preflight.model.report import Report
from csv_preflight.model.settings import Settings
from csv_preflight.result import Result
from csv_preflight.writing.cleaning import Progress, Targets, write_files
from csv_preflight.writing.sinks import Measure, Memory


def preflight(source: Source, settings: Settings | None = None, **overrides: Unpack[Overrides]) -> Result:
    """Check and clean a list in memory.

    source: a path, the bytes of a file, a binary file, or a DataFrame (its cells are taken as text, missing
    ones as empty).  overrides: settings by name, such as region="US" or profile="vapi".  What is wrong with the
    list is in the result; settings that can not be used raise SettingsError, unreadable paths OSError.
    existing, suppress and only take paths, or iterables of numbers.
    """
    refuse_text(source)
    chosen = resolve_settings(settings, overrides)
    with open_source(source) as (file, name):
        lists = open_lists(chosen)
        memory = Memory(split=chosen.split)
        with Unchanged(file, name):
            report = pipeline.run(file, name, chosen, memory, lists, trusted=_is_frame(source))
            untouched = _read_all(file) if report.untouched else None
    return Result(report, memory, untouched, name)


def check_file(
    file: BinaryIO, name: str, settings: Settings, lists: Lists | None = None, progress: Progress | None = None
) -> Report:
    """Check whether a file is ready as it is."""
    whole = replace(settings, split=False)
    with Unchanged(file, name):
        return pipeline.run(file, name, whole, Measure(), lists, check_only=True, progress=progress)


def clean_file(
    source: Source,
    destination: str | os.PathLike[str],
    settings: Settings | None = None,
    *,
    rejects: str | os.PathLike[str] | None = None,
    report: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    **overrides: Unpack[Overrides],
) -> Report:
    """Clean a list from file to file in bounded memory.

    destination: the clean CSV.  rejects: where rejected rows go, by default beside it as NAME.rejects.csv.
    report: files for the report, by suffix.  All are written together or not at all: nothing where a stop
    finding stands.  Raises SettingsError and OSError like ``preflight``.
    """
    refuse_text(source)
    chosen = resolve_settings(settings, overrides)
    clean = os.fspath(destination)
    stem = Path(clean).name.removesuffix(".csv").removesuffix(".clean")
    beside = os.fspath(rejects) if rejects else str(Path(clean).with_name(f"{stem}.rejects.csv"))
    asked = tuple(os.fspath(path) for path in ([report] if isinstance(report, str | os.PathLike) else report))
    targets = Targets(clean, beside, asked, reports_asked_for=True)
    with open_source(source) as (file, name):
        return write_files(file, name, chosen, targets, open_lists(chosen), trusted=_is_frame(source))


def resolve_settings(settings: Settings | None, overrides: Mapping[str, object]) -> Settings:
    """Return settings with overrides by name, all checked."""
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
    """Read the lists of --existing, --suppress and --only.

    present, never: more lists, and their names, of the former and the latter kind.  watched: is given each file, and
    returns it.
    """
    given = {name: getattr(settings, name) for name in KINDS}
    if not (any(given.values()) or present or never):
        return Lists()
    with ExitStack() as stack:
        files = {name: list_files.open_lists(entries, name, stack, watched) for name, entries in given.items()}
        more = {"existing": chain(present, files["existing"]), "suppress": chain(never, files["suppress"])}
        return read_lists({**files, **more}, settings)


def _read_all(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()
