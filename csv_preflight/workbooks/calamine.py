"""Workbooks in Excel's binary formats (.xls, .xlsb), read by calamine in a separate process.

Calamine allocates memory for the whole rectangle of a sheet's cells, and ends the process if that is too much.  It
returns no number formats.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO, cast

from csv_preflight.errors import WorkbookError
from csv_preflight.workbooks import calamine_child as child
from csv_preflight.workbooks.cells import number_cell, truth
from csv_preflight.workbooks.dates import elapsed
from csv_preflight.workbooks.formats import number_format
from csv_preflight.workbooks.package import DAMAGED, PROTECTED, TOO_LARGE
from csv_preflight.workbooks.remarks import Kind, Place, Remarks
from csv_preflight.workbooks.workbook import Cells, Sheet

SCRIPT = str(Path(child.__file__))
MEMORY = 3 << 30
PROCESSOR_SECONDS = 120
SECONDS = 600

INSTALL = 'to read .xls and .xlsb workbooks, install the extra: pip install "csv-preflight-contacts[excel]"'
_SAID = {child.PASSWORD: PROTECTED, child.BROKEN: DAMAGED, child.MISSING: INSTALL}
_NO_FORMAT = number_format("0")


class Reader:
    """A workbook."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        listed: list[tuple[str, bool]] = next(_lines(file, ""), [])
        self.sheets: Sequence[Sheet] = tuple(
            Sheet(name, str(index), hidden) for index, (name, hidden) in enumerate(listed)
        )

    def rows(self, sheet: Sheet, remarks: Remarks) -> Iterator[tuple[int, Cells]]:
        """Yield the number, from 1, and cells of each row that is not empty."""
        for number, told in _lines(self._file, sheet.place):
            cells = []
            for column, kind, text in told:
                place = Place(number, column, text)
                shown, remark = _cell(kind, text)
                if kind == child.NUMBER:
                    remarks.add(Kind.NO_FORMATS, place)
                if remark:
                    remarks.add(remark, Place(number, column, shown))
                cells.append((column, shown))
            yield number, cells


def _cell(kind: str, text: str) -> tuple[str, Kind | None]:
    if kind == child.NUMBER:
        return number_cell(text, _NO_FORMAT)
    if kind == child.TRUTH:
        return truth(value=bool(text)), None
    if kind == child.DURATION:
        return elapsed(float(text)), None
    return text, None


def _lines(file: BinaryIO, index: str) -> Iterator[Any]:
    """Yield the other process's output; raise WorkbookError if it ends badly."""
    command = [sys.executable, "-P", SCRIPT, str(MEMORY), str(PROCESSOR_SECONDS), index]
    with (
        _with_descriptor(file) as source,
        subprocess.Popen(  # noqa: S603 - this Python, and a script of ours
            command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process,
    ):
        timer = Timer(SECONDS, process.kill)
        timer.start()
        try:
            for line in process.stdout or ():
                said = json.loads(line)
                if said is None:
                    return
                if isinstance(said, str):
                    raise WorkbookError(_SAID[said])
                yield said
        finally:
            timer.cancel()
            process.kill()
    raise WorkbookError(TOO_LARGE)


@contextlib.contextmanager
def _with_descriptor(file: BinaryIO) -> Iterator[BinaryIO]:
    """Yield a file that another process can read from its beginning."""
    file.seek(0)
    if _has_descriptor(file):
        yield file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def _has_descriptor(file: BinaryIO) -> bool:
    try:
        file.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return False
    return True
