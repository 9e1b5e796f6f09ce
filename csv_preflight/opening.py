"""Open a file of a list: find its header, and decide the roles of its columns or follow those of the first file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from csv_preflight.file_of_list import FileOfList, with_changes
from csv_preflight.inputs import OpenFile, short_name
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import FileFinding, Finding, Findings, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.report import Input
from csv_preflight.model.settings import Settings
from csv_preflight.reading import (
    Opened,
    endings,
    expected_rows,
    first_batch,
    input_facts,
    only_lacks_rows,
    open_list,
)
from csv_preflight.row_stages import how_written, resolve_layout, unused_opt_outs
from csv_preflight.stages import columns

if TYPE_CHECKING:
    from csv_preflight.model.corrections import Changes


class Opening(NamedTuple):
    """The result of opening a file: its facts, the findings, and the file, None if it stops the list or is left out."""

    facts: Input
    findings: Findings
    file: FileOfList | None = None
    is_left_out: bool = False
    opt_outs: tuple[str, ...] = ()  # of the first file: see unused_opt_outs


def open_file(
    given: OpenFile,
    lead: FileOfList | None,
    settings: Settings,
    *,
    several: bool,
    changes: Sequence[Changes] = (),
) -> Opening:
    """Open a file, and decide the roles of its columns.

    lead: the first file of the list, which decides the roles, None if this is it; several: the list may have other
    files.  changes: rows that replace those of the list.
    """
    opened = open_list(given.file, replace(settings, encoding="utf-8", delimiter=",") if given.trusted else settings)
    facts = input_facts(given.file, given.name, opened)
    if isinstance(opened, Stop):
        return Opening(facts, opened.findings)
    own = _own_changes(given, opened, lead, settings, changes, several=several)
    opened = opened._replace(reader=with_changes(opened.reader, own))
    batches = opened.reader.batches()
    first = first_batch(opened, batches)
    if isinstance(first, Stop):
        hidden = facts if only_lacks_rows(first) else replace(facts, columns=())
        return Opening(hidden, Findings([*opened.findings, *first.findings]))
    if lead is None:
        found = _first_file(given, opened, facts, first, batches, settings, several=several)
    else:
        found = _next_file(given, opened, facts, first, lead, settings)
        opened.reader.close()  # read later, so that memory does not grow with the number of files
    said = unused_opt_outs(opened.reader.header, first, settings) if lead is None else ()
    if isinstance(found, Stop):
        shown = Opening(facts, Findings([*opened.findings, *found.findings]), opt_outs=said)
        is_header = not (found.findings.has("C004") or found.findings.has("C013"))
        return shown if is_header else shown._replace(facts=replace(facts, columns=()), opt_outs=())
    file, findings = found
    file.changes = own
    return Opening(file.facts, Findings([*opened.findings, *findings]), file, opt_outs=said)


def _own_changes(
    given: OpenFile,
    opened: Opened,
    lead: FileOfList | None,
    settings: Settings,
    changes: Sequence[Changes],
    *,
    several: bool,
) -> list[Changes]:
    """Return the rows that replace a file's own, with the columns in this file's order."""
    own = [one for one in changes if one.file == (given.name if several else "")]
    if lead is None or not own:
        return own
    reader = opened.reader
    order = columns.match_columns(reader.header, reader.header_line, lead.header, lead.given.name, settings)
    if isinstance(order, Stop):
        return []  # reported later
    return [replace(one, columns={order[index]: cells for index, cells in one.columns.items()}) for one in own]


def _first_file(
    given: OpenFile,
    opened: Opened,
    facts: Input,
    first: Batch,
    batches: Iterator[Batch],
    settings: Settings,
    *,
    several: bool,
) -> tuple[FileOfList, Findings] | Stop:
    """Decide the roles of a list's columns by its only or first file.

    first, batches: its first rows and the following ones; several: the list may have other files.
    """
    resolved = resolve_layout(opened, first, settings)
    if isinstance(resolved, Stop):
        return resolved
    header = opened.reader.header
    file = _file(given, opened, facts, first, header, replace(resolved.layout, several=several), None, settings)
    file.begin(opened.reader, chain([first], batches))
    return file, resolved.findings


def _next_file(
    given: OpenFile, opened: Opened, facts: Input, first: Batch, lead: FileOfList, settings: Settings
) -> tuple[FileOfList, Findings] | Stop:
    """Find the columns of a list in another of its files.  lead: the first file, which decides the roles.

    How countries are written is decided for each file separately.
    """
    names, line = opened.reader.header, opened.reader.header_line
    order = columns.match_columns(names, line, lead.header, short_name(lead.given.name, given.name), settings)
    if isinstance(order, Stop):
        return order
    # Names may differ in case from those of the list.
    pairs = zip((names[place] for place in order), lead.header, strict=True)
    header = tuple(known if _differ_in_case(name, known) else name for name, known in pairs)
    ordered = replace(first, columns=tuple(first.columns[place] for place in order))
    resolved = columns.resolve(header, line, ordered, _as_decided(settings, lead))
    findings = Findings(map(_placed(order), resolved.findings))
    if isinstance(resolved, Stop):
        return Stop(findings)
    layout = replace(lead.layout, stated=resolved.layout.stated, writing={})
    return _file(given, opened, facts, ordered, header, layout, order, settings), findings


def _differ_in_case(name: str, known: str) -> bool:
    one, other = columns.clean_name(name), columns.clean_name(known)
    return one != other and one.casefold() == other.casefold()


def _as_decided(settings: Settings, lead: FileOfList) -> Settings:
    """Return settings that name the columns as decided by the first file, under their new names."""
    layout, renames = lead.layout, settings.renames
    names = [renames.get(name, name) for name in map(columns.clean_name, lead.header)]

    def decided(given: str | None, index: int | None) -> str | None:
        return given if given is None or index is None else names[index]

    return replace(
        settings,
        phone_column=tuple(names[index] for index in layout.phones),
        identifier_column=decided(settings.identifier_column, layout.identifier),
        region_column=decided(settings.region_column, layout.region),
        opt_out_column=tuple(names[column.index] for column in layout.opt_outs),
    )


def _file(
    given: OpenFile,
    opened: Opened,
    facts: Input,
    first: Batch,
    header: Sequence[str],
    layout: Layout,
    order: tuple[int, ...] | None,
    settings: Settings,
) -> FileOfList:
    """Return the file with its facts.  first: some of its rows, in the order of the list, as is the header."""
    found = frozenset(endings(given.file, opened))
    if layout.opt_outs:
        layout = replace(layout, writing=how_written(first, layout, settings))
    known = replace(
        facts,
        phone_column=header[layout.phone],
        phone_columns=tuple(header[index] for index in layout.phones),
        identifier_column=None if layout.identifier is None else header[layout.identifier],
        line_ending=" and ".join(sorted(found)) or None,
    )
    expected, line = expected_rows(opened, first), opened.reader.header_line
    return FileOfList(given, opened.source, opened.dialect, known, tuple(header), line, layout, order, expected, found)


def _placed(order: Sequence[int]) -> Callable[[Finding], Finding]:
    """Return a function that sets the field number of header findings to that in the file."""

    def placed(finding: Finding) -> Finding:
        if not isinstance(finding, FileFinding) or not finding.field:
            return finding
        number = order[finding.field - 1] + 1
        changed = {"number": number} if "number" in finding.parameters else {}
        return replace(finding, field=number, parameters={**finding.parameters, **changed})

    return placed
