"""The account's do-not-call list."""

from __future__ import annotations

from typing import Any

from csv_preflight.upload.connection import TIMEOUT, FailedError, ask
from csv_preflight.upload.paging import Page, entries, with_plus
from csv_preflight.upload.sending import UploadError

# Entries requested at a time, the service's maximum; it may return fewer.
PAGE = 500


def do_not_call(client: Any, timeout: float = TIMEOUT) -> list[str]:
    """Return the phone number of each entry of the account's do-not-call list, "" if it has none.

    Entries for one agent count for all.  Numbers of digits only get a plus sign.  Raises UploadError.
    """
    try:
        shown = entries(lambda number: _page(client, number, timeout), "entries")
        numbers = [str(getattr(entry, "phone_number", None) or "").strip() for entry in shown]
    except FailedError as error:
        message = f"the account's do-not-call list cannot be read: {error}; nothing was sent"
        raise UploadError(message, "no") from None
    return with_plus(numbers)


def _page(client: Any, number: int, timeout: float) -> Page | None:
    options: Any = {"max_retries": 0, "timeout_in_seconds": timeout}
    # The service calls the size of a page offset, and takes both numbers as text.
    answer = ask(
        lambda: client.atoms.dnc.list(page=str(number), offset=str(PAGE), request_options=options),
        timeout,
    )
    found = getattr(answer, "data", None)
    if found is None:
        return None
    pages = getattr(found, "pagination", None)
    last = getattr(pages, "has_more", None) is False
    return Page(getattr(found, "entries", None) or [], getattr(pages, "total", None), last)
