"""The private folder of a session: readable by its owner only, and deleted at the end, however that comes."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PREFIX = "csv-preflight-page-"
# Waits for the end of its standard input, which ends with the parent process, even a killed one.
_WATCH = "import shutil, sys; sys.stdin.buffer.read(); shutil.rmtree(sys.argv[1], ignore_errors=True)"


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """Yield a folder of mode 0700 that is deleted at the end; a second process does so if this one is killed."""
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        with _watched(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _watched(folder: Path) -> Iterator[None]:
    # In its own process group, since Ctrl-C reaches all processes of the terminal's.
    own_group: dict[str, Any] = {"creationflags": 0x200} if os.name == "nt" else {"start_new_session": True}
    watcher = subprocess.Popen(  # noqa: S603 - Python itself, with a fixed text
        [sys.executable, "-I", "-S", "-c", _WATCH, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder.parent,
        **own_group,
    )
    try:
        yield
    finally:
        watcher.communicate()
