"""The decisions for a whole list, and the stages that treat each row by itself, the same way in any batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.layout import Layout
from csv_preflight.model.line_places import ONE_FILE, LinePlaces
from csv_preflight.model.mentioned import Mentioned
from csv_preflight.model.number_table import NumberTable
from csv_preflight.model.numbers import OtherList
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions
from csv_preflight.model.writing import Writing
from csv_preflight.reading import Opened
from csv_preflight.rules import RULES
from csv_preflight.stages import cells, columns, duplicates, identifiers, opt_outs, phones, variables


class Taken(NamedTuple):
    """The remaining rows of a batch, the findings about all its rows, and the counts of the phone stage.

    mentioned: all numbers of its rows, if they are wanted and rows may have several.  repeated: how many rows were
    dropped as repeats of the header.
    """

    batch: Batch
    findings: Findings
    normalized: phones.Normalized
    mentioned: Mentioned | None = None
    repeated: int = 0


def resolve_layout(opened: Opened, first: Batch, settings: Settings) -> columns.Resolved | Stop:
    """Decide the roles of columns and the columns of variables.  first: some rows."""
    header, line = opened.reader.header, opened.reader.header_line
    resolved = columns.resolve(header, line, first, settings)
    if isinstance(resolved, Stop):
        return resolved
    names = dict(enumerate(map(columns.clean_name, header)))
    filled = variables.resolve(names, resolved.layout, line, settings)
    if isinstance(filled, Stop):
        return Stop(Findings([*resolved.findings, *filled.findings]))
    layout, found = filled
    return columns.Resolved(layout, Findings([*resolved.findings, *found]))


def unused_opt_outs(
    header: Sequence[str], first: Batch, settings: Settings, taken: Collection[int] = ()
) -> tuple[str, ...]:
    """Return the columns that were not named, and in which some rows say not to call the person.

    taken: columns with another role.
    """
    if settings.opt_out_column:
        return ()
    layout = Layout(0, None, None, None, (), (), {}, likely_opt_outs=columns.likely_opt_outs(header, taken))
    return tuple(column.name for column in opt_outs.count_likely(first, layout))


def outcomes(settings: Settings, *, unreadable: bool = False) -> dict[str, Outcome]:
    """Return the outcomes that differ from the rule's under these settings, by code.

    unreadable: most rows of another list could not be read.
    """
    others = {"I001": Outcome.REJECT} if settings.require_identifier else {}
    if variables.rejects_empty(settings):
        others["V002"] = Outcome.REJECT
    if unreadable:
        others |= {rule.code: Outcome.STOP for rule in RULES if rule.leaves_rows_unread}
    return others


def take_rows(
    batch: Batch,
    layout: Layout,
    settings: Settings,
    lists: Lists,
    opted_out: NumberTable,
    places: LinePlaces = ONE_FILE,
    *,
    mention: bool = False,
) -> Taken:
    """Take the rows of a batch through the stages that treat each row by itself, in their order.

    opted_out: numbers that have opted out in any row of the list; places: of the batch's lines.  mention: whether all
    numbers are wanted, of rows that may have several.
    """
    batch, restored = columns.restore(batch, layout)
    batch, opted = opt_outs.drop_opted_out(batch, layout)
    normalized = phones.normalize(batch, layout, settings)
    batch, layout = normalized.batch, replace(layout, writing=normalized.writing)
    # A person with several numbers is not called on any if one of them must not be called.
    is_asked = layout.other_phones and (mention or len(lists.suppress) or len(opted_out))
    mentioned = _mentioned(batch, layout, settings) if is_asked else None
    batch, again = opt_outs.drop_their_numbers(batch, layout, opted_out, mentioned, places)
    batch, named = identifiers.check(batch, layout, settings)
    garbled = identifiers.check_text(batch, layout)
    batch, unfilled = variables.check(batch, layout, settings)
    batch, unfit = cells.check(batch, layout, settings)
    batch, suppressed = duplicates.drop_suppressed(batch, layout, lists.suppress, mentioned)
    batch, present = duplicates.apply_list(batch, layout, OtherList.EXISTING, lists.existing)
    batch, outside = duplicates.apply_list(batch, layout, OtherList.ONLY, lists.only)
    found = (restored, opted, normalized.findings, again, named, garbled, unfilled, unfit, suppressed, present, outside)
    return Taken(batch, Findings(chain.from_iterable(found)), normalized, mentioned)


def how_written(first: Batch, layout: Layout, settings: Settings) -> Mapping[int, Writing]:
    """Return how a list writes its numbers, by phone column, from its first batch."""
    batch, _ = opt_outs.drop_opted_out(columns.restore(first, layout)[0], layout)
    return phones.normalize(batch, layout, settings).writing


def numbers_opted_out(batch: Batch, layout: Layout, settings: Settings) -> tuple[Positions, Positions]:
    """Return all numbers that may be meant in the rows that opt out, and their lines."""
    out = opt_outs.opted_out(columns.restore(batch, layout)[0], layout)
    found = _mentioned(out, layout, settings)
    return found.numbers, out.lines[np.searchsorted(out.records, found.records)]


def _mentioned(batch: Batch, layout: Layout, settings: Settings) -> Mentioned:
    from csv_preflight.stages.phones.meant import mentioned

    return mentioned(batch, layout, settings)
