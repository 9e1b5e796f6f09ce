"""Findings -> the rows of a table, one for each finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from csv_preflight.model.occurrences import Occurrences
from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import data, worded

COLUMNS = ("line", "record", "column", "code", "title", "outcome", "detail", "parameters")
# If the list has several files, a column for the file comes before them.
FILE = "file"
# File, line, record, column, message and parameters.
_Place = tuple[str, int, int, str, str, Mapping[str, object]]


def findings_rows(
    report: Report, places: Sequence[Occurrences] | None, *, show_values: bool
) -> Iterator[tuple[object, ...]]:
    """Yield the file and the values of COLUMNS for each finding, ordered by rule, file and line.

    places: all findings; None for the samples of the report.
    """
    by_code: dict[str, list[Occurrences]] = {}
    for one in places or ():
        by_code.setdefault(one.code, []).append(one)
    for finding in report.findings:
        rows = _samples(finding) if places is None else _occurrences(by_code[finding.code], show_values=show_values)
        files = {one.path: index for index, one in enumerate(report.inputs)}
        for path, line, record, column, detail, parameters in sorted(
            rows, key=lambda row: (files.get(row[0], 0), row[1])
        ):
            yield path, line, record, column, finding.code, finding.title, str(finding.outcome), detail, parameters


def _samples(finding: RuleFindings) -> Iterator[_Place]:
    for sample in finding.samples:
        yield sample.path, sample.line, sample.record, sample.column, sample.detail, sample.parameters


def _occurrences(places: Sequence[Occurrences], *, show_values: bool) -> Iterator[_Place]:
    for one in places:
        rule = BY_CODE[one.code]
        said = [
            (worded(rule, each, show_values=show_values), data(rule, each, show_values=show_values))
            for each in one.parameters
        ]
        which = [0] * len(one) if one.which is None else one.which.tolist()
        for line, record, place in zip(one.lines.tolist(), one.records.tolist(), which, strict=True):
            yield one.path, line, record, one.column, *said[place]
