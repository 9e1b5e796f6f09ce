"""Who is in an audience already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from csv_preflight.errors import SettingsError
from csv_preflight.upload.connection import TIMEOUT, FailedError, ask
from csv_preflight.upload.sending import UploadError

# Members asked for at a time; the service may give fewer.
PAGE = 100

_ID = re.compile("[A-Za-z0-9_-]+", re.ASCII)


def members(client: Any, audience: str, timeout: float = TIMEOUT) -> list[str]:
    """Return the phone number of each member of an audience, "" where a member has none.

    Numbers of digits only get a plus sign: the service keeps them with the country code.  Raises UploadError.
    """
    if not _ID.fullmatch(audience):
        raise SettingsError(f"{audience!r} is not the id of an audience, such as 60d0fe4f5311236168a109ca")
    options = {"max_retries": 0, "timeout_in_seconds": timeout}
    try:
        details = ask(lambda: client.atoms.audience.get(audience, request_options=options), timeout)
        column = getattr(getattr(details, "data", None), "phone_number_column_name", None)
        if not column:
            raise FailedError("the service does not say which column holds the numbers", "no")
        numbers = [str(data.get(column) or "").strip() for data in _pages(client, audience, options, timeout)]
        if numbers and not any(numbers):
            raise FailedError(f"no member has a number in the column {column!r}", "no")
    except FailedError as error:
        raise UploadError(
            f"the members of audience {audience} cannot be read: {error}; nothing was sent", "no"
        ) from None
    return [f"+{number}" if number.isdecimal() else number for number in numbers]


def _pages(client: Any, audience: str, options: Any, timeout: float) -> Iterator[Mapping[str, object]]:
    """Yield the data of each member, page after page, until the service has shown all that it counts."""
    page, seen = 0, set[object]()
    while True:
        page += 1

        def get(page: int = page) -> Any:
            # The service calls the size of a page its offset.
            return client.atoms.audience.get_audience_members(audience, page=page, offset=PAGE, request_options=options)

        found = getattr(ask(get, timeout), "data", None)
        shown, total = getattr(found, "members", None) or [], getattr(found, "total_count", None)
        before = len(seen)
        for place, member in enumerate(shown):
            seen.add(getattr(member, "id", None) or (page, place))
            data = getattr(member, "data", None)
            yield data if isinstance(data, Mapping) else {}
        if shown and len(seen) == before:
            raise FailedError(f"the service shows the same members again on page {page}", "no")
        complete = total is not None and len(seen) >= total
        if complete or not shown or getattr(found, "has_more", None) is False:
            if found is None or (total is not None and not complete):
                raise FailedError(f"the service showed {len(seen):,} members" + f" of {total:,}" * bool(total), "no")
            return
