"""Several files as one list: one dedupe, one clean file, and file and line in everything that is said."""

from __future__ import annotations

import codecs
import csv
import io
import json
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from csv_preflight import SettingsError, clean_file, preflight
from csv_preflight.reports import github, markdown
from csv_preflight.reports import json as json_report
from csv_preflight.reports.html import page
from csv_preflight.result import Result
from tests.samples import ROOT, run

SCHEMA = json.loads((ROOT / "csv_preflight/reports/report.schema.json").read_text(encoding="utf-8"))
A = b"Name,phone\nAnn,202-555-0101\nBob,+442079460958\n"
B = b"phone;Name\r\n+12025550101;Cat\r\n+12025550104;Eve\r\nasked;Dan\r\n"
CLEAN = b"Name,phone\nAnn,+12025550101\nBob,+442079460958\nEve,+12025550104\n"


def found(result: Result) -> list[tuple[str, int, str]]:
    table = result.findings
    return list(zip(table["file"], table["line"], table["code"], strict=True))


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, data in (("a.csv", A), ("b.csv", B)):
        (tmp_path / name).write_bytes(data)
    return [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]


def test_one_list_comes_out_in_the_order_of_the_files(files: list[str]) -> None:
    result = preflight(files, region="US")
    assert result.ready
    assert result.upload_file() == ("combined.csv", CLEAN, "text/csv")
    assert result.clean.index.tolist() == [(files[0], 2), (files[0], 3), (files[1], 3)]
    assert result.rejects[["preflight_file", "preflight_line", "preflight_code"]].to_numpy().tolist() == [
        [files[1], 4, "P002"],
        [files[1], 2, "D001"],
    ]
    assert f"line 2 of {files[0]}, which is kept" in result.rejects["preflight_reason"][1]
    assert found(result) == [(files[1], 1, "F103"), (files[1], 4, "P002"), (files[0], 2, "P101"), (files[1], 2, "D001")]
    assert [one.rows.read for one in result.report.inputs] == [2, 3]
    assert (result.report.rows.read, result.report.rows.clean, result.report.rows.rejected) == (5, 3, 2)


@pytest.mark.parametrize(
    ("second", "options"),
    [
        pytest.param(B, {}, id="delimiter, line endings and order"),
        pytest.param(codecs.BOM_UTF16_LE + "Name\tphone\nEve\t+12025550104\n".encode("utf-16-le"), {}, id="encoding"),
        pytest.param(b"sep=;\nphone;Name\n+12025550104;Eve\n", {}, id="a line that names the delimiter"),
        pytest.param(b" phone ,Name\n+12025550104,Eve\n", {}, id="blanks around a name"),
        pytest.param(b"Name,Tel\nEve,+12025550104\n", {"rename": {"Tel": "phone"}}, id="renamed"),
        pytest.param(
            b"Full,phone\nEve,+12025550104\n",
            {"rename": {"Full": "Name"}, "identifier_column": "Name"},
            id="renamed, and named as the identifier",
        ),
        pytest.param(b"\n\nphone,Name\n+12025550104,Eve\n", {}, id="blank lines above"),
    ],
)
def test_files_may_differ_in_all_but_their_columns(second: bytes, options: dict[str, object]) -> None:
    result = preflight([A, second], region="US", **options)
    assert result.ready, result.report.findings
    assert result.clean["phone"].tolist() == ["+12025550101", "+442079460958", "+12025550104"]
    assert result.clean["Name"].tolist() == ["Ann", "Bob", "Eve"]


def test_names_of_columns_may_differ_in_case() -> None:
    lists = [
        b"Name,Phone\nAnn,+12025550101\n",
        b"PHONE,NAME\n+12025550102,Bob\n",
        b"name , phone\nCy,+12025550103\n",
    ]
    result = preflight(lists, identifier_column="Name")
    assert result.ready
    assert result.clean.to_numpy().tolist() == [
        [name, f"+1202555010{n}"] for n, name in enumerate(("Ann", "Bob", "Cy"), 1)
    ]
    assert list(result.clean.columns) == ["Name", "Phone"]


def test_names_that_differ_only_in_case_are_different_columns() -> None:
    lists = [b"name,Name,phone\nA,B,+12025550101\n", b"phone,Name,name\n+12025550102,D,C\n"]
    result = preflight(lists)
    assert result.clean.to_numpy().tolist() == [["A", "B", "+12025550101"], ["C", "D", "+12025550102"]]


@pytest.mark.parametrize(
    ("second", "options", "code", "words"),
    [
        pytest.param(b"phone\n+12025550104\n", {}, "C013", "this file lacks 'Name'", id="one is missing"),
        pytest.param(b"Name,phone,x\nEve,+12025550104,\n", {}, "C013", "only this file has 'x'", id="one more"),
        pytest.param(b"Name,Tel\nEve,+12025550104\n", {}, "C013", "--rename 'Tel=phone'", id="another name"),
        pytest.param(b"a,phone,c\nEve,+12025550104,\n", {}, "C013", "lacks 'Name', and only it has 'a', 'c'", id="two"),
        pytest.param(b"Eve Poe,ask\nJoe,+12025550105\n", {}, "C013", "has none of them, which are", id="no name"),
        pytest.param(b"Eve,+12025550104\nJoe,+12025550105\n", {}, "C004", "", id="no header"),
        pytest.param(b"PK\x03\x04" + bytes(50), {}, "F001", "", id="a workbook"),
    ],
)
@pytest.mark.parametrize("is_first", [False, True], ids=["second", "first"])
def test_a_file_that_is_not_of_the_list_stops_it_by_name(
    second: bytes, options: dict[str, object], code: str, words: str, is_first: bool
) -> None:
    sources = [second, A] if is_first else [A, second]
    result = preflight(sources, region="US", **options)
    stops = [one for one in result.report.findings if one.outcome == "stop"]
    assert not result.ready
    if not (is_first and code == "C013"):  # then it is the other one that differs
        (stop,) = stops
        assert (stop.code, stop.samples[0].path) == (code, f"contacts-{1 if is_first else 2}.csv")
        assert words in stop.samples[0].detail
    assert result.report.rows.read == 0
    assert is_first or "Eve" not in json_report.render(result.report)


@pytest.mark.parametrize("source", [b"Name,phone\nName,phone\n", [b"Name,phone\nName,phone\n"] * 2], ids=["one", "two"])
def test_a_header_that_comes_again_is_no_row(source: bytes | list[bytes]) -> None:
    result = preflight(source)
    assert [one.code for one in result.report.findings if one.outcome == "stop"] == ["F004"]
    assert not result.ready


def test_all_files_that_stop_a_list_are_named() -> None:
    result = preflight([A, b"Name\nx\n", b"PK\x03\x04" + bytes(50), B])
    assert [(path, code) for path, _, code in found(result) if code in ("C013", "F001")] == [
        ("contacts-3.csv", "F001"),
        ("contacts-2.csv", "C013"),
    ]


NOBODY = {
    "no content": b"",
    "blank lines": b"\n\n",
    "a header": b"Name,phone\n",
    "a header, and blank lines": b"Name,phone\r\n\r\n,\r\n",
    "only repeated headers": b"Name,phone\nName,phone\n",
    "a header of another list, and what else clean would fix": codecs.BOM_UTF8 + b"Full name;Mobile\n",
    "a sentence": b"No contacts were found.\n",
}


@pytest.mark.parametrize("nobody", NOBODY.values(), ids=NOBODY)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_file_without_rows_is_named_and_the_list_is_made_of_the_others(nobody: bytes, place: int) -> None:
    sources = [A, B]
    sources.insert(place, nobody)
    result, others = preflight(sources, region="US"), preflight([A, B], region="US")
    assert result.ready
    assert result.upload_file() == others.upload_file()
    told = [one for one in found(result) if one[0] == f"contacts-{place + 1}.csv" and one[2] != "R102"]
    assert told == [(f"contacts-{place + 1}.csv", 1, "F006")]
    assert [one.rows.read for one in result.report.inputs] == [*[2, 3][:place], 0, *[2, 3][place:]]
    assert result.report.input.columns == ("Name", "phone")
    Draft202012Validator(SCHEMA).validate(result.report.to_dict())
    assert not preflight(sources, region="US", strict=True).ready


@pytest.mark.parametrize("nobody", NOBODY.values(), ids=NOBODY)
def test_files_without_rows_stop_a_list_if_none_has_any(nobody: bytes) -> None:
    result = preflight([nobody, b"Name,phone\n"])
    assert {one.code for one in result.report.findings if one.outcome == "stop"} == {"F004"}


def test_a_file_without_rows_beside_one_that_stops_the_list() -> None:
    result = preflight([b"Name,phone\n", b"PK\x03\x04" + bytes(50)])
    assert found(result) == [("contacts-2.csv", 1, "F001"), ("contacts-1.csv", 1, "F006")]


def test_people_of_a_file_without_rows_cannot_be_corrected(files: list[str], tmp_path: Path) -> None:
    run("clean", *files, "--as-one", "--region", "US")
    Path(files[1]).write_bytes(b"Name,phone\n")
    done = run("clean", *files, "--as-one", "--region", "US", "--corrections", str(tmp_path / "combined.rejects.csv"))
    assert done.returncode == 1
    assert b"D007" in done.stdout


@pytest.mark.parametrize("second", [b"Eloise Poe,ask\nJoe,+12025550105\n", b"Eloise,+12025550104\nJoe,asked\n"])
def test_what_may_be_no_header_is_not_quoted(second: bytes) -> None:
    report = preflight([A, second], region="US").report
    assert "Eloise" not in json_report.render(report) + github.render(report, checked=True) + page.render(report)


OPTED = b"phone,Name,out\n202-555-0101,Ann,\n+442079460958,Bob,no\n"


@pytest.mark.parametrize(
    ("sources", "options", "kept"),
    [
        pytest.param([A, B], {}, ["Ann", "Bob", "Eve"], id="the first stays"),
        pytest.param([A, B], {"keep": "last"}, ["Bob", "Cat", "Eve"], id="the last stays"),
        pytest.param([B, A], {}, ["Cat", "Eve", "Bob"], id="in the order of the files"),
        pytest.param(
            [OPTED, b"Name,out,phone\nX,yes,+12025550101\n"],
            {"opt_out_column": "out"},
            ["Bob"],
            id="who has opted out in another file is not called",
        ),
        pytest.param([A, B], {"suppress": [12025550104]}, ["Ann", "Bob"], id="other lists"),
    ],
)
def test_all_files_are_looked_at_for_each_number(
    sources: list[bytes], options: dict[str, object], kept: list[str]
) -> None:
    result = preflight(sources, region="US", **options)
    assert result.clean["Name"].tolist() == kept
    assert len(result.clean) + len(result.rejects) == result.report.rows.read


def test_the_line_of_an_opt_out_names_its_file() -> None:
    result = preflight([OPTED, b"Name,out,phone\nX,yes,+12025550101\n"], region="US", opt_out_column="out")
    reasons = dict(zip(result.rejects["preflight_file"], result.rejects["preflight_reason"], strict=True))
    assert reasons["contacts-1.csv"] == "this number has opted out on line 2 of contacts-2.csv"


@pytest.mark.parametrize(
    ("options", "code"),
    [({"max_rows": 2}, "L001"), ({"max_bytes": 50}, "L002"), ({"max_rejects": 1}, "L004")],
)
def test_limits_count_the_whole(options: dict[str, object], code: str) -> None:
    result = preflight([A, B], region="US", **options)
    assert [one.code for one in result.report.findings if one.outcome == "stop"] == [code]


def test_split_cuts_the_whole() -> None:
    result = preflight([A, B], region="US", max_rows=2, split=True)
    assert [data.count(b"\n") for _, data, _ in result.upload_files()] == [2, 3] or result.part_rows() == [1, 2]


def test_each_file_says_how_it_writes_its_numbers() -> None:
    """Digits that are a national number in one file have lost their plus sign in another."""
    alone = [preflight(data, region="US") for data in (A, b"Name,phone\nX,442079460123\nY,442079460124\n")]
    both = preflight([A, b"Name,phone\nX,442079460123\nY,442079460124\n"], region="US")
    assert len(both.clean) == sum(len(one.clean) for one in alone)
    assert both.rejects["preflight_code"].tolist() == [
        code for one in alone for code in one.rejects["preflight_code"].tolist()
    ]


def test_fields_are_those_of_their_own_file() -> None:
    result = preflight([A, B], region="US")
    fields = {(sample.path, one.code): sample.field for one in result.report.findings for sample in one.samples}
    assert fields["contacts-2.csv", "P002"] == 1
    assert fields["contacts-1.csv", "P101"] == 2


def test_records_that_cannot_be_split_keep_the_text_of_their_file() -> None:
    result = preflight([A, b"phone,Name\n+12025550104,Eve,x\n+12025550105,Joe\n"], region="US")
    row = result.rejects.iloc[-1]
    assert (row["preflight_file"], row["preflight_raw"]) == ("contacts-2.csv", "+12025550104,Eve,x")


@pytest.mark.parametrize("many", [1, 2, 3])
def test_the_report_fits_its_schema_and_names_every_file(many: int) -> None:
    report = preflight([A, B, A][:many], region="US").report
    Draft202012Validator(SCHEMA).validate(report.to_dict())
    assert [one.path for one in report.inputs] == [f"contacts-{place}.csv" for place in range(1, many + 1)]
    assert {sample.path for one in report.findings for sample in one.samples} <= {one.path for one in report.inputs}
    for text in (github.render(report, checked=True), markdown.render(report), page.render(report)):
        assert many == 1 or "contacts-2.csv" in text


def test_one_file_is_its_own_input(files: list[str]) -> None:
    report = preflight(files[0], region="US").report
    Draft202012Validator(SCHEMA).validate(report.to_dict())
    (only,) = report.inputs
    assert (only.path, only.sha256, only.rows) == (report.input.path, report.input.sha256, report.rows)
    assert not report.as_one


@pytest.mark.parametrize(
    ("sources", "words"), [([], "no file"), (["a.csv", "./a.csv"], "is given 2 times")], ids=["none", "one twice"]
)
def test_sources_that_are_no_list(sources: list[str], words: str, files: list[str], monkeypatch) -> None:
    monkeypatch.chdir(Path(files[0]).parent)
    with pytest.raises(SettingsError, match=words):
        preflight(sources)


def test_clean_file_takes_several_sources(files: list[str], tmp_path: Path) -> None:
    report = clean_file(files, tmp_path / "all.csv", region="US", report=tmp_path / "all.json")
    assert (tmp_path / "all.csv").read_bytes() == CLEAN
    assert report.rows.rejected == 2
    assert (tmp_path / "all.rejects.csv").read_text(encoding="utf-8-sig").startswith("Name,phone,preflight_file,")


# The command line


def test_the_command_line_writes_one_clean_file(files: list[str], tmp_path: Path) -> None:
    done = run("clean", *files, "--as-one", "--region", "US")
    assert done.returncode == 0, done.stderr.decode()
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {"a.csv", "b.csv", "combined.clean.csv", "combined.rejects.csv", "combined.report.json"}
    assert (tmp_path / "combined.clean.csv").read_bytes() == CLEAN
    assert f"{files[1]}:4:1: P002" in done.stdout.decode()
    assert "clean, by file: a.csv 2 of 2; b.csv 1 of 3" in done.stdout.decode()
    again = run("check", str(tmp_path / "combined.clean.csv"))
    assert again.returncode == 0
    corrected(tmp_path / "combined.rejects.csv", ("asked", "+12025550105"))
    alone = run("clean", str(tmp_path / "combined.rejects.csv"), "--suppress", str(tmp_path / "combined.clean.csv"))
    assert (tmp_path / "combined.rejects.clean.csv").read_text().splitlines() == ["Name,phone", "Dan,+12025550105"]
    assert alone.returncode == 0


@pytest.mark.parametrize(
    ("options", "written"),
    [
        pytest.param(["-o", "june.csv"], {"june.csv", "june.rejects.csv", "june.report.json"}, id="-o"),
        pytest.param(
            ["-o", "june.clean.csv", "--out-dir", "o"],
            {"june.clean.csv", "o/june.rejects.csv", "o/june.report.json"},
            id="-o and --out-dir",
        ),
        pytest.param(
            ["--out-dir", "o"],
            {"o/combined.clean.csv", "o/combined.rejects.csv", "o/combined.report.json"},
            id="--out-dir",
        ),
        pytest.param(["--report", "r.html"], {"combined.clean.csv", "combined.rejects.csv", "r.html"}, id="--report"),
        pytest.param(
            ["--split", "--max-rows", "2", "-q"],
            {"combined.clean.001.csv", "combined.clean.002.csv", "combined.rejects.csv", "combined.report.json"},
            id="--split",
        ),
    ],
)
def test_where_the_files_go(options: list[str], written: set[str], files: list[str], tmp_path: Path) -> None:
    words = [str(tmp_path / word) if word == "o" or word.endswith((".csv", ".html")) else word for word in options]
    done = run("clean", *files, "--as-one", "--region", "US", *words)
    assert done.returncode == 0, done.stderr.decode()
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert found == written | {"a.csv", "b.csv"}


def test_the_standard_input_and_output(files: list[str]) -> None:
    done = run("clean", files[0], "-", "--as-one", "--region", "US", "-o", "-", stdin=B)
    assert done.stdout == CLEAN
    assert b"stdin.csv:4:1: P002" in done.stderr


def test_check_says_what_clean_would_do_and_the_command_for_it(files: list[str], tmp_path: Path) -> None:
    done = run("check", *files, "--as-one", "--region", "US", "--output-format", "json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["ready"], report["rows"]["rejected"]) == (1, False, 2)
    text = run("check", *files, "--as-one", "--region", "US").stdout.decode()
    command = shlex.split(text.splitlines()[-1].removeprefix("next: ").partition("  (")[0])
    assert run(*command[1:]).returncode == 0
    assert (tmp_path / "combined.clean.csv").read_bytes() == CLEAN


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--in-place"], "--as-one writes one new file", id="--in-place"),
        pytest.param(["-o", "{b}"], "is one of the lists that are read", id="-o names a file of the list"),
    ],
)
def test_usage_errors(options: list[str], words: str, files: list[str]) -> None:
    given = [word.format(a=files[0], b=files[1]) for word in options]
    done = run("clean", *files, "--as-one", *given)
    assert (done.returncode, words in done.stderr.decode()) == (2, True)
    assert Path(files[1]).read_bytes() == B


def corrected(path: Path, *pairs: tuple[str, str]) -> str:
    """Change cells of a rejects file; return its path."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_corrections_take_the_place_of_the_rows_of_their_files(files: list[str], tmp_path: Path) -> None:
    Path(files[0]).write_bytes(A + b"Joe,ask\n")
    done = run("clean", *files, "--as-one", "--region", "US")
    corrected(tmp_path / "combined.rejects.csv", ("asked", "+12025550105"), (",ask,", ",+12025550106,"))
    command = shlex.split(done.stdout.decode().splitlines()[-1])
    assert command[-2:] == ["--corrections", str(tmp_path / "combined.rejects.csv")]
    again = run(*command[1:], "--verbose")
    assert again.returncode == 0, again.stdout.decode()
    rows = ["Ann,+12025550101", "Bob,+442079460958", "Joe,+12025550106", "Eve,+12025550104", "Dan,+12025550105"]
    assert (tmp_path / "combined.clean.csv").read_text().splitlines() == ["Name,phone", *rows]
    assert f"{files[1]}:4:1: R103" in again.stdout.decode()
    assert len((tmp_path / "combined.rejects.2.csv").read_text().splitlines()) == 2  # the duplicate


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        pytest.param([(",4,P002", ",9,P002")], "row for line 9 of {b}, and no row of this list begins", id="line"),
        pytest.param([("{b}", "c.csv")], "row for line 2 of c.csv, and no row of this list begins", id="file"),
        pytest.param([("preflight_file", "x")], "it has no column preflight_file", id="column"),
        pytest.param([("Dan,asked", "Zoe,+12025550188")], "line 4 of {b} is about a different person", id="person"),
    ],
)
def test_corrections_of_other_files_are_refused(
    pairs: list[tuple[str, str]], words: str, files: list[str], tmp_path: Path
) -> None:
    run("clean", *files, "--as-one", "--region", "US")
    path = corrected(tmp_path / "combined.rejects.csv", *((old.format(b=files[1]), new) for old, new in pairs))
    done = run("clean", *files, "--as-one", "--region", "US", "--corrections", path)
    assert done.returncode == 1
    assert f"D007 {path}: it" in done.stdout.decode()
    assert words.format(b=files[1]) in done.stdout.decode()


def test_a_stop_writes_nothing_and_names_what_is_there_from_before(files: list[str], tmp_path: Path) -> None:
    run("clean", *files, "--as-one", "--region", "US")
    Path(files[1]).write_bytes(b"Tel,Name\n1,2\n")
    before = (tmp_path / "combined.clean.csv").read_bytes()
    done = run("clean", *files, "--as-one", "--region", "US")
    assert done.returncode == 1
    assert b"C013" in done.stdout
    assert b"combined.report.json are from an earlier run" in done.stderr
    assert (tmp_path / "combined.clean.csv").read_bytes() == before


def test_more_files_than_a_process_may_have_open_by_default(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    if resource.getrlimit(resource.RLIMIT_NOFILE)[1] < 400:
        pytest.skip("the system lets no process have so many")
    for number in range(200):
        (tmp_path / f"{number:03}.csv").write_text(f"Name,phone\nAnn,+1202555{number:04}\n")
    script = "import resource, sys; from csv_preflight.cli import main\n"
    script += "resource.setrlimit(resource.RLIMIT_NOFILE, (128, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))\n"
    script += f"main(['check', {str(tmp_path)!r}, '--as-one', '--output-format', 'json'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, cwd=ROOT)
    assert json.loads(done.stdout)["rows"]["clean"] == 200, done.stderr.decode()


# What holds for all lists

CELLS = st.one_of(
    st.sampled_from(["+12025550101", "202-555-0102", "+44 20 7946 0958", "asked", "", "12025550101", "2.02556E+09"]),
    st.integers(0, 40).map(lambda number: f"+120255501{number:02}"),
    st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=8),
)
LISTS = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12)


def as_csv(rows: list[tuple[str, str]], names: tuple[str, str], delimiter: str, newline: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([names, *((row if names[0] == "Name" else row[::-1]) for row in rows)])
    return text.getvalue().encode()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(LISTS, st.sampled_from([("Name", "phone"), ("phone", "Name")]), st.sampled_from([("\n"), "\r\n"])),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["first", "last"]),
)
def test_nobody_is_lost_and_nobody_called_twice(
    given_files: list[tuple[list[tuple[str, str]], tuple[str, str], str]], keep: str
) -> None:
    sources = [as_csv(rows, names, ",", newline) for rows, names, newline in given_files]
    result = preflight(sources, region="US", phone_column="phone", keep=keep)
    rows = result.report.rows
    assert rows.read == rows.clean + rows.rejected
    if result.report.inputs[-1].rows.read or result.ready:
        assert len(result.clean) == rows.clean
        assert len(result.rejects) == rows.rejected
        assert rows.read == sum(one.rows.read for one in result.report.inputs)
        assert all(one.rows.read == one.rows.clean + one.rows.rejected for one in result.report.inputs)
    assert result.clean["phone"].is_unique if rows.clean else True
    if result.ready:
        # Each number that a file by itself would give is called, by the row of the first file that has it.
        alone = [preflight(data, region="US", phone_column="phone", keep=keep) for data in sources]
        some = [one.clean["phone"] for one in alone if one.report.rows.read]
        assert set(result.clean["phone"]) == {number for numbers in some for number in numbers}
        again = preflight(result.upload_file()[1], phone_column="phone")
        assert again.report.untouched or not again.ready


@st.composite
def rows_of_files(draw: st.DrawFn) -> list[list[str]]:
    cells = st.sampled_from(["Ann", "José", '"x,y"', '"two\nlines"', '"A ""q"" B"', ""])
    phones = CELLS.filter(lambda cell: not set(cell) & set(',"\n\r') and cell.isprintable())
    whole = st.tuples(cells, phones, st.sampled_from(["", "", "no", "yes"])).map(",".join)
    odd = st.sampled_from(["", "Name,phone,out", "Ann,+12025550101", "a,b,c,d", 'x,"y"z,n'])
    return draw(st.lists(st.lists(st.one_of(whole, whole, whole, odd), min_size=1, max_size=8), min_size=1, max_size=3))


@settings(max_examples=60, deadline=None)
@given(rows_of_files(), st.sampled_from(["first", "last"]), st.sampled_from([None, "out"]))
def test_files_that_are_alike_come_out_like_one_that_has_all_their_rows(
    rows: list[list[str]], keep: str, opt_outs: str | None
) -> None:
    header = "Name,phone,out"
    options = {"region": "US", "phone_column": "phone", "keep": keep, "opt_out_column": opt_outs}
    several = preflight(["\n".join([header, *part, ""]).encode() for part in rows], **options)
    joined = preflight("\n".join([header, *(row for part in rows for row in part), ""]).encode(), **options)
    stops = {one.code for one in (*several.report.findings, *joined.report.findings) if one.outcome == "stop"}
    if stops - {"L003"} or any(one.code == "F006" for one in several.report.findings):
        return  # what is said of the first rows of a file, or of one without any
    assert several.report.rows == joined.report.rows
    assert several.clean.to_numpy().tolist() == joined.clean.to_numpy().tolist()
    told = ["Name", "phone", "out", "preflight_code", "preflight_raw"]
    assert sorted(several.rejects[told].to_numpy().tolist()) == sorted(joined.rejects[told].to_numpy().tolist())
    counts = [{one.code: one.count for one in result.report.findings} for result in (several, joined)]
    assert counts[0] == counts[1]
