"""The parts of a zipped workbook, with limits on unpacking them."""

from __future__ import annotations

import contextlib
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO

from csv_preflight.errors import WorkbookError

# A sheet of a million rows and twenty columns has about 1 GB; XML of real sheets is packed 5 to 30 times smaller.
LARGEST_PART = 4 << 30
LARGEST_IN_MEMORY = 512 << 20
LEAST_BOMB = 64 << 20
BOMB_RATIO = 150

DAMAGED = "the workbook is damaged; open it in the program that made it and save it again"
PROTECTED = "the workbook is protected by a password; save a copy without one, and convert that"
TOO_LARGE = (
    "the workbook takes more memory or time than any list needs; copy the list into a new workbook, and convert that"
)


class Package:
    """A zip archive, read part by part.  A part never yields more bytes than its entry declares."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
            raise WorkbookError(DAMAGED) from error
        self._names = {name.replace("\\", "/").lstrip("/").casefold(): name for name in self._archive.namelist()}

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._names

    @contextlib.contextmanager
    def open(self, name: str, largest: int = LARGEST_IN_MEMORY) -> Iterator[IO[bytes]]:
        """Open a part; one of more than ``largest`` bytes, or packed suspiciously small, raises WorkbookError."""
        if name not in self:
            raise WorkbookError(DAMAGED)
        entry = self._archive.getinfo(self._names[_key(name)])
        if entry.flag_bits & 1:
            raise WorkbookError(PROTECTED)
        is_bomb = entry.file_size > LEAST_BOMB and entry.file_size > BOMB_RATIO * entry.compress_size
        if entry.file_size > largest or is_bomb:
            raise WorkbookError(TOO_LARGE)
        with _as_damage(), self._archive.open(entry) as part:
            yield part


def _key(name: str) -> str:
    return posixpath.normpath(name).lstrip("/").casefold()


@contextlib.contextmanager
def _as_damage() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise WorkbookError(DAMAGED) from error
