"""Rows, bytes and rejects against what the destination and the user allow; parts within the limits."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from csv_preflight.findings import Collector
from csv_preflight.model.report import Limit, Rows
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions

_SPLIT = "let clean --split write several files"


def row_limit(settings: Settings) -> int | None:
    """Return the most rows of one file, None where there is no limit."""
    return settings.max_rows if settings.max_rows is not None else settings.profile.max_rows


def byte_limit(settings: Settings) -> int | None:
    """Return the most bytes of one file, None where there is no limit."""
    return settings.max_bytes if settings.max_bytes is not None else settings.profile.max_bytes


def usage(rows: int, size: int, present: int, settings: Settings) -> tuple[Limit, ...]:
    """Return each limit with how much of it the clean rows take; present: members that the audience has already."""
    return (
        Limit("rows", rows + present, row_limit(settings)),
        Limit("bytes", size, byte_limit(settings)),
    )


def cut(sizes: Positions, header: int, present: int, settings: Settings) -> tuple[int, ...] | None:
    """Return where the rows are cut into as few parts as fit the limits, as even as they can be; None if none fit.

    sizes: bytes of each row; header: bytes of the header, which each part repeats; present: members that the
    audience has already.  The first cut is 0, the last the number of rows.
    """
    most_rows, most_bytes = row_limit(settings), byte_limit(settings)
    total = int(sizes.sum())
    rows = len(sizes) if most_rows is None else most_rows - present
    room = total if most_bytes is None else most_bytes - header
    if not len(sizes) or rows < 1 or int(sizes.max()) > room:
        return None
    before = np.concatenate([[0], np.cumsum(sizes)])
    fewest = len(_filled(before, rows, room)) - 1
    even = tuple(len(sizes) * part // fewest for part in range(fewest + 1))
    if int(np.diff(before[list(even)]).max()) <= room:
        return even
    least = int(sizes.max())
    while least < room:  # the smallest largest part
        middle = (least + room) // 2
        if len(_filled(before, rows, middle)) - 1 <= fewest:
            room = middle
        else:
            least = middle + 1
    return _filled(before, rows, room)


def _filled(before: Positions, rows: int, room: int) -> tuple[int, ...]:
    """Return the cuts where each part is filled up before the next; before: bytes before each row, and in all."""
    cuts = [0]
    while cuts[-1] < len(before) - 1:
        fits = int(np.searchsorted(before, before[cuts[-1]] + room, side="right")) - 1
        cuts.append(min(fits, cuts[-1] + rows))
    return tuple(cuts)


def check(
    rows: Rows,
    used: tuple[Limit, ...],
    size: int,
    most_common: str,
    settings: Settings,
    findings: Collector,
    *,
    fits: bool,
) -> None:
    """Report L001 to L004.

    used: as ``usage`` gives it; size: bytes of the clean file as it would be written; most_common: why most rows
    were rejected; fits: the clean rows have been cut into parts within the limits.
    """
    if not rows.clean and rows.read:
        findings.whole_file("L003", most_common=most_common)
    if settings.max_rejects is not None and _too_many(rows, settings.max_rejects):
        findings.whole_file("L004", rejected=rows.rejected, read=rows.read, limit=settings.max_rejects)
    if fits:
        return
    in_rows, in_bytes = used
    if in_rows.exceeded:
        present = in_rows.used - rows.clean
        there = f", with {present:,} there already," if present else ""
        remedy = "keep fewer people" if settings.split else f"{_SPLIT}, or keep fewer people"
        name = settings.profile.name + there
        findings.whole_file("L001", rows=rows.clean, profile=name, most=in_rows.most, remedy=remedy)
    if in_bytes.exceeded:
        remedy = "leave out columns" if settings.split else f"leave out columns, or {_SPLIT}"
        if not replace(in_bytes, used=size).exceeded:
            remedy = f"clean writes the same cells in {size:,} bytes, without quotes that they do not need"
        name = settings.profile.name
        findings.whole_file("L002", size=in_bytes.used, profile=name, most=in_bytes.most, remedy=remedy)


def _too_many(rows: Rows, limit: str) -> bool:
    if limit.endswith("%"):
        return rows.rejected * 100 > Fraction(limit[:-1]) * rows.read
    return rows.rejected > int(limit)
