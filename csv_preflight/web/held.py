"""The lists of a session: their files in the private folder, and their state."""

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
    """A list: its folder, its name, and its state.

    given: the file as received; path: the list to clean, which differs for a workbook.  workbook: its name, "" if it is
    none; sheets: those with rows; sheet: the converted one; remarks: about its cells.  look: None until the list is
    read.  revealed: the report of a run with unmasked cells.
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
        """The list's key in addresses."""
        return self.folder.name

    def read(self, *, suggest: bool = False) -> None:
        """Examine the list with the present choices.  suggest: first choose what follows from the list itself."""
        settings = Settings(
            encoding=self.choices.encoding or None, skip_lines=self.choices.skip_lines, show_values=self.show_values
        )
        self.look = look(self.path, self.name, settings)
        if suggest:
            suggestion = suggested(self.look.inspection, self.choices.skip_lines)
            before = self.choices
            self.choices = replace(
                suggestion, encoding=before.encoding, suppress=before.suppress, existing=before.existing
            )

    def new_place(self) -> Path:
        """Return an unused path."""
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
        """Add a new list.  write: writes its bytes to a file."""
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
        """Delete a list and all files made from it."""
        with self._lock:
            self._lists.pop(held.key, None)
        shutil.rmtree(held.folder, ignore_errors=True)


def copied(source: BinaryIO) -> Callable[[BinaryIO], object]:
    """Return a function that copies a file into another one, block by block."""
    return lambda file: shutil.copyfileobj(source, file, BLOCK)
