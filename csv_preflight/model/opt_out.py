"""A column that says who must not be called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Asks(StrEnum):
    """What a column says, by its name."""

    OPT_OUT = "opt-out"
    """Must this person not be called?"""
    CONSENT = "consent"
    """May this person be called?"""
    STATUS = "status"
    """Something else, to which the answer may be that the person has opted out."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class OptOutColumn:
    """A column that says who must not be called: its index, its name, and what its name asks."""

    index: int
    name: str
    asks: Asks
