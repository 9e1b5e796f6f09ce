"""The numbers of other lists for an engine: read on a worker, and split into buckets."""

from __future__ import annotations

import io
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import numpy as np

from csv_preflight.api import open_lists
from csv_preflight.collector import summarize
from csv_preflight.engines.deciding import split_numbers
from csv_preflight.errors import PreflightError, SettingsError
from csv_preflight.inputs import is_url
from csv_preflight.list_files import files_in
from csv_preflight.lists import read_lists
from csv_preflight.model.finding import FileFinding, Findings
from csv_preflight.model.number_set import NumberSet
from csv_preflight.model.numbers import Numbers, OtherList
from csv_preflight.model.other_lists import Lists
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import Positions

if TYPE_CHECKING:
    import pandas

# What Applied.number is called.
NUMBER = "number"


class ListRead(NamedTuple):
    """A list of numbers as it was read: its numbers by bucket, and how many rows could not be read (D004)."""

    numbers: list[Positions]
    unread: int = 0


def own_numbers(lists: Lists, other: OtherList) -> NumberSet | None:
    """Return a plan's own numbers of one kind of list, None without such a list; an empty allow list is one."""
    numbers: NumberSet | None = getattr(lists, other.option)
    return numbers if numbers is not None and (len(numbers) or other.allows) else None


def unread_rows(lists: Lists, other: OtherList) -> int:
    """Return how many rows of one kind of list could not be read."""
    found = (one for one in lists.findings if isinstance(one, FileFinding))
    return sum(one.count for one in found if one.parameters.get("option") == other.option)


def files_of(entry: str | Numbers) -> list[str | Numbers]:
    """Return the files of a folder; any other entry unchanged."""
    return [entry] if isinstance(entry, Numbers) or is_url(entry) else [*files_in(entry)]


def read_list(entry: str | Numbers, other: OtherList, settings: Settings, buckets: int) -> ListRead:
    """Read the numbers of one list.

    Raises SettingsError, OSError, and PreflightError for a list most of which cannot be read.
    """
    entries: dict[str, Any] = {**{one.option: () for one in OtherList}, other.option: (entry,)}
    alone = replace(settings, **entries)
    if isinstance(entry, str) and is_url(entry):
        import fsspec

        with ExitStack() as stack:
            opened = stack.enter_context(fsspec.open(entry, "rb", compression="infer"))
            file: BinaryIO = io.BytesIO(opened.read())
            lists = read_lists({other.option: [(file, entry)]}, alone)
    else:
        lists = open_lists(alone)
    return ListRead(split_numbers(_numbers(lists, other), buckets), unread_rows(lists, other))


def numbers_in(column: pandas.Series[Any], other: OtherList, settings: Settings, buckets: int) -> ListRead:
    """Read the numbers of a column.

    column: read as a local run reads the values of a list, also whole numbers, even if they are floats beside gaps.
    Whole numbers called "number" are the digits of E.164, as in ``Applied.number``.  The column of any list may have
    that name, so they are read in both ways, except by the allow list.
    """
    cells = _cells(column.dropna())
    if column.dtype.kind in "iuf" and column.name == NUMBER:
        cells = [*([] if other.allows else cells), *(f"+{cell}" for cell in cells)]
    if not cells:
        return ListRead(split_numbers(np.zeros(0, np.int64), buckets))
    return read_list(Numbers(tuple(cells)), other, settings, buckets)


def _cells(column: pandas.Series[Any]) -> list[str]:
    """Return values as text, whole numbers without decimals."""
    if column.dtype.kind not in "iuf":
        return [*column.astype(str)]
    return [str(int(value) if value % 1 == 0 else value) for value in column.tolist()]


def column_of(names: list[str], other: OtherList, phone_column: str) -> str:
    """Return the column of numbers in a frame: the only one, or the one with the phone column's name or "number"."""
    for name in (phone_column, NUMBER):
        if name in names:
            return name
    if len(names) == 1:
        return names[0]
    raise SettingsError(f"{other.option}: which column holds the numbers? give a frame of that column alone")


def _numbers(lists: Lists, other: OtherList) -> Positions:
    if lists.unreadable:
        (found,) = summarize(Findings(lists.findings))
        raise PreflightError(f"{other.option}: {found.code} {found.samples[0].detail}")
    numbers: Positions = getattr(lists, other.option).numbers
    return numbers
