"""The report for a terminal: verdict, counts by rule, the first findings, and what to do next."""

from __future__ import annotations

from csv_preflight.model import Outcome, Output, Report, RuleFindings, Sample
from csv_preflight.output.advice import first_step, sent_names
from csv_preflight.stages.columns import clean_name

_COLORS = {Outcome.STOP: "31;1", Outcome.REJECT: "31", Outcome.FIX: "36", Outcome.WARN: "33"}
_WORDS = {
    Outcome.STOP: "must be mended first",
    Outcome.REJECT: "rejected",
    Outcome.FIX: "fixed",
    Outcome.WARN: "kept, look at it",
}
# Parts of a split list are named one by one up to this many.
MOST_PARTS = 12
_WORDS_IN_CHECK = {**_WORDS, Outcome.REJECT: "would be rejected", Outcome.FIX: "can be fixed"}


def printable(text: str) -> str:
    r"""Return text with every character that could steer a terminal, or hide, as an escape sequence in letters.

    >>> printable("\\x1b[31mred\\u202e")
    '\\\\x1b[31mred\\\\u202e'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


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
            lines.append(paint(printable(first), "1"))
    # A file that could not even be read has one thing wrong with it, and nothing to count.
    counted = bool(report.findings) and report.rows.read > 0
    if counted and not quiet:
        lines += ["", *_counts(report, checked=checked, color=color), ""]
    for found in report.findings:
        lines += _samples(report, found, color=color)
    if not quiet:
        lines += [f"note: {note}" for note in report.notes]
        if counted:
            lines += ["", paint(_summary(report), "1")]
        lines += _next_steps(report, checked=checked)
    return "".join(line + "\n" for line in lines)


def _plain(text: str, _: str) -> str:
    return text


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _verdict(report: Report, *, checked: bool, color: bool) -> str:
    paint = _painted if color else _plain
    path = printable(report.input.path)
    stops = [found for found in report.findings if found.outcome is Outcome.STOP]
    if stops and not report.rows.read:
        return f"{path}: {paint('not ready', '31;1')}"
    if stops:
        return f"{path}: {paint('not ready', '31;1')}: {printable(stops[0].samples[0].detail)}"
    if report.ready:
        return f"{path}: {paint('ready', '32;1')}: {_ready_rows(report)}"
    if checked:
        return f"{path}: {paint('not ready', '31;1')}: {_needed(report)}"
    return f"{path}: {paint('not ready', '31;1')}: warnings stand, and --strict was given"


def _ready_rows(report: Report) -> str:
    rows = report.rows
    text = _counted(rows.clean, "row")
    if rows.rejected:
        text += f" of {rows.read:,}; {rows.rejected:,} rejected"
    return text


def _needed(report: Report) -> str:
    """Say what clean would do to a file that is not ready as it is."""
    fixed = any(found.outcome is Outcome.FIX for found in report.findings)
    parts = []
    if report.rows.rejected:
        parts.append(f"{report.rows.rejected:,} of {report.rows.read:,} rows can not be called")
    if fixed:
        parts.append("clean can fix the rest" if parts else "clean can fix all of it")
    return ", ".join(parts) or "warnings stand, and --strict was given"


def _counts(report: Report, *, checked: bool, color: bool) -> list[str]:
    paint = _painted if color else _plain
    words = _WORDS_IN_CHECK if checked else _WORDS
    numbers = [f"{found.count:,}" for found in report.findings]
    width, names = max(map(len, numbers)), max(len(found.name) for found in report.findings)
    return [
        f"  {paint(found.code, _COLORS[found.outcome])}  {found.name:<{names}}"
        f"  {number:>{width}}  {words[found.outcome]}"
        for found, number in zip(report.findings, numbers, strict=True)
    ]


def _samples(report: Report, found: RuleFindings, *, color: bool) -> list[str]:
    paint = _painted if color else _plain
    code = paint(found.code, _COLORS[found.outcome])
    lines = [
        f"{printable(report.input.path)}:{sample.line}:{_field(report, sample)}: {code} {printable(_message(sample))}"
        for sample in found.samples
    ]
    if found.count > len(found.samples) and found.samples:
        lines.append(f"… and {found.count - len(found.samples):,} more {found.code}")
    return lines


def _field(report: Report, sample: Sample) -> int:
    names = [clean_name(name) for name in report.input.columns]
    return names.index(sample.column) + 1 if sample.column in names else 1


def _message(sample: Sample) -> str:
    return f"{sample.detail} ({sample.value})" if sample.value else sample.detail


def _summary(report: Report) -> str:
    rows = report.rows
    text = f"{_counted(rows.read, 'row')} read, {rows.clean:,} clean, {rows.rejected:,} rejected"
    return text + (f", {_counted(rows.blank, 'blank line')}" if rows.blank else "")


def _next_steps(report: Report, *, checked: bool) -> list[str]:
    stops = [found for found in report.findings if found.outcome is Outcome.STOP]
    if stops:
        return ["nothing was written"] if not checked else []
    if checked:
        return (
            []
            if report.ready
            else ["next: csv-preflight clean writes the rows that can be called, and the others apart"]
        )
    lines = []
    if report.header_renames:
        sent = ", ".join(f"{old!r} is now {new!r}" for old, new in report.header_renames.items())
        lines.append(f"columns: {printable(sent)}")
    if report.outputs:
        phone, identifier = sent_names(report)
        named = f", identifier column {identifier!r}" if identifier else ""
        lines.append(f"send with the upload: phone column {printable(repr(phone) + named)}")
    parts = [one for one in report.outputs if one.kind == "clean"]
    shown = list(report.outputs)
    if len(parts) > MOST_PARTS:
        lines.append(f"clean: {len(parts):,} files of about {_counted(parts[0].rows, 'row')} each, the first and last:")
        shown = [parts[0], parts[-1], *(one for one in report.outputs if one.kind != "clean")]
    lines += [_written(one) for one in shown]
    return lines


def _written(one: Output) -> str:
    return f"{one.kind}: {printable(one.path)} ({_counted(one.rows, 'row')}, {one.bytes:,} bytes)"
