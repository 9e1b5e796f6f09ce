"""Numbers from the service -> a list like any other."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.rfc4180 import quoted


def number_list(numbers: Sequence[str]) -> bytes:
    """Return a list with a column of numbers; D004 counts entries without one as unreadable."""
    return "".join(f"{quoted(number or 'unreadable')}\n" for number in ("phone", *numbers)).encode("utf-8", "replace")
