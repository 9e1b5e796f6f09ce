"""The report for a terminal: findings, then the verdict, counts by rule, and what to do next.

What closes it fits a screen of 80 × 24, whatever the list: it is what a person sees when the command has ended.
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
    sent_names,
    shown_path,
    to_correct,
    verdict,
)
from csv_preflight.reports.commands import (
    clean_command,
    command_after_correction,
    command_for_rejects,
    stops,
    ways_after_stop,
    written,
)
from csv_preflight.reports.printable import message, printable, printable_path
from csv_preflight.reports.screen import ROWS, clipped, height
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
# Parts of a split list are named one by one up to this many; of the screen, so many.
MOST_PARTS = 12
_FILES_SHOWN = 4
# Columns that are named of those with another name, and the like.
_NAMES_SHOWN = 3
# Lines of one finding where all of them have to fit; lines of counts that are always shown, and that are enough.
_LONGEST, _LEAST_COUNTS, _MOST_COUNTS = 6, 3, 8


def render(
    report: Report,
    *,
    checked: bool,
    color: bool = False,
    quiet: bool = False,
    verbose: bool = False,
    rows: int | None = None,
    origin: str = "",
) -> str:
    """Return the report as text.

    checked: the file was only checked.  quiet: only the findings, as lines of path:line:field: CODE message.
    verbose: fixes of rows are listed, not only counted.  rows: of the screen that the whole has to fit; None for no
    such limit.  origin: where the option that stops the list was set.
    """
    closing = [] if quiet else _closing(report, checked=checked, color=color)
    if closing and origin:
        closing.insert(1, printable(origin))
    room = None if rows is None or quiet else rows - 2 - height(closing)
    shown = list(_findings(report, room, color=color, verbose=verbose))
    if quiet and not shown and not report.ready:
        shown = [_verdict(report, checked=checked, color=color)]
    gap = [""] if shown and len(closing) > 2 else []
    return "".join(line + "\n" for line in (*shown, *gap, *closing))


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _verdict(report: Report, *, checked: bool, color: bool) -> str:
    paint = _painted if color else _plain
    shade = "31;1" if not report.ready else "33;1" if is_much_rejected(report) else "32;1"
    why = printable(verdict(report, checked=checked))
    return f"{printable_path(report.input.path)}: {paint(readiness(report), shade)}: {why}"


def _findings(report: Report, room: int | None, *, color: bool, verbose: bool) -> Iterator[str]:
    """Yield lines for the findings: what stops the list, rows to correct, warnings, and fixes if wanted.

    room: lines of the screen that they may take; the first place of each rule then comes before the second of any.
    """
    found = [one for outcome in _ORDER for one in report.findings if one.outcome is outcome and one.samples]
    chosen = [one for one in found if verbose or one.outcome is not Outcome.FIX or _is_of_the_whole(one)]
    if room is None:
        for one in chosen:
            yield from (_line(report, one, sample, color=color) for sample in one.samples)
            if one.beyond:
                yield f"… and {one.beyond:,} more {one.code}"
        return
    chosen.sort(key=lambda one: (_ORDER.index(one.outcome), -one.count))
    yield from _fitting(report, chosen, room - 1, color=color)


def _is_of_the_whole(found: RuleFindings) -> bool:
    """Whether a fix is of the file or its header: those are few, and say under which names columns are sent."""
    return BY_CODE[found.code].group in (Group.FILE, Group.HEADER)


def _fitting(report: Report, chosen: Sequence[RuleFindings], room: int, *, color: bool) -> Iterator[str]:
    """Yield as many findings as fit, and how many there are besides."""
    lines: list[list[str]] = [[] for _ in chosen]
    for turn in range(max((len(one.samples) for one in chosen), default=0)):
        for one, taken in zip(chosen, lines, strict=True):
            if turn >= len(one.samples):
                continue
            line = clipped(_line(report, one, one.samples[turn], color=color), _LONGEST)
            if height([line]) > room:
                continue
            room -= height([line])
            taken.append(line)
    for taken in lines:
        yield from taken
    if more := sum(len(one.samples) + one.beyond for one in chosen) - sum(map(len, lines)):
        yield f"… and {more:,} more; --max-findings 0 lists all"


def _line(report: Report, found: RuleFindings, sample: Sample, *, color: bool) -> str:
    paint = _painted if color else _plain
    place = f"{printable_path(sample.path or report.input.path)}:{sample.line}:{sample.field or 1}"
    return f"{place}: {paint(found.code, _COLORS[found.outcome])} {printable(message(sample))}"


def _closing(report: Report, *, checked: bool, color: bool) -> list[str]:
    """Return what closes the report: at most a screen of 80 × 24."""
    paint = _painted if color else _plain
    head = [_verdict(report, checked=checked, color=color)]
    # A file that could not be read has one problem, and nothing to count.
    is_counted = bool(report.findings) and report.rows.read > 0
    summary = [paint(_summary(report), "1"), *_by_file(report)] if is_counted else []
    first = first_step(report)
    advice = [printable(clipped(f"first: {first.title}. {first.text}", 4))] if first else []
    following = _next_steps(report, first, checked=checked)
    if first and first.command and not any(printable(first.command) in line for line in following):
        advice.append(f"      {printable(first.command)}")
    tail = [*summary, *_outputs(report), *advice, *following]
    room = ROWS - 1 - height([*head, *tail])
    notes: list[str] = []
    for text in map(note_text, report.notes):
        line = printable(clipped(f"note: {text}", 4))
        fits = height([*notes, line]) <= room - _LEAST_COUNTS
        if fits and not (first and text in first.text):
            notes.append(line)
    counts = _counts(report, room - height(notes), color=color) if is_counted else []
    return [*head, *counts, *notes, *tail]


def _counts(report: Report, room: int, *, color: bool) -> list[str]:
    """Return how often each rule was found; those that do not fit in one line, and all fixes in another."""
    words = _WORDS if report.outputs else _WORDS_IF_UNWRITTEN
    found = [one for outcome in _ORDER for one in of_outcome(report, outcome)]
    most = max(_LEAST_COUNTS, min(room, _MOST_COUNTS))
    if len(found) <= most:
        return _table(found, [], words, color=color)
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
    return _table(shown, sums, words, color=color)


def _table(
    found: Sequence[RuleFindings], sums: Sequence[tuple[str, int, str]], words: Mapping[Outcome, str], *, color: bool
) -> list[str]:
    paint = _painted if color else _plain
    rows = [(paint(one.code, _COLORS[one.outcome]), one.title, one.count, words[one.outcome]) for one in found]
    rows += [("…   ", *one) for one in sums]
    names, width = max(len(title) for _, title, _, _ in rows), max(len(f"{count:,}") for _, _, count, _ in rows)
    return [f"  {code}  {title:<{names}}  {count:>{width},}  {word}".rstrip() for code, title, count, word in rows]


def _summary(report: Report) -> str:
    rows = report.rows
    text = f"{counted(rows.read, 'row')} read, {rows.clean:,} clean, {rows.rejected:,} rejected"
    return text + (f", {counted(rows.blank, 'blank line')}" if rows.blank else "")


def _by_file(report: Report) -> list[str]:
    """Return how many rows of each file are clean, where the list has several."""
    if not report.as_one:
        return []
    names = [PurePath(one.path).name for one in report.inputs]
    if len(set(names)) < len(names):
        names = [one.path for one in report.inputs]
    files = [f"{name} {one.rows.clean:,} of {one.rows.read:,}" for name, one in zip(names, report.inputs, strict=True)]
    return [printable(clipped(f"clean, by file: {'; '.join(files)}", 2))]


def _outputs(report: Report) -> list[str]:
    """Return what was written, and the names that the upload asks for."""
    if not report.outputs:
        return []
    lines = []
    for title, texts in (
        ("columns", [f"{old!r} is now {new!r}" for old, new in report.header_renames.items()]),
        ("left out", list(map(repr, report.left_out))),
        ("variables", [f"{one.variable!r} from column {one.written!r}" for one in report.variables]),
    ):
        if texts:
            lines.append(printable(clipped(f"{title}: {_some(texts)}", 3)))
    if report.input.phone_columns[1:]:
        shown = ", then ".join(map(repr, report.input.phone_columns))
        lines.append(printable(clipped(f"phone columns: {shown}", 2)))
    return [*lines, *_files(report)]


def _some(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _NAMES_SHOWN:,} more" if len(texts) > _NAMES_SHOWN else ""
    return ", ".join(islice(texts, _NAMES_SHOWN)) + more


def _files(report: Report) -> list[str]:
    parts = written(report, "clean")
    shown = list(report.outputs)
    lines = []
    if len(parts) > _FILES_SHOWN:
        lines.append(f"clean: {len(parts):,} files of about {counted(parts[0].rows, 'row')} each, the first and last:")
        shown = [parts[0], parts[-1], *written(report, "rejects")]
    width = max(len(one.kind) for one in shown) + 1
    return lines + [
        f"{one.kind + ':':<{width}} {printable(shown_path(one.path))} ({counted(one.rows, 'row')}, {one.bytes:,} bytes)"
        for one in shown
    ]


def _next_steps(report: Report, first: Step | None, *, checked: bool) -> list[str]:
    if stops(report):
        return _next_after_stop(report, first)
    if checked:
        return [] if report.ready and not report.as_one else _next_after_check(report)
    if not report.outputs:
        return [f"next: correct the rows above, then run: {printable(clean_command(report))}"]
    return _next_after_clean(report)


def _next_after_stop(report: Report, first: Step | None) -> list[str]:
    ways = [printable(one) for one in ways_after_stop(report)]
    if not ways and first and first.command:
        return [f"next: {printable(first.command)}"]
    if not ways:
        explained = f"csv-preflight rules {stops(report)[0].code}"
        command = printable(command_after_correction(report))
        return [f"next: fix this ({explained} says how), then run:", f"      {command}"]
    if len(ways) == 1:
        return [f"next: {ways[0]}"]
    return ["next, one of:", *(f"      {command}" for command in ways)]


def _next_after_check(report: Report) -> list[str]:
    if report.ready or of_outcome(report, Outcome.REJECT, Outcome.FIX):
        # A list with rejects is not rewritten in place: without the option, the other rows are written.
        changed = {"in-place": None} if report.rows.rejected else {}
        return [f"next: {printable(clean_command(report, changed))}"]
    return ["next: review the rows above"]


def _next_after_clean(report: Report) -> list[str]:
    clean, rejects = written(report, "clean"), written(report, "rejects")
    if clean[0].path == report.input.path:
        return [f"next: review what has changed; {printable(clean[0].path)} is ready"]
    phone, identifier = sent_names(report)
    named = f", identifier column {identifier!r}" if identifier else ""
    upload = printable(shown_path(clean[0].path)) if len(clean) == 1 else f"these {len(clean):,} files"
    lines = [printable(f"in the upload, choose: phone column {phone!r}{named}"), f"next: upload {upload}"]
    if rejects and to_correct(report):
        lines.append(f"or first: correct {printable(rejects[0].path)}, and make one list of both:")
        lines.append(f"      {printable(command_for_rejects(report))}")
    return lines
