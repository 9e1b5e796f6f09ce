"""Whether somebody has edited the rejects of an earlier run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from csv_preflight.reports.rejects_mark import marked


def is_edited(rejects: str, reports: Iterable[str]) -> bool:
    """Whether a rejects file differs from what an earlier run wrote, so that it may hold corrections.

    reports: where that run may have put its report.  Without a report about this file the answer is no.
    """
    path = Path(rejects)
    if not path.is_file() or path.is_symlink():
        return False
    found = [_read(report) for report in reports]
    if any(path.name in one.corrections for one in found):
        return True
    hashes = {sha256 for one in found for name, sha256 in one.written if name == path.name}
    if not hashes:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() not in hashes


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Rejects files in a report: names and hashes of those that were written, and names of corrections."""

    written: tuple[tuple[str, str], ...] = ()
    corrections: tuple[str, ...] = ()


def _read(report: str) -> _Earlier:
    path = Path(report)
    if not path.is_file():
        return _Earlier()
    try:
        if path.suffix.lower() in (".html", ".md"):
            told = marked(path.read_text(encoding="utf-8"))
            written = tuple((str(name), str(sha256)) for name, sha256 in told.get("written", ()))
            return _Earlier(written, tuple(map(str, told.get("corrections", ()))))
        told = json.loads(path.read_bytes())
        written = tuple((Path(one["path"]).name, one["sha256"]) for one in told["outputs"] if one["kind"] == "rejects")
        return _Earlier(written, tuple(Path(one).name for one in told["settings"].get("corrections", ())))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # some other file of that name
        return _Earlier()
