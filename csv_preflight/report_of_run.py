"""A finished run -> its report."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight import e164
from csv_preflight._version import __version__
from csv_preflight.model.layout import Layout
from csv_preflight.model.note import Note
from csv_preflight.model.report import Input, InputFile, Limit, NamesToSend, Report, Rows, RuleFindings, Tool
from csv_preflight.model.settings import Settings
from csv_preflight.summary import Tally, left_out, reasons, settings_in_report, variable_columns


def report_of_run(
    started: str,
    facts: Input,
    inputs: Sequence[InputFile],
    rows: Rows,
    findings: tuple[RuleFindings, ...],
    tally: Tally,
    layout: Layout | None,
    settings: Settings,
    *,
    check_only: bool,
    limits: tuple[Limit, ...],
    notes: tuple[Note, ...],
    untouched: bool,
) -> Report:
    """Return the report of a run.

    started: the time, in ISO 8601.  facts, inputs: of the list, and of each of its files.  layout: None if no row was
    read.
    """
    names = (layout.written_as(layout.phone), layout.written_as(layout.identifier)) if layout else ()
    return Report(
        tool=Tool("csv-preflight", __version__, e164.version()),
        created_at=started,
        reasons=reasons(findings, check_only=check_only, strict=settings.strict),
        input=facts,
        profile=settings.profile.name,
        settings=settings_in_report(settings),
        rows=rows,
        findings=findings,
        countries=tally.countries(),
        line_types=tally.line_types(),
        header_renames=dict(layout.renames) if layout else {},
        names_to_send=NamesToSend(*names),
        left_out=left_out(layout, facts.columns) if layout else (),
        variables=variable_columns(layout, facts.columns) if layout else (),
        limits=limits,
        notes=notes,
        untouched=untouched,
        inputs=tuple(inputs),
    )
