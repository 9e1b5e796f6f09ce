"""Findings as SARIF 2.1.0, for code scanning.  They hold no cell's text, even masked.

There is one run for all files, since code scanning takes one for each tool and category.  Fingerprints depend on the
rule, the file, the column and the finding's number among these, so that a finding stays the same when lines move.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePath
from urllib.parse import quote

from csv_preflight._version import __version__
from csv_preflight.model.failure import Failure
from csv_preflight.model.report import Input, InputFile, Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome, Rule
from csv_preflight.reports.places import detail_without_cells
from csv_preflight.reports.printable import printable
from csv_preflight.rules import RULES

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Our name, where an error is not about a single file.
TOOL = "csv-preflight"
LEVELS = {Outcome.STOP: "error", Outcome.REJECT: "error", Outcome.FIX: "warning", Outcome.WARN: "note"}


def render(reports: Iterable[Report], failures: Iterable[Failure] = ()) -> str:
    """Return one SARIF log with one run for all reports and for the lists without one."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(list(reports), list(failures))]}
    return json.dumps(log, separators=(",", ":")) + "\n"


def _run(reports: Sequence[Report], failures: Sequence[Failure]) -> dict[str, object]:
    counts = Counter[str]()
    for report in reports:
        counts.update({found.code: found.count for found in report.findings})
    used = [rule for rule in RULES if rule.code in counts]
    places = {rule.code: place for place, rule in enumerate(used)}
    rows = [report.rows for report in reports]
    return {
        "tool": {
            "driver": {
                "name": reports[0].tool.name if reports else TOOL,
                "version": reports[0].tool.version if reports else __version__,
                "rules": [_rule(rule) for rule in used],
            }
        },
        "invocations": [_invocation(failures)],
        "automationDetails": {"id": "csv-preflight/"},
        "artifacts": [_artifact(report, file) for report in reports for file in _files(report)],
        "results": _results(reports, places),
        "columnKind": "unicodeCodePoints",
        "properties": {
            "ready": not failures and all(report.ready for report in reports),
            "rows": {
                "read": sum(one.read for one in rows),
                "clean": sum(one.clean for one in rows),
                "rejected": sum(one.rejected for one in rows),
            },
            "counts": {rule.code: counts[rule.code] for rule in used},
        },
    }


def _invocation(failures: Sequence[Failure]) -> dict[str, object]:
    notifications = [
        {
            "level": "error",
            "message": {"text": printable(failure.message)},
            **_place(failure.path),
        }
        for failure in failures
    ]
    told = {"toolExecutionNotifications": notifications} if notifications else {}
    return {"executionSuccessful": not failures, **told}


def _place(path: str) -> dict[str, object]:
    return {"locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(path)}}}]} if path else {}


def _files(report: Report) -> Sequence[Input]:
    return report.inputs if report.as_one else (report.input,)


def _artifact(report: Report, file: Input) -> dict[str, object]:
    rows = file.rows if isinstance(file, InputFile) else report.rows
    return {
        "location": {"uri": uri(file.path)},
        "length": file.bytes,
        "hashes": {"sha-256": file.sha256},
        "roles": ["analysisTarget"],
        "properties": {
            "ready": report.ready,
            "rows": {"read": rows.read, "clean": rows.clean, "rejected": rows.rejected},
        },
    }


def _results(reports: Sequence[Report], places: Mapping[str, int]) -> list[dict[str, object]]:
    results = []
    before = 0
    for report in reports:
        artifacts = {file.path: before + place for place, file in enumerate(_files(report))}
        before += len(artifacts)
        for found in report.findings:
            for sample, fingerprint in zip(found.samples, fingerprints(report, found), strict=True):
                path = sample.path or report.input.path
                place = {"uri": uri(path)} | ({"index": artifacts[path]} if path in artifacts else {})
                results.append(_result(found, sample, places[found.code], place, fingerprint))
    return results


def fingerprints(report: Report, found: RuleFindings) -> list[str]:
    """Return a fingerprint for each finding of a rule that does not depend on its line.

    It is a hash of the rule, the file, the column and a number, without the cell, which could be guessed from a hash.
    """
    seen = Counter[tuple[str, str]]()
    made = []
    for sample in found.samples:
        path = sample.path or report.input.path
        seen[path, sample.column] += 1
        text = "\0".join((found.code, uri(path), sample.column, str(seen[path, sample.column])))
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
    found: RuleFindings, sample: Sample, rule: int, artifact: Mapping[str, object], fingerprint: str
) -> dict[str, object]:
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": LEVELS[found.outcome],
        "message": {"text": said(found, sample)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": artifact,
                    "region": {"startLine": sample.line},
                }
            }
        ],
        "partialFingerprints": {"csvPreflightFinding/v1": fingerprint},
    }


def said(found: RuleFindings, sample: Sample) -> str:
    """Return the text about a finding, without a cell."""
    where = f"{sample.column}: " if sample.column else ""
    return printable(f"{where}{detail_without_cells(found, sample)}")


def uri(path: str) -> str:
    """Return a path as a URI reference, relative if the path is.

    >>> uri("lists/june 2026.csv")
    'lists/june%202026.csv'
    """
    pure = PurePath(path)
    if pure.is_absolute():
        return pure.as_uri()
    return quote(pure.as_posix(), safe="/", errors="surrogateescape")
