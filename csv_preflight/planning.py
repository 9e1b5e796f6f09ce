"""A sample of a list -> a plan; the plan and any batch of rows -> the result of a whole run for these rows.

It is independent of an engine: Dask, Spark, Ray or a loop over files can apply it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Unpack

import numpy as np

from csv_preflight._version import __version__
from csv_preflight.api import open_lists, resolve_settings
from csv_preflight.applied import Applied, Part
from csv_preflight.collector import summarize
from csv_preflight.config.overrides import Overrides
from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.frame_rows import FIRST_LINE, in_order, read_frame
from csv_preflight.inputs import Source, Unchanged, is_frame, open_source, refuse_text
from csv_preflight.model.finding import Findings, LineFindings, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.report import RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.reading import first_batch, open_list
from csv_preflight.row_stages import how_written, numbers_opted_out, outcomes, resolve_layout, take_rows
from csv_preflight.rules import BY_CODE
from csv_preflight.stages import columns, opt_outs

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True)
class Plan:
    """The decisions about a list that hold for every batch of its rows.  Can be pickled.

    settings: as given.  header: the column names of a batch.  findings: about the header, such as columns that are
    renamed, and about rows of other lists that could not be read.
    """

    settings: Settings
    header: tuple[str, ...]
    findings: tuple[RuleFindings, ...] = field(repr=False)
    layout: Layout = field(repr=False)
    lists: Lists = field(repr=False)
    version: str = field(default=__version__, repr=False)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the clean columns, in their order."""
        return self.layout.names

    @property
    def phone_column(self) -> str:
        """The name of the phone column in the batches."""
        return self.header[self.layout.phone]

    @property
    def identifier_column(self) -> str | None:
        """The name of the identifier column in the batches, None if there is none."""
        return self._name(self.layout.identifier)

    @property
    def region_column(self) -> str | None:
        """The name of the column of each row's country in the batches, None if there is none."""
        return self._name(self.layout.region)

    @property
    def opt_out_columns(self) -> tuple[str, ...]:
        """The names of the columns in the batches that say who must not be called."""
        return tuple(self.header[column.index] for column in self.layout.opt_outs)

    @property
    def variables(self) -> dict[str, str]:
        """The clean column of each template variable."""
        return {variable: self.layout.columns[place] for variable, place in self.layout.variables}

    @property
    def renames(self) -> Mapping[str, str]:
        """The new names of columns, by their old names."""
        return dict(self.layout.renames)

    def apply(self, frame: pandas.DataFrame, *, opted_out: NumberTable | None = None, mention: bool = False) -> Applied:
        """Take some rows of the list through the stages that treat each row by itself.

        frame: the columns of ``header``, in any order, of any type: cells are taken as text, missing ones as empty.
        It may have any rows of the list, or none; problems of a whole list, such as no rows, are not reported.
        opted_out: the numbers that have opted out in any batch, by default those of this batch.  mention: fill in
        ``mentioned``, which a suppression list needs.

        Repeats of a number stay, since only the whole list shows which row is the first.  Raises PreflightError for a
        frame with other columns, and for a plan made by another version of the package.
        """
        self._check_version()
        ordered = in_order(frame, self.header)
        known = columns.Known.of(self.header)
        if opted_out is None:
            opted_out = self._opted_out(ordered) if self.layout.opt_outs else NumberTable()
        parts: list[Part] = []
        read = blank = 0
        for one in read_frame(ordered):
            batch, headers, repeated = columns.without_headers(one.batch, self.layout, known)
            taken = take_rows(batch, self.layout, self.settings, self.lists, opted_out, mention=mention)
            result = [*one.findings, *headers, *taken.findings]
            # Some of a list's rows cannot stop it.
            findings = Findings(one for one in result if BY_CODE[one.code].outcome is not Outcome.STOP)
            parts.append(Part(taken.batch, findings, taken.mentioned))
            read += one.read - repeated
            blank += sum(len(finding.lines) for finding in one.findings if isinstance(finding, LineFindings))
        return Applied(tuple(parts), self.header, self.layout, self.settings, frame.index, read, blank)

    def opted_out(self, frame: pandas.DataFrame) -> NumberTable:
        """Return the numbers that opt out in some rows of the list; they must not be called by any other row."""
        self._check_version()
        return self._opted_out(in_order(frame, self.header))

    def numbers_opted_out(self, frame: pandas.DataFrame) -> tuple[Positions, Positions]:
        """Return all numbers that may be meant in rows that opt out, and each one's row in the batch, from 0."""
        self._check_version()
        numbers, lines = self._numbers_opted_out(in_order(frame, self.header))
        return numbers, lines - FIRST_LINE

    def _opted_out(self, frame: pandas.DataFrame) -> NumberTable:
        numbers = NumberTable()
        opt_outs.note(*self._numbers_opted_out(frame), numbers)
        return numbers

    def _numbers_opted_out(self, frame: pandas.DataFrame) -> tuple[Positions, Positions]:
        result = [numbers_opted_out(one.batch, self.layout, self.settings) for one in read_frame(frame)]
        none = np.zeros(0, np.int64)
        return np.concatenate([none, *(one[0] for one in result)]), np.concatenate([none, *(one[1] for one in result)])

    def _name(self, index: int | None) -> str | None:
        return None if index is None else self.header[index]

    def _check_version(self) -> None:
        if self.version != __version__:
            raise PreflightError(
                f"this plan was made by csv-preflight {self.version}, and this is {__version__}: all of one run has to "
                "be one version; install it on every worker"
            )


def plan(
    sample: Source, settings: Settings | None = None, *, name: str | None = None, **overrides: Unpack[Overrides]
) -> Plan:
    r"""Decide roles of columns, renames and regions by a sample of a list, for any batch of its rows.

    sample: the first rows of the list, ideally some thousands: a path, the bytes of a file, a file open in binary
    mode, or a DataFrame.  settings, overrides: as for ``preflight``; the lists of existing, suppress and only are read
    now and are part of the plan.  name: of the sample in errors.

    Raises PreflightError with the message of the rule that stops the sample, such as one without a phone column;
    SettingsError and OSError like ``preflight``.

    Examples:
        >>> import pandas
        >>> made = plan(b"Name,phone\nAnn,202-555-0101\n", region="US")
        >>> made.phone_column, made.columns
        ('phone', ('Name', 'phone'))
        >>> applied = made.apply(pandas.DataFrame({"Name": ["Bob", "Cy"], "phone": ["(202) 555-0102", "ask"]}))
        >>> applied.clean["phone"].tolist(), applied.number.tolist(), applied.rejects["preflight_code"].tolist()
        (['+12025550102'], [12025550102], ['P002'])
    """
    refuse_text(sample)
    chosen = resolve_settings(settings, overrides)
    for option in ("corrections", "max_rejects"):
        if getattr(chosen, option):
            raise SettingsError(f"{option}: is about a whole list, of which a plan knows a sample; leave it out")
    with open_source(sample, name) as (file, called), Unchanged(file, called):
        lists = open_lists(chosen)
        if lists.unreadable:
            raise _stopped(called, Findings(lists.findings), outcomes(chosen, unreadable=True))
        read = replace(chosen, encoding="utf-8", delimiter=",") if is_frame(sample) else chosen
        opened = open_list(file, read)
        if isinstance(opened, Stop):
            raise _stopped(called, opened.findings)
        first = first_batch(opened, opened.reader.batches())
        if isinstance(first, Stop):
            raise _stopped(called, first.findings)
        resolved = resolve_layout(opened, first, read)
        if isinstance(resolved, Stop):
            raise _stopped(called, resolved.findings)
        people, _, _ = columns.without_headers(first, resolved.layout, columns.Known.of(opened.reader.header))
        layout = replace(resolved.layout, writing=how_written(people, resolved.layout, chosen))
        found = summarize(Findings([*resolved.findings, *lists.findings]), show_values=chosen.show_values)
        return Plan(chosen, opened.reader.header, found, layout, lists)


def _stopped(name: str, findings: Findings, others: Mapping[str, Outcome] | None = None) -> PreflightError:
    """Return the error for a sample that a rule stops.  others: outcomes that differ from the rule's."""
    stop = next(one for one in summarize(findings, outcomes=others) if one.outcome is Outcome.STOP)
    return PreflightError(f"{name}: {stop.code} {stop.samples[0].detail}")
