"""A result -> one audience, or one from each of its parts."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from csv_preflight.upload.connection import TIMEOUT, api_key, connected
from csv_preflight.upload.sending import Audience, Part, check_fit, check_texts, names_of, send

if TYPE_CHECKING:
    from csv_preflight.result import Result


def upload(
    result: Result,
    *,
    name: str,
    description: str | None = None,
    client: Any = None,
    first: int = 1,
    timeout: float = TIMEOUT,
) -> tuple[Audience, ...]:
    """Create an audience from a result, or one from each part if the list was split.

    client: a ``smallestai.SmallestAI``; by default one is made with the key in SMALLEST_API_KEY.  first: number of
    the first part to send, to go on after a failure.  timeout: seconds to wait for each answer.  Raises
    NotReadyError and SettingsError before anything is sent, UploadError if the service or the way there fails.
    """
    check_texts(name, description)
    files = result.upload_files()
    names = names_of(name, len(files))
    parts = [Part(part, *file[:2], rows) for part, file, rows in zip(names, files, result.part_rows(), strict=True)]
    check_fit(parts, result.report)
    with connected(api_key()) if client is None else nullcontext(client) as service:
        return send(service, parts, result.report, description, first=first, timeout=timeout)
