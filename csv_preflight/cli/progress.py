"""A progress line on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast

if TYPE_CHECKING:
    from csv_preflight.inputs import OpenFile

# The remaining time is shown after this much of a file and this many seconds.
_TELLING_SHARE, _TELLING_SECONDS = 0.05, 2.0


class ProgressLine:
    """The progress of reading, only on a terminal, for files that take longer than a second.

    ``rows`` takes the count of rows read so far; before there are any, ``watched`` files show how much of them is read.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        quiet = given.get("quiet") or os.environ.get("CI") or os.environ.get("PRE_COMMIT")
        self._shown = sys.stderr.isatty() and not quiet
        self._printed = self._has_rows = False
        self._at = self._size = 0
        self._now = self._began = 0.0

    def __enter__(self) -> Self:
        from time import monotonic

        self._now = self._began = monotonic()
        self._next = self._now + 1
        return self

    def watched(self, file: BinaryIO) -> BinaryIO:
        """Wrap a file so that its reading is shown."""
        return cast("BinaryIO", _Watched(file, self)) if self._shown else file

    def watching(self, files: Sequence[OpenFile]) -> list[OpenFile]:
        """Wrap the files of a list so that their reading is shown."""
        from dataclasses import replace

        return [replace(one, file=self.watched(one.file)) for one in files]

    def rows(self, rows: int) -> None:
        """Show the count of rows read."""
        self._has_rows = True
        if self._is_due():
            self._show(f"{rows:,} rows read{self._left()}")

    def bytes(self, at: int, size: int) -> None:
        """Show how much of a file was read, as long as no rows are read."""
        if at < self._at or size != self._size:  # another pass, or another file
            self._began = self._now
        self._at, self._size = at, size
        if not self._has_rows and self._is_due():
            self._show(f"{at // 1_000_000:,} of {size // 1_000_000:,} MB looked at{self._left()}")

    def _left(self) -> str:
        """Return the share of the pass that is done and, once it can be estimated, the remaining time."""
        if not self._size:
            return ""
        share, seconds = min(1.0, self._at / self._size), self._now - self._began
        text = f", {share:.0%}"
        if _TELLING_SHARE < share < 1 and seconds > _TELLING_SECONDS:
            left = seconds * (1 - share) / share
            text += f", about {left / 60:.0f} min left" if left >= 90 else f", about {max(1, round(left))} s left"
        return text

    def _is_due(self) -> bool:
        from time import monotonic

        if not self._shown:
            return False
        self._now = monotonic()
        if self._now < self._next:
            return False
        self._next = self._now + 0.2
        return True

    def _show(self, text: str) -> None:
        self._printed = True
        sys.stderr.write(f"\r{text}\x1b[K")
        sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Erase the line."""
        if self._printed:
            self._printed = False
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class _Watched:
    """A file whose reading is shown."""

    def __init__(self, file: BinaryIO, line: ProgressLine) -> None:
        self._file, self._line = file, line
        self._size = os.fstat(file.fileno()).st_size

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._line.bytes(self._file.tell(), self._size)
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
