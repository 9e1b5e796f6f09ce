"""A corrected rejects file takes the place of the rows of its lines: one list comes out, and nobody is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from csv_preflight import clean_file, preflight
from csv_preflight.result import Result

LIST = (
    b"name,phone,city\n"
    b"Ann,+12025550101,Rome\n"
    b'Bo,12345,"Oslo, Norway"\n'
    b"Cy,asked\n"
    b"Di,+12025550101,Bern\n"
    b"=Ed,202-555-0104,Paris\n"
    b"\n"
    b'Flo "F" Li,+12025550105,Lyon\n'
    b"Gus,+12025550106,Linz\n"
)
LINES = [3, 4, 6, 8, 5]


def rejects_of(data: bytes, **options: object) -> list[dict[str, str]]:
    """The rows of the rejects file."""
    found = preflight(data, **options).rejects.astype(str)
    return found.to_dict("records")


def written(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def corrected(changes: Mapping[int, Mapping[str, str]], data: bytes = LIST, **options: object) -> bytes:
    """The rejects file of a list with other cells on some lines."""
    rows = rejects_of(data, **options)
    return written([row | dict(changes.get(int(row["preflight_line"]), {})) for row in rows])


def cells(result: Result) -> list[list[str]]:
    return result.clean.to_numpy().tolist()


def lines(result: Result) -> tuple[list[int], list[int]]:
    return result.clean.index.tolist(), sorted(result.rejects["preflight_line"].tolist())


ALL = {
    3: {"phone": "+1 202 555 0102"},
    4: {"name": "Cyrus", "phone": "+12025550103", "city": "Bonn"},
    5: {"phone": "202-555-0107"},
    6: {"phone": "+12025550104"},
    8: {"name": 'Flo "F" Li', "phone": "+12025550105", "city": "Lyon"},
}


def test_all_rows_corrected_make_one_list_in_its_order() -> None:
    result = preflight(LIST, corrections=corrected(ALL), region="US")
    assert [row["preflight_line"] for row in rejects_of(LIST)] == list(map(str, LINES))
    assert cells(result) == [
        ["Ann", "+12025550101", "Rome"],
        ["Bo", "+12025550102", "Oslo, Norway"],
        ["Cyrus", "+12025550103", "Bonn"],
        ["Di", "+12025550107", "Bern"],
        ["=Ed", "+12025550104", "Paris"],
        ['Flo "F" Li', "+12025550105", "Lyon"],
        ["Gus", "+12025550106", "Linz"],
    ]


@pytest.mark.parametrize("line", sorted(ALL))
def test_one_row_corrected_and_the_others_rejected_as_before(line: int) -> None:
    result = preflight(LIST, corrections=corrected({line: ALL[line]}, region=None), max_findings=0)
    before = rejects_of(LIST)
    expected = [line] if line != 5 else []  # without a region, a number without a country code is rejected again
    assert lines(result) == (sorted([2, 9, *expected]), sorted(set(LINES) - set(expected)))
    after = result.rejects.astype(str).to_dict("records")
    assert [row for row in after if row["preflight_line"] != str(line)] == [
        row for row in before if row["preflight_line"] != str(line)
    ]
    assert result.report.rows.read == 7


def test_a_finding_of_a_corrected_row_names_its_line_and_where_the_cell_is_from(tmp_path: Path) -> None:
    path = tmp_path / "x.rejects.csv"
    path.write_bytes(corrected({3: {"phone": "+12"}, 6: {"phone": "+12025550104"}}))
    result = preflight(LIST, corrections=path)
    found = {sample.line: (one.code, sample.detail) for one in result.report.findings for sample in one.samples}
    assert found[3][1].endswith(f" (as corrected in {path.name})")
    assert found[6] == ("R103", f"as corrected in {path.name}")
    assert "corrected" not in found[4][1]
    reasons = dict(zip(result.rejects["preflight_line"], result.rejects["preflight_reason"], strict=True))
    assert reasons[3].endswith(f" (as corrected in {path.name})")
    assert "corrected" not in reasons[4]


def test_rows_that_were_deleted_or_left_stay_rejected() -> None:
    rows = rejects_of(LIST)
    for kept in (rows, rows[:1], rows[3:], [row | {"name": "", "phone": "", "city": ""} for row in rows]):
        result = preflight(LIST, corrections=written(kept))
        assert lines(result) == ([2, 9], sorted(LINES))
        assert result.rejects.astype(str).to_dict("records") == rows
        assert not result.report.findings or "R103" not in {one.code for one in result.report.findings}


def test_the_same_corrections_give_the_same_file_again() -> None:
    given = corrected(ALL)
    first, second = (preflight(LIST, corrections=given, region="US").upload_file()[1] for _ in range(2))
    assert first == second
    again = preflight(first, region="US")
    assert again.upload_file()[1] == first
    assert {one.outcome for one in again.report.findings} <= {"warn"}


def test_a_check_is_not_ready_while_the_list_needs_its_corrections() -> None:
    from csv_preflight.api import check_file, open_lists, resolve_settings

    chosen = resolve_settings(None, {"region": "US", "corrections": corrected(ALL)})
    report = check_file(io.BytesIO(LIST), "list.csv", chosen, open_lists(chosen))
    assert not report.ready
    assert report.rows.rejected == 0


def test_a_correction_that_repeats_a_later_number_comes_first_as_in_the_list() -> None:
    given = corrected({3: {"phone": "+12025550106"}})
    result = preflight(LIST, corrections=given)
    assert lines(result) == ([2, 3], [4, 5, 6, 8, 9])
    last = preflight(LIST, corrections=given, keep="last")
    assert 9 in last.clean.index
    assert 3 not in last.clean.index


def test_a_second_file_corrects_what_the_first_one_left() -> None:
    first = corrected({3: {"phone": "+12025550106"}, 6: {"phone": "+12"}})
    rows = preflight(LIST, corrections=first).rejects.astype(str).to_dict("records")
    new = {"6": "+12025550104", "9": "+12025550109"}  # line 9 was clean, until line 3 had its number
    second = written(
        [row | ({"phone": new[row["preflight_line"]]} if row["preflight_line"] in new else {}) for row in rows]
    )
    result = preflight(LIST, corrections=[first, second])
    assert lines(result) == ([2, 3, 6, 9], [4, 5, 8])
    assert result.clean.loc[9].tolist() == ["Gus", "+12025550109", "Linz"]


def test_the_data_frame_of_the_rejects_is_edited_and_given_back() -> None:
    frame = preflight(LIST).rejects
    frame.loc[frame["preflight_line"] == 6, "phone"] = "+12025550104"
    result = preflight(LIST, corrections=frame)
    assert result.clean.loc[6].tolist() == ["=Ed", "+12025550104", "Paris"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda rows: rows[::-1], id="other order of rows"),
        pytest.param(lambda rows: [dict(sorted(row.items())) for row in rows], id="other order of columns"),
        pytest.param(lambda rows: [*rows, dict.fromkeys(rows[0], "")], id="blank row"),
        pytest.param(lambda rows: [row | {"": ""} for row in rows], id="an empty column"),
        pytest.param(lambda rows: [drop(row, "preflight_reason", "preflight_code") for row in rows], id="less columns"),
        pytest.param(lambda rows: [drop(row, "preflight_raw") for row in rows], id="no raw"),
        pytest.param(lambda rows: [row | {"preflight_raw": ""} for row in rows], id="raw emptied"),
        pytest.param(
            lambda rows: [row | {"preflight_line": row["preflight_line"] + ".0"} for row in rows], id="floats"
        ),
        pytest.param(
            lambda rows: [row | {"name": "'=Ed"} if row["name"] == "=Ed" else row for row in rows], id="guard"
        ),
    ],
)
def test_what_people_do_to_the_file_does_not_matter(
    change: Callable[[list[dict[str, str]]], list[dict[str, str]]],
) -> None:
    rows = [row | ALL[int(row["preflight_line"])] for row in rejects_of(LIST)]
    expected = preflight(LIST, corrections=written(rows), region="US")
    found = preflight(LIST, corrections=written(change(rows)), region="US")
    assert len(expected.clean) == 7
    assert cells(found) == cells(expected)


@pytest.mark.parametrize("above", ["Rejects of June\n", "Rejects of June,,,\nfor Ann,,,\n\n", '"a title\nof two"\n'])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_titles_that_somebody_has_put_above_the_header(above: str, encoding: str) -> None:
    rows = [row | ALL[int(row["preflight_line"])] for row in rejects_of(LIST)]
    saved = (above + written(rows).decode()).encode(encoding)
    assert len(preflight(LIST, corrections=saved, region="US").clean) == 7


def drop(row: dict[str, str], *names: str) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in names}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_and_delimiter(delimiter: str, encoding: str) -> None:
    data = "Name;Téléphone\nJosé Muñoz;12345\nZoë Müller;+12025550101\nRené Çelik;none\nAña;x\n".encode()
    rows = rejects_of(data)
    rows[0]["Téléphone"] = "+12025550102"
    saved = written(rows, delimiter).decode().encode(encoding)
    result = preflight(data, corrections=saved)
    assert cells(result) == [["José Muñoz", "+12025550102"], ["Zoë Müller", "+12025550101"]]


def test_rows_that_a_spreadsheet_saves_without_their_empty_ends() -> None:
    text = corrected(ALL).decode()
    short = "\r\n".join(line.rstrip(",") for line in text.splitlines())
    assert len(preflight(LIST, corrections=short.encode(), region="US").clean) == 7


def test_the_rejects_of_rejects() -> None:
    first = written([row | {"name": "'=Ed"} if row["name"] == "=Ed" else row for row in rejects_of(LIST)])
    rows = rejects_of(first)
    rows = [row | {"phone": "+12025550104"} if row["name"] == "=Ed" else row for row in rows]
    rows = [
        row | {"name": "Cy", "phone": "+12025550103"} if row["preflight_raw"] == "Cy,asked" else row for row in rows
    ]
    result = preflight(first, corrections=written(rows))
    assert ["=Ed", "+12025550104", "Paris"] in cells(result)
    assert ["Cy", "+12025550103", ""] in cells(result)
    assert result.report.rows.read == 5


def test_lists_of_many_batches_and_without_any_change_are_as_without() -> None:
    rows = "".join(
        f"Person {n},{'x' if n % 3 else f'+1202555{100 + n // 3:04d}'},{'c' * 40}\n" for n in range(1, 30_000)
    )
    data = f"name,phone,city\n{rows}".encode()
    plain = preflight(data)
    same = preflight(data, corrections=plain.rejects)
    assert same.upload_file()[1] == plain.upload_file()[1]
    frame = plain.rejects
    frame.loc[frame["preflight_line"].isin([2, 20_000, 29_999]), "phone"] = [
        "+442079460101",
        "+442079460102",
        "+442079460103",
    ]
    result = preflight(data, corrections=frame)
    assert len(result.clean) == len(plain.clean) + 3
    assert result.clean.index.is_monotonic_increasing


def test_clean_file_does_not_write_over_the_corrections(tmp_path: Path) -> None:
    source, clean = tmp_path / "x.csv", tmp_path / "x.clean.csv"
    source.write_bytes(LIST)
    clean_file(source, clean)
    rejects = tmp_path / "x.rejects.csv"
    rejects.write_bytes(corrected({3: ALL[3]}))
    before = rejects.read_bytes()
    clean_file(source, clean, corrections=rejects)
    assert rejects.read_bytes() == before
    assert (tmp_path / "x.rejects.2.csv").exists()
    clean_file(source, clean, corrections=[rejects, tmp_path / "x.rejects.2.csv"])
    assert (tmp_path / "x.rejects.3.csv").exists()
    with pytest.raises(OSError, match="is one of the lists that are read"):
        clean_file(source, clean, corrections=rejects, rejects=rejects)
    rejects.write_bytes(corrected(ALL))
    clean_file(source, clean, corrections=rejects, region="US")
    assert not (tmp_path / "x.rejects.2.csv").exists()
    assert len(clean.read_text().splitlines()) == 8


DAMAGED = b"name,phone\nAnn,2.02555E+09\nBo,+12025550102\nCy,2.02556E+09\nDi,+12025550\n"
TYPED = {
    "as a spreadsheet writes it": ("2025550000", False, [2]),
    "with the country code": ("+12025550000", True, []),
    "other digits": ("2025550144", True, []),
    "with a bracket": ("(202) 555-0000", True, []),
    "not at all": ("2.02555E+09", False, []),
    "shown in another form": ("2.03E+09", False, []),
}


@pytest.mark.parametrize(("typed", "is_taken", "lines"), TYPED.values(), ids=TYPED)
def test_a_number_that_a_spreadsheet_may_have_written_is_told(typed: str, is_taken: bool, lines: list[int]) -> None:
    given = corrected({2: {"phone": typed}, 5: {"phone": "12025550"}}, DAMAGED)
    result = preflight(DAMAGED, corrections=given, region="US", accept="possible")
    assert (2 in result.clean.index) == is_taken
    told = [found for found in result.report.findings if found.code == "D008"]
    assert [sample.line for found in told for sample in found.samples] == lines
    if told:
        assert "1 of its changed numbers look like" in told[0].samples[0].detail
        assert told[0].samples[0].detail.endswith("in the row for line 2")
