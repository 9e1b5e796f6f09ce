"""Findings as GitLab's Code Quality report.  They hold no cell's text, even masked."""

from __future__ import annotations

import json
from collections.abc import Iterable

from csv_preflight.model.failure import Failure
from csv_preflight.model.report import Report
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.printable import printable
from csv_preflight.reports.sarif import fingerprints, said

_SEVERITIES = {Outcome.STOP: "blocker", Outcome.REJECT: "major", Outcome.FIX: "minor", Outcome.WARN: "info"}


def render(reports: Iterable[Report], _: Iterable[Failure] = ()) -> str:
    """Return one array of issues for all reports, for ``artifacts:reports:codequality``.

    It cannot hold an error about a list that could not be read: exit code and standard error report that.
    """
    issues = [
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
    return json.dumps(issues, separators=(",", ":")) + "\n"


def _titled(title: str, text: str) -> str:
    """Return what is said of a place, after the rule's title if it does not have those words.

    >>> _titled("Not a phone number", "phone: not a phone number"), _titled("Row", "line 3")
    ('phone: not a phone number', 'Row: line 3')
    """
    return text if title.lower() in text.lower() else f"{title}: {text}"
