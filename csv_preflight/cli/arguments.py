"""FILE arguments -> paths of lists: expand folders and patterns, and leave out outputs of earlier runs."""

from __future__ import annotations

import contextlib
import glob
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from csv_preflight.cli.running import complain
from csv_preflight.inputs import SUFFIXES, stem
from csv_preflight.reports.printable import named, printable_path

# The name of the outputs of several lists as one.
COMBINED = "combined"
_WRITTEN = re.compile(
    r"(?P<name>.+)\.(?:(?P<rows>clean(?=\.[a-z]|\.[0-9]{3})|rejects)(?:\.[0-9]+)?\.(?:csv|xlsx)|report\.(?:json|html|md))",
    re.ASCII | re.DOTALL,
)


def lists_named(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of the lists that FILE arguments mean; print which files are left out.

    A folder means its lists, and a pattern that is no file name, as on Windows, its matches, both sorted.  A file that
    is named twice is read once.  Of several lists, outputs of earlier runs on the others are left out; if all are
    outputs, rejects are left out if there are clean files.  Raises OSError for a folder without lists.
    """
    paths = _once([path for argument in arguments for path in _meant(argument)])
    _note_folders(arguments)
    if paths == [arguments[0]]:
        return tuple(paths)  # a single file is always meant
    names = {stem(path) for path in paths}
    written = {path for path in paths if path != "-" and is_output(path, names)}
    if len(written) == len(paths):
        written = {path for path in written if _kind(path) != "clean"}
    if not written or len(written) == len(paths):
        return tuple(paths)
    are = "is an output" if len(written) == 1 else "are outputs"
    left = "it is left out" if len(written) == 1 else "they are left out"
    complain(f"{named(sorted(written))} {are} of earlier runs; {left}", *written)
    return tuple(path for path in paths if path not in written)


def _meant(argument: str) -> list[str]:
    path = Path(argument)
    if argument != "-" and path.is_dir():
        found = sorted(str(entry) for entry in path.iterdir() if _is_list(entry))
        if not found:
            raise OSError(f"{argument}: Is a directory, and has no .csv, .tsv or .txt file")
        return found
    if set(argument) & set("*?") and not path.exists():
        return sorted(filter(os.path.isfile, glob.glob(argument, recursive=True))) or [argument]  # noqa: PTH207
    return [argument]


def _note_folders(arguments: Sequence[str]) -> None:
    """Print a note about lists in folders of the folders that are named."""
    folders = {os.path.realpath(one) for one in arguments if one and Path(one).is_dir()}
    for argument in arguments:
        if os.path.realpath(argument) not in folders or argument == "-":
            continue
        inner = sorted(
            str(one) for one in Path(argument).iterdir() if os.path.realpath(one) not in folders and _has_lists(one)
        )
        if inner:
            from csv_preflight.shell import quoted

            have, are = ("has", "is") if len(inner) == 1 else ("have", "are")
            every = quoted(str(Path(argument, "**", "*.csv")))
            complain(f"{named(inner)} {have} lists, too, and {are} left out; to take all, name {every}", *inner)


def _has_lists(folder: Path) -> bool:
    if folder.name.startswith(".") or not folder.is_dir():
        return False
    with contextlib.suppress(OSError):  # a folder that cannot be read
        return any(_is_list(one) and not _WRITTEN.fullmatch(one.name) for one in folder.iterdir())
    return False


def _once(paths: Sequence[str]) -> list[str]:
    """Return paths without those of a file that an earlier one names; the standard input is no file."""
    if len(paths) == 1:
        return list(paths)
    first: dict[str | int, str] = {}
    for place, path in enumerate(paths):
        first.setdefault(place if path == "-" else os.path.normcase(os.path.realpath(path)), path)
    return list(first.values())


def _is_list(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file()


def is_output(path: str, lists: Iterable[str] = ()) -> bool:
    """Whether a file is named like a run's output, and that run's input or another output is beside it.

    lists: names, without suffix, of further lists that count as beside it.

    >>> is_output("june.clean.002.csv", {"june"}), is_output("june.clean.csv"), is_output("june.csv", {"june"})
    (True, False, False)
    """
    found = _WRITTEN.fullmatch(Path(path).name)
    if found is None:
        return False
    name = found["name"]
    other = ".clean.csv" if _kind(path) == "rejects" else ".rejects.csv"
    beside = (Path(path).with_name(f"{name}{suffix}") for suffix in ("", *SUFFIXES, ".report.json", other))
    return name in lists or name == COMBINED or any(file.is_file() for file in beside)


def _kind(path: str) -> str | None:
    """Return which rows a file has by its name: "clean" or "rejects"; None for any other file."""
    found = _WRITTEN.fullmatch(Path(path).name)
    return found["rows"] if found else None


def note_clean_name(path: str, clean: str) -> None:
    """Print a note if a list is named like a clean file.  clean: the path of its clean file."""
    if _kind(path) == "clean":
        complain(
            f"{printable_path(path)} is named like a clean file; csv-preflight check says whether it is ready. "
            f"This run writes {printable_path(clean)}",
            path,
            clean,
        )
