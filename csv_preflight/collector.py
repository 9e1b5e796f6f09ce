"""Collect the findings of the stages: complete counts, a few samples of each rule, and the rejected rows of a batch.

Fixes and warnings of a row that a later stage rejects are dropped, since the row is not written: a rejected row has
one finding, the reason.  Samples are worded and masked when they are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.finding import FileFinding, Finding, Findings, LineFindings, RowFindings, SetAside
from csv_preflight.model.occurrences import Occurrences
from csv_preflight.model.rejects import Rejects
from csv_preflight.model.report import RuleFindings, Sample
from csv_preflight.model.rule import Group, Outcome, Parameters, Rule
from csv_preflight.model.text_column import Positions, TextColumn
from csv_preflight.rules import BY_CODE
from csv_preflight.rules.wording import data, shown, worded


class Collector:
    """Counts and samples of one run."""

    def __init__(
        self,
        max_findings: int = 20,
        *,
        show_values: bool = False,
        outcomes: Mapping[str, Outcome] | None = None,
        on_found: Callable[[Occurrences], None] | None = None,
        corrected: Mapping[tuple[str, int], str] | None = None,
    ) -> None:
        """Keep at most this many samples of each rule, 0 for all.

        outcomes: those that differ from the rule's in this run, by code.  on_found: called with all counted findings.
        corrected: by file and line, the file of corrections that a row is from.
        """
        self._most = max_findings or None
        self._show_values = show_values
        self._on_found = on_found
        self._corrected = corrected or {}
        others = outcomes or {}
        self._rules = BY_CODE | {code: replace(BY_CODE[code], outcome=others[code]) for code in others}
        self._header: tuple[str, ...] = ()
        self._order: tuple[int, ...] = ()
        self._path = ""
        self._counts: dict[str, int] = {}
        self._samples: dict[str, list[Sample]] = {}
        self._pending: list[RowFindings] = []
        self._set_aside: list[SetAside] = []

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes of all rules that were found."""
        return frozenset(self._rules[code].outcome for code in self._counts)

    def count(self, code: str) -> int:
        """Return the count of a rule's findings so far."""
        return self._counts.get(code, 0)

    def rejected(self) -> list[tuple[Rule, int]]:
        """Return how many rows each rule has rejected, the most common first."""
        counted = [(self._rules[code], count) for code, count in self._counts.items()]
        return sorted(
            ((rule, count) for rule, count in counted if rule.outcome is Outcome.REJECT), key=lambda item: -item[1]
        )

    def name_columns(self, header: Iterable[str]) -> None:
        """Set the names of the columns for samples."""
        self._header = tuple(header)
        self.begin_file(self._path)

    def begin_file(self, path: str, order: Sequence[int] | None = None) -> None:
        """Set the file of the following findings, "" if the list has only one.

        order: the index of each column of the list in this file, None for the same order.
        """
        self._path = path
        self._order = tuple(range(len(self._header))) if order is None else tuple(order)

    def take(self, findings: Iterable[Finding]) -> None:
        """Take the findings of a stage.  Those about rows are counted when the batch is flushed."""
        for finding in findings:
            if isinstance(finding, RowFindings):
                self._pending.append(finding)
            elif isinstance(finding, SetAside):
                self._set_aside.append(finding)
            elif isinstance(finding, LineFindings):
                self._add(finding.code, len(finding.lines))
                self._hand_over(finding.code, finding.lines)
                for line in finding.lines[: self._wanted(finding.code)].tolist():
                    self._keep(finding.code, Sample(line, 0, "", "", *self._said(finding.code, {})))
            else:
                self._take_file(finding)

    def _take_file(self, finding: FileFinding) -> None:
        self._add(finding.code, finding.count)
        lines = np.array([finding.line], np.int64)
        self._hand_over(finding.code, lines, column=finding.column, parameters=(finding.parameters,))
        said = self._said(finding.code, finding.parameters)
        self._keep(finding.code, Sample(finding.line, 0, finding.column, "", *said, finding.field))

    def add(self, other: Collector) -> None:
        """Take the flushed findings of another collector about the following rows."""
        for code, count in other._counts.items():
            self._add(code, count)
        for code, samples in other._samples.items():
            for sample in samples:
                self._keep(code, sample)

    def flush(self) -> Rejects:
        """Close a batch: count and sample the findings taken since the last call; return the rejected rows."""
        pending, self._pending = self._pending, []
        records, self._set_aside = self._set_aside, []
        for record in records:
            self._add(record.code, 1)
            field = record.parameters.get("field")
            name = ""
            if isinstance(field, int) and field <= len(self._header):
                name = self._header[self._order.index(field - 1)]
            line, number = (np.array([one], np.int64) for one in (record.line, record.record))
            self._hand_over(record.code, line, number, name, (record.parameters,))
            if self._wanted(record.code) != 0:
                value = shown(record.raw, show_values=self._show_values)
                said = self._said(record.code, record.parameters)
                place = field if name and isinstance(field, int) else 0
                self._keep(record.code, Sample(record.line, record.record, name, value, *said, place))
        rejecting = [found for found in pending if self._rules[found.code].outcome is Outcome.REJECT]
        gone = np.concatenate([np.zeros(0, np.int64), *(found.batch.records for found in rejecting)])
        for found in pending:
            rows = np.arange(len(found.batch))
            if self._rules[found.code].outcome is not Outcome.REJECT and len(gone):
                rows = rows[~np.isin(found.batch.records, gone)]
            self._count_rows(found, rows)
        return self._rejects(rejecting, records)

    def _count_rows(self, finding: RowFindings, rows: NDArray[np.intp]) -> None:
        if not len(rows):
            return
        self._add(finding.code, len(rows))
        batch, column = finding.batch, finding.column
        which = None if finding.which is None else finding.which[rows]
        header = "" if column is None else self._header[column]
        self._hand_over(finding.code, batch.lines[rows], batch.records[rows], header, finding.parameters, which)
        for row in rows[: self._wanted(finding.code)].tolist():
            value = "" if column is None else shown(batch.columns[column][row], show_values=self._show_values)
            line, record = int(batch.lines[row]), int(batch.records[row])
            field = 0 if column is None else self._order[column] + 1
            detail, parameters = self._said(finding.code, finding.of(row))
            detail += "" if BY_CODE[finding.code].about_corrections else self._from(line)
            self._keep(finding.code, Sample(line, record, header, value, detail, parameters, field))

    def _rejects(self, rejecting: list[RowFindings], records: list[SetAside]) -> Rejects:
        """Return the rejected rows of a batch, by line."""
        texts: dict[str, int] = {"": 0}
        width = len(self._header)
        lines: list[Positions] = [np.array([record.line for record in records], np.int64)]
        codes: list[Positions] = [_places(texts, [record.code for record in records])]
        reasons: list[Positions] = [
            _places(texts, [self._reason(record.code, record.parameters) for record in records])
        ]
        raw: list[TextColumn] = [TextColumn.of([record.raw for record in records])]
        columns: list[list[TextColumn]] = [[TextColumn.of([""] * len(records))] for _ in range(width)]
        for found in rejecting:
            rows = len(found.batch)
            lines.append(found.batch.lines)
            codes.append(np.full(rows, texts.setdefault(found.code, len(texts))))
            said = _places(texts, [self._reason(found.code, one) for one in found.parameters])
            each = np.full(rows, said[0]) if found.which is None else said[found.which]
            reasons.append(self._with_origin(found, each, texts))
            raw.append(TextColumn.of([""] * rows))
            for gathered, column in zip(columns, found.batch.columns, strict=False):
                gathered.append(column)
        all_lines = np.concatenate(lines)
        order = np.argsort(all_lines, kind="stable")
        known = list(texts)
        which = np.concatenate(codes)[order]
        listed = np.array([text in self._rules and self._rules[text].group is Group.LISTED for text in known])
        return Rejects(
            all_lines[order],
            tuple(TextColumn.joining(gathered).take(order) for gathered in columns),
            TextColumn.repeating(known, which),
            TextColumn.repeating(known, np.concatenate(reasons)[order]),
            TextColumn.joining(raw).take(order),
            listed[which],
            self._path,
        )

    def _from(self, line: int) -> str:
        """Return the words that name the corrections that a row is from, "" for a row of the list."""
        path = self._corrected.get((self._path, line))
        return f" (as corrected in {path})" if path else ""

    def _with_origin(self, finding: RowFindings, reasons: Positions, texts: dict[str, int]) -> Positions:
        """Return the indices of reasons in texts, those of corrected rows with the file that they are from."""
        if not self._corrected:
            return reasons
        known = list(texts)
        said = [
            known[place] + self._from(line) for place, line in zip(reasons, finding.batch.lines.tolist(), strict=True)
        ]
        return _places(texts, said)

    def _reason(self, code: str, parameters: Parameters) -> str:
        return worded(self._rules[code], parameters, show_values=self._show_values)

    def _said(self, code: str, parameters: Parameters) -> tuple[str, Mapping[str, object]]:
        rule = self._rules[code]
        return (
            worded(rule, parameters, show_values=self._show_values),
            data(rule, parameters, show_values=self._show_values),
        )

    def _add(self, code: str, count: int) -> None:
        self._counts[code] = self._counts.get(code, 0) + count

    def _hand_over(
        self,
        code: str,
        lines: Positions,
        records: Positions | None = None,
        column: str = "",
        parameters: tuple[Parameters, ...] = ({},),
        which: NDArray[np.intp] | None = None,
    ) -> None:
        """Pass findings of a rule to ``on_found``.  records: None if they are not about records."""
        if self._on_found:
            numbers = np.zeros(len(lines), np.int64) if records is None else records
            self._on_found(Occurrences(code, lines, numbers, column, parameters, which, self._path))

    def _wanted(self, code: str) -> int | None:
        """Return how many more samples of a rule are kept, None for all."""
        return None if self._most is None else max(0, self._most - len(self._samples.get(code, ())))

    def _keep(self, code: str, sample: Sample) -> None:
        if self._wanted(code) != 0:
            self._samples.setdefault(code, []).append(replace(sample, path=self._path) if self._path else sample)

    def summary(self) -> tuple[RuleFindings, ...]:
        """Return the findings by rule, in the order of the stages."""
        return tuple(
            RuleFindings(
                rule.code,
                rule.name,
                rule.title,
                rule.outcome,
                self._counts[rule.code],
                tuple(self._samples.get(rule.code, ())),
            )
            for rule in self._rules.values()
            if rule.code in self._counts
        )


def summarize(
    findings: Findings, *, show_values: bool = False, outcomes: Mapping[str, Outcome] | None = None
) -> tuple[RuleFindings, ...]:
    """Return the findings about a file as a whole, by rule.  outcomes: those that differ from the rule's, by code."""
    collector = Collector(1, show_values=show_values, outcomes=outcomes)
    collector.take(findings)
    return collector.summary()


def _places(texts: dict[str, int], wanted: Iterable[str]) -> Positions:
    """Return the index of each text among the known ones, to which new ones are added."""
    return np.array([texts.setdefault(text, len(texts)) for text in wanted], np.int64)
