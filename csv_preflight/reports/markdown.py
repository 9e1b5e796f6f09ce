"""The report in Markdown, for a pull request or a ticket.

Text from the list or a file's name is in code spans unless it is plain words, so that it cannot become markup, a link
or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from csv_preflight.model.report import Report, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.reports import places, rejects_mark
from csv_preflight.reports.advice import correctable_first, is_much_rejected, of_outcome, readiness, verdict
from csv_preflight.reports.commands import stops
from csv_preflight.reports.printable import printable
from csv_preflight.reports.roles import phone_roles
from csv_preflight.reports.steps import next_steps
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text
from csv_preflight.stages.columns import clean_name

# How many ranges of lines are listed for each rule.
RANGES = 20
_PLAIN = re.compile(r"(?:[A-Za-z0-9,;'()%•…-]|E\.164)*[.:?]?")
_AROUND = re.compile(r"(\(?)(.*?)([.,;:?)]*)", re.DOTALL)
_ASIDES = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(report: Report) -> str:
    """Return the report as GitHub-flavoured Markdown."""
    stopping = stops(report)
    why = stopping[0].samples[0].detail if stopping else verdict(report, checked=not report.outputs)
    parts = [f"## {_mark(report)} {_text(report.input.path)}: {readiness(report)}"]
    if why:
        parts.append(f"{_text(why[0].upper() + why[1:])}.")
    parts.append(_steps(report))
    if report.rows.read:
        rows = report.rows
        counts = [("rows read", rows.read), ("clean", rows.clean), ("rejected", rows.rejected)]
        counts += [("blank lines", rows.blank)] if rows.blank else []
        parts.append(_table([name for name, _ in counts], [[f"{count:,}" for _, count in counts]]))
    for outcome, heading in (
        (Outcome.STOP, "What stops the list"),
        (Outcome.REJECT, "Rows left out"),
        (Outcome.WARN, "Rows to review"),
    ):
        found = correctable_first(of_outcome(report, outcome))
        if found:
            rows_of_table = [
                [_named(one), f"{one.count:,}", _lines(one), _own(BY_CODE[one.code].remedy)] for one in found
            ]
            parts += [f"### {heading}", _table(["rule", "found", "lines", "what to do"], rows_of_table)]
    fixes = of_outcome(report, Outcome.FIX)
    if fixes:
        heading = "Corrected" if report.outputs else "What clean corrects"
        parts.append(f"### {heading}")
        parts.append(
            _table(["rule", "found", "lines"], [[_named(one), f"{one.count:,}", _lines(one)] for one in fixes])
        )
    parts += _columns(report)
    parts += [f"- {_text(note_text(note))}" for note in report.notes]
    parts += [_facts(report), f"[{rejects_mark.NAME}]: # ({rejects_mark.mark(report)})"]
    return "\n\n".join(parts) + "\n"


def _mark(report: Report) -> str:
    if not report.ready:
        return "❌"
    return "⚠️" if is_much_rejected(report) else "✅"


def _own(text: str) -> str:
    """Return a text of this program, with Markdown markup escaped."""
    return _ASIDES.sub(r"\\\1", text)


def _text(text: str) -> str:
    """Return any text: plain words unchanged, each other word in a code span.

    >>> _text("Upload june/list.csv, 12 rows")
    'Upload `june/list.csv`, 12 rows'
    >>> _text("Is 'Nr.' right? (set in c.toml)")
    "Is `'Nr.'` right? (set in `c.toml`)"
    """
    return " ".join(map(_word, printable(text).split(" ")))


def _word(word: str) -> str:
    if _PLAIN.fullmatch(word):
        return word
    around = _AROUND.fullmatch(word)
    return f"{around[1]}{_code(around[2])}{around[3]}" if around and around[2] else _code(word)


def _code(text: str) -> str:
    r"""Return a code span without bars, which would end a table's cell even there.

    >>> _code("a`b|c")
    '``a`b\\x7cc``'
    """
    shown = printable(text).replace("|", "\\x7c")
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}" if shown.strip() else f"'{shown}'"


def _steps(report: Report) -> str:
    lines = ["**What to do next**", ""]
    for number, step in enumerate(next_steps(report), start=1):
        lines.append(f"{number}. {_text(step.title)}. {_text(step.text)}")
        if step.command:
            # Indented code: only a line break can end it, and there is none.
            for command in (step.command, *step.others):
                lines += ["", f"       {printable(command)}", ""]
    return "\n".join(lines).rstrip()


def _named(found: RuleFindings) -> str:
    return f"{found.code} {found.title}"


def _lines(found: RuleFindings) -> str:
    listed, unlisted = places.ranges_by_file(found.samples, RANGES)
    more = unlisted + found.beyond
    return f"{listed} and {more:,} more" if more else listed


def _columns(report: Report) -> list[str]:
    identifier = report.input.identifier_column
    named = [] if identifier is None else [(identifier, "identifier")]
    roles = {clean_name(name): role for name, role in (*named, *phone_roles(report).items())}
    for one in report.variables:
        name = clean_name(one.column) or one.written
        roles[name] = ", ".join(filter(None, [roles.get(name), f"variable {_code(one.variable)}"]))
    shown = dict.fromkeys([*roles, *report.header_renames])
    if not shown:
        return []
    rows = [[_code(name), _code(report.header_renames.get(name, name)), roles.get(name, "variable")] for name in shown]
    rows += [[_code(name), "left out", ""] for name in map(clean_name, report.left_out)]
    return ["### Names to send", _table(["column", "name to send", "used as"], rows)]


def _facts(report: Report) -> str:
    facts = report.input
    parts = [f"{facts.bytes:,} bytes", *([f"sha256 {facts.sha256[:12]}…"] if facts.sha256 else [])]
    parts += [facts.encoding] if facts.encoding else []
    parts.append(f"checked {report.created_at} for {_text(report.profile)} by {report.tool.name} {report.tool.version}")
    return f"<sub>{', '.join(parts)}</sub>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
