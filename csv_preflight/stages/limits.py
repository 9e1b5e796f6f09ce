"""Limits of rows, bytes and rejects, by destination and user; parts within the limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from csv_preflight.model.finding import Findings
from csv_preflight.model.report import Limit, Rows
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions


def row_limit(settings: Settings) -> int | None:
    """Return the limit of rows in one file, None if there is none."""
    return settings.max_rows if settings.max_rows is not None else settings.profile.max_rows


def byte_limit(settings: Settings) -> int | None:
    """Return the limit of bytes of one file, None if there is none."""
    return settings.max_bytes if settings.max_bytes is not None else settings.profile.max_bytes


def usage(rows: int, size: int, present: int, settings: Settings) -> tuple[Limit, ...]:
    """Return each limit and how much of it the clean rows use; present: members already in the audience."""
    return (
        Limit("rows", rows + present, row_limit(settings)),
        Limit("bytes", size, byte_limit(settings)),
    )


def cut(sizes: Positions, header: int, present: int, settings: Settings) -> tuple[int, ...] | None:
    """Return where to cut the rows into as few and as equal parts as fit the limits, None if that is impossible.

    sizes: bytes of each row; header: bytes of the header, which each part repeats; present: members already in the
    audience.  The first cut is 0, the last the number of rows.
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
    while least < room:  # minimize the largest part
        middle = (least + room) // 2
        if len(_filled(before, rows, middle)) - 1 <= fewest:
            room = middle
        else:
            least = middle + 1
    return _filled(before, rows, room)


def _filled(before: Positions, rows: int, room: int) -> tuple[int, ...]:
    """Return the cuts if each part is filled before the next.  before: bytes before each row, and in all."""
    cuts = [0]
    while cuts[-1] < len(before) - 1:
        fits = int(np.searchsorted(before, before[cuts[-1]] + room, side="right")) - 1
        cuts.append(min(fits, cuts[-1] + rows))
    return tuple(cuts)


def check(
    rows: Rows,
    used: tuple[Limit, ...],
    size: int,
    why: Mapping[str, object],
    settings: Settings,
    *,
    fits: bool,
) -> Findings:
    """Return findings of L001 to L004, and F004 if there are no rows.

    used: as from ``usage``; size: bytes of the clean file; why: parameters of L003, why most rows were rejected; fits:
    whether the clean rows have been cut into parts within the limits.
    """
    findings = Findings()
    if not rows.read:  # only repeated headers
        findings.whole_file("F004", problem="rows")
    elif not rows.clean:
        findings.whole_file("L003", given=why)
    if settings.max_rejects is not None:
        findings += check_rejects(rows.rejected, rows.read, settings.max_rejects)
    if fits:
        return findings
    in_rows, in_bytes = used
    profile = settings.profile.name
    if in_rows.exceeded:
        members = in_rows.used - rows.clean
        present, way_out = "some" if members else "none", "fewer" if settings.split else "split"
        findings.whole_file(
            "L001",
            rows=rows.clean,
            profile=profile,
            most=in_rows.most,
            present=present,
            members=members,
            way_out=way_out,
        )
    if in_bytes.exceeded:
        way_out = "columns" if settings.split else "split"
        if not replace(in_bytes, used=size).exceeded:
            way_out = "clean"
        findings.whole_file(
            "L002", size=in_bytes.used, profile=profile, most=in_bytes.most, clean=size, way_out=way_out
        )
    return findings


def nobody_in_file(line: int) -> Findings:
    """Return F006: one of several files has only repeated headers.  line: of its header."""
    findings = Findings()
    findings.whole_file("F006", line=line, problem="rows")
    return findings


def check_rejects(rejected: int, read: int, limit: str, what: str = "rejected") -> Findings:
    """Return L004 if more rows are rejected than ``limit``, a number or a percentage of the rows read.

    what: "faulty" where only rows that have to be corrected count.
    """
    from fractions import Fraction

    findings = Findings()
    most = Fraction(limit[:-1]) * read / 100 if limit.endswith("%") else int(limit)
    if rejected > most:
        findings.whole_file("L004", rejected=rejected, read=read, limit=limit, what=what)
    return findings
