"""An inspection for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.country_names import english_names
from csv_preflight.inspection.inspecting import Inspection
from csv_preflight.reports.advice import counted
from csv_preflight.reports.commands import rules_command
from csv_preflight.reports.printable import named, printable, printable_path
from csv_preflight.reports.screen import ROWS, WIDTH, Screen, width

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_INDENT = 11
_KINDS = ("phone", "country", "email", "url", "date", "number", "text", "empty")
COUNTRIES_SHOWN, LEAST_COUNTRIES = 8, 2
COMMANDS_SHOWN = 3
# If this share of the rows can be called, the others need no region to begin with.
MOSTLY = 0.5
# Up to this many columns have a line each; more are listed by kind, in this many lines for each kind.
COLUMNS_APART, LINES_OF_A_KIND = 8, 2
# Columns are listed by kind as well if one has a longer name than this.
NAME_APART = 40


def render(inspection: Inspection, columns: int | None = None) -> str:
    """Return an inspection as text; columns: of the screen.

    The end, from the phone column on, fits a screen of 80 × 24, however many columns the list has.
    """
    facts = inspection.input
    screen = Screen(columns or WIDTH, whole=[printable_path(facts.path)])
    size = counted(facts.bytes, "byte")
    if inspection.readable:
        size += f", {'' if inspection.is_counted else 'about '}{counted(inspection.rows, 'row')}"
    lines = screen.lines(f"{printable_path(facts.path)}: {size}")
    lines += _table(inspection, screen) if inspection.readable else _why_unreadable(inspection, screen)
    return "".join(line + "\n" for line in lines)


def render_totals(inspections: Sequence[Inspection], files: int) -> str:
    """Return the totals of several inspections; files: how many lists were given."""
    unreadable = [one.input.path for one in inspections if not one.readable]
    parts = [f"{len(inspections) - len(unreadable):,} can be read as a table"]
    if unreadable:
        parts.append(f"{len(unreadable):,} cannot ({named(unreadable)})")
    if len(inspections) < files:
        parts.append(f"{files - len(inspections):,} could not be opened")
    about = "" if all(one.is_counted for one in inspections) else "about "
    return (
        f"{counted(files, 'file')}: {', '.join(parts)}; {about}{counted(sum(one.rows for one in inspections), 'row')}"
    )


def _why_unreadable(inspection: Inspection, screen: Screen) -> list[str]:
    lines = []
    for entry in inspection.findings:
        lines += screen.lines(f"{entry.code} {printable(entry.samples[0].detail)}", indent=5)
    if inspection.suggested_command:
        return [*lines, "next:", f"  {printable(inspection.suggested_command)}"]
    return [*lines, *_after_stop(inspection)]


def _after_stop(inspection: Inspection) -> list[str]:
    """Return how to go on after what stops the list: a command, one of several, or the same once it is corrected."""
    if ways := inspection.ways_out:
        title = "next, one of:" if ways[1:] else "next:"
        return [title, *(f"  {printable(command)}" for command in ways)]
    explained = rules_command(inspection.stop.code) if inspection.stop else ""
    if not inspection.suggested_command:
        return [f"next: fix this; {explained} explains it"]
    return [f"next: fix this ({explained} says how), then run:", f"  {printable(inspection.suggested_command)}"]


def _table(inspection: Inspection, screen: Screen) -> list[str]:
    delimiter, sure = inspection.input.delimiter or "", inspection.encoding
    how = f"{inspection.input.encoding}, {sure.level}: {sure.why}" if sure else str(inspection.input.encoding)
    phone = _entry(screen, "phone", _phone(inspection))
    tail = [*_suggestions(inspection, screen), *_regions(inspection, screen)]
    tail += _next(inspection, screen)
    return [
        "",
        *_entry(screen, "encoding", how),
        *_entry(screen, "delimiter", _DELIMITERS.get(delimiter, printable(delimiter))),
        *_entry(screen, "endings", inspection.input.line_ending or "none: a single line"),
        "",
        *_columns(inspection, screen),
        "",
        *phone,
        *_numbers(inspection, ROWS - 1 - screen.height([*phone, *tail])),
        *tail,
    ]


def _entry(screen: Screen, name: str, text: str, most: int | None = None) -> list[str]:
    return screen.lines(f"{name:<{_INDENT}}{text}", most, indent=_INDENT)


def _phone(inspection: Inspection) -> str:
    if inspection.phone is None:
        return "no column looks like phone numbers; name it with --phone-column"
    names = ", then ".join(printable(repr(name)) for name in (inspection.phone.name, *inspection.phone.behind))
    text = f"{names}: {inspection.phone.why}"
    if inspection.phone.others:
        others = ", ".join(printable(repr(name)) for name in inspection.phone.others)
        text += f"; or is it {others}? Say which with --phone-column"
    return text


def _columns(inspection: Inspection, screen: Screen) -> list[str]:
    """Return the contents of the columns: a line for each or, if there are many, a few lines for each kind."""
    names = [printable(column.name) for column in inspection.columns]
    widest = max(map(width, names))
    if len(names) > COLUMNS_APART or widest > NAME_APART:
        kinds: dict[str, list[str]] = {kind: [] for kind in _KINDS}
        for name, column in zip(names, inspection.columns, strict=True):
            kinds[column.looks_like].append(name if column.share == 1 else f"{name} {column.share:.0%}")
        lines = [f"columns: {len(names)}"]
        for kind, members in kinds.items():
            if members:
                lines += _entry(screen, f"  {kind}", _some(members, screen), LINES_OF_A_KIND)
        return lines
    return ["columns"] + [
        f"  {name}{' ' * (widest - width(name))}  {column.looks_like:<8} {column.share:>4.0%}"
        for name, column in zip(names, inspection.columns, strict=True)
    ]


def _some(names: Sequence[str], screen: Screen) -> str:
    """Return as many names as fit, and the number of the others."""
    room = (LINES_OF_A_KIND * ((screen.columns or WIDTH) - _INDENT)) * 3 // 4
    shown = 0
    while shown < len(names) and (shown == 0 or width(names[shown]) + 2 <= room):
        room -= width(names[shown]) + 2
        shown += 1
    more = f", and {len(names) - shown:,} more" if shown < len(names) else ""
    return f"{', '.join(names[:shown])}{more}"


def _numbers(inspection: Inspection, room: int) -> list[str]:
    """Return lines about the numbers that pass unchanged.  room: how many lines there may be."""
    if inspection.phone is None:
        return [""]
    looked_at = counted(inspection.sampled, "row")
    if inspection.sampled < inspection.rows:
        looked_at += " examined"
    most = max(LEAST_COUNTRIES, min(COUNTRIES_SHOWN, room - 4))
    rows = [(_named(country.region), f"+{country.calling_code}", country.count) for country in inspection.countries]
    share = f"{inspection.callable_share:.0%} of {looked_at} can be called"
    if inspection.suggested_share is not None:
        option = "region-column" if inspection.suggested_region is None else "region"
        share += f"; with --{option}, {inspection.suggested_share:.0%}"
    return [
        f"numbers: {share}",
        *_shares(rows, most),
        "",
    ]


def _suggestions(inspection: Inspection, screen: Screen) -> list[str]:
    lines = []
    if inspection.suggested_region_column is not None:
        column = printable(repr(inspection.suggested_region_column))
        lines += [*screen.lines(f"{column} seems to be each row's country: --region-column", indent=0), ""]
    for name in inspection.suggested_opt_out_columns:
        text = f"{printable(repr(name))} seems to say who must not be called: --opt-out-column rejects these rows"
        lines += [*screen.lines(text, indent=0), ""]
    return lines


def _regions(inspection: Inspection, screen: Screen) -> list[str]:
    """Return lines about the likely regions of the numbers without a country code."""
    if not inspection.regions or inspection.suggested_region_column is not None:
        return []
    names = [_named(guess.region) for guess in inspection.regions]
    widest = max(map(len, names))
    order = "(most valid first; then usual format, then countries and script of the list)"
    return [
        "numbers without a country code, read with each --region",
        *(screen.lines(order, indent=0) if names[1:] else []),
        *(
            f"  {name:<{widest}}  {guess.valid_share:>4.0%} valid, {guess.written_share:>4.0%} in the usual format"
            for name, guess in zip(names, inspection.regions, strict=True)
        ),
        "",
    ]


def _next(inspection: Inspection, screen: Screen) -> list[str]:
    """Return lines about what to run next: a command for each country if the numbers do not tell which it is.

    What stops the list comes before that.
    """
    if stop := inspection.stop:
        said = screen.lines(f"stops the list: {stop.code} {printable(stop.samples[0].detail)}", indent=5)
        return [*said, *_after_stop(inspection)]
    if not inspection.region_commands:
        return ["next:", f"  {printable(inspection.suggested_command)}"]
    several = "nothing in the list says which of these countries they are from; if"
    text = (
        f"note: {several if len(inspection.possible_regions) > 1 else 'if they are'} from several, add --region-column "
        "with each person's country"
    )
    commands = [f"  {printable(command)}" for command in inspection.region_commands[:COMMANDS_SHOWN]]
    if inspection.callable_share < MOSTLY:
        return [*screen.lines(text), "next, if all of them are from one country:", *commands]
    plain = ["next:", f"  {printable(inspection.suggested_command)}"]
    return [*screen.lines(text), *plain, "or, if all of these numbers are from one country:", *commands]


def _named(region: str | None) -> str:
    return f"{region} {english_names().get(region, '')}".rstrip() if region else "no country"


def _shares(countries: Sequence[tuple[str, str, int]], most: int) -> list[str]:
    shown = countries[:most]
    digits = max((len(f"{count:,}") for _, _, count in shown), default=0)
    widest = max((len(name) for name, _, _ in shown), default=0)
    lines = [f"  {name:<{widest}}  {code:<5} {count:>{digits},}" for name, code, count in shown]
    return lines + ([f"  and {len(countries) - len(shown)} more countries"] if len(countries) > len(shown) else [])
