"""Findings as annotations of a GitHub workflow: commands that the runner reads from the output.

They hold no cell's text, even masked: logs are kept, and often public.  GitHub shows ten annotations for each level
and step, so the first finding of every rule comes before the second of any.
"""

from __future__ import annotations

from collections.abc import Iterator

from csv_preflight.model.failure import Failure
from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.advice import of_outcome, readiness, verdict
from csv_preflight.reports.commands import stops
from csv_preflight.reports.places import detail_without_cells
from csv_preflight.reports.printable import printable, printable_path

_LEVELS = {Outcome.STOP: "error", Outcome.REJECT: "error", Outcome.FIX: "warning", Outcome.WARN: "notice"}


def render(report: Report, *, checked: bool) -> str:
    """Return the annotations of a report, and the verdict as a line of plain text.

    checked: the file was only checked.
    """
    lines = [_annotation(report, found, sample) for found, sample in _in_turn(report)]
    lines += [f"… and {found.beyond:,} more {found.code} {found.title}" for found in report.findings if found.beyond]
    stopping = stops(report)
    why = detail_without_cells(stopping[0], stopping[0].samples[0]) if stopping else verdict(report, checked=checked)
    lines.append(f"{printable_path(report.input.path)}: {readiness(report)}: {printable(why)}")
    return "".join(line + "\n" for line in lines)


def render_failure(failure: Failure) -> str:
    """Return an error as an annotation."""
    place = f" file={_property(printable(failure.path))}" if failure.path else ""
    return f"::error{place}::{_data(printable(failure.message))}\n"


def _in_turn(report: Report) -> Iterator[tuple[RuleFindings, Sample]]:
    """Yield the first finding of each rule, the most serious and common rules first, then the second of each."""
    ranked = [found for outcome in Outcome for found in of_outcome(report, outcome)]
    for turn in range(max((len(found.samples) for found in ranked), default=0)):
        for found in ranked:
            if turn < len(found.samples):
                yield found, found.samples[turn]


def _annotation(report: Report, found: RuleFindings, sample: Sample) -> str:
    place = f"file={_property(printable(sample.path or report.input.path))},line={sample.line}"
    title = _property(f"{found.code} {found.title}")
    where = f"line {sample.line}" + (f", {sample.column}" if sample.column else "")
    total = f" ({found.count:,} in all)" if sample is found.samples[0] and found.count > 1 else ""
    text = _data(printable(f"{where}: {detail_without_cells(found, sample)}{total}"))
    return f"::{_LEVELS[found.outcome]} {place},title={title}::{text}"


def _data(text: str) -> str:
    r"""Return text as the message of a command.

    >>> _data("100%\r\n::error::x")
    '100%25%0D%0A::error::x'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Return text as a property of a command.

    >>> _property("a,b: 5%")
    'a%2Cb%3A 5%25'
    """
    return _data(text).replace(":", "%3A").replace(",", "%2C")
