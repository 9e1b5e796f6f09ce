"""The JSON report."""

from __future__ import annotations

import json

from csv_preflight.model.report import Report


def render(report: Report) -> str:
    """Return the report as an indented JSON document, for a file."""
    return json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n"


def render_line(report: Report) -> str:
    """Return the report as one line, for JSON Lines."""
    return json.dumps(report.to_dict(), separators=(",", ":"), ensure_ascii=False) + "\n"
