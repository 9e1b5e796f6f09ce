"""Collect what the stages find: complete counts, a few samples a rule, and the rejected rows of a batch.

Fixes and warnings of a row that a later stage rejects are forgotten, since the row is not written: a rejected
row has one finding, the reason.  Samples are masked when they are taken, so that nothing downstream can leak.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch, SetAside
from csv_preflight.model.report import RuleFindings, Sample
from csv_preflight.model.rule import Outcome, Rule
from csv_preflight.model.text_column import Positions
from csv_preflight.rules import BY_CODE

MASK = "•"
LONGEST_VALUE = 80

Details = Callable[[int], Mapping[str, object]]


def mask(value: str) -> str:
    """Return value with every character but its last two letters or digits as a bullet.

    >>> mask("(202) 555-0143")
    '••••••••••••43'
    """
    shown = [place for place, character in enumerate(value) if character.isalnum()][-2:]
    return "".join(character if place in shown else MASK for place, character in enumerate(value))


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row for the rejects file: cells as they were read, or the raw text where they could not be told apart."""

    line: int
    code: str
    reason: str
    cells: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class _Pending:
    rule: Rule
    batch: Batch
    column: int | None
    details: Details | None


class Collector:
    """Counts and samples of one run.  Stages call ``whole_file`` and ``rows``, the pipeline the rest."""

    def __init__(self, max_findings: int = 20, *, show_values: bool = False, rejecting: Iterable[str] = ()) -> None:
        """Collect; rejecting: codes of warnings that reject the row in this run."""
        self._most = max_findings or None
        self._show_values = show_values
        self._rules = BY_CODE | {code: replace(BY_CODE[code], outcome=Outcome.REJECT) for code in rejecting}
        self._header: tuple[str, ...] = ()
        self._counts: dict[str, int] = {}
        self._samples: dict[str, list[Sample]] = {}
        self._pending: list[_Pending] = []
        self._set_aside: list[SetAside] = []
        self._added: dict[str, int] = {}

    @property
    def stopped(self) -> bool:
        """Whether a finding stands that lets nothing be written."""
        return any(self._rules[code].outcome is Outcome.STOP for code in self._counts)

    @property
    def outcomes(self) -> frozenset[Outcome]:
        """The outcomes of all rules that were found."""
        return frozenset(self._rules[code].outcome for code in self._counts)

    def count(self, code: str) -> int:
        """Return how often a rule was found so far."""
        return self._counts.get(code, 0)

    def add(self, name: str, count: int) -> None:
        """Add to a count that is no rule's."""
        self._added[name] = self._added.get(name, 0) + count

    def added(self, name: str) -> int:
        """Return a count that is no rule's."""
        return self._added.get(name, 0)

    def added_under(self, name: str) -> Mapping[str, int]:
        """Return the counts that are no rule's whose names begin with a name and a space, by what follows."""
        return {key.removeprefix(f"{name} "): count for key, count in self._added.items() if key.startswith(f"{name} ")}

    def commonest_reject(self, remedy: str = "") -> str:
        """Return in words why most of the rejected rows were rejected; remedy: in place of the rule's."""
        counts = [(count, code) for code, count in self._counts.items() if self._rules[code].outcome is Outcome.REJECT]
        if not counts:
            return "there was none"
        count, code = max(counts)
        rule = self._rules[code]
        return f"{code} {rule.name} rejects {count:,} of {sum(n for n, _ in counts):,}. {remedy or rule.remedy}"

    def stop_message(self) -> str:
        """Return the first finding that lets nothing be written, in words."""
        for code, samples in self._samples.items():
            if self._rules[code].outcome is Outcome.STOP:
                return f"{code} {samples[0].detail}"
        return ""

    def name_columns(self, header: Iterable[str]) -> None:
        """Give the names under which samples of the columns are reported."""
        self._header = tuple(header)

    def shown(self, value: str) -> str:
        """Return a cell's text as it may be shown: short, and masked unless the user asked for values."""
        short = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
        return short if self._show_values else mask(short)

    def shown_to(self, value: str, end: int) -> str:
        """Return a text as it may be shown: whole, or masked and only up to a place that matters."""
        return self.shown(value if self._show_values else value[max(0, end - LONGEST_VALUE // 2) : end])

    def whole_file(
        self, code: str, *, line: int = 1, column: str = "", value: str = "", count: int = 1, **details: Any
    ) -> None:
        """Report a finding about the file or one of its header fields; details fill the rule's message."""
        rule = self._rules[code]
        self._counts[code] = self._counts.get(code, 0) + count
        message = rule.message.format(count=count, **details)
        sample = Sample(line, 0, column, self.shown(value), message)
        self._keep(code, sample)

    def rows(
        self,
        code: str,
        batch: Batch,
        rows: NDArray[np.intp],
        *,
        column: int | None = None,
        details: Details | None = None,
    ) -> None:
        """Report a finding about some rows (indices) of a batch.

        column: index of the field at fault.  details(i): what fills the message for ``rows[i]``.
        """
        if len(rows):
            self._pending.append(_Pending(self._rules[code], batch.take(rows), column, details))

    def lines(self, code: str, lines: Positions) -> None:
        """Report a finding about whole lines that are no rows; lines: their physical numbers."""
        rule = self._rules[code]
        self._counts[code] = self._counts.get(code, 0) + len(lines)
        for line in lines[: self._wanted(code)].tolist():
            self._keep(code, Sample(line, 0, "", "", rule.message))

    def set_aside(self, records: Iterable[SetAside]) -> None:
        """Report records that could not be split into the header's fields."""
        self._set_aside.extend(records)

    def settle(self) -> list[Rejected]:
        """Close a batch: count and sample what was reported since the last call; the rejected rows by line."""
        pending, self._pending = self._pending, []
        records, self._set_aside = self._set_aside, []
        rejected: list[Rejected] = []
        for record in records:
            reason = self._rules[record.code].message.format(**record.details)
            rejected.append(Rejected(record.line, record.code, reason, raw=record.raw))
            self._counts[record.code] = self._counts.get(record.code, 0) + 1
            if self._wanted(record.code) != 0:
                field = record.details.get("field")
                name = self._header[field - 1] if isinstance(field, int) and field <= len(self._header) else ""
                self._keep(record.code, Sample(record.line, record.record, name, self.shown(record.raw), reason))
        rejects = [found for found in pending if found.rule.outcome is Outcome.REJECT]
        gone = np.concatenate([found.batch.records for found in rejects]) if rejects else np.zeros(0, np.int64)
        for found in pending:
            rows = np.arange(len(found.batch.records))
            if found.rule.outcome is not Outcome.REJECT and len(gone):
                rows = rows[~np.isin(found.batch.records, gone)]
            self._counts_rows(found, rows)
        for found in rejects:
            rejected.extend(self._rejected(found))
        rejected.sort(key=lambda row: row.line)
        return rejected

    def _counts_rows(self, found: _Pending, rows: NDArray[np.intp]) -> None:
        code = found.rule.code
        if not len(rows):
            return
        self._counts[code] = self._counts.get(code, 0) + len(rows)
        batch, column = found.batch, found.column
        for row in rows[: self._wanted(code)].tolist():
            name = "" if column is None else self._header[column]
            value = "" if column is None else self.shown(batch.columns[column][row])
            line, record = int(batch.lines[row]), int(batch.records[row])
            self._keep(code, Sample(line, record, name, value, _message(found, row)))

    def _rejected(self, found: _Pending) -> Iterable[Rejected]:
        columns = [column.tolist() for column in found.batch.columns]
        for row, (line, *cells) in enumerate(zip(found.batch.lines.tolist(), *columns, strict=True)):
            yield Rejected(line, found.rule.code, _message(found, row), tuple(cells))

    def _wanted(self, code: str) -> int | None:
        """Return how many more samples of a rule are kept; None for all."""
        return None if self._most is None else max(0, self._most - len(self._samples.get(code, ())))

    def _keep(self, code: str, sample: Sample) -> None:
        if self._wanted(code) != 0:
            self._samples.setdefault(code, []).append(sample)

    def summary(self) -> tuple[RuleFindings, ...]:
        """Return every rule that was found, in the order of the stages."""
        return tuple(
            RuleFindings(
                rule.code, rule.name, rule.outcome, self._counts[rule.code], tuple(self._samples.get(rule.code, ()))
            )
            for rule in self._rules.values()
            if rule.code in self._counts
        )


def _message(found: _Pending, row: int) -> str:
    return found.rule.message.format(**found.details(row)) if found.details else found.rule.message
