"""Files that appear all together or not at all.

Everything is written to temporary files beside the targets, readable by the owner only.  ``commit`` syncs them to
the disk, takes the old reports away, puts the data files into their places and the reports last: a report on the
disk means that the files it names are whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
from collections.abc import Iterable
from itertools import count, takewhile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Self

PREFIX = ".csv-preflight-"
COPY_BLOCK = 1 << 20

STDOUT = "-"


class Written:
    """A file being written: a temporary file beside its target, with its size and hash so far."""

    def __init__(self, target: str, kind: Literal["data", "report"]) -> None:
        import tempfile

        self.target, self.kind = target, kind
        self.size = 0
        self._hash = hashlib.sha256()
        self.temporary: Path | None = None
        if target == STDOUT:
            self._file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close() or discard()
            return
        path = Path(target)
        handle, name = tempfile.mkstemp(prefix=f"{PREFIX}{path.name}-", suffix=".tmp", dir=path.parent)
        self.temporary = Path(name)
        self._file = os.fdopen(handle, "w+b")

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """The hash of what was written so far."""
        return self._hash.hexdigest()

    def restart(self) -> None:
        """Forget what was written so far."""
        self._file.seek(0)
        self._file.truncate()
        self.size, self._hash = 0, hashlib.sha256()

    def copy(self, other: Written, start: int, end: int) -> None:
        """Append some of the bytes written so far to another file; nothing can be written here afterwards."""
        self._file.seek(start)
        while start < end:
            block = self._file.read(min(COPY_BLOCK, end - start))
            other.write(block)
            start += len(block)

    def sync(self) -> None:
        """Bring a file to the disk and close it; leave what goes to the standard output open."""
        self._file.flush()
        if self.temporary:
            os.fsync(self._file.fileno())
            self._file.close()

    def deliver(self) -> None:
        """Put the file into its place."""
        if self.temporary:
            self.temporary.replace(self.target)
            self.temporary = None
            return
        self._file.seek(0)
        output = sys.stdout.buffer
        while block := self._file.read(COPY_BLOCK):
            output.write(block)
        output.flush()
        self._file.close()

    def discard(self) -> None:
        """Close and remove what was not delivered."""
        self._file.close()
        if self.temporary:
            self.temporary.unlink(missing_ok=True)


class FileSet:
    """The files of one run.  Leaving the context without ``commit`` leaves nothing behind."""

    def __init__(self, source: BinaryIO | None = None) -> None:
        """Begin; source: the input, which no target may be."""
        self._source = source
        self._files: list[Written] = []
        self._stale: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            with contextlib.suppress(OSError):
                file.discard()

    def open(self, target: str, kind: Literal["data", "report"] = "data") -> Written:
        """Begin a file; a target that is a link, directory, special file or the input raises OSError."""
        check_target(target, self._source)
        file = Written(target, kind)
        self._files.append(file)
        return file

    def drop(self, file: Written) -> None:
        """Take a file out of the set."""
        self._files.remove(file)
        file.discard()

    def remove(self, target: str) -> None:
        """Have a file of an earlier run removed, if there is one."""
        path = Path(target)
        if target != STDOUT and path.is_file() and not path.is_symlink():
            check_target(target, self._source)
            self._stale.append(path)

    def copy_mode(self, file: Written, original: str) -> None:
        """Give a file the mode and, where that is allowed, the owner of another."""
        if file.temporary is None:
            return
        status = Path(original).stat()
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):
                os.chown(file.temporary, status.st_uid, status.st_gid)
        file.temporary.chmod(stat.S_IMODE(status.st_mode))

    def commit(self) -> None:
        """Put all files into their places, reports last."""
        reports = [file for file in self._files if file.kind == "report"]
        data = [file for file in self._files if file.kind == "data"]
        for file in self._files:
            file.sync()
        for file in reports:
            if file.target != STDOUT:
                Path(file.target).unlink(missing_ok=True)
        for file in data:
            file.deliver()
        for path in self._stale:
            path.unlink(missing_ok=True)
        for file in reports:
            file.deliver()
        _sync_directories(file.target for file in self._files)
        self._files = []


def check_target(target: str, source: BinaryIO | None) -> None:
    """Raise OSError unless a file can be put at target without harm to anything but an older output."""
    if target == STDOUT:
        return
    path = Path(target)
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        kind = "a link" if stat.S_ISLNK(status.st_mode) else "not a regular file"
        raise OSError(f"{target} is {kind}; name a plain file for the output")
    if source is not None and _is_file(source, status):
        raise OSError(f"{target} is the input itself; name another file with -o, or use --in-place")


def _is_file(source: BinaryIO, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(status, os.fstat(source.fileno()))
    except (OSError, AttributeError):  # a source in memory has no descriptor
        return False


def part_name(target: str, number: int) -> str:
    """Return the name of one of the parts of a file.

    >>> part_name("june.clean.csv", 2)
    'june.clean.002.csv'
    """
    path = Path(target)
    return str(path.with_name(f"{path.stem}.{number:03d}{path.suffix}"))


def parts_from(target: str, number: int) -> list[str]:
    """Return the parts of a file that are there, from a number on without a gap."""
    names = takewhile(lambda name: Path(name).is_file(), (part_name(target, following) for following in count(number)))
    return list(names)


def leftovers(directory: Path) -> list[Path]:
    """Return temporary files that a killed run has left in a directory."""
    return sorted(directory.glob(f"{PREFIX}*.tmp"))


def _sync_directories(targets: Iterable[str]) -> None:
    if os.name == "nt":
        return
    for directory in {Path(target).parent for target in targets if target != STDOUT}:
        handle = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
