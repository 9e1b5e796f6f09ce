"""The account's do-not-call list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from csv_preflight.upload.connection import TIMEOUT, FailedError, ask
from csv_preflight.upload.sending import UploadError

# Entries asked for at a time, the most that the service gives; it may give fewer.
PAGE = 500


def do_not_call(client: Any, timeout: float = TIMEOUT) -> list[str]:
    """Return the phone number of each entry of the account's do-not-call list, "" where an entry has none.

    Entries of one agent count like those of all.  Numbers of digits only get a plus sign.  Raises UploadError.
    """
    try:
        numbers = [str(number or "").strip() for number in _entries(client, timeout)]
    except FailedError as error:
        message = f"the account's do-not-call list cannot be read: {error}; nothing was sent"
        raise UploadError(message, "no") from None
    return [f"+{number}" if number.isdecimal() else number for number in numbers]


def _entries(client: Any, timeout: float) -> Iterator[str | None]:
    """Yield the number of each entry, page after page, until the service has shown all that it counts."""
    options: Any = {"max_retries": 0, "timeout_in_seconds": timeout}
    page, seen = 0, set[object]()
    while True:
        page += 1

        def get(page: int = page) -> Any:
            # The service calls the size of a page its offset, and wants both numbers as text.
            return client.atoms.dnc.list(page=str(page), offset=str(PAGE), request_options=options)

        found = getattr(ask(get, timeout), "data", None)
        shown, pages = getattr(found, "entries", None) or [], getattr(found, "pagination", None)
        total, before = getattr(pages, "total", None), len(seen)
        for place, entry in enumerate(shown):
            seen.add(getattr(entry, "id", None) or (page, place))
            yield getattr(entry, "phone_number", None)
        if shown and len(seen) == before:
            raise FailedError(f"the service shows the same entries again on page {page}", "no")
        complete = total is not None and len(seen) >= total
        if complete or not shown or getattr(pages, "has_more", None) is False:
            if found is None or (total is not None and not complete):
                raise FailedError(f"the service showed {len(seen):,} entries" + f" of {total:,}" * bool(total), "no")
            return
