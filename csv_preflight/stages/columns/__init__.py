"""Header -> which column is what, and what it will be called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from csv_preflight.countries import Context, context_of, holds_countries
from csv_preflight.findings import Collector
from csv_preflight.model.batch import Batch, SetAside
from csv_preflight.model.layout import REJECTS_COLUMNS, Layout
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
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
from csv_preflight.suggest import nearest

__all__ = [
    "SAMPLE_ROWS",
    "clean_name",
    "data_in_header",
    "find_column",
    "likely_phone_columns",
    "looks_like_phone",
    "misread",
    "named_like_phone",
    "number_above_numbers",
    "phone_columns",
    "phone_shares",
    "resolve",
    "restore",
    "title_above",
]

_WRITTEN = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_ESCAPED = re.compile(r"''*[=+\-@\t\r\n]")


def resolve(header: Sequence[str], line: int, first: Batch, settings: Settings, findings: Collector) -> Layout | None:
    """Decide which column is what; None after a stop finding.

    header: names as read, from physical line ``line``; first: some rows, to tell columns by their contents.
    """
    cleaned = [clean_name(name) for name in header]
    own = [index for index, name in enumerate(cleaned) if name in REJECTS_COLUMNS]
    if own:
        cleaned = [name[1:] if _ESCAPED.match(name) else name for name in cleaned]
    findings.name_columns(cleaned)
    written = [index for index in range(len(header)) if index not in own]
    names = [cleaned[index] for index in written]
    # A name must not look like data once it is written as the profile takes it, either.
    pattern = settings.profile.header_pattern
    as_written = [allowed_name(name, pattern) or name for name in cleaned]
    evidence = data_in_header(names) or data_in_header([as_written[index] for index in written])
    evidence = evidence or number_above_numbers(as_written, first)
    if evidence:
        findings.whole_file("C004", line=line, evidence=evidence)
    if evidence or _has_duplicates(names, line, findings):
        return None

    def find(wanted: str | None, code: str, phone: int | None = None) -> int | None:
        """Index of a column that the user named; reports ``code`` if there is none.

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
            findings.whole_file(code, line=line, **_missing(code, wanted, names))
        return index

    phone = _phone_column(find, cleaned, written, line, first, settings, findings)
    same = settings.identifier_column is not None and settings.identifier_column == settings.phone_column
    identifier = phone if same else find(settings.identifier_column, "C002", phone)
    if settings.identifier_column is None and settings.profile.identifier_column in names:
        identifier = cleaned.index(settings.profile.identifier_column or "")
    region = find(settings.region_column, "C005")
    countries = None if region is None else _countries(cleaned[region], first.columns[region], line, findings)
    if findings.stopped or phone is None:
        return None
    if not cleaned[phone] and (evidence := title_above(names)):
        findings.whole_file("C004", line=line, evidence=evidence)
        return None
    final = list(names)
    if not settings.keep_headers:
        final = final_names(names, written, phone, identifier, settings.profile)
    extension = _extension(settings, cleaned, written, final)
    if extension is not None and extension in (phone, identifier, region):
        problem = f"{_quoted(cleaned[extension])} can not be the extension column and another one as well"
        findings.whole_file("C001", line=line, problem=problem, remedy="give --extension-column a name of its own")
        return None
    _report_cleaned(header, cleaned, own, line, findings)
    sent = {identifier: "identifier column", phone: "phone column"}
    renames: dict[str, str] = {}
    for index, old, new in zip(written, names, final[: len(names)], strict=True):
        if old != new:
            if old not in renames or index == phone:  # several columns may have no name
                renames[old] = new
            why, use = _why_renamed(old, new, settings), sent.get(index)
            findings.whole_file(
                "C102",
                line=line,
                column=old,
                old=_quoted(old) if old else f"column {index + 1}, which has no name,",
                new=_quoted(new),
                why=why,
                use=f"; send that name as the {use}" if use else "",
            )
    raw = _raw(cleaned, own)
    return Layout(phone, identifier, region, extension, tuple(written), tuple(final), renames, raw, countries)


def _countries(name: str, column: TextColumn, line: int, findings: Collector) -> Context:
    """Return how the cells of the region column are read; reports a column that holds no countries."""
    cells = column.tolist()
    if not holds_countries(name, cells):
        findings.whole_file("C006", line=line, column=name, name=_quoted(name))
    return context_of(cells)


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


def _why_renamed(old: str, new: str, settings: Settings) -> str:
    profile = settings.profile
    if new in (profile.phone_column, profile.identifier_column):
        return f"{profile.name} reads the column of that name"
    if old in (profile.phone_column, profile.identifier_column):
        return "another column takes its name"
    if not old:
        return "every column needs a name"
    pattern = profile.header_pattern
    allowed = "letters A to Z, digits and _" if pattern == "[A-Za-z0-9_]" else f"characters {pattern}"
    return f"{profile.name} takes only {allowed} in column names"


def restore(batch: Batch, layout: Layout, findings: Collector) -> Batch:
    """Return the batch of a corrected rejects file without the apostrophes that made its cells formula-safe.

    Broken rows that stand in preflight_raw only are rejected again with that text: nobody has told their cells apart.
    """
    if layout.raw is None:
        return batch
    columns = []
    for column in batch.columns:
        cells = column.tolist()
        escaped = [row for row, cell in enumerate(cells) if _ESCAPED.match(cell)]
        restored = TextColumn.of([cells[row][1:] for row in escaped])
        columns.append(column.replaced(np.array(escaped, np.intp), restored))
    batch = replace(batch, columns=tuple(columns))
    if layout.raw < 0:
        return batch
    broken = batch.columns[layout.raw].lengths > 0
    for index in layout.written:
        broken &= batch.columns[index].lengths == 0
    found = "none, since the row still stands in preflight_raw"
    findings.set_aside(
        SetAside("R001", line, record, raw, {"found": found, "expected": len(layout.written)})
        for line, record, raw in zip(
            batch.lines[broken].tolist(),
            batch.records[broken].tolist(),
            batch.columns[layout.raw].take(np.flatnonzero(broken)).tolist(),
            strict=True,
        )
    )
    return batch.take(~broken) if broken.any() else batch


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
    findings: Collector,
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
        problem = "more than one column looks like phone numbers"
        remedy = " or ".join(f"--phone-column {_quoted(cleaned[index])}" for index in candidates[:5])
        findings.whole_file("C001", line=line, problem=problem, remedy=f"say which: {remedy}")
    else:
        problem = "no column looks like phone numbers"
        listed = _listed(cleaned[index] for index in written)
        findings.whole_file(
            "C001", line=line, problem=problem, remedy=f"name it with --phone-column; there are {listed}"
        )
    return None


def _missing(code: str, wanted: str, names: Sequence[str]) -> dict[str, Any]:
    near = nearest(wanted, names)
    remedy = f"did you mean {' or '.join(map(_quoted, near))}?" if near else f"there are {_listed(names)}"
    if code == "C001":
        return {"problem": f"there is no column {_quoted(wanted)}", "remedy": remedy}
    return {"name": _quoted(wanted), "remedy": remedy}


def _quoted(name: str) -> str:
    return f"'{name}'"


def _listed(names: Iterable[str], most: int = 12) -> str:
    listed = [_quoted(name) for name in names]
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


def _has_duplicates(names: Sequence[str], line: int, findings: Collector) -> bool:
    for name, count in Counter(names).items():
        if count > 1 and name:
            first = names.index(name)
            second = names.index(name, first + 1)
            findings.whole_file("C003", line=line, column=name, first=first + 1, second=second + 1, name=_quoted(name))
    return findings.stopped


def _report_cleaned(
    header: Sequence[str], cleaned: Sequence[str], own: Iterable[int], line: int, findings: Collector
) -> None:
    for old, new in zip(header, cleaned, strict=True):
        if old != new:
            what = "outer spaces" if old.strip() == new else "line breaks or invisible characters"
            what = "the apostrophe of a rejects file" if old == f"'{new}" else what
            problem = f"the column name had {what}; it is written as {_quoted(new)}"
            findings.whole_file("C101", line=line, column=new, problem=problem)
    for index in own:
        problem = f"{cleaned[index]} is a column of csv-preflight's own rejects file; it is left out"
        findings.whole_file("C101", line=line, column=cleaned[index], problem=problem)
