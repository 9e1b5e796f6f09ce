"""The run as a whole: counts of the clean rows, notes, and why the list is not ready."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.collector import Collector
from csv_preflight.country_names import in_sentence
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.note import (
    CostlyLines,
    LostPlus,
    Note,
    OtherCountry,
    OtherEncoding,
    OtherIdentifier,
    TimezonesKept,
    UnknownCountries,
    VariablesUnknown,
)
from csv_preflight.model.opt_out import OptOutColumn
from csv_preflight.model.prompt import Prompt
from csv_preflight.model.report import (
    CountryCount,
    Input,
    InputFile,
    LineTypeCount,
    Reason,
    Rows,
    RuleFindings,
    VariableColumn,
)
from csv_preflight.model.rule import Outcome, Rule
from csv_preflight.model.settings import Settings
from csv_preflight.model.source import Encoding
from csv_preflight.rules import RULES
from csv_preflight.rules.wording import shown
from csv_preflight.stages.duplicates import REPEAT
from csv_preflight.stages.phones import Normalized

# How many different cells of the region column are counted, and how many a note shows.
MOST_UNKNOWN, UNKNOWN_SHOWN = 1000, 5
# Rules that reject numbers that may have lost their plus sign.
MAY_HAVE_LOST_PLUS = tuple(rule.code for rule in RULES if rule.lost_plus)
# How many files appear in the name of a list.
FILES_NAMED = 2


class Tally:
    """Counts of clean rows so far by region and calling code and by line type, and counts for notes.

    lost_plus: rejected numbers that have lost their plus sign, by the default region that restores it in all of their
    batch, None without one.  other_identifier: duplicates with another identifier than the row that is kept.
    without_code: numbers without a country code.  other_country: numbers of another country than that of their row.
    unknown: cells of the region column that name no certain country, up to a maximum.  likely_opt_outs: clean rows
    that say that the person must not be called, by the column that says so.
    """

    def __init__(self) -> None:
        self.lost_plus = Counter[str | None]()
        self.other_identifier = self.without_code = self.other_country = self.unknown_rows = 0
        self.unknown = Counter[str]()
        self.likely_opt_outs = Counter[OptOutColumn]()
        self._regions: dict[tuple[str | None, int], int] = {}
        self._line_types: dict[int, int] = {}

    def add(self, batch: Batch) -> None:
        """Count the rows of a batch."""
        found = batch.phones
        if found is None or not len(batch):
            return
        for region, count, row in _counts(found.region):
            key = found.regions[region], e164.calling_code_of(found.e164[row])
            self._regions[key] = self._regions.get(key, 0) + count
        for line_type, count, _ in _counts(found.line_type):
            self._line_types[line_type] = self._line_types.get(line_type, 0) + count

    @property
    def clean(self) -> int:
        """How many numbers are clean."""
        return sum(self._regions.values())

    def add_normalized(self, normalized: Normalized) -> None:
        """Add the counts of the phone stage for a batch."""
        if normalized.lost_plus:
            self.lost_plus[normalized.region] += normalized.lost_plus
        self.without_code += normalized.without_code
        self.other_country += normalized.other_country
        self.unknown_rows += normalized.unknown.total()
        if len(self.unknown) < MOST_UNKNOWN:
            self.unknown += normalized.unknown

    def add_all(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.lost_plus += other.lost_plus
        self.other_identifier += other.other_identifier
        self.without_code += other.without_code
        self.other_country += other.other_country
        self.unknown_rows += other.unknown_rows
        if len(self.unknown) < MOST_UNKNOWN:
            self.unknown += other.unknown
        self.likely_opt_outs += other.likely_opt_outs
        for ours, theirs in ((self._regions, other._regions), (self._line_types, other._line_types)):
            _add_counts(ours, theirs)

    def countries(self) -> tuple[CountryCount, ...]:
        """Return the counts by region, the largest first."""
        counted = sorted(self._regions.items(), key=lambda item: (-item[1], str(item[0])))
        return tuple(CountryCount(region, code, count) for (region, code), count in counted)

    def line_types(self) -> tuple[LineTypeCount, ...]:
        """Return the counts by line type, the largest first."""
        counted = sorted(self._line_types.items(), key=lambda item: (-item[1], item[0]))
        return tuple(LineTypeCount(e164.LINE_TYPES[kind], count) for kind, count in counted)


def _add_counts(ours: dict[Any, int], theirs: dict[Any, int]) -> None:
    for key, count in theirs.items():
        ours[key] = ours.get(key, 0) + count


def _counts(values: NDArray[np.integer]) -> list[tuple[int, int, int]]:
    """Return (value, how often, index of the first) for each value of a small range of integers from -1."""
    counts = np.bincount(values.astype(np.intp) + 1)
    present = np.flatnonzero(counts)
    return [(int(p) - 1, int(counts[p]), int(np.argmax(values == p - 1))) for p in present]


def joined(names: Sequence[str]) -> str:
    """Return the name of a list of several files.

    >>> joined(["a.csv", "b.csv"]), joined(["a.csv", "b.csv", "c.csv", "d.csv"])
    ('a.csv + b.csv', 'a.csv + b.csv + 2 more')
    """
    shown = list(names) if len(names) <= FILES_NAMED + 1 else [*names[:FILES_NAMED], f"{len(names) - FILES_NAMED} more"]
    return " + ".join(shown)


def facts_of_all(files: Sequence[Input], name: str, size: int) -> Input:
    """Return the facts about a list of several files: those that all with rows share, under its name and size."""

    def common(facts: str) -> Any:
        values = {getattr(file, facts) for file in files}
        return values.pop() if len(values) == 1 else None

    return Input(
        path=name,
        bytes=size,
        sha256=None,
        encoding=common("encoding"),
        encoding_source=common("encoding_source"),
        delimiter=common("delimiter"),
        line_ending=common("line_ending"),
        columns=files[0].columns,
        phone_column=files[0].phone_column,
        phone_columns=files[0].phone_columns,
        identifier_column=files[0].identifier_column,
    )


def file_facts(facts: Input, rows: Rows) -> InputFile:
    """Return the facts of a file with its rows."""
    return InputFile(**{one.name: getattr(facts, one.name) for one in fields(facts)}, rows=rows)


def notes(
    tally: Tally, collector: Collector, layout: Layout, settings: Settings, encodings: Sequence[Encoding]
) -> tuple[Note, ...]:
    """Return the notes.  encodings: of the files."""
    stated = layout.stated.name if layout.stated else ""
    told = dict.fromkeys(note for encoding in encodings for note in encoding_note(encoding, settings))
    result: list[Note] = [*told, *variables_note(settings)]
    if tally.other_identifier:
        result.append(OtherIdentifier(tally.other_identifier, collector.count(REPEAT)))
    lost = tally.lost_plus.total()
    # If only a few numbers may have lost it, their rows say so.  In a list that is read with a region, too many digits
    # are the likelier cause.
    many = 2 * lost > sum(map(collector.count, MAY_HAVE_LOST_PLUS))
    if many and (lost > tally.clean or not (settings.region or layout.region is not None)):
        region = next(iter(tally.lost_plus)) if len(tally.lost_plus) == 1 and lost == collector.count("P003") else None
        unused = stated if stated and layout.region is None else None
        result.append(LostPlus(lost, layout.phone + 1, region, unused))
    if tally.unknown_rows:
        cells = tally.unknown.most_common(UNKNOWN_SHOWN)
        masked = tuple((shown(cell, show_values=settings.show_values), count) for cell, count in cells)
        result.append(UnknownCountries(tally.unknown_rows, stated, masked))
    if tally.other_country:
        result.append(OtherCountry(tally.other_country, stated))
    if isinstance(layout.timezone, int):
        result.append(TimezonesKept(layout.columns[layout.timezone]))
    result += [CostlyLines(kind.count, kind.type) for kind in tally.line_types() if kind.type in e164.COSTLY_LINE_TYPES]
    return tuple(result)


def why_rejected(collector: Collector) -> dict[str, object]:
    """Return why most of the rejected rows were rejected, as parameters of L003."""
    counts = collector.rejected()
    if not counts:
        return {"why": ""}
    (rule, count), *others = counts
    rejected = sum(number for _, number in counts)
    if others and others[0][1] == count:
        return {"why": "tie", "rejected": rejected}
    title = rule.title[0].lower() + rule.title[1:]
    return {"why": "most", "code": rule.code, "title": title, "count": count, "rejected": rejected}


def common_cause(rule: Rule, facts: Input, region: object) -> str:
    """Return a rule's question if it rejects most rows, "" if it has none."""
    return rule.common_cause.format(
        phone=facts.phone_column,
        identifier=facts.identifier_column,
        delimiter=facts.delimiter,
        region=in_sentence(str(region or "the country they are read as")),
    )


def encoding_note(encoding: Encoding, settings: Settings) -> tuple[Note, ...]:
    """Return a note if a list is not read in the encoding that was named."""
    if settings.encoding is None or encoding.source == "option":
        return ()
    return (OtherEncoding(encoding.name, settings.encoding),)


def variables_note(settings: Settings) -> tuple[Note, ...]:
    """Return a note if no variables were named and the destination wants all of them filled."""
    profile = settings.profile
    return (VariablesUnknown(profile.name),) if profile.variables_filled and not settings.template_variables else ()


def reasons(findings: tuple[RuleFindings, ...], *, check_only: bool, strict: bool) -> tuple[Reason, ...]:
    """Return what makes a list not ready.

    check_only: ready means that the file needs no change at all, not that the clean rows are ready.
    """
    stops = tuple(Reason("stop", entry.count, entry.code) for entry in findings if entry.outcome is Outcome.STOP)
    counts = Counter[Outcome]()
    for entry in findings:
        counts[entry.outcome] += entry.count
    others = []
    if check_only and counts[Outcome.REJECT]:
        others.append(Reason("rejects", counts[Outcome.REJECT]))
    if check_only and counts[Outcome.FIX]:
        others.append(Reason("fixes", counts[Outcome.FIX]))
    if strict and counts[Outcome.WARN]:
        others.append(Reason("warnings", counts[Outcome.WARN]))
    return (*stops, *others)


def left_out(layout: Layout, header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of the list that are not in the clean file.  header: their names as read."""
    return tuple(header[index] for index in layout.shown if index not in layout.written)


def variable_columns(layout: Layout, header: Sequence[str]) -> tuple[VariableColumn, ...]:
    """Return the columns that fill the template's variables.  header: the column names as read."""
    written = layout.columns
    return tuple(
        VariableColumn(variable, header[index] if isinstance(index, int) else "", written[index])
        for variable, index in layout.variables
    )


def settings_in_report(settings: Settings) -> dict[str, object]:
    """Return the settings that differ from their defaults, by option name."""
    changed: dict[str, object] = {}
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        # The user's words for countries may be cells of the list.
        if entry.name not in ("profile", "country_names") and value != entry.default:
            changed[entry.name.replace("_", "-")] = (
                list(map(str, value))
                if isinstance(value, tuple)
                else str(value)
                if isinstance(value, Prompt)
                else value
            )
    return changed
