"""A clean list -> an audience of the service, once.

The key is typed for each upload and never stored: it is an argument of the sending thread.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit

from csv_preflight.reports.advice import to_correct
from csv_preflight.upload import Audience, UploadError, dnc, members
from csv_preflight.upload.connection import base_url, check_key, connected
from csv_preflight.upload.number_list import number_list
from csv_preflight.upload.sending import Part, check_fit, check_texts, fingerprint, parts_on_disk, send
from csv_preflight.web.jobs import Cleaned


@dataclass(frozen=True, slots=True)
class Wanted:
    """An upload as requested in the form.  key: never shown or stored."""

    name: str
    description: str | None
    key: str = field(repr=False)

    def check(self) -> None:
        """Raise SettingsError for values that cannot be sent."""
        check_texts(self.name, self.description)
        check_key(self.key, "the API key")


@dataclass(frozen=True, slots=True)
class Sent:
    """The state of the uploads of a clean list.

    audiences: those created.  parts: how many files the list has.  failed: the number of the failed part, if any;
    made: whether its audience exists; problem: why it failed.
    """

    audiences: tuple[Audience, ...] = ()
    parts: int = 1
    failed: int | None = None
    made: Literal["no", "perhaps"] = "no"
    problem: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every part is an audience."""
        return len(self.audiences) == self.parts

    @property
    def is_doubtful(self) -> bool:
        """Whether sending it again may call people twice."""
        return self.is_complete or (self.failed is not None and self.made == "perhaps")


class Uploads:
    """The uploads of a session, by the contents of the clean list, so that no list is sent twice by mistake."""

    def __init__(self) -> None:
        self._sent: dict[str, Sent] = {}
        self._tickets: set[str] = set()
        self._lock = threading.Lock()

    def of(self, cleaned: Cleaned) -> Sent:
        """Return the state of a clean list."""
        return self._sent.get(fingerprint(cleaned.report), Sent(parts=len(cleaned.clean)))

    def keep(self, cleaned: Cleaned, sent: Sent) -> None:
        """Set the state of a clean list."""
        self._sent[fingerprint(cleaned.report)] = sent

    def ticket(self) -> str:
        """Return a ticket with which a form can be sent once."""
        made = secrets.token_urlsafe(16)
        with self._lock:
            self._tickets.add(made)
        return made

    def takes(self, ticket: str) -> bool:
        """Whether a ticket is valid and used for the first time, so that a form sent twice counts once."""
        with self._lock:
            known = ticket in self._tickets
            self._tickets.discard(ticket)
        return known


def destination() -> str:
    """Return the name of the machine that lists are sent to.  Raises SettingsError."""
    return urlsplit(base_url()).hostname or ""


def mostly_faulty(cleaned: Cleaned) -> bool:
    """Whether so many rows have a fault that the list may be the wrong one, or be read wrongly."""
    return to_correct(cleaned.report) * 2 > cleaned.report.rows.read


def do_not_call(key: str) -> bytes:
    """Return the account's do-not-call list, b"" if it is empty.  Raises SettingsError and UploadError."""
    return _read(key, dnc.do_not_call)


def members_of(audience: str, key: str) -> bytes:
    """Return the members of an audience, b"" if it is empty.  Raises SettingsError and UploadError."""
    return _read(key, lambda client: members.members(client, audience))


def _read(key: str, numbers_of: Callable[[Any], Sequence[str]]) -> bytes:
    """Return a list of numbers of the account, b"" if it is empty."""
    check_key(key, "the API key")
    try:
        with connected(key) as client:
            numbers = numbers_of(client)
    except UploadError as error:
        raise UploadError(str(error).replace(key, "•••"), error.made) from None
    return number_list(numbers) if numbers else b""


def upload(cleaned: Cleaned, name: str, wanted: Wanted, before: Sent) -> Sent:
    """Create an audience from each part that has none yet.  name: of the list.  Raises SettingsError."""
    parts = _parts(cleaned, wanted.name)
    check_fit(parts, cleaned.report)
    made = list(before.audiences)
    first = len(made) + 1 if not before.is_complete else 1
    made = made if first > 1 else []
    try:
        with connected(wanted.key) as client:
            send(client, parts, cleaned.report, wanted.description, first=first, on_created=made.append)
    except UploadError as error:
        problem = str(error).replace(wanted.key, "•••")
        return Sent(tuple(made), len(parts), error.failed, error.made, problem)
    return Sent(tuple(made), len(parts))


def _parts(cleaned: Cleaned, audience: str) -> Sequence[Part]:
    files = iter(cleaned.clean)
    outputs = [replace(one, path=str(next(files))) if one.kind == "clean" else one for one in cleaned.report.outputs]
    parts = parts_on_disk(replace(cleaned.report, outputs=tuple(outputs)), audience)
    shown = [one.path for one in cleaned.report.outputs if one.kind == "clean"]
    return [replace(part, file_name=path) for part, path in zip(parts, shown, strict=True)]
