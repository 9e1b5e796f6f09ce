"""The connection to the service: key, address, client, and failed requests."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from csv_preflight.errors import SettingsError
from csv_preflight.reports.printable import printable

PRODUCTION = "https://api.smallest.ai/atoms/v1"
# Seconds to wait for an answer; the client waits while the service reads 10,000 members.
TIMEOUT = 120.0

_LONG_NUMBER = re.compile(r"[0-9](?:[- .()]?[0-9]){5,}(?=[- .()]?[0-9]{2})")
_LONGEST_TEXT = 300

Made = Literal["no", "perhaps"]


def api_key(path: str | None = None) -> str:
    """Return the API key from a file, or from the environment's SMALLEST_API_KEY."""
    key = _first_key(path) if path else os.environ.get("SMALLEST_API_KEY", "").strip()
    if not key:
        where = f"{path} is empty" if path else "there is no API key"
        raise SettingsError(f"{where}: set SMALLEST_API_KEY, or name a file that holds the key with --api-key-file")
    check_key(key, path or "SMALLEST_API_KEY")
    return key


def check_key(key: str, where: str) -> None:
    """Raise SettingsError, without quoting it, for a text that is no key.  where: its source."""
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(f"{where} holds more than a key, or characters that no key has; copy it from the console")


def _first_key(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not plain text; save it as UTF-8, with the key and nothing else") from None


def base_url() -> str:
    """Return the service's address: SMALLEST_BASE_URL, or that of production."""
    url = os.environ.get("SMALLEST_BASE_URL", "").strip().rstrip("/") or PRODUCTION
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
    except ValueError:
        usable = False
    if not usable or not url.isascii() or not url.isprintable() or any(mark in url for mark in " ?#@\\"):
        raise SettingsError(f"SMALLEST_BASE_URL is not the address of a service, such as {PRODUCTION}")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise SettingsError(
            "SMALLEST_BASE_URL begins with http: the key and the list would be sent unencrypted; use https"
        )
    return url


@contextmanager
def connected(key: str) -> Iterator[Any]:
    """Yield a client of the official SDK; raise SettingsError if it is not installed."""
    try:
        import httpx
        from smallestai import SmallestAI, SmallestAIEnvironment
    except ModuleNotFoundError as error:
        if error.name not in ("smallestai", "httpx"):
            raise
        message = "upload needs the service's SDK: pip install 'csv-preflight-contacts[upload]'"
        raise SettingsError(message) from error
    url = base_url()
    environment = SmallestAIEnvironment(atoms=url, waves=url, waves_ws=url, payment=url)
    try:
        # A redirect would send the list elsewhere, or turn the POST into a GET and look like a success.
        http = httpx.Client(timeout=TIMEOUT, follow_redirects=False)
    except (ImportError, ValueError, httpx.InvalidURL):
        raise SettingsError(
            "the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names cannot be used; name one of http or https"
        ) from None
    with http:
        yield SmallestAI(api_key=key, environment=environment, max_retries=0, httpx_client=http)


class FailedError(Exception):
    """A request that failed: why, what to do, and whether it may have had an effect."""

    def __init__(self, message: str, made: Made) -> None:
        super().__init__(message)
        self.made = made


_NOT_UNDERSTOOD = "the service's answer could not be understood"


def ask(request: Callable[[], Any], timeout: float) -> Any:
    """Make a request through the SDK, which must be installed; its errors become FailedError."""
    import httpx
    from smallestai.core.api_error import ApiError
    from smallestai.core.parse_error import ParsingError

    try:
        answer = request()
    except ApiError as error:
        raise _refused(error.status_code or 0, error.body, error.headers or {}) from error
    except (ParsingError, httpx.DecodingError, ValueError, TypeError) as error:
        # The SDK raises the last two for answers that are no UTF-8, or no JSON object.
        raise FailedError(_NOT_UNDERSTOOD, "perhaps") from error
    except (
        httpx.ConnectError,
        httpx.ConnectTimeout,
        httpx.PoolTimeout,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
    ) as error:
        why = f" ({safe(str(error))})" if str(error) else ""
        message = f"the service could not be reached{why}: is the network up, and SMALLEST_BASE_URL right?"
        raise FailedError(message, "no") from error
    except httpx.TimeoutException as error:
        message = f"no answer within {timeout:g} s, and the service may still be at work"
        raise FailedError(message, "perhaps") from error
    except httpx.RequestError as error:
        raise FailedError("the connection broke before the answer", "perhaps") from error
    if inspect.iscoroutine(answer):
        answer.close()
        raise TypeError("client is an AsyncSmallestAI, which upload does not wait for; give a SmallestAI")
    return answer


_BY_STATUS: Mapping[int, str] = {
    401: "the API key was not accepted: is it the right one, and still valid?",
    403: "the API key may not do this: use one of an account that may",
    404: "not found: is SMALLEST_BASE_URL right, and the audience yours?",
    413: "the file is too large for the service: csv-preflight prevents that, unless --max-bytes allows more than 5 MB",
}
_BY_TEXT: Mapping[str, str] = {
    "already exist in this audience": "csv-preflight leaves out duplicates, so this is a bug: please report it",
    "cannot exceed": "csv-preflight keeps to 10,000, but your plan's limit is the one named here; "
    "give it with --max-rows, and --split",
    "file is required": "csv-preflight sends no empty file, so this is a bug: please report it",
}


def _refused(status: int, body: object, headers: Mapping[str, str]) -> FailedError:
    if 200 <= status < 300:
        return FailedError(_NOT_UNDERSTOOD, "perhaps")
    if 300 <= status < 400:
        # Some services answer a successful request with 302 or 303 and the next page to see.
        message = "the service sends requests on to another address: is SMALLEST_BASE_URL right?"
        return FailedError(message, "no" if status in (301, 307, 308) else "perhaps")
    said = safe(said_by(body))
    words = f" ({said})" if said else ""
    if status >= 500 or status in (0, 408):
        return FailedError(f"the service failed with status {status}{words}", "perhaps")
    if status == 429:
        after = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
        when = f"{after} seconds" if after.isdigit() else f"until {safe(after)}" if after else "a minute"
        return FailedError(f"too many requests: wait {when} before the next", "no")
    if status in _BY_STATUS:
        return FailedError(_BY_STATUS[status] + (words if status == 403 else ""), "no")
    hint = next((f" ({hint})" for text, hint in _BY_TEXT.items() if text in said), "")
    return FailedError(f"the service refused it with status {status}: {said or 'no reason given'}{hint}", "no")


def said_by(answer: object) -> str:
    """Return the errors in an answer of the service."""
    texts = answer.get("errors") if isinstance(answer, Mapping) else getattr(answer, "errors", None)
    return "; ".join(map(str, texts)) if isinstance(texts, list) else ""


def safe(text: str) -> str:
    """Return a text from outside in a safe form: one short line, with long numbers masked."""
    masked = printable(_LONG_NUMBER.sub(lambda found: re.sub("[0-9]", "•", found[0]), text))
    return masked if len(masked) <= _LONGEST_TEXT else masked[:_LONGEST_TEXT] + "…"
