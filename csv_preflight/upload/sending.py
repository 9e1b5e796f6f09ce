"""Parts of a list -> audiences, one after the other, none of them twice."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csv_preflight.destinations import built_in_profiles
from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.reports.advice import sent_names
from csv_preflight.reports.commands import written
from csv_preflight.upload.connection import TIMEOUT, FailedError, Made, ask, safe, said_by

if TYPE_CHECKING:
    from csv_preflight.model.report import Report


@dataclass(frozen=True, slots=True)
class Part:
    """A file to send: the audience's name, and the file's name, bytes and count of rows."""

    name: str
    file_name: str
    data: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Audience:
    """An audience that was created."""

    id: str
    name: str
    rows: int


class UploadError(PreflightError):
    """An upload that failed.

    made: whether the audience of the part at fault exists, "no" or "perhaps"; created: those that do; failed: the
    part's number, from 1.  The parts after it were not sent.
    """

    def __init__(self, message: str, made: Made, created: Sequence[Audience] = (), failed: int = 1) -> None:
        super().__init__(message)
        self.made, self.created, self.failed = made, tuple(created), failed


def names_of(name: str, count: int) -> list[str]:
    """Return the names of the audiences for a list in ``count`` parts."""
    return [name] if count == 1 else [f"{name} ({number} of {count})" for number in range(1, count + 1)]


def check_texts(name: str, description: str | None = None) -> None:
    """Raise SettingsError for a text that cannot be the name or description of an audience."""
    _check_text("name", name, "")
    if description is not None:
        _check_text("description", description, "\t\r\n")


def _check_text(what: str, text: str, allowed: str) -> None:
    # Joiners, which some scripts and emoji need, are no control characters.
    unsafe = {"Cc", "Cs", "Zl", "Zp"}
    if not text.strip() or any(unicodedata.category(c) in unsafe for c in text if c not in allowed):
        raise SettingsError(f"{what}: {text!r} is not {'text' if allowed else 'a line of text'}")


def parts_on_disk(report: Report, name: str) -> list[Part]:
    """Return the clean files that a run has written, as parts to send.

    Raises UploadError if a file has changed since.
    """
    outputs = written(report, "clean")
    parts = []
    for audience, output in zip(names_of(name, len(outputs)), outputs, strict=True):
        data = Path(output.path).read_bytes()
        if hashlib.sha256(data).hexdigest() != output.sha256:
            raise UploadError(f"{output.path} has been changed by another program; nothing was sent", "no")
        parts.append(Part(audience, Path(output.path).name, data, output.rows))
    return parts


def fingerprint(report: Report) -> str:
    """Return a fingerprint of a run's clean files."""
    files = [output.sha256 for output in written(report, "clean")]
    return hashlib.sha256("".join(files).encode()).hexdigest()[:12]


def check_profile(profile: str) -> None:
    """Raise SettingsError for a built-in profile of another destination."""
    if profile != DEFAULT_PROFILE and profile in built_in_profiles():
        raise SettingsError(f"upload sends to Smallest AI Atoms; {profile} is another destination")


def check_fit(parts: Sequence[Part], report: Report) -> None:
    """Raise SettingsError if a setting makes the list one that the destination does not take."""
    check_profile(report.profile)
    if report.settings.get("no-plus"):
        raise SettingsError("the numbers have no plus sign, which the service requires: leave out --no-plus")
    header = next(csv.reader(io.StringIO(parts[0].data.decode("utf-8"), newline="")))
    for column in header:
        if not re.fullmatch("[A-Za-z0-9_]+", column):
            raise SettingsError(
                f"the service takes column names of letters, digits and _ only, not {column!r}: leave out "
                'keep-headers, and give a profile of your own header-pattern = "[A-Za-z0-9_]"'
            )


def send(
    client: Any,
    parts: Sequence[Part],
    report: Report,
    description: str | None = None,
    *,
    first: int = 1,
    timeout: float = TIMEOUT,
    on_created: Callable[[Audience], None] | None = None,
) -> tuple[Audience, ...]:
    """Create an audience from each part, from number ``first`` on.  on_created: called with each.

    Raises UploadError at the first failure.
    """
    if not 1 <= first <= len(parts):
        raise SettingsError(f"there is no part {first}: the parts are 1 to {len(parts)}")
    phone, identifier = sent_names(report)
    optional = {"description": description, "identifier_column_name": identifier}
    given = {key: value for key, value in optional.items() if value is not None}
    created: list[Audience] = []
    for number, part in enumerate(parts[first - 1 :], start=first):

        def create(part: Part = part) -> Any:
            return client.atoms.audience.create_audience_with_csv_upload(
                name=part.name,
                phone_number_column_name=phone,
                # A path would be sent as the file's content.
                file=(part.file_name.encode("utf-8", "replace").decode(), part.data, "text/csv"),
                request_options={"max_retries": 0, "timeout_in_seconds": timeout},
                **given,
            )

        try:
            created.append(Audience(_identity(ask(create, timeout)), part.name, part.rows))
        except FailedError as error:
            # Not chained: the text of the SDK's error may hold numbers.
            raise UploadError(what_is_known(str(error), error.made, part.name), error.made, created, number) from None
        if on_created:
            on_created(created[-1])
    return tuple(created)


def _identity(answer: Any) -> str:
    """Return the id of the audience in an answer."""
    identity = getattr(getattr(answer, "data", None), "id", None)
    if getattr(answer, "status", None) is False or not identity:
        said = safe(said_by(answer))
        raise FailedError("the service answered without naming a new audience" + (f" ({said})" * bool(said)), "perhaps")
    return str(identity)


def what_is_known(why: str, made: Made, name: str) -> str:
    """Return a message why a part failed, and whether its audience exists."""
    why += "" if why.endswith("?") else "."
    if made == "no":
        return f"{why} The audience {name!r} was not created."
    return (
        f"{why} It is unknown whether the audience {name!r} was created: look in the console before you repeat it, or "
        "everybody in it may be called twice."
    )
