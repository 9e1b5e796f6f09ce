"""The fields of a form that was sent."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile


class Fields:
    """A form that was sent, for those who know nothing of the framework."""

    def __init__(self, form: FormData) -> None:
        self._form = form

    def text(self, name: str) -> str:
        """Return a field, "" if it is missing."""
        value = self._form.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> Sequence[str]:
        """Return all fields of a name."""
        return [value for value in self._form.getlist(name) if isinstance(value, str)]

    def files(self, name: str) -> list[UploadFile]:
        """Return the files of a field; none where no file was chosen."""
        return [value for value in self._form.getlist(name) if isinstance(value, UploadFile) and value.filename]
