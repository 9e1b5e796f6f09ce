"""What kept a list from being read or written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A list of which there is no report.  path: its name; message: why, in one line."""

    path: str
    message: str
