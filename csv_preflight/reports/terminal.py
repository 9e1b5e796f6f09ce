"""The report for a terminal: findings, then the verdict, counts by rule, and what to do next.

Its end fits a screen of 80 × 24, whatever the list, since that is what people see when the command has ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePath

from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.reports.advice import (
    Step,
    counted,
    first_step,
    is_much_rejected,
    of_outcome,
    readiness,
    saving_step,
    sent_names,
    shown_path,
    to_correct,
    verdict,
)
from csv_preflight.reports.commands import (
    clean_command,
    command_after_correction,
    command_for_rejects,
    paths,
    rules_command,
    stdin_again,
    stops,
    ways_after_stop,
    ways_left_out,
    written,
)
from csv_preflight.reports.printable import message, printable, printable_path
from csv_preflight.reports.screen import ROWS, Screen, clipped
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text

_COLORS = {Outcome.STOP: "31;1", Outcome.REJECT: "31", Outcome.FIX: "36", Outcome.WARN: "33"}
_WORDS = {
    Outcome.STOP: "stops the list",
    Outcome.REJECT: "rejected",
    Outcome.FIX: "fixed",
    Outcome.WARN: "kept, please review",
}
_WORDS_IF_UNWRITTEN = {**_WORDS, Outcome.REJECT: "would be rejected", Outcome.FIX: "can be fixed"}
_ORDER = (Outcome.STOP, Outcome.REJECT, Outcome.WARN, Outcome.FIX)
# Parts of a split list are named one by one up to this many.
_FILES_SHOWN = 4
# The most characters of a cell on a screen.
_CELL = 60
# How many renamed columns, and the like, are named.
_NAMES_SHOWN = 3
# Lines of one finding if all must fit; lines of counts that are always shown, and that are enough.
_LONGEST, _LEAST_COUNTS, _MOST_COUNTS = 6, 3, 8


def render(
    report: Report,
    *,
    checked: bool,
    color: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    columns: int | None = None,
    rows: int | None = None,
) -> str:
    """Return the report as text.

    checked: the file was only checked.  quiet: only the findings, as lines of path:line:field: CODE message.  verbose:
    fixes of rows are listed, not only counted.  columns, rows: of the screen that the text must fit; None for no limit,
    with lines unwrapped.
    """
    screen = Screen(columns, None if quiet else rows, map(printable_path, paths(report)), color=color)
    closing = [] if quiet else _closing(report, screen, checked=checked)
    shown = list(_findings(report, screen, closing, verbose=verbose))
    if quiet and not shown and not report.ready:
        shown = screen.lines(_verdict(report, screen, checked=checked), indent=2)
    gap = [""] if shown and len(closing) > 2 else []
    return "".join(line + "\n" for line in (*shown, *gap, *closing))


def _verdict(report: Report, screen: Screen, *, checked: bool) -> str:
    shade = "31;1" if not report.ready else "33;1" if is_much_rejected(report) else "32;1"
    why = printable(verdict(report, checked=checked))
    return f"{printable_path(report.input.path)}: {screen.paint(readiness(report), shade)}: {why}"


def _findings(report: Report, screen: Screen, closing: Sequence[str], *, verbose: bool) -> Iterator[str]:
    """Yield lines for the findings: what stops the list, rows to correct, warnings, and fixes if wanted.

    If they must fit a screen together with the end of the report, the first finding of each rule comes before the
    second of any.
    """
    found = [one for outcome in _ORDER for one in report.findings if one.outcome is outcome and one.samples]
    chosen = [one for one in found if verbose or one.outcome is not Outcome.FIX or _is_of_the_whole(one)]
    if screen.rows is None:
        for one in chosen:
            for sample in one.samples:
                yield from _lines(report, one, sample, screen)
            if one.beyond:
                yield f"… and {one.beyond:,} more {one.code}"
        return
    chosen.sort(key=lambda one: (_ORDER.index(one.outcome), -one.count))
    yield from _fitting(report, chosen, screen, screen.rows - 3 - screen.height(closing))


def _is_of_the_whole(found: RuleFindings) -> bool:
    """Whether a fix is about the file or its header: these are few, and say which names are sent."""
    return BY_CODE[found.code].group in (Group.FILE, Group.HEADER)


def _fitting(report: Report, chosen: Sequence[RuleFindings], screen: Screen, room: int) -> Iterator[str]:
    """Yield as many findings as fit, and the number of the others."""
    taken: list[list[list[str]]] = [[] for _ in chosen]
    for turn in range(max((len(one.samples) for one in chosen), default=0)):
        for one, places in zip(chosen, taken, strict=True):
            if turn >= len(one.samples):
                continue
            lines = _lines(report, one, one.samples[turn], screen)
            if screen.height(lines) <= room:
                room -= screen.height(lines)
                places.append(lines)
    yield from (line for places in taken for lines in places for line in lines)
    if more := sum(len(one.samples) + one.beyond for one in chosen) - sum(map(len, taken)):
        yield f"… and {more:,} more; --max-findings 0 lists all"


def _lines(report: Report, found: RuleFindings, sample: Sample, screen: Screen) -> list[str]:
    place = f"{printable_path(sample.path or report.input.path)}:{sample.line}:{sample.field or 1}"
    said = message(sample) if screen.columns is None else message(sample, clipped(sample.value, 1, _CELL))
    text = f"{place}: {screen.paint(found.code, _COLORS[found.outcome])} {printable(said)}"
    return screen.lines(text, None if screen.rows is None else _LONGEST, indent=4)


def _closing(report: Report, screen: Screen, *, checked: bool) -> list[str]:
    """Return the end of the report, at most a screen of 80 × 24."""
    head = screen.lines(_verdict(report, screen, checked=checked), indent=2)
    # A file that could not be read has one problem, and nothing to count.
    is_counted = bool(report.findings) and report.rows.read > 0
    summary = [screen.paint(_summary(report), "1"), *_by_file(report, screen)] if is_counted else []
    first = first_step(report)
    advice = screen.lines(printable(f"first: {first.title}. {first.text}"), 4) if first else []
    following = _next_steps(report, first, screen, checked=checked)
    if first and first.command and not any(line.endswith(printable(first.command)) for line in following):
        advice.append(f"      {printable(first.command)}")
    again = stdin_again(report) if any(" - " in line for line in (*advice, *following)) else ""
    tail = [*summary, *_outputs(report, screen), *advice, *following, *(screen.lines(f"({again})") if again else [])]
    room = ROWS - 1 - screen.height([*head, *tail])
    notes: list[str] = []
    for text in map(note_text, report.notes):
        lines = screen.lines(printable(f"note: {text}"), 4)
        fits = screen.height([*notes, *lines]) <= room - _LEAST_COUNTS
        if fits and not (first and text in first.text):
            notes += lines
    counts = _counts(report, screen, room - screen.height(notes)) if is_counted else []
    return [*head, *counts, *notes, *tail]


def _counts(report: Report, screen: Screen, room: int) -> list[str]:
    """Return the count of findings by rule; rules that do not fit share one line, and fixes another."""
    words = _WORDS if report.outputs else _WORDS_IF_UNWRITTEN
    found = [one for outcome in _ORDER for one in of_outcome(report, outcome)]
    most = max(_LEAST_COUNTS, min(room, _MOST_COUNTS))
    if len(found) <= most:
        return _table(found, [], words, screen)
    fixes = [one for one in found if one.outcome is Outcome.FIX]
    others = found[: len(found) - len(fixes)]
    most -= bool(fixes)
    shown = others if len(others) <= most else others[: most - 1]
    sums = []
    if rest := others[len(shown) :]:
        sums.append((f"{len(rest)} other rules", sum(one.count for one in rest), ""))
    if fixes:
        title = fixes[0].title if len(fixes) == 1 else f"{len(fixes)} kinds of fixes"
        sums.append((title, sum(one.count for one in fixes), words[Outcome.FIX]))
    return _table(shown, sums, words, screen)


def _table(
    found: Sequence[RuleFindings],
    sums: Sequence[tuple[str, int, str]],
    words: Mapping[Outcome, str],
    screen: Screen,
) -> list[str]:
    rows = [(screen.paint(one.code, _COLORS[one.outcome]), one.title, one.count, words[one.outcome]) for one in found]
    rows += [("…   ", *one) for one in sums]
    names, width = max(len(title) for _, title, _, _ in rows), max(len(f"{count:,}") for _, _, count, _ in rows)
    return [f"  {code}  {title:<{names}}  {count:>{width},}  {word}".rstrip() for code, title, count, word in rows]


def _summary(report: Report) -> str:
    rows = report.rows
    text = f"{counted(rows.read, 'row')} read, {rows.clean:,} clean, {rows.rejected:,} rejected"
    return text + (f", {counted(rows.blank, 'blank line')}" if rows.blank else "")


def _by_file(report: Report, screen: Screen) -> list[str]:
    """Return how many rows of each file are clean, if the list has several."""
    if not report.as_one:
        return []
    names = [PurePath(one.path).name for one in report.inputs]
    if len(set(names)) < len(names):
        names = [one.path for one in report.inputs]
    files = [f"{name} {one.rows.clean:,} of {one.rows.read:,}" for name, one in zip(names, report.inputs, strict=True)]
    return screen.lines(printable(f"clean, by file: {'; '.join(files)}"), 2)


def _outputs(report: Report, screen: Screen) -> list[str]:
    """Return the files written, and the names that the upload needs."""
    if not report.outputs:
        return []
    lines, phones = [], report.input.phone_columns
    for title, texts in (
        ("columns", [f"{old!r} is now {new!r}" for old, new in report.header_renames.items()]),
        ("left out", list(map(repr, report.left_out))),
        ("variables", [f"{one.variable!r} from column {one.written!r}" for one in report.variables]),
        ("phone columns", [", then ".join(map(repr, phones))] if phones[1:] else []),
    ):
        if texts:
            lines += screen.lines(printable(f"{title}: {_some(texts)}"), 3)
    return [*lines, *_files(report, screen)]


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _NAMES_SHOWN:,} more" if len(texts) > _NAMES_SHOWN else ""
    return ", ".join(islice(texts, _NAMES_SHOWN)) + more


def _files(report: Report, screen: Screen) -> list[str]:
    parts = written(report, "clean")
    shown = list(report.outputs)
    lines = []
    if len(parts) > _FILES_SHOWN:
        lines.append(f"clean: {len(parts):,} files of about {counted(parts[0].rows, 'row')} each, the first and last:")
        shown = [parts[0], parts[-1], *written(report, "rejects")]
    width = max(len(one.kind) for one in shown) + 1
    for one in shown:
        size = f"({counted(one.rows, 'row')}, {one.bytes:,} bytes)"
        text = f"{one.kind + ':':<{width}} {printable(shown_path(one.path))} {size}"
        lines += screen.lines(text, indent=width + 1)
    return lines


def _next_steps(report: Report, first: Step | None, screen: Screen, *, checked: bool) -> list[str]:
    if stops(report):
        return _next_after_stop(report, first, screen)
    changed = first.changed if first else {}
    if checked:
        return [] if report.ready and not report.as_one else _next_after_check(report, changed)
    if not report.outputs:
        return ["next: correct the rows above, then run:", f"      {printable(clean_command(report, changed))}"]
    return _next_after_clean(report, changed, screen)


def _next_after_stop(report: Report, first: Step | None, screen: Screen) -> list[str]:
    ways = ways_after_stop(report) or ((first.command,) if first and first.command else ())
    if not ways:
        explained, again = rules_command(stops(report)[0].code), command_after_correction(report)
        return [f"next: fix this ({explained} says how), then run:", f"      {printable(again)}"]
    if len(ways) == 1:
        return [f"next: {printable(ways[0])}"]
    return [*screen.lines(f"next, one of{ways_left_out(report)}:"), *(f"      {printable(way)}" for way in ways)]


def _next_after_check(report: Report, changed: Mapping[str, object]) -> list[str]:
    if report.ready or of_outcome(report, Outcome.REJECT, Outcome.FIX):
        # A list with rejects is not rewritten in place, so leave out that option to write the other rows.
        others = {"in-place": None} if report.rows.rejected else {}
        command = clean_command(report, {**changed, **others})
        return [f"next: {printable(command)}", *_saving_first(report, command)]
    return ["next: review the rows above"]


def _next_after_clean(report: Report, changed: Mapping[str, object], screen: Screen) -> list[str]:
    clean, rejects = written(report, "clean"), written(report, "rejects")
    if clean[0].path == report.input.path:
        return screen.lines(f"next: review what has changed; {printable(clean[0].path)} is ready")
    phone, identifier = sent_names(report)
    named = f", identifier column {identifier!r}" if identifier else ""
    upload = printable(shown_path(clean[0].path)) if len(clean) == 1 else f"these {len(clean):,} files"
    lines = screen.lines(printable(f"in the upload, choose: phone column {phone!r}{named}"))
    lines += [*screen.lines(f"next: upload {upload}"), *_saving_first(report)]
    if rejects and to_correct(report):
        lines += screen.lines(f"or first: correct {printable(rejects[0].path)}, and make one list of both:")
        lines.append(f"      {printable(command_for_rejects(report, changed))}")
    return lines


def _saving_first(report: Report, following: str = "") -> list[str]:
    """Return lines with the command that would save a few of the rejected rows.  following: the one printed anyway."""
    step = saving_step(report)
    if step is None or step.command == following:
        return []
    return [f"or first: {step.title[0].lower()}{step.title[1:]}:", f"      {printable(step.command)}"]
