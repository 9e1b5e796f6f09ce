"""Whether somebody has edited the rejects of an earlier run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from csv_preflight.model.report import EarlierRejects
from csv_preflight.reports.rejects_mark import marked

# How many reports beside a rejects file are read: the newest.
_MOST_REPORTS = 20
# A run writes its files together: rejects saved more than this many seconds after the clean file were edited.
_TOGETHER = 30.0


def is_edited(rejects: str, reports: Iterable[str], clean: str) -> bool:
    """Whether a rejects file differs from what an earlier run wrote, so that it may hold corrections.

    reports: where that run may have put its report, besides the folder of the rejects.  clean: its clean file.  Where
    no report tells, a rejects file that was saved later than the clean file counts as edited.
    """
    path = Path(rejects)
    if not path.is_file() or path.is_symlink():
        return False
    result = [_read(report) for report in dict.fromkeys([*reports, *_beside(path)])]
    hashes = {written.sha256 for one in result for written in one.written if written.name == path.name}
    if hashes:
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() in hashes:
                return False
    if hashes or any(path.name in one.corrections for one in result):
        return True
    return Path(clean).is_file() and path.stat().st_mtime - Path(clean).stat().st_mtime > _TOGETHER


def rejects_in(reports: Iterable[str], replaced: str | None = None) -> tuple[EarlierRejects, ...]:
    """Return the rejects files that reports of earlier runs tell of, but for one that is replaced as well."""
    written = (one for report in reports for one in _read(report).written)
    return tuple(one for one in dict.fromkeys(written) if replaced is None or one.name != Path(replaced).name)


def _beside(path: Path) -> list[str]:
    """Return the files beside a rejects file that may be reports."""
    result = [one for one in path.parent.iterdir() if one.suffix.lower() in (".json", ".html", ".md") and one.is_file()]
    result.sort(key=lambda one: -one.stat().st_mtime)
    return list(map(str, result[:_MOST_REPORTS]))


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Rejects files in a report: those that were written, and the names of corrections."""

    written: tuple[EarlierRejects, ...] = ()
    corrections: tuple[str, ...] = ()


def _read(report: str) -> _Earlier:
    path = Path(report)
    if not path.is_file():
        return _Earlier()
    try:
        if path.suffix.lower() in (".html", ".md"):
            told = marked(path.read_text(encoding="utf-8"))
            written = tuple(EarlierRejects(str(name), str(sha256)) for name, sha256 in told.get("written", ()))
            return _Earlier(written, tuple(map(str, told.get("corrections", ()))))
        told = json.loads(path.read_bytes())
        files = [(one["path"], one["sha256"]) for one in told["outputs"] if one["kind"] == "rejects"]
        files += [(one["name"], one["sha256"]) for one in told["earlier_rejects"]]
        written = tuple(EarlierRejects(Path(path).name, str(sha256)) for path, sha256 in files)
        return _Earlier(written, tuple(Path(one).name for one in told["settings"].get("corrections", ())))
    except (OSError, ValueError, LookupError, TypeError, AttributeError):  # some other file of that name
        return _Earlier()
