"""Lists as JUnit test suites, which most CI services show.  They hold no cell's text, even masked.

A list is a suite, and each rule found in it a failed test; warnings pass, with their text.  A list without findings
is a suite with one passed test; one that could not be read or written, a suite with an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from csv_preflight.model.failure import Failure
from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.printable import printable
from csv_preflight.reports.sarif import TOOL, said


def render(reports: Iterable[Report], failures: Iterable[Failure] = ()) -> str:
    """Return one JUnit XML document for all reports and for the lists without one."""
    suites = [*map(_suite, reports), *map(_failed_suite, failures)]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""])


def _suite(report: Report) -> str:
    path = _text(report.input.path)
    failing = [found for found in report.findings if found.outcome is not Outcome.WARN]
    cases = [_case(report, found) for found in report.findings] or [f'<testcase classname="{path}" name="ready"/>']
    head = f'<testsuite name="{path}" tests="{len(cases)}" failures="{len(failing)}" errors="0" skipped="0">'
    return "\n".join([head, *cases, "</testsuite>"])


def _failed_suite(failure: Failure) -> str:
    path, message = _text(failure.path or TOOL), _text(failure.message)
    return (
        f'<testsuite name="{path}" tests="1" failures="0" errors="1" skipped="0">\n'
        f'<testcase classname="{path}" name="can be read and written">'
        f'<error type="error" message="{message}">{message}</error></testcase>\n'
        "</testsuite>"
    )


def _case(report: Report, found: RuleFindings) -> str:
    name = f'<testcase classname="{_text(report.input.path)}" name="{_text(f"{found.code} {found.title}")}">'
    lines = [f"{sample.path or report.input.path}:{sample.line}: {said(found, sample)}" for sample in found.samples]
    if found.beyond:
        lines.append(f"and {found.beyond:,} more")
    body = "\n".join(map(_text, lines))
    if found.outcome is Outcome.WARN:
        return f"{name}<system-out>{body}</system-out></testcase>"
    first = _text(f"{found.count:,} found; {said(found, found.samples[0])}")
    return f'{name}<failure type="{found.outcome}" message="{first}">{body}</failure></testcase>'


def _text(text: str) -> str:
    return escape(printable(text))
