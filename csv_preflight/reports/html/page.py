"""The HTML report: one file that needs nothing else, safe to open whatever the cells hold.

Jinja2 with autoescape puts every text in; what could steer the reading direction or hide is written out first.
The policy in the page allows its own style and script by their hashes, and nothing else: no network, no event
attribute, no style attribute.  Everything can be read with scripts off; the script filters, sorts and pages.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING, Any

from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome
from csv_preflight.reports import places
from csv_preflight.reports.advice import counted, first_step, next_steps, of_outcome, repeated, stops, verdict, written
from csv_preflight.reports.printable import printable
from csv_preflight.reports.roles import phone_roles
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text
from csv_preflight.stages.columns import clean_name

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

# Ranges of lines that are listed under the rules: in all, shared evenly.
LISTED_RANGES = 20_000
# Rows of the table that are in the page without its script, for each rule.
PLAIN_ROWS = 20
# So many ranges of lines are shown at once; more are folded away.
OPEN_RANGES = 60

# Places that are shown in words under a rule.
TELLING = 2

_HEADINGS = (
    (Outcome.STOP, "fix", "What stops the list", "Nothing can be written until this is fixed."),
    (
        Outcome.REJECT,
        "correct",
        "Rows to correct or leave out",
        "They are not in the clean list. The most common reasons come first.",
    ),
    (Outcome.WARN, "review", "Rows to review", "These rows are kept, but something about them is unusual."),
)
_ENCODING_SOURCES = {
    "bom": "the byte order mark says so",
    "utf-8": "every byte of the file fits",
    "utf-16-pattern": "told by its zero bytes",
    "detected": "the likeliest reading of its letters",
    "option": "as given",
}
_OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?: [A-Z]{2,})?")
_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A rule as the page shows it."""

    found: RuleFindings
    title: str
    share: float
    lines: str
    first_lines: str
    unlisted: int
    samples: list[Sample]

    @property
    def code(self) -> str:
        return self.found.code

    @property
    def rule(self) -> Any:
        return BY_CODE[self.found.code]

    @property
    def telling(self) -> list[Sample]:
        """Places of which more can be said than of the rule."""
        general, placeholder, _ = self.rule.message.partition("{")
        if self.found.outcome is Outcome.STOP or not placeholder:
            return []
        return list(islice((sample for sample in self.samples if sample.detail != general), TELLING))

    @property
    def beyond(self) -> int:
        """Findings of which the report keeps no line."""
        return self.found.count - len(self.found.samples)


def environment(*loaders: BaseLoader) -> Environment:
    """Return the templates of the report with their filters.  loaders: of templates that come before its own."""
    from jinja2 import ChoiceLoader, Environment, FunctionLoader, StrictUndefined

    loader = ChoiceLoader([*loaders, FunctionLoader(asset)])
    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=loader)
    made.filters["number"] = "{:,}".format
    made.filters["shown"] = printable
    made.filters["percent"] = _percent
    made.filters["options"] = _with_options
    made.filters["note"] = note_text
    return made


def render(report: Report) -> str:
    """Return the report as an HTML page."""
    return environment().get_template("report.html.jinja").render(**view(report))


def asset(name: str) -> str:
    """Return a file of this package."""
    return files("csv_preflight.reports.html").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    hashes = [b64encode(sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _safe_json(value: object) -> str:
    """Return JSON that neither ends a script element nor begins a comment in one."""
    text = json.dumps(value, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _with_options(text: str) -> Any:
    """Return text as HTML in which the names of options stand out, and are not broken in two."""
    from markupsafe import Markup, escape

    return Markup(_OPTION.sub(r"<code>\g<0></code>", str(escape(text))))  # noqa: S704 - escaped just before


def _percent(share: float) -> str:
    r"""Return a share for people: never 0 % of something, never 100 % of less than all.

    >>> _percent(0.0004), _percent(0.25), _percent(0.9999), _percent(1.0)
    ('<1\xa0%', '25\xa0%', '>99\xa0%', '100\xa0%')
    """
    if 0 < share < 0.01:
        return "<1\xa0%"
    return ">99\xa0%" if 0.99 < share < 1 else f"{share:.0%}".replace("%", "\xa0%")


def view(report: Report) -> dict[str, object]:
    """Return everything that the template shows."""
    from markupsafe import Markup

    style, script = asset("report.css"), asset("report.js")
    entries = {outcome: _entries(report, outcome) for outcome in Outcome}
    sections = [
        {"anchor": anchor, "heading": heading, "text": text, "entries": entries[outcome]}
        for outcome, anchor, heading, text in _HEADINGS
        if entries[outcome]
    ]
    return {
        "report": report,
        "style": Markup(style),  # noqa: S704 - a file of this package
        "script": Markup(script),  # noqa: S704 - likewise
        "policy": _policy(style, script),
        "data": Markup(_safe_json(places.for_script(report))),  # noqa: S704 - no character of it ends the element
        "headline": _headline(report),
        "because": _because(report),
        "first": first_step(report),
        "steps": next_steps(report),
        "sections": sections,
        "reasons": entries[Outcome.REJECT],
        "fixes": entries[Outcome.FIX],
        "columns": _columns(report),
        "limits": _limits(report),
        "facts": _facts(report),
        "rows_of_table": _plain_rows(entries),
        "kept": sum(len(found.samples) for found in report.findings),
        "total": sum(found.count for found in report.findings),
        "dropped": any(len(found.samples) < found.count for found in report.findings),
        "shown_values": bool(report.settings.get("show-values")),
    }


def _headline(report: Report) -> str:
    rows = report.rows
    if not report.ready:
        return "Not ready to upload"
    if rows.rejected:
        return f"{rows.clean:,} of {rows.read:,} rows are ready to upload"
    return f"All {rows.clean:,} rows are ready to upload" if rows.clean > 1 else "The row is ready to upload"


def _because(report: Report) -> str:
    rows = report.rows
    if not report.ready:
        stopping = stops(report)
        return stopping[0].samples[0].detail if stopping else verdict(report, checked=True)
    fixed = of_outcome(report, Outcome.FIX)
    sentences = []
    if rows.rejected:
        verb = "is" if rows.rejected == 1 else "are"
        sentences.append(f"{counted(rows.rejected, 'row')} {verb} left out{repeated(report)}.")
    if fixed:
        number = sum(found.count for found in fixed)
        verb = "was" if number == 1 else "were"
        done = f"{verb} reformatted" if written(report, "clean") else "will be reformatted"
        sentences.append(f"{counted(number, 'value')} {done}.")
    return " ".join(sentences) or "Nothing had to be changed."


def _entries(report: Report, outcome: Outcome) -> list[_Entry]:
    chosen = of_outcome(report, outcome)
    most = max((found.count for found in chosen), default=1)
    room = LISTED_RANGES // max(1, len(report.findings))
    entries = []
    for found in chosen:
        samples = places.in_order(found)
        listed, unlisted = places.ranges_by_file(found.samples, room)
        first, more = places.ranges_by_file(found.samples, OPEN_RANGES)
        share, first = found.count / most, first if more else ""
        entries.append(_Entry(found, found.title, share, listed, first, unlisted, samples))
    return entries


def _columns(report: Report) -> list[dict[str, object]]:
    """Return each column as it was read, the name it is sent under, and what it is."""
    roles: dict[str | None, list[str]] = {name: [role] for name, role in phone_roles(report).items()}
    roles.setdefault(report.input.identifier_column, []).append("identifier")
    for one in report.variables:
        roles.setdefault(one.column, []).append(f"variable {one.variable}")
    columns = []
    for place, name in enumerate(report.input.columns, start=1):
        cleaned = clean_name(name)
        sent = report.header_renames.get(cleaned or f"column {place}", cleaned)
        out = name in report.left_out
        role = "left out" if out else ", ".join(roles.get(name, ["variable"]))
        columns.append({"name": name, "sent": "" if out else sent, "changed": sent != name and not out, "role": role})
    added = [one for one in report.variables if not one.column]
    columns += [{"name": "", "sent": one.written, "changed": True, "role": f"variable {one.variable}"} for one in added]
    return columns


def _limits(report: Report) -> list[dict[str, object]]:
    parts = written(report, "clean")
    limits: list[dict[str, object]] = []
    for limit in report.limits:
        used, most = limit.used, limit.most
        if len(parts) > 1:
            used = max(one.rows if limit.name == "rows" else one.bytes for one in parts)
        over = most is not None and used > most
        limits.append(
            {"name": limit.name, "used": used, "most": most, "share": used / most if most else 0.0, "over": over}
        )
    return limits


def _facts(report: Report) -> list[tuple[str, str]]:
    """Return what is known of the file and the run, as names and values."""
    facts = report.input
    encoding = facts.encoding and f"{facts.encoding} ({_ENCODING_SOURCES.get(facts.encoding_source or '', '')})"
    delimiter = facts.delimiter and _DELIMITERS.get(facts.delimiter, facts.delimiter)
    settings = ", ".join(f"{name} {value}" for name, value in report.settings.items())
    tool = report.tool
    entries = (
        ("File", facts.path),
        ("Size", counted(facts.bytes, "byte")),
        ("Encoding", encoding),
        ("Fields separated by", delimiter),
        ("Line endings", facts.line_ending),
        ("Blank lines dropped", f"{report.rows.blank:,}" if report.rows.blank else None),
        ("Destination", report.profile),
        ("Options", settings or None),
        ("Checked", report.created_at.replace("T", " ").replace("Z", " UTC")),
        ("With", f"{tool.name} {tool.version}, phonenumbers {tool.phonenumbers}"),
        ("SHA-256 of the file", facts.sha256),
    )
    return [(name, value) for name, value in entries if value]


def _plain_rows(entries: Mapping[Outcome, list[_Entry]]) -> list[tuple[_Entry, Sample]]:
    """Return the rows of the table that can be read without its script, by line."""
    rows = [(entry, sample) for group in entries.values() for entry in group for sample in entry.samples[:PLAIN_ROWS]]
    return sorted(rows, key=lambda row: row[1].line)
