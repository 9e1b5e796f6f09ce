"""An error that kept a list from being read or written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A list without a report.  path: its name; message: the error, in one line."""

    path: str
    message: str
