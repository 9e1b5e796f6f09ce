"""Remarks -> sentences.  Cells are masked unless show_values is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from csv_preflight.rules.wording import shown
from csv_preflight.workbooks.remarks import Kind, Place, Remark


def _each(remark: Remark, say: Callable[[Place], str]) -> list[tuple[str, str]]:
    lines = [(place.name, say(place)) for place in remark.places]
    more = remark.count - len(remark.places)
    return [*lines, ("", f"… and {more:,} more cells like these")] if more else lines


def _together(remark: Remark, one: str, several: str) -> list[tuple[str, str]]:
    text = one if remark.count == 1 else several.format(count=f"{remark.count:,}")
    return [(remark.places[0].name, text)]


def _rounded(remark: Remark, *, show_values: bool) -> list[tuple[str, str]]:
    text = "a number of more than 15 digits, which is all that a spreadsheet keeps: the last ones are lost"
    return _each(remark, lambda place: f"{text} ({shown(place.text, show_values=show_values)})")


def _no_value(remark: Remark, **_: bool) -> list[tuple[str, str]]:
    text = "a formula without a stored value, written as an empty cell"
    return [
        *_each(remark, lambda _: text),
        ("", "to store the values of formulas, open the workbook in a spreadsheet, save it, and convert it again"),
    ]


def _scientific(remark: Remark, *, show_values: bool) -> list[tuple[str, str]]:
    value = shown(remark.places[0].text, show_values=show_values)
    return _together(
        remark,
        f"a number that the sheet shows in scientific form, written with all its digits ({value})",
        f"{{count}} numbers that the sheet shows in scientific form, the first one here, "
        f"are written with all their digits ({value.replace('{', '{{').replace('}', '}}')})",
    )


def _hidden(remark: Remark, **_: bool) -> list[tuple[str, str]]:
    return _together(
        remark,
        "the sheet hides this row; it is written like the others",
        "the sheet hides {count} rows, the first one here; they are written like the others",
    )


def _title(remark: Remark, **_: bool) -> list[tuple[str, str]]:
    return _each(remark, lambda _: "this looks like a title above the table")


def _no_formats(_: Remark, **__: bool) -> list[tuple[str, str]]:
    text = "number formats are not read from this kind of workbook: if the sheet shows zeros or a + before numbers"
    return [("", f"{text} that are missing now, save the workbook as .xlsx and convert that")]


_WORDS: Mapping[Kind, Callable[..., list[tuple[str, str]]]] = {
    Kind.ROUNDED: _rounded,
    Kind.SCIENTIFIC: _scientific,
    Kind.NO_VALUE: _no_value,
    Kind.HIDDEN: _hidden,
    Kind.TITLE: _title,
    Kind.NO_FORMATS: _no_formats,
}


def sentences(remark: Remark, *, show_values: bool = False) -> list[tuple[str, str]]:
    """Return a remark's sentences, each with its cell or row, "" for the workbook as a whole."""
    return _WORDS[remark.kind](remark, show_values=show_values)
