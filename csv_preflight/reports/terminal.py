"""The report for a terminal: verdict, counts by rule, the first findings, and what to do next."""

from __future__ import annotations

from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.advice import (
    command,
    command_for_rejects,
    convert_command,
    counted,
    first_step,
    of_outcome,
    phone_commands,
    sent_names,
    shown_path,
    stops,
    to_correct,
    verdict,
    written,
)
from csv_preflight.reports.printable import message, printable, printable_path
from csv_preflight.rules.notes import note_text

_COLORS = {Outcome.STOP: "31;1", Outcome.REJECT: "31", Outcome.FIX: "36", Outcome.WARN: "33"}
_WORDS = {
    Outcome.STOP: "stops the list",
    Outcome.REJECT: "rejected",
    Outcome.FIX: "fixed",
    Outcome.WARN: "kept, please review",
}
# Parts of a split list are named one by one up to this many.
MOST_PARTS = 12
_WORDS_IN_CHECK = {**_WORDS, Outcome.REJECT: "would be rejected", Outcome.FIX: "can be fixed"}


def render(report: Report, *, checked: bool, color: bool = False, quiet: bool = False) -> str:
    """Return the report as text.

    checked: the file was only checked.  quiet: only the findings, as lines of path:line:field: CODE message.
    """
    paint = _painted if color else _plain
    lines: list[str] = []
    if not quiet:
        lines.append(_verdict(report, checked=checked, color=color))
        first = first_step(report)
        if first:
            lines.append(paint(printable(first.text), "1"))
    said = " ".join(lines)
    # A file that could not even be read has one thing wrong with it, and nothing to count.
    counted = bool(report.findings) and report.rows.read > 0
    if counted and not quiet:
        lines += ["", *_counts(report, checked=checked, color=color), ""]
    for found in report.findings:
        lines += _samples(report, found, color=color)
    if not quiet:
        lines += [f"note: {text}" for text in map(note_text, report.notes) if text not in said]
        if counted:
            lines += ["", paint(_summary(report), "1")]
        lines += _next_steps(report, checked=checked)
    return "".join(line + "\n" for line in lines)


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _verdict(report: Report, *, checked: bool, color: bool) -> str:
    paint = _painted if color else _plain
    word = paint("ready", "32;1") if report.ready else paint("not ready", "31;1")
    why = verdict(report, checked=checked)
    return f"{printable_path(report.input.path)}: {word}" + (f": {printable(why)}" if why else "")


def _counts(report: Report, *, checked: bool, color: bool) -> list[str]:
    paint = _painted if color else _plain
    words = _WORDS_IN_CHECK if checked else _WORDS
    numbers = [f"{found.count:,}" for found in report.findings]
    width, names = max(map(len, numbers)), max(len(found.title) for found in report.findings)
    return [
        f"  {paint(found.code, _COLORS[found.outcome])}  {found.title:<{names}}"
        f"  {number:>{width}}  {words[found.outcome]}"
        for found, number in zip(report.findings, numbers, strict=True)
    ]


def _samples(report: Report, found: RuleFindings, *, color: bool) -> list[str]:
    paint = _painted if color else _plain
    code = paint(found.code, _COLORS[found.outcome])
    lines = [
        f"{printable_path(sample.path or report.input.path)}:{sample.line}:{sample.field or 1}: "
        f"{code} {printable(message(sample))}"
        for sample in found.samples
    ]
    if found.count > len(found.samples) and found.samples:
        lines.append(f"… and {found.count - len(found.samples):,} more {found.code}")
    return lines


def _summary(report: Report) -> str:
    rows = report.rows
    text = f"{counted(rows.read, 'row')} read, {rows.clean:,} clean, {rows.rejected:,} rejected"
    return text + (f", {counted(rows.blank, 'blank line')}" if rows.blank else "")


def _next_steps(report: Report, *, checked: bool) -> list[str]:
    if stopping := stops(report):
        nothing = "" if checked else "nothing was written; "
        if conversion := convert_command(report):
            return [f"{nothing}next: {printable(conversion)}"]
        if choices := phone_commands(report):
            return [f"{nothing}next, one of:", *(f"      {printable(choice)}" for choice in choices)]
        return [
            f"{nothing}next: fix this, then run the command again; csv-preflight rules {stopping[0].code} explains it"
        ]
    if checked:
        return [] if report.ready and not report.as_one else [_next_after_check(report)]
    if not report.outputs:
        return ["nothing was written; next: review the rows above"]
    lines = []
    if report.header_renames:
        sent = ", ".join(f"{old!r} is now {new!r}" for old, new in report.header_renames.items())
        lines.append(f"columns: {printable(sent)}")
    if report.left_out:
        lines.append(f"left out: {printable(', '.join(map(repr, report.left_out)))}")
    if report.variables:
        filled = ", ".join(f"{one.variable!r} from column {one.written!r}" for one in report.variables)
        lines.append(f"variables: {printable(filled)}")
    if report.input.phone_columns[1:]:
        lines.append(f"phone columns: {printable(', then '.join(map(repr, report.input.phone_columns)))}")
    phone, identifier = sent_names(report)
    named = f", identifier column {identifier!r}" if identifier else ""
    lines.append(f"in the upload, choose: phone column {printable(repr(phone) + named)}")
    return lines + _files(report) + [_next_after_clean(report)]


def _files(report: Report) -> list[str]:
    parts = written(report, "clean")
    shown = list(report.outputs)
    lines = []
    if len(parts) > MOST_PARTS:
        lines.append(f"clean: {len(parts):,} files of about {counted(parts[0].rows, 'row')} each, the first and last:")
        shown = [parts[0], parts[-1], *written(report, "rejects")]
    width = max(len(one.kind) for one in shown) + 1
    return lines + [
        f"{one.kind + ':':<{width}} {printable(shown_path(one.path))} ({counted(one.rows, 'row')}, {one.bytes:,} bytes)"
        for one in shown
    ]


def _next_after_check(report: Report) -> str:
    if of_outcome(report, Outcome.REJECT):
        again = printable(command(report))
        return f"next: {again}  (writes the rows that can be called, and the others to a file of their own)"
    if of_outcome(report, Outcome.FIX) or report.ready:
        return f"next: {printable(command(report))}"
    return "next: review the rows above"


def _next_after_clean(report: Report) -> str:
    clean, rejects = written(report, "clean"), written(report, "rejects")
    if clean[0].path == report.input.path:
        return f"next: review what has changed; {printable(clean[0].path)} is ready"
    upload = printable(shown_path(clean[0].path)) if len(clean) == 1 else f"these {len(clean):,} files"
    if not rejects or not to_correct(report):
        return f"next: upload {upload}"
    correct = f"next: upload {upload}; or first correct {printable(rejects[0].path)}, and make one list of both:"
    return f"{correct}\n      {printable(command_for_rejects(report))}"
