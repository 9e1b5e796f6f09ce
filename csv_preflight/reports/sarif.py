"""Findings as SARIF 2.1.0, for code scanning.  No cell's text is among them, masked or not.

One run for all files: code scanning takes one for a tool and category.  Fingerprints are made of the rule, the file,
the column and which finding of these it is, so that a finding stays the same one when lines move.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from csv_preflight._version import __version__
from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome, Rule
from csv_preflight.reports.places import detail_without_cells
from csv_preflight.reports.printable import printable
from csv_preflight.rules import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Outcome.STOP: "error", Outcome.REJECT: "error", Outcome.FIX: "warning", Outcome.WARN: "note"}


def render(reports: Iterable[Report]) -> str:
    """Return one SARIF log with one run for all reports."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(list(reports))]}
    return json.dumps(log, separators=(",", ":")) + "\n"


def _run(reports: Sequence[Report]) -> dict[str, object]:
    counts = Counter[str]()
    for report in reports:
        counts.update({found.code: found.count for found in report.findings})
    used = [rule for rule in RULES if rule.code in counts]
    places = {rule.code: place for place, rule in enumerate(used)}
    rows = [report.rows for report in reports]
    return {
        "tool": {
            "driver": {
                "name": reports[0].tool.name if reports else "csv-preflight",
                "version": reports[0].tool.version if reports else __version__,
                "rules": [_rule(rule) for rule in used],
            }
        },
        "automationDetails": {"id": "csv-preflight/"},
        "artifacts": [_artifact(report) for report in reports],
        "results": [result for place, report in enumerate(reports) for result in _results(report, place, places)],
        "columnKind": "unicodeCodePoints",
        "properties": {
            "ready": all(report.ready for report in reports),
            "rows": {
                "read": sum(one.read for one in rows),
                "clean": sum(one.clean for one in rows),
                "rejected": sum(one.rejected for one in rows),
            },
            "counts": {rule.code: counts[rule.code] for rule in used},
        },
    }


def _artifact(report: Report) -> dict[str, object]:
    return {
        "location": {"uri": uri(report.input.path)},
        "length": report.input.bytes,
        "hashes": {"sha-256": report.input.sha256},
        "roles": ["analysisTarget"],
        "properties": {
            "ready": report.ready,
            "rows": {"read": report.rows.read, "clean": report.rows.clean, "rejected": report.rows.rejected},
            "counts": {found.code: found.count for found in report.findings},
        },
    }


def _results(report: Report, artifact: int, places: dict[str, int]) -> list[dict[str, object]]:
    return [
        _result(found, sample, places[found.code], artifact, report.input.path, fingerprint)
        for found in report.findings
        for sample, fingerprint in zip(found.samples, fingerprints(report.input.path, found), strict=True)
    ]


def fingerprints(path: str, found: RuleFindings) -> list[str]:
    """Return what tells each finding of a rule in a file from all others, wherever its line moves.

    A hash of the rule, the file, the column and which of these it is: nothing of a cell, which could be found again.
    """
    seen = Counter[str]()
    made = []
    for sample in found.samples:
        seen[sample.column] += 1
        text = "\0".join((found.code, uri(path), sample.column, str(seen[sample.column])))
        made.append(sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32])
    return made


def _rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": f"{rule.why} Example: {rule.example}. Remedy: {rule.remedy}",
            "markdown": f"{_escaped(rule.why)}\n\n**Example:** {_escaped(rule.example)}\n\n"
            f"**What to do:** {_escaped(rule.remedy)}",
        },
        "defaultConfiguration": {"level": LEVELS[rule.outcome]},
        "properties": {"tags": [str(rule.group), str(rule.outcome)], "problem.severity": LEVELS[rule.outcome]},
    }


def _escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>#|~&" else one for one in text)


def _result(
    found: RuleFindings, sample: Sample, rule: int, artifact: int, path: str, fingerprint: str
) -> dict[str, object]:
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": LEVELS[found.outcome],
        "message": {"text": said(found, sample)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": uri(path), "index": artifact},
                    "region": {"startLine": sample.line},
                }
            }
        ],
        "partialFingerprints": {"csvPreflightFinding/v1": fingerprint},
    }


def said(found: RuleFindings, sample: Sample) -> str:
    """Return what is said of a place, without a cell."""
    where = f"{sample.column}: " if sample.column else ""
    return printable(f"{where}{detail_without_cells(found, sample)}")


def uri(path: str) -> str:
    """Return a path as a URI reference, relative where the path is.

    >>> uri("lists/june 2026.csv")
    'lists/june%202026.csv'
    """
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), safe="/", errors="surrogateescape")
