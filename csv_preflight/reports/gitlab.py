"""Findings as GitLab's Code Quality report.  They hold no cell's text, even masked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from csv_preflight.model.failure import Failure
from csv_preflight.model.report import Report
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.printable import printable
from csv_preflight.reports.sarif import TOOL, fingerprints, said, uri

_SEVERITIES = {Outcome.STOP: "blocker", Outcome.REJECT: "major", Outcome.FIX: "minor", Outcome.WARN: "info"}
# The name of the check that a list can be read and written.
_UNREADABLE = "unreadable"


def render(reports: Iterable[Report], failures: Iterable[Failure] = ()) -> str:
    """Return one array of issues for all reports and for the lists without one, for ``artifacts:reports:codequality``.

    An array without issues means success, so a list that could not be read is an issue of its own.
    """
    issues: list[dict[str, object]] = [
        {
            "description": _titled(found.title, said(found, sample)),
            "check_name": found.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[found.outcome],
            "location": {"path": printable(sample.path or report.input.path), "lines": {"begin": sample.line}},
        }
        for report in reports
        for found in report.findings
        for sample, fingerprint in zip(found.samples, fingerprints(report, found), strict=True)
    ]
    issues += map(_failed, failures)
    return json.dumps(issues, separators=(",", ":")) + "\n"


def _failed(failure: Failure) -> dict[str, object]:
    path = failure.path or TOOL
    text = "\0".join((_UNREADABLE, uri(path)))
    return {
        "description": printable(failure.message),
        "check_name": _UNREADABLE,
        "fingerprint": sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32],
        "severity": _SEVERITIES[Outcome.STOP],
        "location": {"path": printable(path), "lines": {"begin": 1}},
    }


def _titled(title: str, text: str) -> str:
    """Return what is said of a place, after the rule's title if it does not have those words.

    >>> _titled("Not a phone number", "phone: not a phone number"), _titled("Row", "line 3")
    ('phone: not a phone number', 'Row: line 3')
    """
    return text if title.lower() in text.lower() else f"{title}: {text}"
