"""Header -> which column is what, and what it will be called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings, SetAside, Stop
from csv_preflight.model.layout import REJECTS_COLUMNS, Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.stages.columns.countries import find_countries, read_named
from csv_preflight.stages.columns.headers import Known, line_of_header, other_tables, without_headers
from csv_preflight.stages.columns.likely import (
    SAMPLE_ROWS,
    data_in_header,
    likely_phone_columns,
    looks_like_phone,
    named_like_phone,
    number_above_numbers,
    phone_columns,
    phone_shares,
    title_above,
)
from csv_preflight.stages.columns.names import allowed_name, clean_name, final_names, free_name, given_name
from csv_preflight.stages.columns.one_column import misread
from csv_preflight.stages.columns.opt_outs import likely_opt_outs, named_opt_outs
from csv_preflight.suggest import nearest

__all__ = [
    "SAMPLE_ROWS",
    "Known",
    "clean_name",
    "data_in_header",
    "find_column",
    "find_countries",
    "likely_phone_columns",
    "line_of_header",
    "looks_like_phone",
    "misread",
    "named_like_phone",
    "number_above_numbers",
    "other_tables",
    "phone_columns",
    "phone_shares",
    "resolve",
    "restore",
    "title_above",
    "without_headers",
]

_WRITTEN = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_ESCAPED = re.compile(r"''*[=+\-@\t\r\n]")


@dataclass(frozen=True, slots=True)
class Resolved:
    """Which column is what, and what was found on the way."""

    layout: Layout
    findings: Findings


def resolve(header: Sequence[str], line: int, first: Batch, settings: Settings) -> Resolved | Stop:
    """Decide which column is what.

    header: names as read, from physical line ``line``; first: some rows, to tell columns by their contents.
    """
    findings = Findings()
    cleaned = [clean_name(name) for name in header]
    own = [index for index, name in enumerate(cleaned) if name in REJECTS_COLUMNS]
    if own:
        cleaned = [name[1:] if _ESCAPED.match(name) else name for name in cleaned]
    written = [index for index in range(len(header)) if index not in own]
    names = [cleaned[index] for index in written]
    # A name must not look like data once it is written as the profile takes it, either.
    pattern = settings.profile.header_pattern
    as_written = [allowed_name(name, pattern) or name for name in cleaned]
    evidence = data_in_header(names) or data_in_header([as_written[index] for index in written])
    evidence = evidence or number_above_numbers(as_written, first)
    if evidence:
        findings.whole_file("C004", line=line, given=evidence)
    if evidence or _has_duplicates(names, line, findings):
        return Stop(findings)

    def find(wanted: str | None, code: str, phone: int | None = None) -> int | None:
        """Index of a column that the user named; finds ``code`` if there is none.

        phone: the phone column, where it was found already.
        """
        if wanted is None:
            return None
        index = find_column(wanted, cleaned, pattern)
        is_sent = code in ("C001", "C002")
        if index is None and is_sent and (given := given_name(wanted, code == "C001", settings.profile)) in names:
            named = cleaned.index(given)
            index = named if _is_clean(first, named if phone is None else phone) else None
        if index is None:
            near = tuple(nearest(wanted, names))
            problem = "near" if near else "none"
            findings.whole_file(code, line=line, problem=problem, wanted=wanted, near=near, names=tuple(names))
        return index

    phone = _phone_column(find, cleaned, written, line, first, settings, findings)
    same = settings.identifier_column is not None and settings.identifier_column == settings.phone_column
    identifier = phone if same else find(settings.identifier_column, "C002", phone)
    if settings.identifier_column is None and settings.profile.identifier_column in names:
        identifier = cleaned.index(settings.profile.identifier_column or "")
    region = find(settings.region_column, "C005")
    aliases = dict(settings.country_names)
    stated = None if region is None else read_named(region, cleaned[region], first, line, findings, aliases)
    opt_outs = named_opt_outs(cleaned, [find(name, "C012") for name in settings.opt_out_column])
    if phone is None or findings:
        return Stop(findings)
    if not cleaned[phone] and (evidence := title_above(names)):
        findings.whole_file("C004", line=line, given=evidence)
        return Stop(findings)
    final = list(names)
    if not settings.keep_headers:
        final = final_names(names, written, phone, identifier, settings.profile)
    extension = _extension(settings, cleaned, written, final)
    if extension is not None and extension in (phone, identifier, region):
        findings.whole_file("C001", line=line, problem="extension", wanted=cleaned[extension])
        return Stop(findings)
    _find_cleaned(header, cleaned, own, line, findings)
    sent = {identifier: "identifier", phone: "phone"}
    renames: dict[str, str] = {}
    for index, old, new in zip(written, names, final[: len(names)], strict=True):
        if old != new:
            renames[old or f"column {index + 1}"] = new
            findings.whole_file(
                "C102",
                line=line,
                column=old,
                field=index + 1,
                old=old,
                number=index + 1,
                new=new,
                use=sent.get(index, ""),
                given=_why_renamed(old, new, settings),
            )
    if settings.region_column is None:
        taken = {index for index in (phone, identifier) if index is not None} | {*own} | {one.index for one in opt_outs}
        stated = next(iter(find_countries(cleaned, first, taken, aliases)), None)
    raw = _raw(cleaned, own)
    layout = Layout(
        phone,
        identifier,
        region,
        extension,
        tuple(written),
        tuple(final),
        renames,
        raw,
        stated,
        opt_outs=opt_outs,
        likely_opt_outs=likely_opt_outs(
            cleaned, {phone, identifier, region, extension, *own, *(column.index for column in opt_outs)}
        ),
    )
    return Resolved(layout, findings)


def _is_clean(first: Batch, phone: int) -> bool:
    """Whether a list seems to be the clean file of an earlier run, by its phone column."""
    return len(first) > 0 and all(map(_WRITTEN.fullmatch, first.columns[phone].tolist()))


def _extension(settings: Settings, cleaned: Sequence[str], written: Sequence[int], final: list[str]) -> int | None:
    """Return the index of the extension column, -1 after adding it to the final names, None if none is wanted."""
    wanted, pattern = settings.extension_column, settings.profile.header_pattern
    if not wanted:
        return None
    index = find_column(wanted, cleaned, None)
    if index is not None:
        return index
    name = clean_name(wanted) if settings.keep_headers else allowed_name(clean_name(wanted), pattern) or "extension"
    if name in final:
        return written[final.index(name)]
    final.append(free_name(name, final))
    return -1


def _why_renamed(old: str, new: str, settings: Settings) -> dict[str, object]:
    profile = settings.profile
    pattern = profile.header_pattern
    if new in (profile.phone_column, profile.identifier_column):
        why = "fixed"
    elif old in (profile.phone_column, profile.identifier_column):
        why = "taken"
    elif not old:
        why = "nameless"
    else:
        why = "letters" if pattern == "[A-Za-z0-9_]" else "characters"
    return {"column": "named" if old else "nameless", "why": why, "profile": profile.name, "allowed": pattern or ""}


def restore(batch: Batch, layout: Layout) -> tuple[Batch, Findings]:
    """Return the batch of a corrected rejects file without the apostrophes that made its cells formula-safe.

    Broken rows that stand in preflight_raw only are rejected again with that text: nobody has told their cells apart.
    """
    findings = Findings()
    if layout.raw is None:
        return batch, findings
    columns = []
    for column in batch.columns:
        cells = column.tolist()
        escaped = [row for row, cell in enumerate(cells) if _ESCAPED.match(cell)]
        restored = TextColumn.of([cells[row][1:] for row in escaped])
        columns.append(column.replaced(np.array(escaped, np.intp), restored))
    batch = replace(batch, columns=tuple(columns))
    if layout.raw < 0:
        return batch, findings
    broken = batch.columns[layout.raw].lengths > 0
    for index in layout.written:
        broken &= batch.columns[index].lengths == 0
    found = "none, because the row is still in preflight_raw"
    findings.set_aside(
        SetAside("R001", line, record, raw, {"found": found, "expected": len(layout.written)})
        for line, record, raw in zip(
            batch.lines[broken].tolist(),
            batch.records[broken].tolist(),
            batch.columns[layout.raw].take(np.flatnonzero(broken)).tolist(),
            strict=True,
        )
    )
    return batch.take(~broken) if broken.any() else batch, findings


def _raw(cleaned: Sequence[str], own: Sequence[int]) -> int | None:
    return next((index for index in own if cleaned[index] == REJECTS_COLUMNS[-1]), -1) if own else None


def find_column(wanted: str, names: Sequence[str], pattern: str | None) -> int | None:
    """Return the index of a column by its name, or by the name that clean has given it."""
    for spelling in (wanted, clean_name(wanted), allowed_name(clean_name(wanted), pattern)):
        if spelling in names:
            return list(names).index(spelling)
    return None


def _phone_column(
    find: Callable[[str | None, str], int | None],
    cleaned: Sequence[str],
    written: Sequence[int],
    line: int,
    first: Batch,
    settings: Settings,
    findings: Findings,
) -> int | None:
    if settings.phone_column is not None:
        return find(settings.phone_column, "C001")
    if settings.profile.phone_column in cleaned:
        return list(cleaned).index(settings.profile.phone_column or "")
    candidates = likely_phone_columns(cleaned, phone_shares(cleaned, first))
    candidates = [index for index in candidates if index in written]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = tuple(cleaned[index] for index in candidates[:5])
        findings.whole_file("C001", line=line, problem="several", candidates=names)
    else:
        findings.whole_file("C001", line=line, problem="unlikely", names=tuple(cleaned[index] for index in written))
    return None


def _has_duplicates(names: Sequence[str], line: int, findings: Findings) -> bool:
    for name, count in Counter(names).items():
        if count > 1 and name:
            first = names.index(name)
            second = names.index(name, first + 1)
            findings.whole_file("C003", line=line, column=name, first=first + 1, second=second + 1, name=name)
    return bool(findings)


def _find_cleaned(
    header: Sequence[str], cleaned: Sequence[str], own: Iterable[int], line: int, findings: Findings
) -> None:
    for place, (old, new) in enumerate(zip(header, cleaned, strict=True), start=1):
        if old != new:
            problem = "spaces" if old.strip() == new else "invisible"
            problem = "apostrophe" if old == f"'{new}" else problem
            findings.whole_file("C101", line=line, column=new, field=place, problem=problem, name=new)
    for index in own:
        findings.whole_file(
            "C101", line=line, column=cleaned[index], field=index + 1, problem="own", name=cleaned[index]
        )
