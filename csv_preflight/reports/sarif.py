"""Findings as SARIF 2.1.0, for code scanning.  No cell's text is among them, masked or not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import PurePath
from urllib.parse import quote

from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome, Rule
from csv_preflight.reports.places import detail_without_cells
from csv_preflight.reports.printable import printable
from csv_preflight.rules import BY_CODE

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Outcome.STOP: "error", Outcome.REJECT: "error", Outcome.FIX: "warning", Outcome.WARN: "note"}


def render(reports: Iterable[Report]) -> str:
    """Return one SARIF log with a run for each report."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report) for report in reports]}
    return json.dumps(log, separators=(",", ":")) + "\n"


def _run(report: Report) -> dict[str, object]:
    uri = _uri(report.input.path)
    results = [
        _result(found, sample, place, uri) for place, found in enumerate(report.findings) for sample in found.samples
    ]
    return {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "rules": [_rule(BY_CODE[found.code], found.outcome) for found in report.findings],
            }
        },
        "artifacts": [
            {
                "location": {"uri": uri},
                "length": report.input.bytes,
                "hashes": {"sha-256": report.input.sha256},
                "roles": ["analysisTarget"],
            }
        ],
        "results": results,
        "columnKind": "unicodeCodePoints",
        "properties": {
            "ready": report.ready,
            "rows": {"read": report.rows.read, "clean": report.rows.clean, "rejected": report.rows.rejected},
            "counts": {found.code: found.count for found in report.findings},
        },
    }


def _rule(rule: Rule, outcome: Outcome) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} Example: {rule.example}. Remedy: {rule.remedy}"},
        "defaultConfiguration": {"level": _LEVELS[outcome]},
    }


def _result(found: RuleFindings, sample: Sample, place: int, uri: str) -> dict[str, object]:
    where = f"{sample.column}: " if sample.column else ""
    return {
        "ruleId": found.code,
        "ruleIndex": place,
        "level": _LEVELS[found.outcome],
        "message": {"text": printable(f"{where}{detail_without_cells(found, sample)}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri, "index": 0},
                    "region": {"startLine": sample.line},
                }
            }
        ],
    }


def _uri(path: str) -> str:
    """Return a path as a URI reference, relative where the path is.

    >>> _uri("lists/june 2026.csv")
    'lists/june%202026.csv'
    """
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), safe="/", errors="surrogateescape")
