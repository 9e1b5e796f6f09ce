"""Random lists with random corrections: everybody is accounted for, and the result is that of the corrected list."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csv_preflight import preflight
from csv_preflight.result import Result

HEADER = ("Name", "phone", "City")
EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.sampled_from(["Ann Lee", "Bo, Jr", "=1+2", 'Cy "C"', "José", "Di\nDee", "'Ed", "-Flo", ""])
PHONES = st.sampled_from(
    ["+12025550101", "+12025550102", "202-555-0103", "asked", "", "+1202", "n/a", "1.2E+10", "+442079460958", "0123"]
)
CITIES = st.sampled_from(["Rome", "Oslo", "", "2024-01-31", "007", "@home", "TRUE"])
# A row whose cells could not be split.
BROKEN = st.sampled_from(["Gus Gray,none", "Hal Hill,none,Rome,more,", 'Ida Ink,"none" x,Rome', "Jo\x00Jet,none,"])
NEW_PHONES = st.sampled_from(["+12025550111", "+12025550112", "+12025550101", "still wrong", "202 555 0113"])


@st.composite
def lists(draw: st.DrawFn) -> list[tuple[str, str, str] | str]:
    """Rows of a list, some of them text that is no row; the first is a person who can be called."""
    row = st.tuples(NAMES, PHONES, CITIES)
    rows = draw(st.lists(st.one_of(row, row, row, BROKEN), max_size=10))
    return [("First Person", "+12025550100", "Rome"), *rows, ("Last Person", "+12025550199", "Rome")]


def written(rows: list[tuple[str, str, str] | str], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        if isinstance(row, str):
            text.write(row.replace(",", delimiter) + "\n")
        else:
            writer.writerow(row)
    return text.getvalue().encode()


def saved(rows: list[dict[str, str]], delimiter: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def lines_of(rows: list[tuple[str, str, str] | str]) -> dict[int, int]:
    """The place of each row by its physical line."""
    line, places = 2, {}
    for place, row in enumerate(rows):
        places[line] = place
        line += 1 + "".join(row).count("\n")
    return places


def cells(result: Result) -> list[list[str]]:
    return result.clean.to_numpy().tolist()


@given(lists(), st.data(), st.sampled_from(",;\t"), st.sampled_from(["first", "last"]))
@EXAMPLES
def test_the_result_is_that_of_the_corrected_list(rows, data: st.DataObject, delimiter: str, keep: str) -> None:
    options: Mapping[str, object] = {"phone_column": "phone", "keep": keep}
    source = written(rows, delimiter)
    before = preflight(source, **options)
    rejects = before.rejects.astype(str).to_dict("records")
    if not before.report.rows.read or not rejects:
        return
    places, new = lines_of(rows), list(rows)
    given_back = []
    for reject in rejects:
        choice = data.draw(st.sampled_from(["correct", "leave", "delete"]))
        if choice == "correct":
            place = places[int(reject["preflight_line"])]
            row = rows[place]
            broken = isinstance(row, str)
            name = row[:3] + row[3:].partition(",")[0] if broken else row[0]
            name = name.replace("\0", "")
            fixed = (name, data.draw(NEW_PHONES), "Rome" if broken else row[2])
            new[place] = fixed
            reject = reject | dict(zip(HEADER, fixed, strict=True))
        if choice != "delete":
            given_back.append(reject)
    if not given_back:
        return
    data.draw(st.randoms(use_true_random=False)).shuffle(given_back)
    result = preflight(source, corrections=saved(given_back, delimiter), **options)
    assert "D007" not in {found.code for found in result.report.findings}, result.report.findings
    expected = preflight(written(new, delimiter), **options)
    read = result.report.rows
    assert read.read == read.clean + read.rejected == len(result.clean) + len(result.rejects) == before.report.rows.read
    assert cells(result) == cells(expected)
    assert sorted(result.rejects["preflight_code"]) == sorted(expected.rejects["preflight_code"])
    again = preflight(source, corrections=saved(given_back, delimiter), **options)
    assert cells(again) == cells(result)
