"""A mark in HTML and Markdown reports that lets a later run detect edited rejects.

A JSON report has the same data in ``outputs``, ``earlier_rejects`` and ``settings``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from csv_preflight.model.report import Report

NAME = "csv-preflight-rejects"
_MARK = re.compile(rf'{NAME}(?:" content="|\]: # \()(\{{[^<>()]*?\}})["\)]')


def mark(report: Report) -> str:
    """Return names and hashes of rejects that this run and earlier ones wrote, and names of corrections, as JSON.

    It has no character with a meaning in HTML or Markdown at its place.
    """
    written = [[Path(one.path).name, one.sha256] for one in report.outputs if one.kind == "rejects"]
    written += [[one.name, one.sha256] for one in report.earlier_rejects]
    given = report.settings.get("corrections")
    corrections = [Path(str(one)).name for one in given] if isinstance(given, list) else []
    text = json.dumps({"written": written, "corrections": corrections})
    return text.translate({ord(one): f"\\u{ord(one):04x}" for one in "<>&()@`"})


def marked(text: str) -> Any:
    """Return the data of the mark in a report, nothing without one."""
    found = _MARK.search(text)
    if found is None:
        return {}
    from html import unescape

    return json.loads(unescape(found[1]))
