"""The members of an audience."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from csv_preflight.errors import SettingsError
from csv_preflight.upload.connection import TIMEOUT, FailedError, ask
from csv_preflight.upload.paging import Page, entries, with_plus
from csv_preflight.upload.sending import UploadError

# Members requested at a time; the service may return fewer.
PAGE = 100

_ID = re.compile("[A-Za-z0-9_-]+", re.ASCII)


def members(client: Any, audience: str, timeout: float = TIMEOUT) -> list[str]:
    """Return the phone number of each member of an audience, "" if it has none.

    Numbers of digits only get a plus sign.  Raises UploadError.
    """
    if not _ID.fullmatch(audience):
        raise SettingsError(f"{audience!r} is not the id of an audience, such as 60d0fe4f5311236168a109ca")
    options = {"max_retries": 0, "timeout_in_seconds": timeout}
    try:
        details = ask(lambda: client.atoms.audience.get(audience, request_options=options), timeout)
        column = getattr(getattr(details, "data", None), "phone_number_column_name", None)
        if not column:
            raise FailedError("the service does not say which column holds the numbers", "no")
        shown = entries(lambda number: _page(client, audience, number, options, timeout), "members")
        numbers = [str(_data(member).get(column) or "").strip() for member in shown]
        if numbers and not any(numbers):
            raise FailedError(f"no member has a number in the column {column!r}", "no")
    except FailedError as error:
        raise UploadError(
            f"the members of audience {audience} cannot be read: {error}; nothing was sent", "no"
        ) from None
    return with_plus(numbers)


def _page(client: Any, audience: str, number: int, options: Any, timeout: float) -> Page | None:
    # The service calls the size of a page offset.
    answer = ask(
        lambda: client.atoms.audience.get_audience_members(audience, page=number, offset=PAGE, request_options=options),
        timeout,
    )
    found = getattr(answer, "data", None)
    if found is None:
        return None
    last = getattr(found, "has_more", None) is False
    return Page(getattr(found, "members", None) or [], getattr(found, "total_count", None), last)


def _data(member: Any) -> Mapping[str, object]:
    data = getattr(member, "data", None)
    return data if isinstance(data, Mapping) else {}
