"""The HTML report: one file that needs nothing else, safe to open whatever the cells hold.

Jinja2 inserts every text with autoescape, after characters that change the reading direction or are invisible have
been written as escapes.  The page's policy allows only its own style and script, by their hashes: no network, no event
or style attributes.  Everything can be read with scripts off; the script filters, sorts and pages.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from csv_preflight.country_names import english_names
from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Group, Outcome
from csv_preflight.reports import places, rejects_mark
from csv_preflight.reports.advice import (
    correctable_first,
    counted,
    first_step,
    is_much_rejected,
    mostly_rejected,
    of_outcome,
    repeated,
    verdict,
)
from csv_preflight.reports.commands import stops, written
from csv_preflight.reports.html.facts import columns, facts, limits
from csv_preflight.reports.printable import printable
from csv_preflight.reports.steps import next_steps
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.notes import note_text

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment

# How many ranges of lines are listed under the rules: in all, shared evenly.
LISTED_RANGES = 20_000
# How many rows of the table are readable without the script, for each rule.
PLAIN_ROWS = 20
# How many findings are shown under a rule, each with its cell.
PLACES = 5

_ORDER = (Outcome.STOP, Outcome.REJECT, Outcome.WARN, Outcome.FIX)
_HEADINGS = (
    (Outcome.STOP, "fix", "What stops the list", "Nothing can be written until this is fixed."),
    (
        Outcome.REJECT,
        "correct",
        "Rows to correct or leave out",
        "They are not in the clean list. Lines are counted as in a text editor; in the rejects file, they are in the "
        "column preflight_line.",
    ),
    (Outcome.WARN, "review", "Rows to review", "These rows are kept, but something about them is unusual."),
)
_OF_CELLS = (Group.PHONE, Group.IDENTIFIER, Group.VARIABLE)
_OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?: [A-Z]{2,})?")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A rule and its findings on the page."""

    found: RuleFindings
    title: str
    share: float
    lines: str
    unlisted: int
    samples: list[Sample]

    @property
    def code(self) -> str:
        return self.found.code

    @property
    def rule(self) -> Any:
        return BY_CODE[self.found.code]

    @property
    def places(self) -> list[Sample]:
        """The first findings, which are shown with their cells; none if they are about the list as a whole."""
        return [] if self.found.outcome is Outcome.STOP else self.samples[:PLACES]

    @property
    def one_reason(self) -> bool:
        """Whether all of these findings have the same message."""
        return len({sample.detail for sample in self.places}) == 1

    @property
    def beyond(self) -> int:
        """How many findings have no sample in the report."""
        return self.found.beyond


def environment(*loaders: BaseLoader) -> Environment:
    """Return the templates of the report with their filters.  loaders: of templates that take precedence."""
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
    """Return text as HTML with the names of options highlighted and unbroken."""
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

    once, because = _Once(), _because(report)
    once(because)
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
        "mark": rejects_mark.mark(report),
        "data": Markup(_safe_json(places.for_script(report))),  # noqa: S704 - no character of it ends the element
        "headline": _headline(report),
        "because": because,
        "tone": _tone(report),
        "once": once,
        "beyond": _beyond,
        "country_name": _country_name,
        "steps": next_steps(report),
        "sections": sections,
        "fixes": entries[Outcome.FIX],
        "columns": columns(report) if report.names_to_send.phone_column else [],
        "limits": limits(report),
        "facts": facts(report),
        # If nothing else was found, what stops the list is said above.
        "rows_of_table": _plain_rows(entries) if any(entries[outcome] for outcome in _ORDER[1:]) else [],
        "kept": sum(len(found.samples) for found in report.findings),
        "total": sum(found.count for found in report.findings),
        "dropped": any(found.beyond for found in report.findings),
        "shown_values": bool(report.settings.get("show-values")),
    }


class _Once:
    """Returns each sentence of the page the first time, and "" after that."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def __call__(self, text: str) -> str:
        said = text.strip().rstrip(".").lower()
        if said in self._said:
            return ""
        self._said.add(said)
        return text


def _beyond(text: str, said: str) -> str:
    """Return the sentences of a text that were not said.

    >>> _beyond("Nothing to do. Or check it.", "Nothing to do.")
    'Or check it.'
    """
    known = said.rstrip(".").split(". ")
    new = [sentence for sentence in text.rstrip(".").split(". ") if sentence not in known]
    return f"{'. '.join(new)}." if new else ""


def _country_name(region: str | None) -> str:
    return english_names().get(region, region) if region else "No country"


def _tone(report: Report) -> str:
    """Return the tone of the page: in between for a list that clean can make ready, or that has lost many rows."""
    if stops(report):
        return "stopped"
    return "partly" if not report.ready or first_step(report) or is_much_rejected(report) else "ready"


def _headline(report: Report) -> str:
    rows = report.rows
    if not report.ready:
        return "Not ready to upload"
    if mostly_rejected(report):
        return f"Only {rows.clean:,} of {rows.read:,} rows are ready to upload"
    if rows.rejected:
        return f"{rows.clean:,} of {rows.read:,} rows are ready to upload"
    every = {1: "The row is", 2: "Both rows are"}.get(rows.clean, f"All {rows.clean:,} rows are")
    return f"{every} ready to upload"


def _because(report: Report) -> str:
    rows = report.rows
    if not report.ready:
        stopping = stops(report)
        text = stopping[0].samples[0].detail if stopping else verdict(report, checked=True)
        return f"{text[:1].upper()}{text[1:]}."
    fixed = of_outcome(report, Outcome.FIX)
    sentences = []
    if rows.rejected:
        verb = "is" if rows.rejected == 1 else "are"
        sentences.append(f"{counted(rows.rejected, 'row')} {verb} left out{repeated(report)}.")
    if number := sum(found.count for found in fixed if BY_CODE[found.code].group in _OF_CELLS):
        verb = "was" if number == 1 else "were"
        done = f"{verb} reformatted" if written(report, "clean") else "will be reformatted"
        sentences.append(f"{counted(number, 'value')} {done}.")
    elif fixed:
        sentences.append("The format was changed." if written(report, "clean") else "The format will be changed.")
    return " ".join(sentences) or "Nothing had to be changed."


def _entries(report: Report, outcome: Outcome) -> list[_Entry]:
    chosen = correctable_first(of_outcome(report, outcome))
    most = max((found.count for found in chosen), default=1)
    room = LISTED_RANGES // max(1, len(report.findings))
    entries = []
    for found in chosen:
        samples = places.in_order(found)
        listed, unlisted = places.ranges_by_file(found.samples, room)
        entries.append(_Entry(found, found.title, found.count / most, listed, unlisted, samples))
    return entries


def _plain_rows(entries: Mapping[Outcome, list[_Entry]]) -> list[tuple[_Entry, Sample]]:
    """Return the rows of the table that are readable without its script, by line."""
    rows = [(entry, sample) for group in entries.values() for entry in group for sample in entry.samples[:PLAIN_ROWS]]
    return sorted(rows, key=lambda row: (_ORDER.index(row[0].found.outcome), row[1].line))
