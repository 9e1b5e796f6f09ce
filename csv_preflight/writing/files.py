"""Files that appear all together or not at all.

Everything is written to temporary files beside the targets, readable by the owner only.  ``sync`` flushes them to the
disk.  ``commit`` removes old reports, moves the data files into place, and the reports last, so that a report on the
disk means that its files are complete.  Each step is on the disk before the next begins.  If a step fails, files that
are already in place are removed again.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Self, TypeVar

from csv_preflight.model.sha256 import Sha256
from csv_preflight.writing.targets import STDOUT, SUFFIX, check_target, check_targets, temporary_prefix

COPY_BLOCK = 1 << 20
Entered = TypeVar("Entered")
_NEW_AND_PRIVATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class Written:
    """A file being written: a temporary file beside its target, with its size and hash so far."""

    def __init__(self, target: str, kind: Literal["data", "report"]) -> None:
        self.target, self.kind = target, kind
        self.size = 0
        self._hash = Sha256()
        self.temporary: Path | None = None
        self._file: BinaryIO = io.BytesIO()
        self._status: os.stat_result | None = None

    def begin(self) -> None:
        """Create the temporary file.  Its name is set first, so that a signal in between leaves nothing behind."""
        with _named(self.target):
            if self.target == STDOUT:
                import tempfile

                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by deliver() or discard()
                return
            name = f"{temporary_prefix(self.target)}{os.urandom(8).hex()}{SUFFIX}"
            self.temporary = Path(self.target).with_name(name)
            self._file = os.fdopen(os.open(self.temporary, _NEW_AND_PRIVATE, 0o600), "w+b")

    def write(self, data: bytes | memoryview) -> None:
        """Append bytes."""
        with _named(self.target):
            self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """The hash of the bytes written so far."""
        return self._hash.hexdigest()

    def restart(self) -> None:
        """Start again with an empty file."""
        with _named(self.target):
            self._file.seek(0)
            self._file.truncate()
        self.size, self._hash = 0, Sha256()

    def copy(self, other: Written, start: int, end: int) -> None:
        """Append some of the bytes written so far to another file; nothing can be written here afterwards."""
        self._file.seek(start)
        while start < end:
            block = self._file.read(min(COPY_BLOCK, end - start))
            other.write(block)
            start += len(block)

    def sync(self) -> None:
        """Flush the file to the disk and close it; the standard output stays open."""
        with _named(self.target):
            self._file.flush()
            if self.temporary:
                os.fsync(self._file.fileno())
                self._status = os.fstat(self._file.fileno())
                self._file.close()

    def deliver(self) -> None:
        """Move the file into its place."""
        with _named(self.target):
            if self.temporary:
                check_target(self.target, None)
                self.temporary.replace(self.target)
                self.temporary = None
                return
            self._file.seek(0)
            output = sys.stdout.buffer
            while block := self._file.read(COPY_BLOCK):
                output.write(block)
            output.flush()
            self._file.close()

    def take_back(self) -> None:
        """Remove the file if it is in its place already, ignoring errors."""
        with contextlib.suppress(OSError):
            if self._status and os.path.samestat(self._status, Path(self.target).lstat()):
                Path(self.target).unlink()

    def remove(self) -> None:
        """Close and remove the temporary file."""
        with contextlib.suppress(OSError):  # closing flushes, and the disk may be full
            self._file.close()
        if self.temporary:
            with _named(self.target):
                self.temporary.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove the file, ignoring errors, since something else has failed already."""
        with contextlib.suppress(OSError):
            self.remove()


class FileSet:
    """The files of one run.  Leaving the context without ``commit`` leaves nothing behind."""

    def __init__(self, source: BinaryIO | None = None, inputs: Sequence[str] = ()) -> None:
        """Begin.  source: the input; inputs: paths of others; no target may be one of them."""
        self._source, self._inputs = source, inputs
        self._files: list[Written] = []
        self._stale: list[str] = []
        self._stale_reports: list[str] = []
        self._others = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._others.close()
        for file in self._files:
            file.discard()

    def enter(self, other: contextlib.AbstractContextManager[Entered]) -> Entered:
        """Enter a context that is left together with this one."""
        return self._others.enter_context(other)

    def check(self, targets: Iterable[str]) -> None:
        """Raise OSError unless all targets can be written, before time is spent on their contents."""
        check_targets(targets, self._source, self._inputs)

    def open(self, target: str, kind: Literal["data", "report"] = "data") -> Written:
        """Begin a file; a target that is a link, directory, special file or an input raises OSError."""
        check_target(target, self._source, self._inputs)
        file = Written(target, kind)
        self._files.append(file)
        file.begin()
        return file

    def drop(self, file: Written) -> None:
        """Take a file out of the set."""
        file.remove()
        self._files.remove(file)

    def remove(self, target: str, kind: Literal["data", "report"] = "data") -> None:
        """Remove a file of an earlier run on ``commit``, if there is one."""
        path = Path(target)
        if target != STDOUT and path.is_file() and not path.is_symlink():
            check_target(target, self._source, self._inputs)
            (self._stale_reports if kind == "report" else self._stale).append(target)

    def copy_mode(self, file: Written, original: BinaryIO) -> None:
        """Give a file the mode and, where that is allowed, the owner and group of another."""
        if file.temporary is None:
            return
        status = os.fstat(original.fileno())
        mode = stat.S_IMODE(status.st_mode)
        if hasattr(os, "chown"):
            with contextlib.suppress(PermissionError):
                os.chown(file.temporary, status.st_uid, -1)
            try:
                os.chown(file.temporary, -1, status.st_gid)
            except PermissionError:
                mode &= ~stat.S_IRWXG  # another group must not get the permissions
        file.temporary.chmod(mode)

    def sync(self) -> None:
        """Flush everything to the disk, so that a full disk fails here."""
        for file in self._files:
            file.sync()

    def commit(self, *, rewrites: bool = False) -> None:
        """Move all files, after ``sync``, into their places, reports last.

        rewrites: the data file replaces the input, so it stays even if a later step fails.
        """
        reports = [file for file in self._files if file.kind == "report"]
        data = [file for file in self._files if file.kind == "data"]
        old = [*(file.target for file in reports if file.target != STDOUT), *self._stale_reports]
        try:
            if _unlink(map(Path, old)):
                _sync_directories(old)
            for file in data:
                file.deliver()
            _unlink(map(Path, self._stale))
            _sync_directories(file.target for file in data)
            for file in reports:
                file.deliver()
            _sync_directories(file.target for file in reports)
        except BaseException:  # including a signal, which may come right after a file is in its place
            for file in (*reports, *(data if not rewrites else ())):
                file.take_back()
            raise
        self._files = []


def _unlink(paths: Iterable[Path]) -> bool:
    """Remove files; return whether there were any."""
    present = [path for path in paths if path.exists() or path.is_symlink()]
    for path in present:
        with _named(str(path)):
            path.unlink(missing_ok=True)
    return bool(present)


@contextlib.contextmanager
def _named(target: str) -> Iterator[None]:
    """Make errors name the target, not the temporary file."""
    try:
        yield
    except OSError as error:
        if error.errno is not None:
            error.filename = "the standard output" if target == STDOUT else target
            del error.filename2  # None would be printed
        raise


def _sync_directories(targets: Iterable[str]) -> None:
    if os.name == "nt":
        return
    for directory in {Path(target).parent for target in targets if target != STDOUT}:
        with _named(str(directory)):
            handle = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(handle)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot do it
                    raise
            finally:
                os.close(handle)
