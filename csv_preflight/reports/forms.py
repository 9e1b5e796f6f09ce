"""The form of a report by its file's suffix, and the number of findings in each form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from csv_preflight.model.report import Report
from csv_preflight.model.settings import Settings

JSON, HTML, MARKDOWN = SUFFIXES = (".json", ".html", ".md")
# The least findings of each rule in an HTML report, which people search to correct the rows.
HTML_FINDINGS = 10_000


def render_report(report: Report, target: str) -> str:
    """Return a report in the form of a file's suffix: .html, .md, else JSON."""
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
    """Yield each file of a report with its content; HTML has all findings, the others as many as the settings say."""
    asked = with_samples(report, settings.samples)
    for target in targets:
        text = render_report(report if _suffix(target) == HTML else asked, target)
        # A path with undecodable bytes has escapes in JSON; the other forms escape them themselves.
        yield target, text.encode(errors="backslashreplace")


def keeping_enough(settings: Settings, targets: Sequence[str]) -> Settings:
    """Return settings for a run that collects as many findings as its reports need."""
    if not settings.samples or HTML not in map(_suffix, targets):
        return settings
    return replace(settings, max_findings=max(settings.samples, HTML_FINDINGS))


def with_samples(report: Report, most: int) -> Report:
    """Return a report with at most ``most`` samples of each rule, 0 for all."""
    if not most:
        return report
    return replace(report, findings=tuple(replace(found, samples=found.samples[:most]) for found in report.findings))


def _suffix(target: str) -> str:
    return Path(target).suffix.lower()
