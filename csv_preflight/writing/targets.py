"""Where files may be written: paths that are refused, names of parts, and leftovers of killed runs."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Sequence
from itertools import chain, count, takewhile
from pathlib import Path
from typing import BinaryIO

PREFIX = ".csv-preflight-"
SUFFIX = ".tmp"
STDOUT = "-"

_KINDS = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def check_targets(targets: Iterable[str], source: BinaryIO | None, inputs: Iterable[str] = ()) -> None:
    """Raise OSError unless all targets of a run can be written without harm to its inputs and to each other.

    source: the list that is read; inputs: paths of other files that are read.
    """
    seen: dict[object, str] = {}
    reserved = list(inputs)
    for target in targets:
        check_target(target, source, reserved)
        for identity in _identities(target):
            if identity in seen:
                raise OSError(f"{target} is named for two outputs; give each a file of its own")
            seen[identity] = target


def check_target(target: str, source: BinaryIO | None, inputs: Sequence[str] = ()) -> None:
    """Raise OSError unless a file can be written at target without harm to anything but an older output."""
    if target == STDOUT:
        if source is not None and _is_file(source, _state_of_stdout()):
            raise OSError("the standard output is the input itself; send it to another file, or use --in-place")
        return
    if target.endswith(("/", os.sep)):
        raise OSError(f"{target} is a directory; name a plain file for the output")
    try:
        status = Path(target).lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        kind = next((kind for test, kind in _KINDS if test(status.st_mode)), "not a regular file")
        hint = ", or - for the standard output" if target.startswith("/dev/") else ""
        raise OSError(f"{target} is {kind}; name a plain file for the output{hint}")
    if source is not None and _is_file(source, status):
        raise OSError(f"{target} is the input itself; name another file with -o, or use --in-place")
    for path in inputs:
        if Path(path).exists() and os.path.samestat(status, Path(path).stat()):
            raise OSError(f"{target} is one of the lists that are read; name another file for the output")


def check_parts(clean: str, others: Iterable[str]) -> None:
    """Raise OSError if another output has a name that a part of the clean file may get."""
    path = Path(clean)
    part = re.compile(rf"{re.escape(path.stem)}\.[0-9]{{3,}}{re.escape(path.suffix)}", re.ASCII)
    for target in others:
        if part.fullmatch(Path(target).name) and os.path.realpath(Path(target).parent) == os.path.realpath(path.parent):
            raise OSError(f"{target} is how the parts are named that --split writes; name another file")


def _state_of_stdout() -> os.stat_result | None:
    try:
        return os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):  # closed, or no file
        return None


def _is_file(source: BinaryIO, status: os.stat_result | None) -> bool:
    if status is None or not stat.S_ISREG(status.st_mode):
        return False
    try:
        return os.path.samestat(status, os.fstat(source.fileno()))
    except (OSError, AttributeError):  # a source in memory has no descriptor
        return False


def _identities(target: str) -> list[object]:
    """Return what identifies a target: its path, and the file that is there."""
    if target == STDOUT:
        return [STDOUT]
    path = Path(target)
    result: list[object] = [os.path.normcase(Path(os.path.realpath(path.parent)) / path.name)]
    if path.exists():
        status = path.lstat()
        result.append((status.st_dev, status.st_ino))
    return result


def part_name(target: str, number: int) -> str:
    """Return the name of one of the parts of a file.

    >>> part_name("june.clean.csv", 2)
    'june.clean.002.csv'
    """
    path = Path(target)
    return str(path.parent / f"{path.stem}.{number:03d}{path.suffix}")


def free_rejects_name(target: str, corrections: Iterable[str]) -> str:
    """Return the default path of rejects, with a number added if that path is a file of corrections.

    The corrections must not be overwritten: the next run needs them again.

    >>> free_rejects_name("june.rejects.csv", ["june.rejects.csv"]), free_rejects_name("a.rejects.csv", ["b.csv"])
    ('june.rejects.2.csv', 'a.rejects.csv')
    """
    taken = {identity for path in corrections for identity in _identities(path)}
    path = Path(target)
    names = chain([target], (str(path.with_name(f"{path.stem}.{number}{path.suffix}")) for number in count(2)))
    return next(name for name in names if taken.isdisjoint(_identities(name)))


def parts_from(target: str, number: int) -> list[str]:
    """Return the existing parts of a file, from a number on without a gap."""
    names = takewhile(lambda name: Path(name).is_file(), (part_name(target, following) for following in count(number)))
    return list(names)


def all_parts(target: str) -> list[str]:
    """Return the existing parts of a file: those without a gap, and up to 999 whatever is missing."""
    return list(dict.fromkeys([*parts_from(target, 1), *_numbered(target, "[0-9]{3}")]))


def other_rejects(target: str) -> list[str]:
    """Return the existing rejects files beside target that earlier runs on its list have written under other names.

    They have a number added, as ``free_rejects_name`` does, or are a workbook in place of a CSV, or the reverse.
    """
    path = Path(target)
    stem = re.sub(r"[.][0-9]+$", "", path.stem, flags=re.ASCII)
    if not stem.endswith(".rejects"):
        return _numbered(str(path.with_name(f"{stem}{path.suffix}")), "[1-9][0-9]*")
    wholes = [path.with_name(f"{stem}{suffix}") for suffix in (".csv", ".xlsx")]
    found = [str(whole) for whole in wholes if whole.is_file()]
    return [*found, *(one for whole in wholes for one in _numbered(str(whole), "[1-9][0-9]*"))]


def _numbered(target: str, number: str) -> list[str]:
    path = Path(target)
    name = re.compile(rf"{re.escape(path.stem)}\.({number}){re.escape(path.suffix)}", re.ASCII)
    entries = path.parent.iterdir() if path.parent.is_dir() else ()
    found = ((match, entry) for entry in entries if (match := name.fullmatch(entry.name)) and entry.is_file())
    return [str(entry) for _, entry in sorted(found, key=lambda one: int(one[0][1]))]


def temporary_prefix(target: str) -> str:
    """Return the prefix of a target's temporary file, with the writing process's number and the target's name."""
    return (
        f"{PREFIX}{os.getpid()}-{Path(target).name[:40]}-"  # at four bytes a character, this leaves room for the rest
    )


def leftovers(targets: Iterable[str]) -> list[Path]:
    """Return temporary files that killed runs have left beside targets, without those of running ones."""
    directories = {Path(target).parent for target in targets if target != STDOUT}
    result = {path for directory in directories for path in directory.glob(f"{PREFIX}*{SUFFIX}")}
    return sorted(path for path in result if not _is_being_written(path))


def _is_being_written(path: Path) -> bool:
    process = path.name.removeprefix(PREFIX).partition("-")[0]
    if os.name == "nt" or not process.isdecimal():  # os.kill would end the process on Windows
        return False
    if int(process) == os.getpid():  # in containers, all runs may have the same number
        return False
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError):
        return False
    return True
