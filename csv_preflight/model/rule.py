"""A rule: one thing that can be wrong with a contact list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What a finding means for the file or row."""

    STOP = "stop"
    REJECT = "reject"
    FIX = "fix"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong with a contact list.

    ``message`` is a str.format template; the stage that reports the rule gives the values.
    """

    code: str
    name: str
    outcome: Outcome
    message: str
    why: str
    example: str
    remedy: str
