"""The phone columns: those named by the user or the destination, else the only likely one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from csv_preflight.destinations import folded
from csv_preflight.model.batch import Batch
from csv_preflight.model.finding import Findings
from csv_preflight.model.settings import Settings
from csv_preflight.stages.columns.exports import label_columns, phones_in_order
from csv_preflight.stages.columns.likely import likely_phone_columns, phone_shares

_WRITTEN, _WITHOUT_PLUS = (re.compile(rf"{plus}[1-9][0-9]{{6,14}}", re.ASCII) for plus in (r"\+", ""))
_DIGITS = re.compile(r"\+?[0-9]+", re.ASCII)


class Find(Protocol):
    """Return the index of a column that the user named; report a rule if it does not exist."""

    def __call__(self, wanted: str | None, code: str, phone: int | None = None, place: int = 0) -> int | None:
        """phone, place: for a further phone column, the first one, and the index of this one among all."""


def phone_columns(
    find: Find,
    cleaned: Sequence[str],
    written: Sequence[int],
    line: int,
    first: Batch,
    settings: Settings,
    findings: Findings,
) -> tuple[int, ...]:
    """Return the phone columns in the order in which they count, () after C001."""
    if settings.phone_columns:
        phone = find(settings.phone_columns[0], "C001")
        named = enumerate(settings.phone_columns[1:], start=1)
        others = [find(name, "C001", phone, place) for place, name in named]
        return () if phone is None else tuple(dict.fromkeys([phone, *(one for one in others if one is not None)]))
    if settings.profile.phone_column:
        same = [folded(name, settings.profile) for name in cleaned]
        wanted = folded(settings.profile.phone_column, settings.profile)
        if wanted in same:
            return (same.index(wanted),)
    candidates = _likely(cleaned, written, first)
    if len(candidates) == 1:
        return (candidates[0],)
    if candidates:
        ordered = tuple(cleaned[index] for index in phones_in_order(cleaned, candidates))
        names = tuple(cleaned[index] for index in candidates)
        problem = "export" if len(ordered) > 1 else "several"
        findings.whole_file("C001", line=line, problem=problem, candidates=names, in_order=ordered)
    else:
        findings.whole_file("C001", line=line, problem="unlikely", names=tuple(cleaned[index] for index in written))
    return ()


def likely_phone_names(cleaned: Sequence[str], among: Collection[int], first: Batch) -> tuple[str, ...]:
    """Return the names of those columns of ``among`` that look like phone numbers."""
    return tuple(cleaned[index] for index in _likely(cleaned, among, first))


def _likely(cleaned: Sequence[str], among: Collection[int], first: Batch) -> list[int]:
    return [index for index in likely_phone_columns(cleaned, phone_shares(cleaned, first)) if index in among]


def is_clean(first: Batch, phone: int, code: int | None, *, plus: bool) -> bool:
    """Whether the phone column looks like that of a clean file from an earlier run.

    code: the column of calling codes; plus: whether numbers are written with a plus sign.
    """
    numbers = first.columns[phone].tolist()
    if code is not None:
        pairs = zip(first.columns[code].tolist(), numbers, strict=True)
        numbers = [f"+{calling_code}{rest}" for calling_code, rest in pairs]
    pattern = _WRITTEN if plus or code is not None else _WITHOUT_PLUS
    return len(first) > 0 and all(map(pattern.fullmatch, numbers))


def labels_of(header: Sequence[str], phones: Sequence[int], first: Batch) -> dict[int, int]:
    """Return the columns of labels by phone column.

    Empty for a clean file: its numbers may have come from a phone column with another label.
    """
    labels = label_columns(header, phones)
    if labels and all(map(_DIGITS.fullmatch, first.columns[phones[0]].tolist())):
        return {}
    return labels
