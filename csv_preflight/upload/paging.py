"""Read all pages of entries of the service, until there are as many as it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from csv_preflight.upload.connection import FailedError


@dataclass(frozen=True, slots=True)
class Page:
    """The entries of a page.  total: the service's count of all, None if it does not say; last: no page follows."""

    shown: Sequence[Any]
    total: int | None
    last: bool


def entries(page_of: Callable[[int], Page | None], noun: str) -> Iterator[Any]:
    """Yield all entries.

    page_of: requests a page, from 1; returns None for an empty answer.  noun: for the entries, in messages.
    Raises FailedError if the service returns fewer than it counts, or the same ones again.
    """
    number, seen = 0, set[object]()
    while True:
        number += 1
        page = page_of(number)
        shown, total = (page.shown, page.total) if page else ((), None)
        before = len(seen)
        for index, entry in enumerate(shown):
            seen.add(getattr(entry, "id", None) or (number, index))
            yield entry
        if shown and len(seen) == before:
            raise FailedError(f"the service shows the same {noun} again on page {number}", "no")
        complete = total is not None and len(seen) >= total
        if complete or page is None or not shown or page.last:
            if page is None or (total is not None and not complete):
                raise FailedError(f"the service showed {len(seen):,} {noun}" + f" of {total:,}" * bool(total), "no")
            return


def with_plus(numbers: Sequence[str]) -> list[str]:
    """Return numbers with a plus sign before those of digits only, which the service stores with the country code."""
    return [f"+{number}" if number.isdecimal() else number for number in numbers]
