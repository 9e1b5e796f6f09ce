"""What Python users rely on: names, types, complete findings, the names to send, and nothing of a list in an error."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from pathlib import Path
from typing import get_type_hints

import openpyxl
import pandas as pd
import pytest

import csv_preflight
from csv_preflight import NotReadyError, Settings, SettingsError, clean_file, convert, inspect, plan, preflight
from csv_preflight.model.profile import Profile
from tests.samples import ROOT

LIST = b"Name,phone\nAnn,202-555-0101\nBob,asked\n"
LONG = b"Name,phone\n" + b"".join(b"Ann,202-555-%04d\n" % number for number in range(100, 150)) + b"Bob,asked\n" * 30


@pytest.mark.parametrize("name", [name for name in csv_preflight.__all__ if name != "__version__"])
def test_every_public_name_is_documented(name: str) -> None:
    public = getattr(csv_preflight, name)
    text = public.__doc__ or ""
    assert len(text.split()) > 3 and not text.startswith(f"{name}(")
    for attribute, member in vars(public).items() if isinstance(public, type) else ():
        if not attribute.startswith("_") and (callable(member) or isinstance(member, property)):
            assert member.__doc__, f"{name}.{attribute}"


@pytest.mark.parametrize("root", ["Report", "Inspection"])
def test_the_types_within_a_report_are_public(root: str) -> None:
    def types_of(one: type) -> set[type]:
        hints = get_type_hints(one).values()
        found = {part for hint in hints for part in _parts(hint) if part.__module__.startswith("csv_preflight")}
        return found.union(*(types_of(part) for part in found if is_dataclass(part)))

    inner = types_of(getattr(csv_preflight, root))
    assert len(inner) >= 8
    assert {one.__name__ for one in inner} <= set(csv_preflight.__all__)


def _parts(hint: object) -> list[type]:
    inner = getattr(hint, "__args__", ())
    return [part for one in inner for part in _parts(one)] + ([hint] if isinstance(hint, type) else [])


def sources(tmp_path: Path) -> dict[str, object]:
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    frame = pd.DataFrame({"Name": ["Ann", "Bob"], "phone": ["202-555-0101", "asked"]})
    return {"a path": path, "a str": str(path), "bytes": LIST, "a file": io.BytesIO(LIST), "a frame": frame}


def test_a_list_is_inspected_whatever_holds_it(tmp_path: Path) -> None:
    for kind, source in sources(tmp_path).items():
        found = inspect(source, phone_column="phone")  # type: ignore[arg-type]
        assert (found.input.phone_column, found.rows) == ("phone", 2), kind
        assert [column.name for column in found.columns] == ["Name", "phone"]
        assert found.readable
        with pytest.raises(FrozenInstanceError):
            found.rows = 3  # type: ignore[misc]


def test_what_cannot_be_read_is_an_inspection_too() -> None:
    found = inspect(b"%PDF-1.7\n" + bytes(100))
    assert not found.readable
    assert [one.code for one in found.findings] == ["F001"]


def test_an_inspection_takes_settings_like_preflight(tmp_path: Path) -> None:
    assert inspect(LIST, Settings(region="US")).callable_share == inspect(LIST, region="US").callable_share == 0.5
    with pytest.raises(SettingsError, match="there is no setting regoin; did you mean region"):
        inspect(LIST, regoin="US")  # type: ignore[call-arg]
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "none.csv")


def test_a_source_is_called_what_the_caller_calls_it(tmp_path: Path) -> None:
    for source in sources(tmp_path).values():
        result = preflight(source, name="june.csv", phone_column="mobile")  # type: ignore[arg-type]
        assert result.report.input.path == inspect(LIST, name="june.csv").input.path == "june.csv"
        with pytest.raises(NotReadyError, match=r"june\.csv is not ready"):
            result.upload_file()
    assert preflight(LIST, name="lists/june.txt", region="US").upload_file()[0] == "june.csv"
    assert clean_file(LIST, tmp_path / "x.csv", name="june.csv", region="US").input.path == "june.csv"


def test_findings_are_complete() -> None:
    result = preflight(LONG, region="US")
    findings = result.findings
    assert findings["code"].value_counts().to_dict() == {"P101": 50, "P002": 30}
    assert findings[findings["code"] == "P002"]["line"].tolist() == list(range(52, 82))
    assert set(findings["column"]) == {"phone"}
    assert set(findings["outcome"]) == {"fix", "reject"}
    assert [len(found.samples) for found in result.report.findings] == [20, 20]  # a report stays short


@pytest.mark.parametrize(("most", "kept"), [(1, 2), (20, 40), (0, 80)])
def test_findings_are_as_many_as_were_asked_for(most: int, kept: int) -> None:
    for result in (
        preflight(LONG, region="US", max_findings=most),
        preflight(LONG, Settings(max_findings=most), region="US"),
    ):
        assert len(result.findings) == kept
        assert sum(len(found.samples) for found in result.report.findings) == kept


MANY_KINDS = (ROOT / "sample_data" / "contacts.csv").read_bytes()


@pytest.mark.parametrize("show_values", [False, True])
@pytest.mark.parametrize("settings", [{}, {"region": "US"}, {"phone_column": "none"}], ids=str)
def test_the_complete_findings_are_the_samples_of_a_report_that_has_all(show_values: bool, settings) -> None:
    complete = preflight(MANY_KINDS, show_values=show_values, **settings).findings
    sampled = preflight(MANY_KINDS, show_values=show_values, max_findings=0, **settings).findings
    pd.testing.assert_frame_equal(complete, sampled)


def test_findings_show_no_cell() -> None:
    result = preflight(MANY_KINDS, region="US", identifier_column="Full Name")
    text = result.findings.to_csv() + repr(result) + repr(result.report)
    assert "555-0" not in text
    assert "Okonkwo" not in text


def test_no_object_shows_a_cell() -> None:
    from tests.workbooks.books import xlsx

    people = [("Name", "phone"), ("Ann Secret", 1202555014312345678), ("Bob Secret", 12025550144)]
    book = convert(xlsx([("Secret title",), (), *people]))
    assert book.remarks
    settings = Settings(skip_lines=2)
    planned = plan(book.data, settings)
    frame = pd.read_csv(io.BytesIO(book.data), skiprows=2, dtype=str)
    for one in (book, inspect(book.data, settings), preflight(book.data, settings), planned, planned.apply(frame)):
        assert "Secret" not in repr(one)
        assert "12025550" not in repr(one)


def test_a_result_is_shown_in_one_line() -> None:
    ready = preflight(MANY_KINDS, region="US", name="june.csv")
    assert repr(ready) == "<Result june.csv: ready: 22 of 40 rows; 18 rejected, 2 of them duplicates>"
    assert repr(preflight(b"", name="may\n.csv")) == r"<Result may\n.csv: not ready: nobody in the list (F004)>"


def test_the_names_to_send_are_those_of_the_clean_file() -> None:
    result = preflight(
        b"Full Name,Phone Number\nAnn,+12025550101\n", phone_column="Phone Number", identifier_column="Full Name"
    )
    assert (result.phone_column, result.identifier_column) == ("Phone_Number", "Full_Name")
    assert {result.phone_column, result.identifier_column} == set(result.clean.columns)
    assert preflight(LIST, region="US").identifier_column is None
    assert preflight(b"").phone_column is None


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (None, None),
        (30, None),
        ("40%", None),
        (29, "L004 30 of 80 rows were rejected, and at most 29 may be$"),
        ("5%", "L004 30 of 80 rows were rejected, and at most 5% may be$"),
    ],
    ids=str,
)
def test_too_many_rejects_raise_where_a_limit_is_given(most, words: str | None) -> None:
    result = preflight(LONG, region="US")
    if words is None:
        result.raise_if_not_ready(max_rejects=most)
        return
    with pytest.raises(NotReadyError, match=words) as caught:
        result.raise_if_not_ready(max_rejects=most)
    assert caught.value.report is result.report


def test_a_limit_of_rejects_that_makes_no_sense_is_a_settings_error() -> None:
    with pytest.raises(SettingsError, match="max-rejects: 'few' is neither a number of rows nor a share such as 5%"):
        preflight(LIST, region="US").raise_if_not_ready(max_rejects="few")


BREAKS = ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"]


@pytest.mark.parametrize("function", [preflight, inspect, clean_file], ids=lambda one: one.__name__)
@pytest.mark.parametrize("end", BREAKS, ids=ascii)
@pytest.mark.parametrize("text", ["Zelda,202-555-0199{}", "{}Zelda", "phone{}Zelda,202-555-0199"])
def test_the_text_of_a_list_is_no_path_and_is_not_quoted(function, end: str, text: str, tmp_path: Path) -> None:
    more = [tmp_path / "x.csv"] if function is clean_file else []
    with pytest.raises(TypeError) as caught:
        function(text.format(end), *more)
    assert "Zelda" not in str(caught.value)
    assert "0199" not in str(caught.value)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("text", ["<html>Zelda</html>", '[{"phone": "Zelda"}]', ' {"Zelda": 1}'])
def test_a_document_of_one_line_is_no_path_either(text: str, tmp_path: Path) -> None:
    with pytest.raises(TypeError) as caught:
        preflight(text)
    assert "Zelda" not in str(caught.value)
    path = tmp_path / text.replace("/", "")
    path.write_bytes(LIST)
    assert preflight(str(path), region="US").ready


@pytest.mark.parametrize("option", ["existing", "suppress", "only"])
def test_the_lines_of_a_file_are_numbers(option: str, tmp_path: Path) -> None:
    path = tmp_path / "numbers.txt"
    path.write_text("+12025550101\n+12025550102\n")
    with path.open() as lines:
        result = preflight(LIST, region="US", **{option: lines})
    assert result.report.rows.clean == (option == "only")
    with pytest.raises(TypeError):
        preflight(LIST, region="US", **{option: "+12025550101\n"})


def test_settings_take_the_name_of_a_profile() -> None:
    settings = Settings(profile="vapi", region="US")
    assert settings.profile == Profile("vapi")
    assert settings == Settings(Profile("vapi"), region="US") == replace(Settings(region="US"), profile="vapi")
    assert pickle.loads(pickle.dumps(settings)) == settings  # noqa: S301
    assert hash(settings) == hash(Settings(profile="vapi", region="US"))
    assert preflight(LIST, settings).report.profile == "vapi"
    assert {field.name: field.default for field in fields(Settings)}["profile"] == Profile("smallest-atoms")
    with pytest.raises(FrozenInstanceError):
        settings.profile = Profile("generic")  # type: ignore[misc]


def test_settings_show_what_differs_and_no_number() -> None:
    settings = Settings(region="US", existing={"+12025550101"}, suppress="+12025550101", only=["x.csv"])
    assert repr(settings) == "Settings(region='US', existing=…, suppress=…, only=…)"


@pytest.mark.parametrize("option", ["existing", "suppress", "only"])
def test_an_iterator_in_settings_serves_for_several_lists(option: str) -> None:
    for numbers in ((number for number in ["+12025550101"]), pd.Series(["+12025550101"])):
        settings = Settings(region="US", **{option: numbers})
        assert hash(settings)
        counts = [preflight(LIST, settings).report.rows.clean for _ in range(3)]
        assert counts == [int(option == "only")] * 3


GOOD = """
from pathlib import Path
from csv_preflight import (
    Inspection, PreflightError, Report, Result, Settings, clean_file, inspect, preflight,
)

result: Result = preflight(
    b"", Settings(profile="vapi", region="US"), name="june.csv", profile="generic", phone_column="phone",
    existing=["+12025550101", Path("x.csv")], suppress={12025550101}, only="x.csv", max_bytes="5MB", max_rejects=5,
    keep="last", countries=["US"], rename={"a": "b"}, max_findings=3,
)
report: Report = clean_file(Path("x.csv"), "y.csv", rejects=None, report=["x.html"], region="US")
found: Inspection = inspect("x.csv", region="US")
try:
    result.raise_if_not_ready(max_rejects="5%")
except PreflightError as error:
    print(error.report)
name: str | None = result.phone_column
filename, data, kind = result.upload_file()
print([sample.parameters for finding in result.report.findings for sample in finding.samples], filename + kind, data)
print(Settings(profile="vapi").profile.max_rows)
lists = Settings(existing=[Path("x.csv"), "+12025550101"], suppress={12025550101}, only="x.csv")
"""
BAD = """
from csv_preflight import Settings, clean_file, inspect, preflight
preflight(b"", regoin="US")
preflight(b"", region=5)
preflight(b"", keep="middle")
clean_file(b"", "x.csv", phone_colum="phone")
inspect(b"", regoin="US")
Settings(regoin="US")
Settings(profile=5)
preflight(5)
"""


def test_type_checkers_see_mistakes_and_nothing_else(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text(GOOD)
    bad.write_text(BAD)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--follow-imports=silent", good, bad],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    errors = [line for line in done.stdout.splitlines() if "error:" in line]
    assert not [line for line in errors if line.startswith(str(good))], done.stdout
    lines = [int(line.removeprefix(f"{bad}:").partition(":")[0]) for line in errors if line.startswith(str(bad))]
    assert lines == list(range(3, 3 + len(BAD.splitlines()) - 2))


def workbook() -> bytes:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


CHOICES = {
    "two phone columns": (b"phone,mobile\n+12025550101,+12025550102\n", {}, "C001", "candidates", ["phone", "mobile"]),
    "no phone column": (b"Name,Town\nAnn,Rome\n", {}, "C001", "names", ["Name", "Town"]),
    "no such phone column": (LIST, {"phone_column": "phon"}, "C001", "near", ["phone"]),
    "no such identifier": (LIST, {"identifier_column": "Nam", "region": "US"}, "C002", "near", ["Name"]),
    "no such region column": (LIST, {"region_column": "country"}, "C005", "names", ["Name", "phone"]),
    "no such opt-out column": (LIST, {"opt_out_column": "stop", "region": "US"}, "C012", "names", ["Name", "phone"]),
    "a required column": (LIST, {"profile": "salesforce-mobile", "region": "US"}, "C008", "wanted", ["_Locale"]),
    "a variable": (LIST, {"variables": "name_", "region": "US"}, "V001", "near", ["Name"]),
    "two encodings": ((ROOT / "sample_data/rules/F002.csv").read_bytes(), {}, "F002", "second_encoding", "cp1257"),
    "a workbook": (workbook(), {}, "F001", "converts", True),
}  # fmt: skip


@pytest.mark.parametrize(("data", "settings", "code", "name", "value"), CHOICES.values(), ids=CHOICES)
def test_what_answers_a_stop_is_data(data: bytes, settings, code: str, name: str, value: object) -> None:
    findings = preflight(data, **settings).findings
    assert findings["code"].tolist()[0] == code
    assert findings["parameters"].tolist()[0][name] == value


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        pytest.param({"destination": "c.xlsx"}, r"c\.xlsx: the name must end in \.csv or \.txt", id="a workbook"),
        pytest.param({"destination": "c.csv", "rejects": "r.json"}, "must end in .csv, .txt or .xlsx", id="rejects"),
        pytest.param({"destination": "c.csv", "report": "r.txt"}, "must end in .json, .html or .md", id="a report"),
    ],
)
def test_a_name_that_promises_another_format_is_refused(outputs, words: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=words):
        clean_file(LIST, **outputs)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "none" / "c.csv")
    with pytest.raises(FileNotFoundError) as raised:
        clean_file(LIST, path)
    assert str(raised.value) == f"[Errno 2] No such file or directory: {path!r}"


@pytest.mark.parametrize("function", [preflight, inspect, plan])
def test_settings_in_another_form_are_a_type_error(function) -> None:
    with pytest.raises(TypeError, match="settings is a Settings, not dict; give settings by name, such as region='US'"):
        function(LIST, {"region": "US"})


def test_a_column_of_time_zones_that_is_there_is_said_to_be_kept() -> None:
    report = preflight(b"phone,zone\n+12025550101,UTC\n+12025550102,\n", add_timezone="zone").report
    assert [note.kind for note in report.notes] == ["timezones-kept"]
    assert preflight(b"phone\n+12025550101\n", add_timezone="zone").report.notes == ()
