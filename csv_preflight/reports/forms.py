"""Which form a report has by its file's name, and how many findings each form is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from csv_preflight.model.report import Report
from csv_preflight.model.settings import Settings

JSON, HTML, MARKDOWN = SUFFIXES = (".json", ".html", ".md")
# Findings of each rule that an HTML report has at least: it can be searched, and a person corrects the rows by it.
HTML_FINDINGS = 10_000


def render_report(report: Report, target: str) -> str:
    """Return a report in the form that a file's suffix names: .html, .md, else JSON."""
    suffix = _suffix(target)
    if suffix == HTML:
        from csv_preflight.reports.html import page as html

        return html.render(report)
    if suffix == MARKDOWN:
        from csv_preflight.reports import markdown

        return markdown.render(report)
    from csv_preflight.reports import json

    return json.render(report)


def rendered(report: Report, targets: Sequence[str], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a report with its content; HTML has all findings, the others as many as were asked for."""
    asked = with_samples(report, settings.samples)
    for target in targets:
        text = render_report(report if _suffix(target) == HTML else asked, target)
        # A path of bytes that are no text has escapes in JSON; the other forms write them out themselves.
        yield target, text.encode(errors="backslashreplace")


def keeping_enough(settings: Settings, targets: Sequence[str]) -> Settings:
    """Return settings for a run that collects as many findings as its reports are to have."""
    if not settings.samples or HTML not in map(_suffix, targets):
        return settings
    return replace(settings, max_findings=max(settings.samples, HTML_FINDINGS))


def with_samples(report: Report, most: int) -> Report:
    """Return a report with at most so many samples of each rule, 0 for all."""
    if not most:
        return report
    return replace(report, findings=tuple(replace(found, samples=found.samples[:most]) for found in report.findings))


def _suffix(target: str) -> str:
    return Path(target).suffix.lower()
