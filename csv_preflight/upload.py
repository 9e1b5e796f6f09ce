"""A list that is ready -> an audience, through the official SDK.  The only module that reaches the network.

Creating an audience can not be repeated safely: a second attempt after one that only seemed to fail makes a second
audience, and people are called twice.  So nothing is retried here, and each failure says what is known.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.output.advice import sent_names
from csv_preflight.output.printable import printable

if TYPE_CHECKING:
    from csv_preflight.library import Result
    from csv_preflight.model import Report

PRODUCTION = "https://api.smallest.ai/atoms/v1"
# Seconds without an answer; the service reads 10,000 members while the client waits.
TIMEOUT = 120.0
# Members asked for at a time; the service may give fewer.
PAGE = 100

_LONG_NUMBER = re.compile(r"[0-9](?:[- .()]?[0-9]){5,}(?=[- .()]?[0-9]{2})")
_LONGEST_TEXT = 300

Made = Literal["no", "perhaps", "yes"]


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be sent: the audience's name, and the file's name and bytes with the number of its rows."""

    name: str
    file_name: str
    data: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Audience:
    """An audience that was created; id is "" where the service did not tell it."""

    id: str
    name: str
    rows: int


class UploadError(PreflightError):
    """An upload that failed.

    made: whether the audience of the part at fault exists; created: those that do; failed: the part's number,
    from 1.  The parts behind it were not sent.
    """

    def __init__(self, message: str, made: Made, created: Sequence[Audience] = (), failed: int = 1) -> None:
        super().__init__(message)
        self.made, self.created, self.failed = made, tuple(created), failed


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
    NotReadyError before anything is sent, UploadError if the service or the way there fails.
    """
    files = result.upload_files()
    rows = result.part_rows()
    parts = [
        Part(name, *file[:2], count) for name, file, count in zip(_names(name, len(files)), files, rows, strict=True)
    ]
    return send(client or connect(api_key()), parts, result.report, description, first=first, timeout=timeout)


def parts_on_disk(report: Report, name: str) -> list[Part]:
    """Return the clean files that a run has written, as parts to be sent.

    Raises UploadError if a file is not what was written.
    """
    from hashlib import sha256

    outputs = [output for output in report.outputs if output.kind == "clean"]
    parts = []
    for audience, output in zip(_names(name, len(outputs)), outputs, strict=True):
        data = Path(output.path).read_bytes()
        if sha256(data).hexdigest() != output.sha256:
            raise UploadError(f"{output.path} has been changed by another program; nothing was sent", "no")
        parts.append(Part(audience, Path(output.path).name, data, output.rows))
    return parts


def _names(name: str, count: int) -> list[str]:
    return [name] if count == 1 else [f"{name} ({number} of {count})" for number in range(1, count + 1)]


def send(
    client: Any,
    parts: Sequence[Part],
    report: Report,
    description: str | None = None,
    *,
    first: int = 1,
    timeout: float = TIMEOUT,
    told: Callable[[Audience], None] | None = None,
) -> tuple[Audience, ...]:
    """Create an audience from each part, from the first-th on; told is called with each.

    Raises UploadError at the first failure.
    """
    phone, identifier = sent_names(report)
    optional = {"description": description, "identifier_column_name": identifier}
    created: list[Audience] = []
    for number, part in enumerate(parts[first - 1 :], start=first):
        with_options = {key: value for key, value in optional.items() if value is not None}

        def create(part: Part = part, given: Mapping[str, str] = with_options) -> Any:
            return client.atoms.audience.create_audience_with_csv_upload(
                name=part.name,
                phone_number_column_name=phone,
                file=(part.file_name, part.data, "text/csv"),
                request_options={"max_retries": 0, "timeout_in_seconds": timeout},
                **given,
            )

        try:
            answer = _asked(create, timeout)
        except _FailedError as error:
            raise UploadError(_sentence(error, part.name), error.made, created, number) from error
        if answer.status is False:
            message = f"the service answered without creating {part.name!r}, and without a reason"
            raise UploadError(message, "perhaps", created, number)
        identity = getattr(answer.data, "id", None) or ""
        created.append(Audience(identity, part.name, part.rows))
        if told:
            told(created[-1])
    return tuple(created)


def members(client: Any, audience: str, timeout: float = TIMEOUT) -> list[str]:
    """Return the phone numbers of an audience's members, as they are kept there.  Raises UploadError."""
    options = {"max_retries": 0, "timeout_in_seconds": timeout}
    try:
        details = _asked(lambda: client.atoms.audience.get(audience, request_options=options), timeout)
        column = getattr(details.data, "phone_number_column_name", None)
        if not column:
            raise _FailedError("the service does not say which column holds the numbers", "no")
        numbers = [str(data.get(column) or "") for data in _pages(client, audience, options, timeout)]
    except _FailedError as error:
        raise UploadError(
            f"the members of audience {audience} can not be read: {error}; nothing was sent", "no"
        ) from error
    return numbers


def _pages(client: Any, audience: str, options: Any, timeout: float) -> Iterator[Mapping[str, object]]:
    page = seen = 0
    while True:
        page += 1

        def ask(page: int = page) -> Any:
            # The service calls the size of a page its offset.
            return client.atoms.audience.get_audience_members(audience, page=page, offset=PAGE, request_options=options)

        found = _asked(ask, timeout).data
        members = (found.members if found else None) or []
        seen += len(members)
        yield from (member.data or {} for member in members)
        if not members or not found.has_more:
            total = getattr(found, "total_count", None)
            if total is not None and seen < total:
                raise _FailedError(f"the service showed {seen:,} of {total:,}", "no")
            return


def api_key(path: str | None = None) -> str:
    """Return the API key: that of a file, or the environment's SMALLEST_API_KEY."""
    key = Path(path).read_text(encoding="utf-8-sig") if path else os.environ.get("SMALLEST_API_KEY", "")
    key = key.strip()
    if not key:
        where = f"{path} is empty" if path else "there is no API key"
        raise SettingsError(f"{where}: set SMALLEST_API_KEY, or name a file that holds the key with --api-key-file")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError("the API key holds characters that no key has; copy it again from the console")
    return key


def base_url() -> str:
    """Return where the service is: SMALLEST_BASE_URL, or its production address."""
    url = os.environ.get("SMALLEST_BASE_URL", "").strip().rstrip("/") or PRODUCTION
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(f"SMALLEST_BASE_URL is no web address, such as {PRODUCTION}")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsError(
            "SMALLEST_BASE_URL begins with http: the key and the list would be sent unencrypted; use https"
        )
    return url


def connect(key: str) -> Any:
    """Return a client of the official SDK; SettingsError if it is not installed."""
    try:
        from smallestai import SmallestAI, SmallestAIEnvironment
    except ModuleNotFoundError as error:
        if error.name != "smallestai":
            raise
        message = "upload needs the service's SDK: pip install 'csv-preflight-contacts[upload]'"
        raise SettingsError(message) from error
    url = base_url()
    environment = SmallestAIEnvironment(atoms=url, waves=url, waves_ws=url, payment=url)
    return SmallestAI(api_key=key, environment=environment, max_retries=0)


class _FailedError(Exception):
    """A request that failed: why, what to do, and whether it had an effect all the same."""

    def __init__(self, message: str, made: Made) -> None:
        super().__init__(message)
        self.made = made


def _asked(request: Callable[[], Any], timeout: float) -> Any:
    """Make a request through the SDK, which is installed by now; its errors become _FailedError."""
    import httpx
    from smallestai.core.api_error import ApiError
    from smallestai.core.parse_error import ParsingError

    try:
        return request()
    except ParsingError as error:
        made: Made = "yes" if 200 <= (error.status_code or 0) < 300 else "perhaps"
        raise _FailedError("its answer could not be understood", made) from error
    except ApiError as error:
        raise _refused(error.status_code or 0, error.body, error.headers or {}) from error
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        raise _FailedError(
            "the service could not be reached: is the network up, and SMALLEST_BASE_URL right?", "no"
        ) from error
    except httpx.TimeoutException as error:
        raise _FailedError(f"no answer within {timeout:g} seconds", "perhaps") from error
    except httpx.TransportError as error:
        raise _FailedError("the connection broke before the answer", "perhaps") from error


_BY_STATUS: Mapping[int, str] = {
    401: "the API key was not accepted: is it the right one, and still valid?",
    403: "the API key may not do this: use one of an account that may",
    404: "not found: is SMALLEST_BASE_URL right, and the audience yours?",
    413: "the file is too large for the service: L002 prevents that, unless --max-bytes allowed more than 5 MB",
}
_BY_TEXT: Mapping[str, str] = {
    "already exist in this audience": "D001 and D002 prevent that: was --no-plus used, or the file changed?",
    "cannot exceed": "L001 prevents that, unless --max-rows allowed more: your plan's limit is the one it names. "
    "Give it with --max-rows, and --split",
    "file is required": "the file did not arrive: give the SDK result.upload_file(), never a path",
}


def _refused(status: int, body: object, headers: Mapping[str, str]) -> _FailedError:
    made: Made = "yes" if 200 <= status < 300 else "perhaps" if status >= 500 or status in (0, 408) else "no"
    if made == "yes":
        return _FailedError("its answer could not be understood", made)
    if status == 429:
        after = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
        when = f" {after} seconds" if after.isdigit() else f" until {_safe(after)}" if after else " a minute"
        return _FailedError(f"too many requests; wait{when} and repeat the command", made)
    if status in _BY_STATUS:
        return _FailedError(_BY_STATUS[status], made)
    texts = body.get("errors") if isinstance(body, Mapping) else None
    said = "; ".join(map(str, texts)) if isinstance(texts, list) else ""
    if status >= 500:
        return _FailedError(f"the service failed with status {status}", made)
    hint = next((f" ({hint})" for words, hint in _BY_TEXT.items() if words in said), "")
    return _FailedError(f"the service refused it with status {status}: {_safe(said) or 'no reason given'}{hint}", made)


def _safe(text: str) -> str:
    """Return a text of the service as it may be shown: one line, short, long numbers masked."""
    short = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "…"
    return printable(_LONG_NUMBER.sub(lambda found: re.sub("[0-9]", "•", found[0]), short))


def _sentence(error: _FailedError, name: str) -> str:
    known = {
        "no": f"the audience {name!r} was not created",
        "perhaps": f"it is unknown whether the audience {name!r} was created: look in the console before repeating, "
        "or everybody in it may be called twice",
        "yes": f"the audience {name!r} was most likely created: look in the console, and do not repeat",
    }
    return f"{error}. {known[error.made][0].upper()}{known[error.made][1:]}."
