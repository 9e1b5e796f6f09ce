"""The JSON report, and all other JSON that is printed."""

from __future__ import annotations

import json

from csv_preflight.model.failure import Failure
from csv_preflight.model.report import Report
from csv_preflight.reports.printable import RUNNER


def dumps(value: object, *, indent: int | None = None) -> str:
    r"""Return JSON with escapes only for invisible characters and for what affects terminals and CI runners.

    >>> dumps({"é": "a\u202eb\x9b"})
    '{"é":"a\\u202eb\\u009b"}'
    """
    text = json.dumps(value, indent=indent, separators=None if indent else (",", ":"), ensure_ascii=False)
    text = RUNNER.sub(r"#\\u0023\1", text)
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else json.dumps(c)[1:-1] for c in text)


def render(report: Report) -> str:
    """Return the report as an indented JSON document, for a file."""
    return dumps(report.to_dict(), indent=2) + "\n"


def render_line(report: Report) -> str:
    """Return the report as one line, for JSON Lines."""
    return dumps(report.to_dict()) + "\n"


def render_failure(failure: Failure) -> str:
    """Return an error in place of a report, as one line."""
    error = {"path": failure.path or None, "message": failure.message}
    return dumps({"ready": False, "error": error}) + "\n"
