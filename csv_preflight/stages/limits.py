"""Rows, bytes and rejects against what the destination and the user allow; parts within the limits."""

from __future__ import annotations

from csv_preflight.findings import Collector
from csv_preflight.model import Rows, Settings


def row_limit(settings: Settings) -> int | None:
    """Return the most rows of one file, None where there is no limit."""
    return settings.max_rows if settings.max_rows is not None else settings.profile.max_rows


def byte_limit(settings: Settings) -> int | None:
    """Return the most bytes of one file, None where there is no limit."""
    return settings.max_bytes if settings.max_bytes is not None else settings.profile.max_bytes


def check(rows: Rows, size: int, present: int, most_common: str, settings: Settings, findings: Collector) -> None:
    """Report L001 to L004.

    size: bytes of the clean file; present: members that the audience has already; most_common: why most rows
    were rejected.
    """
    if not rows.clean and rows.read:
        findings.whole_file("L003", most_common=most_common)
    if settings.max_rejects is not None and _too_many(rows, settings.max_rejects):
        findings.whole_file("L004", rejected=rows.rejected, read=rows.read, limit=settings.max_rejects)
    most = row_limit(settings)
    if most is not None and rows.clean + present > most:
        there = f", with {present:,} there already," if present else ""
        remedy = "cut the list into several, or keep fewer people"
        findings.whole_file("L001", rows=rows.clean, profile=settings.profile.name + there, most=most, remedy=remedy)
    most = byte_limit(settings)
    if most is not None and size > most:
        remedy = "leave out columns, or cut the list into several"
        findings.whole_file("L002", size=size, profile=settings.profile.name, most=most, remedy=remedy)


def _too_many(rows: Rows, limit: str) -> bool:
    if limit.endswith("%"):
        return rows.rejected * 100 > float(limit[:-1]) * rows.read
    return rows.rejected > int(limit)
