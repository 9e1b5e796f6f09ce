"""What must be true of the directory of a run, whatever befell it."""

from __future__ import annotations

import hashlib
import json
import stat
from pathlib import Path

from csv_preflight.writing.targets import PREFIX


def state(directory: Path) -> dict[str, object]:
    """Every name below a directory with its kind and content."""
    found: dict[str, object] = {}
    for path in sorted(directory.rglob("*")):
        status = path.lstat()
        regular = stat.S_ISREG(status.st_mode)
        found[str(path.relative_to(directory))] = path.read_bytes() if regular else stat.S_IFMT(status.st_mode)
    return found


def is_whole(report: Path) -> bool:
    """Whether there is a report; it fails if that does not match the files that it names."""
    if not report.exists():
        return False
    for output in json.loads(report.read_text(encoding="utf-8"))["outputs"]:
        if output["path"] == "-":
            continue
        data = (report.parent / output["path"]).read_bytes()
        assert len(data) == output["bytes"]
        assert hashlib.sha256(data).hexdigest() == output["sha256"]
    return True


def temporaries(directory: Path) -> list[Path]:
    """The temporary files that a run has left."""
    return sorted(directory.rglob(f"{PREFIX}*"))
