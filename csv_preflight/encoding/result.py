"""The answer of detection: an encoding, or one line read in two ways."""

from __future__ import annotations

from typing import NamedTuple

from csv_preflight.model.source import Encoding, Rival


class Detected(NamedTuple):
    """An encoding.  rival: the best reading that differs, if letters had to decide and there was one."""

    encoding: Encoding
    rival: Rival | None = None


class LineReading(NamedTuple):
    """A line as one encoding reads it.  end: just after the first character that the other one reads differently."""

    encoding: str
    text: str
    end: int


class Unclear(NamedTuple):
    """Readings that are about equally likely.

    line: the physical line that is shown, the first that they read differently.  readings: the best first; one if no
    other decodes, none if none does.  beyond: the first bytes beyond ASCII of that line.
    """

    line: int
    readings: tuple[LineReading, ...]
    beyond: bytes
