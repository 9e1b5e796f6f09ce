"""The lines of findings in compact form: as ranges for people, as differences for the HTML report's script.

The lines of all findings are kept, but cells and messages only for the first ones of each rule: with three hundred
thousand of them, no browser would open the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

import numpy as np

from csv_preflight.model.distinct import ascending
from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Rule
from csv_preflight.reports.printable import printable
from csv_preflight.rules import BY_CODE

# The findings that the table shows with cell and message: in all, shared evenly among the rules, and in characters.
FULL_FINDINGS = 20_000
FULL_TEXT = 600_000
_FIELDS = re.compile(r"\{(\w+)")
_by_line = attrgetter("line")


def in_order(found: RuleFindings) -> list[Sample]:
    """Return the samples of a rule by line; for several files, by file and line, with the file as column."""
    files = list(dict.fromkeys(sample.path for sample in found.samples))
    if len(files) < 2 and "" in files:
        return sorted(found.samples, key=_by_line)
    samples = sorted(found.samples, key=lambda sample: (files.index(sample.path), sample.line))
    return [
        replace(sample, column=f"{sample.path}: {sample.column}" if sample.column else sample.path)
        for sample in samples
    ]


def ranges_by_file(samples: Iterable[Sample], most: int | None = None) -> tuple[str, int]:
    """Return the lines of samples as in ``ranges``; for several files, those of each after its name."""
    by_file: dict[str, list[int]] = {}
    for sample in samples:
        by_file.setdefault(sample.path, []).append(sample.line)
    if not any(by_file):
        return ranges((line for lines in by_file.values() for line in lines), most)
    found = {path: ranges(lines, most and max(1, most // len(by_file))) for path, lines in by_file.items()}
    text = "; ".join(f"{printable(path)}: {listed}" for path, (listed, _) in found.items())
    return text, sum(unlisted for _, unlisted in found.values())


def ranges(lines: Iterable[int], most: int | None = None) -> tuple[str, int]:
    """Return lines as text, and how many lines are left out after ``most`` ranges.

    >>> ranges([2, 4, 5, 6, 9, 12_001])
    ('2, 4–6, 9, 12001', 0)
    >>> ranges([2, 4, 5, 6, 9], most=2)
    ('2, 4–6', 1)
    """
    distinct = ascending(np.fromiter(lines, np.int64))
    gaps = np.flatnonzero(np.diff(distinct) > 1)
    firsts, lasts = np.append(0, gaps + 1), np.append(gaps, len(distinct) - 1)
    shown = len(firsts) if most is None else min(most, len(firsts))
    if not len(distinct):
        return "", 0
    text = ", ".join(map(_range, distinct[firsts[:shown]].tolist(), distinct[lasts[:shown]].tolist()))
    return text, len(distinct) - 1 - int(lasts[shown - 1])


def _range(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}–{last}" if last > first + 1 else f"{first}, {last}"


def differences(lines: Sequence[int]) -> list[int]:
    """Return the differences between consecutive lines, which are short if there are many lines.

    >>> differences([3, 4, 9])
    [3, 1, 5]
    """
    steps: list[int] = np.diff(np.fromiter(lines, np.int64), prepend=0).tolist()
    return steps


def general_text(code: str) -> str:
    """Return a text for all findings of a rule: its message if that has no parameters, else why it matters."""
    rule = BY_CODE[code]
    return rule.why if "{" in rule.message else rule.message


def quotes_cells(rule: Rule, parameters: Mapping[str, object]) -> bool:
    """Whether a message quotes text of the list, masked or not.  parameters: of the finding, as a sample has them."""
    chosen = [texts.get(str(parameters.get(name, "")), "".join(texts.values())) for name, texts in rule.words.items()]
    used = {*_FIELDS.findall(" ".join((rule.message, *chosen)))}
    numbers = {name for name, value in rule.parameters.items() if isinstance(value, int | float)}
    return bool(used - rule.columns - rule.regions - rule.facts - rule.words.keys() - numbers)


def detail_without_cells(found: RuleFindings, sample: Sample) -> str:
    """Return the text about a finding for outputs that must not hold a cell's text, even masked."""
    quoting = quotes_cells(BY_CODE[found.code], sample.parameters)
    return f"{found.title[0].lower()}{found.title[1:]}" if quoting else sample.detail


def for_script(report: Report) -> dict[str, object]:
    """Return all findings for the script of the HTML report.

    {"texts": [], "rules": [{"code", "title", "outcome", "general", "lines", "rows"}]}: lines as differences; rows has
    three indices into texts for each of the first findings: column, detail and cell.
    """
    texts: dict[str, int] = {"": 0}
    rules = []
    found_rules = [found for found in report.findings if found.samples]
    for found in found_rules:
        samples = in_order(found)
        rows: list[int] = []
        room = FULL_TEXT // len(found_rules)
        for sample in samples[: FULL_FINDINGS // len(found_rules)]:
            for text in (sample.column, sample.detail, sample.value):
                shown = printable(text)
                if shown not in texts:
                    texts[shown] = len(texts)
                    room -= len(shown)
                rows.append(texts[shown])
            if room <= 0:
                break
        rules.append(
            {
                "code": found.code,
                "title": found.title,
                "outcome": str(found.outcome),
                "general": general_text(found.code),
                "lines": differences([sample.line for sample in samples]),
                "rows": rows,
            }
        )
    return {"texts": list(texts), "rules": rules}
