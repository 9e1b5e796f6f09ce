"""Input from the page -> the folder of the list: a file, answers, other lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from csv_preflight.errors import SettingsError, WorkbookError
from csv_preflight.reports.commands import unused_columns
from csv_preflight.web import converting
from csv_preflight.web.choices import AddedList, Choices
from csv_preflight.web.correcting import corrected
from csv_preflight.web.fields import Fields
from csv_preflight.web.held import HeldList, copied
from csv_preflight.web.jobs import LIVE_BYTES, Cleaned, count
from csv_preflight.web.names import converted, file_name, rejects_name

# The name of the account's do-not-call list, and of its file.
ACCOUNT_LIST = "do-not-call-of-the-account.csv"


def first_look(held: HeldList) -> None:
    """Examine a list that was just received; a workbook is converted, unless a sheet has to be chosen."""
    _look(held)
    if held.look is not None and held.look.is_workbook:
        held.look = None
        try:
            held.sheets = tuple(converting.sheets_of(held.given))
            if len(held.sheets) == 1:
                convert(held, held.sheets[0])
        except WorkbookError as error:
            held.problem = str(error)


def convert(held: HeldList, sheet: str) -> None:
    """Use a sheet of a workbook as the list.  Raises WorkbookError."""
    target = held.folder / "converted"
    done = converting.convert(held.given, target, sheet)
    held.path, held.sheet, held.remarks, held.problem = target, done.sheet, done.remarks, ""
    held.workbook = held.workbook or held.name
    held.name = converted(held.workbook)
    held.choices = Choices(skip_lines=done.title_lines)
    _look(held)


def _look(held: HeldList) -> None:
    """Examine a list, and choose what follows from it.

    A column that clearly holds opt-outs is chosen if the list is small enough to check it at once.
    """
    held.read(suggest=True)
    if held.look is None or not held.look.columns or held.path.stat().st_size > LIVE_BYTES:
        return
    report = count(held.path, held.choices, lambda _: None)
    if opt_outs := unused_columns(report, "opt-out-column"):
        held.choices = replace(held.choices, opt_out_column=opt_outs[0])
    else:
        held.counted = report


def read_otherwise(held: HeldList, encoding: str, skip_lines: int) -> None:
    """Read an unreadable list again, in another encoding or without the lines above its header."""
    before = held.choices
    held.choices = replace(before, encoding=encoding or before.encoding, skip_lines=skip_lines or before.skip_lines)
    try:
        _look(held)
    except SettingsError as error:
        held.choices, held.problem = before, str(error)


def answer(held: HeldList, given: Choices) -> None:
    """Take answers; if they change how the list is read, examine it again."""
    before, held.choices, held.problem, held.counted = held.choices, given, "", None
    try:
        given.settings()
        if (given.encoding, given.skip_lines) != (before.encoding, before.skip_lines):
            held.read()
    except SettingsError as error:
        held.choices, held.problem = before, str(error)


def corrections(held: HeldList, cleaned: Cleaned, fields: Fields) -> str:
    """Take a corrected rejects file, or cells corrected in the page; return a problem, or ""."""
    files, rejects = fields.files("corrected"), cleaned.rejects
    name = rejects_name(held.name, len(held.choices.corrections) + 1)
    place = held.new_place()
    if files:
        name = file_name(files[0].filename, name)
        with place.open("xb") as target:
            copied(files[0].file)(target)
    elif rejects is None or fields.text("run") != rejects.parent.name:
        return "The list was checked again in the meantime: these are the rows that are left out now."
    elif text := corrected(rejects, fields.cells()):
        place.write_bytes(text.encode("utf-8", "replace"))
    else:
        return "Nothing was changed: correct a cell first."
    held.choices = replace(cleaned.choices, corrections=(*cleaned.choices.corrections, AddedList(place, name)))
    return ""


def account_list(held: HeldList, cleaned: Cleaned, data: bytes) -> None:
    """Keep the account's do-not-call list in place of an earlier one."""
    held.choices = replace(cleaned.choices, suppress=_with(held, cleaned.choices.suppress, ACCOUNT_LIST, data))


def audience(held: HeldList, cleaned: Cleaned, identity: str, data: bytes) -> None:
    """Keep the members of an audience in place of an earlier list of them."""
    name = f"members-of-{identity}.csv"
    held.choices = replace(cleaned.choices, existing=_with(held, cleaned.choices.existing, name, data))


def _with(held: HeldList, others: Sequence[AddedList], name: str, data: bytes) -> tuple[AddedList, ...]:
    place = held.new_place()
    place.write_bytes(data)
    return (*(other for other in others if other.name != name), AddedList(place, name, of_account=True))


def other_list(held: HeldList, file: BinaryIO, given_name: str | None) -> AddedList:
    """Keep a list of people to leave out, a workbook as CSV.  Raises WorkbookError."""
    place = held.new_place()
    with place.open("xb") as target:
        copied(file)(target)
    name = file_name(given_name, "numbers.csv")
    try:
        sheets = converting.sheets_of(place)
    except WorkbookError:  # reading it as a list gives the error
        return AddedList(place, name)
    csv = held.new_place()
    converting.convert(place, csv, sheets[0])
    return AddedList(csv, name)
