"""Inspect a list: encoding, dialect, contents of columns, countries, and the effect of a default region.

Only the beginning of the list is read, except to tell its encoding and line endings.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType
from typing import BinaryIO

import numpy as np

from csv_preflight.collector import summarize
from csv_preflight.inspection import guesses
from csv_preflight.inspection.guesses import Certainty, ColumnGuess, PhoneGuess
from csv_preflight.inspection.regions import RegionGuess, guess_regions
from csv_preflight.inspection.scripts import countries_of_script
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.report import CountryCount, Input, RuleFindings
from csv_preflight.model.rule import Outcome
from csv_preflight.model.settings import Settings
from csv_preflight.reading import BLOCK, endings, expected_rows, first_batch, input_facts, only_lacks_rows, open_list
from csv_preflight.reports.commands import command_line, conversion_of, source_named, ways_out, without_fault
from csv_preflight.row_stages import resolve_layout, unused_opt_outs
from csv_preflight.stages.columns import Resolved, data_in_header, number_above_numbers, phone_shares, title_above
from csv_preflight.summary import settings_in_report

# Rows tried in the phone stage under each plausible region.
ROWS = 1000
# Regions with this share of the first one's valid numbers are just as plausible.
CLOSE = 0.9
# Where so many numbers pass with the region that was given, no other is looked for.
EXPLAINED = 0.9


@dataclass(frozen=True, slots=True)
class Inspection:
    """The result of ``inspect``.

    input: encoding, dialect and columns as read.  columns: the likely contents of each column.  suggested_command: what
    to run next.  ways_out: if something stops the list, a command for each way to avoid it.  encoding: how sure the
    encoding is; None for a DataFrame or an unreadable file.  rows: their number, estimated for files over a megabyte.
    sampled: how many of them were examined.  phone: the likely phone column.  callable_share: the share of the sampled
    rows, from 0 to 1, whose number passes with these settings; countries: of those numbers.  regions: where the numbers
    without a country code may belong.  suggested_region, suggested_region_column: the one that stands out, or None;
    suggested_share: callable_share with it.  region_commands: if none stands out, the command with each of the
    possible_regions.  other_regions: regions of numbers not written as in the likeliest one.
    suggested_opt_out_columns: those in which some sampled rows say not to call the person.  findings: those on the way,
    and what stops the list.
    """

    input: Input
    columns: tuple[ColumnGuess, ...]
    regions: tuple[RegionGuess, ...]
    suggested_command: str
    encoding: Certainty | None = None
    rows: int = 0
    sampled: int = 0
    phone: PhoneGuess | None = None
    callable_share: float = 0.0
    countries: tuple[CountryCount, ...] = ()
    suggested_region: str | None = None
    suggested_region_column: str | None = None
    suggested_share: float | None = None
    region_commands: tuple[str, ...] = ()
    ways_out: tuple[str, ...] = ()
    other_regions: tuple[str, ...] = ()
    suggested_opt_out_columns: tuple[str, ...] = ()
    findings: tuple[RuleFindings, ...] = ()

    @property
    def readable(self) -> bool:
        """Whether the file could be read as a table."""
        return bool(self.columns)

    @property
    def stop(self) -> RuleFindings | None:
        """What stops the list first, None for nothing."""
        return next((found for found in self.findings if found.outcome is Outcome.STOP), None)

    @property
    def is_counted(self) -> bool:
        """Whether rows is exact, because the whole file was read."""
        return self.input.bytes <= BLOCK

    @property
    def possible_regions(self) -> tuple[str, ...]:
        """The regions that the numbers without a country code may be from if none stands out, the likeliest first."""
        if not self.regions or self.suggested_region is not None or self.suggested_region_column is not None:
            return ()
        first, *others = self.regions
        close = [guess.region for guess in others if guess.valid_share >= CLOSE * first.valid_share]
        evidence = {guess.region: guess.valid_share + 2 * guess.written_share for guess in self.regions}
        possible = dict.fromkeys((first.region, *(self.other_regions or close)))
        return tuple(sorted(possible, key=lambda region: -evidence.get(region, 0.0)))

    def to_dict(self) -> dict[str, object]:
        """Return the inspection as plain dicts and lists, as ``inspect --output-format json`` prints it."""
        plain = asdict(self)
        plain["findings"] = [
            {
                "code": finding.code,
                "name": finding.name,
                "title": finding.title,
                "outcome": finding.outcome,
                "detail": finding.samples[0].detail,
                "parameters": finding.samples[0].parameters,
            }
            for finding in self.findings
        ]
        return plain


def inspect_file(
    file: BinaryIO,
    path: str,
    settings: Settings,
    *,
    trusted: bool = False,
    options: Mapping[str, object] = MappingProxyType({}),
) -> Inspection:
    """Look at the beginning of a list.

    file: seekable, at its start.  trusted: it is UTF-8 with commas, whatever its cells hold.  options: those of the
    command line that are no settings, for the command that is suggested.
    """
    opened = open_list(file, replace(settings, encoding="utf-8", delimiter=",") if trusted else settings)
    facts = input_facts(file, path, opened)
    if isinstance(opened, Stop):
        return _unreadable(replace(facts, columns=()), opened.findings, settings, options)
    batches = opened.reader.batches()
    first = first_batch(opened, batches)
    if isinstance(first, Stop):
        shown = facts if only_lacks_rows(first) else replace(facts, columns=())
        return _unreadable(shown, Findings([*opened.findings, *first.findings]), settings, options)
    header = opened.reader.header
    findings = Findings([*opened.findings, *opened.reader.drain()])
    shares = phone_shares(header, first)
    phone = guesses.phone_column(header, shares, settings)
    evidence = data_in_header(header) or number_above_numbers(header, first)
    if phone is None or not phone.name:
        evidence = evidence or title_above(header)
    if evidence:
        findings.whole_file("C004", line=opened.reader.header_line, given=evidence)
        return _unreadable(replace(facts, columns=()), findings, settings, options)
    facts = replace(facts, line_ending=" and ".join(sorted(endings(file, opened))) or None)
    found = Inspection(
        replace(
            facts,
            phone_column=None if phone is None else phone.name,
            phone_columns=() if phone is None else (phone.name, *phone.behind),
        ),
        guesses.columns(header, first, shares),
        (),
        "",
        None if trusted else guesses.certainty(opened.source),
        phone=phone,
        findings=summarize(findings, show_values=settings.show_values),
    )
    if found.is_counted:
        deque(batches, maxlen=0)
    rows = opened.reader.read if found.is_counted else max(expected_rows(opened, first), len(first))
    found = replace(found, rows=rows)
    if phone is not None:
        sample = first.take(np.arange(min(len(first), ROWS)))
        places = tuple(dict.fromkeys(map(list(header).index, (phone.name, *phone.behind))))
        found = replace(found, suggested_opt_out_columns=unused_opt_outs(header, sample, settings, places))
        found = _with_regions(found, guesses.Numbers(sample, places, settings))
    chosen = _suggested(found, settings)
    return _with_commands(found, findings, resolve_layout(opened, first, chosen), chosen, options)


def _with_commands(
    found: Inspection,
    findings: Findings,
    resolved: Resolved | Stop,
    settings: Settings,
    options: Mapping[str, object],
) -> Inspection:
    """Return an inspection with the commands to run next.

    settings: with what it suggests; resolved: the columns under these, whose findings come after the others.
    """

    def command(changed: Mapping[str, object]) -> str:
        given = {**settings_in_report(settings), **options, **changed}
        given = {option: value for option, value in given.items() if value is not None}
        return command_line("clean", source_named(found.input.path, options), settings.profile.name, given)

    if not isinstance(resolved, Stop):
        each = tuple(command({"region": region}) for region in found.possible_regions)
        return replace(found, suggested_command=command({}), region_commands=each)
    # The command would stop there: this comes first.
    said = summarize(Findings([*findings, *resolved.findings]), show_values=settings.show_values)
    stop, given = next(one for one in said if one.outcome is Outcome.STOP), settings_in_report(settings)
    return replace(
        found,
        findings=said,
        suggested_command=command(without_fault(stop, given)),
        ways_out=tuple(map(command, ways_out(stop, given))),
    )


def _unreadable(facts: Input, findings: Findings, settings: Settings, given: Mapping[str, object]) -> Inspection:
    found = summarize(findings, show_values=settings.show_values)
    stop = next(entry for entry in found if entry.outcome is Outcome.STOP)
    source = source_named(facts.path, given)
    command = conversion_of(source) if stop.samples[0].parameters.get("converts") else ""
    options = {**settings_in_report(settings), **given}
    out = list(ways_out(stop, options))
    if len(out) == 1:
        command = command_line("inspect", source, settings.profile.name, {**options, **out[0]})
        out = []
    commands = [command_line("clean", source, settings.profile.name, {**options, **changed}) for changed in out]
    return Inspection(facts, (), (), command, ways_out=tuple(commands), findings=found)


def _with_regions(found: Inspection, numbers: guesses.Numbers) -> Inspection:
    """Return an inspection with the countries of the numbers, and suggestions that make more of them pass."""
    share, countries = numbers.passing()
    found = replace(found, sampled=len(numbers.batch), callable_share=share, countries=countries)
    if numbers.settings.region_column or (numbers.settings.region and share >= EXPLAINED):
        return found
    stated_columns = numbers.stated(found.input.columns)
    seen = {country.region for country in countries if country.region}.union(
        *(numbers.regions_of(stated) for stated in stated_columns if stated.named_so)
    )
    script = countries_of_script(" ".join([*found.input.columns, *numbers.texts]))
    likely = guess_regions(numbers.cells, seen, script)
    found = replace(found, regions=likely.guesses, other_regions=likely.others)
    if not likely.guesses:
        return found
    best = 0.0 if likely.region is None else numbers.passing(region=likely.region)[0]
    for stated in stated_columns:
        # A column has each row's own country, a default region is the same for all.  A column that only looks like
        # countries must explain the numbers at least as well.
        with_column = numbers.passing(stated)[0]
        if share < with_column and (stated.named_so or with_column >= best):
            return replace(found, suggested_region_column=stated.name, suggested_share=with_column)
    return found if likely.region is None else replace(found, suggested_region=likely.region, suggested_share=best)


def _suggested(found: Inspection, settings: Settings) -> Settings:
    """Return the settings with what an inspection suggests."""
    if found.phone is not None and found.phone.name and not settings.phone_columns:
        names = (found.phone.name, *found.phone.behind)
        settings = replace(settings, phone_column=names if names[1:] else names[0])
    if found.suggested_region is not None:
        settings = replace(settings, region=found.suggested_region)
    if found.suggested_region_column is not None:
        settings = replace(settings, region_column=found.suggested_region_column)
    return replace(settings, opt_out_column=found.suggested_opt_out_columns or settings.opt_out_column)
