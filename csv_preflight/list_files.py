"""The files of other lists, unpacked: a path, a folder, a zip or gzip of one list, the standard input, numbers."""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, BinaryIO, cast

from csv_preflight.errors import SettingsError
from csv_preflight.inputs import open_source
from csv_preflight.model.numbers import Numbers
from csv_preflight.rfc4180 import quoted

STDIN = "-"
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
# Sorted numbers compress to a tenth of their size, a zip bomb to a thousandth.
MOST_TIMES, UNPACKED_ANYWAY = 200, 100_000_000
# Folders in a zip that are not part of the list, and files that identify office documents.
_SYSTEM = ("__MACOSX/",)
_DOCUMENTS = {"[Content_Types].xml", "mimetype"}
_BLOCK = 1 << 20


def open_lists(
    entries: Iterable[str | Numbers],
    option: str,
    stack: ExitStack,
    watched: Callable[[BinaryIO], BinaryIO],
    names: Mapping[str, str] | None = None,
) -> Iterator[tuple[BinaryIO, str]]:
    """Yield each file of the lists of an option, seekable, with its name in messages.

    watched: wraps each file that is on the disk.  names: by path, other names for messages.  Raises OSError for a path
    that cannot be read, SettingsError for a folder without files or an archive without exactly one list.
    """
    for entry in entries:
        if isinstance(entry, Numbers):
            text = "".join(f"{quoted(cell)}\n" for cell in ("phone", *entry.cells))
            yield io.BytesIO(text.encode("utf-8", "replace")), str(entry)
        elif entry == STDIN:
            file, _ = stack.enter_context(open_source(sys.stdin.buffer))
            yield _unpacked(file, "the standard input", option, stack), "the standard input"
        else:
            paths = files_in(entry)
            if not paths:
                raise SettingsError(f"{option}: there is no file in {entry}")
            for path in paths:
                file, _ = stack.enter_context(open_source(path))
                name = (names or {}).get(path, path)
                yield watched(_unpacked(file, name, option, stack)), name


def files_in(path: str) -> list[str]:
    """Return the files of a folder and its subfolders by name, without hidden ones; any other path unchanged."""
    if not Path(path).is_dir():
        return [path]
    result = []
    for directory, inner, names in os.walk(path):
        inner[:] = [name for name in inner if not name.startswith(".")]
        result += [str(Path(directory, name)) for name in names if not name.startswith(".")]
    return sorted(result)


def _unpacked(file: BinaryIO, path: str, option: str, stack: ExitStack) -> BinaryIO:
    """Return the list in a zip or gzip as a temporary file; any other file unchanged."""
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    if start == _ZIP:
        return _from_zip(file, path, option, stack)
    if start[:2] == _GZIP:
        import gzip

        with gzip.GzipFile(fileobj=file) as opened:
            return _copied(cast("IO[bytes]", opened), _size(file), path, option, stack)
    return file


def _from_zip(file: BinaryIO, path: str, option: str, stack: ExitStack) -> BinaryIO:
    import zipfile

    try:
        with zipfile.ZipFile(file) as archive:
            if _DOCUMENTS & {entry.filename for entry in archive.infolist()}:
                file.seek(0)
                return file  # a workbook: F001 says what to do
            lists = [
                entry
                for entry in archive.infolist()
                if not entry.is_dir()
                and not entry.filename.startswith(_SYSTEM)
                and not Path(entry.filename).name.startswith(".")
            ]
            if len(lists) != 1:
                count = len(lists) or "no"
                raise SettingsError(f"{option}: {path} holds {count} files; unpack it, and give the folder")
            if lists[0].flag_bits & 1:
                raise SettingsError(f"{option}: {path} is locked with a password; unpack it, and give what is inside")
            with archive.open(lists[0]) as opened:
                return _copied(opened, max(lists[0].compress_size, 1), path, option, stack)
    except NotImplementedError as error:
        raise SettingsError(f"{option}: {path} is packed in an uncommon way; unpack it, and give the list") from error
    except zipfile.BadZipFile as error:
        raise _damaged(path, option) from error


def _copied(packed: IO[bytes], size: int, path: str, option: str, stack: ExitStack) -> BinaryIO:
    """Return the unpacked contents as a temporary file, unless they are far too large for the packed size in bytes."""
    import gzip
    import tempfile

    copy = cast("BinaryIO", stack.enter_context(tempfile.TemporaryFile()))  # noqa: SIM115
    most = max(MOST_TIMES * size, UNPACKED_ANYWAY)
    try:
        while block := packed.read(_BLOCK):
            copy.write(block)
            if copy.tell() > most:
                raise SettingsError(f"{option}: {path} unpacks to more than {MOST_TIMES} times its size: no list does")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _damaged(path, option) from error
    copy.seek(0)
    return copy


def _damaged(path: str, option: str) -> SettingsError:
    return SettingsError(f"{option}: {path} is damaged: it cannot be unpacked to its end; get it again")


def _size(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size
