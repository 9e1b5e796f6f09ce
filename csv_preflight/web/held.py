"""The lists of a session: their files in the private folder, and how far each of them is."""

from __future__ import annotations

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from csv_preflight.model.report import Report
from csv_preflight.model.settings import Settings
from csv_preflight.web.choices import Choices, suggested
from csv_preflight.web.jobs import Cleaned, Job
from csv_preflight.web.looking import Look, look
from csv_preflight.web.sending import Sent

BLOCK = 1 << 20


@dataclass
class HeldList:
    """A list: its folder, what it is called, and what became of it so far.

    given: the file as it came; path: the list to clean, which differs for a workbook.  workbook: what that is called,
    "" if it is none; sheets: those with rows; sheet: the one that was taken; remarks: what was said of its cells.
    look: None until the list was read.  revealed: the report of a run with the cells as they are.
    """

    folder: Path
    name: str
    given: Path
    path: Path
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    workbook: str = ""
    remarks: tuple[str, ...] = ()
    problem: str = ""
    look: Look | None = None
    choices: Choices = field(default_factory=Choices)
    show_values: bool = False
    revealed: tuple[Cleaned, Report] | None = None
    counted: Report | None = None
    counting: Job[Report] | None = None
    cleaning: Job[Cleaned] | None = None
    sending: Job[Sent] | None = None
    places: int = 0

    @property
    def key(self) -> str:
        """What the list is called in addresses."""
        return self.folder.name

    def read(self, *, suggest: bool = False) -> None:
        """Look at the list with the choices as they are; suggest: take what it tells by itself for chosen."""
        settings = Settings(
            encoding=self.choices.encoding or None, skip_lines=self.choices.skip_lines, show_values=self.show_values
        )
        self.look = look(self.path, self.name, settings)
        if suggest:
            told = suggested(self.look.found, self.choices.skip_lines)
            before = self.choices
            self.choices = replace(told, encoding=before.encoding, suppress=before.suppress, existing=before.existing)

    def new_place(self) -> Path:
        """Return a path at which nothing is yet."""
        self.places += 1
        return self.folder / f"{self.places}"


class HeldLists:
    """All lists of a session."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lists: dict[str, HeldList] = {}
        self._lock = threading.Lock()

    def __iter__(self) -> Iterator[HeldList]:
        return iter(list(self._lists.values()))

    def get(self, key: str) -> HeldList | None:
        """Return the list of a key."""
        return self._lists.get(key)

    def add(self, name: str, write: Callable[[BinaryIO], object]) -> HeldList:
        """Keep a new list; write: puts its bytes into a file."""
        folder = self._folder / secrets.token_urlsafe(9)
        folder.mkdir(mode=0o700)
        path = folder / "list"
        with path.open("xb") as file:
            write(file)
        held = HeldList(folder, name, path, path)
        with self._lock:
            self._lists[held.key] = held
        return held

    def forget(self, held: HeldList) -> None:
        """Delete a list and all that was made of it."""
        with self._lock:
            self._lists.pop(held.key, None)
        shutil.rmtree(held.folder, ignore_errors=True)


def copied(source: BinaryIO) -> Callable[[BinaryIO], object]:
    """Return what writes a file into another one, block by block."""
    return lambda file: shutil.copyfileobj(source, file, BLOCK)
