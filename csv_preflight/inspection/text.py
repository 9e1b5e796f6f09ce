"""An inspection for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from csv_preflight.country_names import english_names, in_sentence
from csv_preflight.inspection.inspecting import Inspection
from csv_preflight.reports.advice import counted
from csv_preflight.reports.printable import named, printable, printable_path
from csv_preflight.rules.wording import alternatives

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_WIDTH = 78
COUNTRIES_SHOWN = 8


def render(found: Inspection) -> str:
    """Return an inspection as text."""
    facts = found.input
    lines = [f"{printable_path(facts.path)}: {counted(facts.bytes, 'byte')}"]
    if not found.readable:
        lines += [f"{entry.code} {printable(entry.samples[0].detail)}" for entry in found.findings]
        stops = [entry.code for entry in found.findings if entry.outcome == "stop"]
        if found.suggested_command:
            lines += ["next:", f"  {printable(found.suggested_command)}"]
        elif stops:
            lines.append(f"next: fix this; csv-preflight rules {stops[0]} explains it")
        return "".join(line + "\n" for line in lines)
    lines[0] += f", {'' if found.is_counted else 'about '}{counted(found.rows, 'row')}"
    delimiter = facts.delimiter or ""
    sure = found.encoding
    lines += [
        "",
        *_entry("encoding", f"{facts.encoding}, {sure.level}: {sure.why}" if sure else str(facts.encoding)),
        *_entry("delimiter", _DELIMITERS.get(delimiter, printable(delimiter))),
        *_entry("endings", facts.line_ending or "none: a single line"),
        *_entry("phone", _phone(found)),
        "",
        "columns",
        *_columns(found),
        "",
        *_numbers(found),
        "next:",
        f"  {printable(found.suggested_command)}",
    ]
    if found.regions and found.suggested_region is None and found.suggested_region_column is None:
        regions = dict.fromkeys((found.regions[0].region, *(found.other_regions or _close(found))))
        places = alternatives([f"{in_sentence(region)} ({region})" for region in regions])
        text = (
            f"the numbers without a country code may be from {places}, and nothing in the list says "
            "which: add --region if all are from one country, or --region-column with a column of each person's country"
        )
        lines += wrap(text, _WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    return "".join(line + "\n" for line in lines)


def render_totals(found: Sequence[Inspection], files: int) -> str:
    """Return the totals of several inspections; files: how many lists were given."""
    unreadable = [one.input.path for one in found if not one.readable]
    parts = [f"{len(found) - len(unreadable):,} can be read as a table"]
    if unreadable:
        parts.append(f"{len(unreadable):,} cannot ({named(unreadable)})")
    if len(found) < files:
        parts.append(f"{files - len(found):,} could not be opened")
    about = "" if all(one.is_counted for one in found) else "about "
    return f"{counted(files, 'file')}: {', '.join(parts)}; {about}{counted(sum(one.rows for one in found), 'row')}"


def _entry(name: str, text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent=f"{name:<11}", subsequent_indent=" " * 11, break_on_hyphens=False)


def _phone(found: Inspection) -> str:
    if found.phone is None:
        return "no column looks like phone numbers; name it with --phone-column"
    names = ", then ".join(printable(repr(name)) for name in (found.phone.name, *found.phone.behind))
    text = f"{names}: {found.phone.why}"
    if found.phone.others:
        others = ", ".join(printable(repr(name)) for name in found.phone.others)
        text += f"; or is it {others}? Say which with --phone-column"
    return text


def _columns(found: Inspection) -> list[str]:
    names = [printable(column.name) for column in found.columns]
    width = max(map(len, names))
    return [
        f"  {name:<{width}}  {column.looks_like:<8} {column.share:>4.0%}"
        for name, column in zip(names, found.columns, strict=True)
    ]


def _numbers(found: Inspection) -> list[str]:
    """Say which numbers pass as they are, and what would make more of them pass."""
    if found.phone is None:
        return []
    looked_at = counted(found.sampled, "row")
    if found.sampled < found.rows:
        looked_at += " examined"
    lines = [f"numbers: {found.callable_share:.0%} of {looked_at} can be called with these options"]
    lines += _shares(
        [(_named(country.region), f"+{country.calling_code}", country.count) for country in found.countries]
    )
    lines.append("")
    if found.suggested_region_column is not None:
        column = printable(repr(found.suggested_region_column))
        lines += [*wrap(f"{column} seems to be each row's country: --region-column", _WIDTH), ""]
    for name in found.suggested_opt_out_columns:
        text = f"{printable(repr(name))} seems to say who must not be called: --opt-out-column rejects these rows"
        lines += [*wrap(text, _WIDTH), ""]
    if found.regions:
        lines.append("numbers without a country code, read with each --region")
        names = [_named(guess.region) for guess in found.regions]
        width = max(map(len, names))
        lines += [
            f"  {name:<{width}}  {guess.valid_share:>4.0%} valid, {guess.written_share:>4.0%} in the usual format"
            for name, guess in zip(names, found.regions, strict=True)
        ]
        lines.append("")
    return lines


def _named(region: str | None) -> str:
    return f"{region} {english_names().get(region, '')}".rstrip() if region else "no country"


def _close(found: Inspection) -> list[str]:
    """Return the regions in which as many numbers are valid, nearly, as in the likeliest one."""
    return [guess.region for guess in found.regions if guess.valid_share >= 0.9 * found.regions[0].valid_share]


def _shares(countries: Sequence[tuple[str, str, int]]) -> list[str]:
    shown = countries[:COUNTRIES_SHOWN]
    width = max((len(f"{count:,}") for _, _, count in shown), default=0)
    names = max((len(name) for name, _, _ in shown), default=0)
    lines = [f"  {name:<{names}}  {code:<5} {count:>{width},}" for name, code, count in shown]
    return lines + ([f"  and {len(countries) - len(shown)} more countries"] if len(countries) > len(shown) else [])
