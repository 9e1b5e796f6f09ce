"""The report for a terminal: findings, then the verdict, counts by rule, and what to do next.

Its end fits a screen of 80 × 24, whatever the list, since that is what people see when the command has ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.reports.advice import correctable_first
from csv_preflight.reports.closing import COLORS, ORDER, closing, verdict_lines
from csv_preflight.reports.commands import paths, stops
from csv_preflight.reports.printable import message, printable, printable_path
from csv_preflight.reports.screen import ROWS, Screen, clipped
from csv_preflight.rules import BY_CODE

# The most characters of a cell on a screen.
_CELL = 60
# Lines of one finding if all must fit.
_LONGEST = 6


def render(
    report: Report,
    *,
    checked: bool,
    color: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    columns: int | None = None,
    rows: int | None = None,
    after: int = 0,
    sends: Sequence[str] = (),
) -> str:
    """Return the report as text.

    checked: the file was only checked.  quiet: only the findings, as lines of path:line:field: CODE message.  verbose:
    fixes of rows are listed, not only counted.  columns, rows: of the screen that the text must fit; None for no limit,
    with lines unwrapped.  after: rows that are printed on the screen after the report.  sends: options of an
    upload that follows.
    """
    screen = Screen(columns, None if quiet else rows, map(printable_path, paths(report)), color=color)
    room = max(ROWS, rows or 0) - 1 - after - _least(report, screen)
    end = [] if quiet else closing(report, screen, room, checked=checked, sends=sends)
    shown = list(_findings(report, screen, end, verbose=verbose))
    if quiet and not shown and not report.ready:
        shown = verdict_lines(report, screen, checked=checked)
    gap = [""] if shown and len(end) > 2 else []
    return "".join(line + "\n" for line in (*shown, *gap, *end))


def _least(report: Report, screen: Screen) -> int:
    """Return the rows that findings take at least if all must fit: what stops the list, and how many others there are.

    The empty line after them counts as well.
    """
    if screen.rows is None or not report.findings:
        return 0
    stop = [line for found in stops(report)[:1] for line in _lines(report, found, found.samples[0], screen)]
    return screen.height(stop) + 2


def _findings(report: Report, screen: Screen, end: Sequence[str], *, verbose: bool) -> Iterator[str]:
    """Yield lines for the findings: what stops the list, rows to correct, warnings, and fixes if wanted.

    If they must fit a screen together with the end of the report, the first finding of each rule comes before the
    second of any.
    """
    by_outcome = ([one for one in report.findings if one.outcome is outcome and one.samples] for outcome in ORDER)
    found = [one for group in by_outcome for one in correctable_first(group)]
    chosen = [one for one in found if verbose or one.outcome is not Outcome.FIX or _is_of_the_whole(one)]
    if screen.rows is None:
        for one in chosen:
            for sample in one.samples:
                yield from _lines(report, one, sample, screen)
            if one.beyond:
                yield f"… and {one.beyond:,} more {one.code}"
        return
    common_first = correctable_first(sorted(chosen, key=lambda one: -one.count))
    chosen = sorted(common_first, key=lambda one: ORDER.index(one.outcome))
    yield from _fitting(report, chosen, screen, screen.rows - 3 - screen.height(end))


def _is_of_the_whole(found: RuleFindings) -> bool:
    """Whether a fix is about the file or its header: these are few, and say which names are sent."""
    return BY_CODE[found.code].group in (Group.FILE, Group.HEADER)


def _fitting(report: Report, chosen: Sequence[RuleFindings], screen: Screen, room: int) -> Iterator[str]:
    """Yield as many findings as fit, at least the first of what stops the list, and the number of the others."""
    taken: list[list[list[str]]] = [[] for _ in chosen]
    for turn in range(max((len(one.samples) for one in chosen), default=0)):
        for one, places in zip(chosen, taken, strict=True):
            if turn >= len(one.samples):
                continue
            lines = _lines(report, one, one.samples[turn], screen)
            is_first_stop = one is chosen[0] and one.outcome is Outcome.STOP and not turn
            if screen.height(lines) <= room or is_first_stop:
                room -= screen.height(lines)
                places.append(lines)
    yield from (line for places in taken for lines in places for line in lines)
    if more := sum(len(one.samples) + one.beyond for one in chosen) - sum(map(len, taken)):
        yield f"… and {more:,} more; --max-findings 0 lists all"


def _lines(report: Report, found: RuleFindings, sample: Sample, screen: Screen) -> list[str]:
    place = f"{printable_path(sample.path or report.input.path)}:{sample.line}:{sample.field or 1}"
    said = message(sample) if screen.columns is None else message(sample, clipped(sample.value, 1, _CELL))
    text = f"{place}: {screen.paint(found.code, COLORS[found.outcome])} {printable(said)}"
    return screen.lines(text, None if screen.rows is None else _LONGEST, indent=4)
