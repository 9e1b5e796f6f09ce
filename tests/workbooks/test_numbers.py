"""Numbers, dates and number formats -> text."""

from __future__ import annotations

import pytest

from csv_preflight.workbooks.cells import number_cell
from csv_preflight.workbooks.formats import BUILT_IN, number_format
from csv_preflight.workbooks.numbers import plain
from csv_preflight.workbooks.remarks import Kind


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("12025550143", "12025550143"),
        ("12025550143.0", "12025550143"),
        ("1.2025550143E10", "12025550143"),
        ("1.2025550143e+10", "12025550143"),
        ("442079460958", "442079460958"),
        ("0", "0"),
        ("-0", "0"),
        ("-12", "-12"),
        ("007", "7"),
        ("0.1", "0.1"),
        ("1.1000000000000001", "1.1"),
        ("0.30000000000000004", "0.3"),
        ("1E-7", "0.0000001"),
        ("100", "100"),
        ("1.50", "1.5"),
        ("1.2345678901234568E+18", "1234567890123456800"),
        ("1234567890123456789", "1234567890123456789"),
    ],
)
def test_a_number_keeps_its_digits(stored: str, text: str) -> None:
    assert plain(stored) == text


@pytest.mark.parametrize("stored", ["", "x", "NaN", "INF", "1E999999999", "1E-999999999", "٣", "9" * 5000])
def test_what_is_no_number_of_a_spreadsheet_is_none(stored: str) -> None:
    assert plain(stored) is None


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        pytest.param("General", "7400123456", "7400123456", id="general"),
        pytest.param("0", "7400123456", "7400123456", id="whole"),
        pytest.param("#,##0", "7400123456", "7400123456", id="thousands"),
        pytest.param("0.00", "7400123456", "7400123456", id="decimals"),
        pytest.param("@", "7400123456", "7400123456", id="text"),
        pytest.param("00000", "1234", "01234", id="zeros"),
        pytest.param("00000000000", "7400123456", "07400123456", id="a British number"),
        pytest.param("0#### ######", "7400123456", "07400 123456", id="from the first 0 on, all are zeros"),
        pytest.param('"0"##########', "7400123456", "07400123456", id="a zero in quotes"),
        pytest.param("\\0##########", "7400123456", "07400123456", id="an escaped zero"),
        pytest.param("+0", "12025550143", "+12025550143", id="plus"),
        pytest.param('"+"#', "12025550143", "+12025550143", id="a plus in quotes"),
        pytest.param('"+1" (###) ###-####', "2025550143", "+1 (202) 555-0143", id="a country code"),
        pytest.param("(###) ###-####", "2025550143", "2025550143", id="signs alone"),
        pytest.param(
            "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "2025550143", "2025550143", id="Excel's telephone number"
        ),
        pytest.param("[<=9999999]0000\\-0000;0", "1234567", "0123-4567", id="a condition that holds"),
        pytest.param("[<=9999999]0000\\-0000;0", "12345678", "12345678", id="a condition that does not"),
        pytest.param("000\\-00\\-0000", "12345678", "012-34-5678", id="Excel's social security number"),
        pytest.param("[$-409]00000", "1234", "01234", id="a locale"),
        pytest.param("[Red]00000;[Blue]-00000", "-1234", "-01234", id="the section of negative numbers"),
        pytest.param("00000", "-1234", "-01234", id="a minus sign"),
        pytest.param("00000", "12345678", "12345678", id="more digits than places"),
        pytest.param("00000", "1.5", "1.5", id="a fraction"),
        pytest.param("000;;", "0", "0", id="an empty section"),
        pytest.param("#", "0", "0", id="nothing shown for zero"),
        pytest.param("0.00E+00", "12025550143", "12025550143", id="scientific"),
        pytest.param("0%", "0.5", "0.5", id="percent"),
        pytest.param("yyyy-mm-dd", "45322", "2024-01-31", id="date"),
        pytest.param("d/m/yy", "45322", "2024-01-31", id="a day first"),
        pytest.param("mmm", "45322", "2024-01-31", id="a month"),
        pytest.param("[$-409]d\\-mmm\\-yy;@", "45322", "2024-01-31", id="a date of a locale"),
        pytest.param("yyyy-mm-dd hh:mm", "45322.75", "2024-01-31T18:00:00", id="date and time"),
        pytest.param("yyyy-mm-dd", "45322.75", "2024-01-31T18:00:00", id="a time that is not shown"),
        pytest.param("h:mm:ss", "0.75", "18:00:00", id="time"),
        pytest.param("h:mm AM/PM", "0.75", "18:00:00", id="time of twelve hours"),
        pytest.param("[h]:mm:ss", "1.25", "30:00:00", id="hours without end"),
        pytest.param("mm:ss.0", "0.000005787037037", "00:00:00.500", id="milliseconds"),
        pytest.param("yyyy-mm-dd", "1", "1900-01-01", id="the first day"),
        pytest.param("yyyy-mm-dd", "59", "1900-02-28", id="before the day that never was"),
        pytest.param("yyyy-mm-dd", "60", "60", id="the day that never was"),
        pytest.param("yyyy-mm-dd", "61", "1900-03-01", id="after it"),
        pytest.param("yyyy-mm-dd", "2958465", "9999-12-31", id="the last day"),
        pytest.param("yyyy-mm-dd", "2025550143", "2025550143", id="a phone number that is shown as a date"),
        pytest.param("yyyy-mm-dd", "-1", "-1", id="before all days"),
        pytest.param('"day "0', "7", "7", id="letters in quotes are no date"),
        pytest.param("Standard", "7400123456", "7400123456", id="general in German"),
        pytest.param("", "7400123456", "7400123456", id="no code"),
    ],
)
def test_a_number_is_written_as_its_format_shows_it(code: str, stored: str, text: str) -> None:
    assert number_cell(stored, number_format(code))[0] == text


def test_days_may_be_counted_from_1904() -> None:
    assert number_cell("0", number_format("yyyy-mm-dd"), from_1904=True)[0] == "1904-01-01"


@pytest.mark.parametrize(
    ("code", "stored", "kind"),
    [
        ("General", "99999999999", None),
        ("General", "100000000000", Kind.SCIENTIFIC),
        ("0", "100000000000", None),
        ("0.00E+00", "1234", Kind.SCIENTIFIC),
        ("General", "999999999999999", Kind.SCIENTIFIC),
        ("0", "999999999999999", None),
        ("0", "1000000000000000", Kind.ROUNDED),
        ("0000", "1000000000000000", Kind.ROUNDED),
    ],
)
def test_what_a_sheet_does_not_show_whole_is_told(code: str, stored: str, kind: Kind | None) -> None:
    assert number_cell(stored, number_format(code))[1] is kind


@pytest.mark.parametrize("code", [*BUILT_IN.values(), ";;;", '"', "\\", "[", "[<=]0", "[<=.]0", "_", "*", "0" * 5000])
@pytest.mark.parametrize("stored", ["0", "-3", "0.5", "45322.75", "12025550143", "1E300", "-1E300"])
def test_no_format_makes_an_error(code: str, stored: str) -> None:
    text, _ = number_cell(stored, number_format(code))
    assert text


def test_a_long_mask_takes_no_time() -> None:
    assert number_cell("1", number_format("0#" * 100_000))[0].endswith("01")
