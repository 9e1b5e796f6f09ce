"""The fields of a form that was sent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile


class Fields:
    """A form that was sent, independent of the web framework."""

    def __init__(self, form: FormData) -> None:
        self._form = form

    def text(self, name: str) -> str:
        """Return a field, "" if it is missing."""
        value = self._form.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> Sequence[str]:
        """Return all fields of a name."""
        return [value for value in self._form.getlist(name) if isinstance(value, str)]

    def cells(self) -> dict[tuple[int, int], str]:
        """Return the corrected cells, by row and column."""
        found = ((re.fullmatch(r"c([0-9]{1,6})-([0-9]{1,6})", name, re.ASCII), name) for name in self._form)
        return {(int(place[1]), int(place[2])): self.text(name) for place, name in found if place}

    def files(self, name: str) -> list[UploadFile]:
        """Return the files of a field, [] if no file was chosen."""
        return [value for value in self._form.getlist(name) if isinstance(value, UploadFile) and value.filename]
