"""Every rule is given marked cells, in every column and as every value of its message: no output shows one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from string import Formatter

import numpy as np
import pytest

from csv_preflight import preflight
from csv_preflight.collector import Collector
from csv_preflight.findings_table import findings_rows
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Excerpt, Findings
from csv_preflight.model.report import Report
from csv_preflight.model.rule import Outcome, Parameters, Rule
from csv_preflight.model.text_column import TextColumn
from csv_preflight.reports import github, gitlab, json, junit, sarif, terminal
from csv_preflight.reports.forms import render_report
from csv_preflight.rules import RULES
from csv_preflight.web import words
from tests.promises.test_privacy import NAMES, NUMBERS, leaks

HEADER = ("phone", "Name", "note")
CELL = f"{NAMES[0]} {NUMBERS[0]}"
BATCH = Batch(np.array([2, 3]), np.array([1, 2]), tuple(TextColumn.of([CELL, NUMBERS[1]]) for _ in HEADER))
REPORT = preflight(b"phone,Name,note\n+12025550143,Ann,x\n", identifier_column="Name").report


def marked(rule: Rule, name: str, value: object = "") -> object:
    """The value of a parameter: as the rule's example has it if it is declared or a number, else a marked cell."""
    if name in rule.columns | rule.facts | rule.regions:
        return value or ("US" if name in rule.regions else "other")
    if isinstance(value, tuple):
        return (CELL, NAMES[1])
    return Excerpt(CELL, len(CELL)) if value and len(str(value)) % 2 else CELL


def parameters_of(rule: Rule) -> Iterator[Parameters]:
    """The parameters of the example, and those with every other word that the message can have."""
    choices = [(name, word) for name, texts in rule.words.items() for word in texts]
    for chosen in [(), *((choice,) for choice in choices)]:
        given = {**rule.parameters, **dict(chosen)}
        texts = [rule.message, *(rule.words[name].get(str(given.get(name, "")), "") for name in rule.words)]
        fields = [(name, spec) for text in texts for _, name, spec, _ in Formatter().parse(text) if name]
        filled: dict[str, object] = {}
        for name, spec in [*fields, *((name, "") for name in given)]:
            value = given.get(name, 7 if spec == "," else "")
            is_plain = isinstance(value, int) or name in rule.words
            filled.setdefault(name, value if is_plain else marked(rule, name, value))
        yield filled


def report_of(rule: Rule) -> Report:
    """A report of one rule with all its words: about the file, about rows in each column, and about rows as a whole."""
    findings = Findings()
    for parameters in parameters_of(rule):
        findings.whole_file(rule.code, line=1, column="Name", value=CELL, field=2, given=parameters)
        for column in (*range(len(HEADER)), None):
            findings.rows(rule.code, BATCH, np.arange(2), column=column, parameters=parameters)
    collector = Collector(0, on_found=None)
    collector.name_columns(HEADER)
    collector.take(findings)
    collector.flush()
    stops = rule.outcome is Outcome.STOP
    return replace(REPORT, findings=collector.summary(), outputs=() if stops else REPORT.outputs)


def outputs(report: Report) -> Iterator[tuple[str, str]]:
    for checked in (False, True):
        yield "terminal", terminal.render(report, checked=checked, verbose=True)
        yield "terminal of 80 columns", terminal.render(report, checked=checked, columns=80, rows=24)
        yield "github", github.render(report, checked=checked)
    yield from ((form, render_report(report, f"report.{form}")) for form in ("html", "md", "json"))
    yield "page", render_report(words.for_page(report), "report.html")
    yield "json line", json.render_line(report)
    yield from ((form.__name__, form.render([report])) for form in (sarif, gitlab, junit))
    yield "findings", repr(list(findings_rows(report, None, show_values=False)))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_output_shows_a_marked_cell(rule: Rule) -> None:
    report = report_of(rule)
    assert len(report.findings[0].samples) >= 9
    for name, text in outputs(report):
        assert rule.code in text or "terminal" in name, name
        assert not leaks(text), name


def test_a_cell_that_is_shown_would_be_found() -> None:
    report = report_of(RULES[0])
    shown = replace(report.findings[0].samples[0], detail=CELL)
    report = replace(report, findings=(replace(report.findings[0], samples=(shown,)),))
    assert all(leaks(text) for name, text in outputs(report) if name in ("terminal", "html", "md", "json", "findings"))
