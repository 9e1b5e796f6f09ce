"""The lists of numbers that may be given beside a contact list, and numbers given as values, not as a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

NOTHING: Mapping[str, object] = {}
# What the rule of a suppression list says is on it: the number that is called, or another of the same person.
CALLED: Mapping[str, object] = {"which": "called"}
OTHER: Mapping[str, object] = {"which": "other"}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Phone numbers as they were given; its str and repr show none of them."""

    cells: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return f"{len(self.cells):,} number{'s' * (len(self.cells) != 1)}"


# The type of existing, suppress and only: a path, or paths and numbers.
Lists: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str] | int | Numbers]"


class OtherList(Enum):
    """A kind of list that may be given beside the contact list; in the order in which they are applied.

    option: the option and the setting that name such lists.  code: the rule that rejects rows because of them.
    parameters: of its message about the number that is called.
    """

    SUPPRESS = "suppress", "D003", CALLED
    EXISTING = "existing", "D002"
    ONLY = "only", "D006"

    def __init__(self, option: str, code: str, parameters: Mapping[str, object] = NOTHING) -> None:
        self.option, self.code, self.parameters = option, code, parameters

    @property
    def allows(self) -> bool:
        """Whether such a list says who may be called, and not who may not."""
        return self is OtherList.ONLY

    def rejects(self, inside: Any) -> Any:
        """Return which rows it rejects.  inside: whether their numbers are on it, in any array that takes ``~``."""
        return ~inside if self.allows else inside
