"""The library: sources, results, files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import phonenumbers
import pytest

import csv_preflight
from csv_preflight import NotReadyError, PreflightError, Settings, SettingsError, clean_file, preflight
from csv_preflight.model.profile import Profile
from csv_preflight.model.report import Tool

LIST = b"Name,phone\nAnn,202-555-0101\nBob,asked\n"


def test_public_names() -> None:
    assert {"preflight", "clean_file", "inspect", "Settings", "PreflightError"} <= set(csv_preflight.__all__)
    assert sorted(csv_preflight.__all__) == dir(csv_preflight)
    for name in csv_preflight.__all__:
        assert getattr(csv_preflight, name)
    with pytest.raises(AttributeError):
        _ = csv_preflight.nothing  # type: ignore[attr-defined]


def test_a_text_handle_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match="is open as text; open it with 'rb'"):
        preflight(io.StringIO(LIST.decode()))  # type: ignore[arg-type]


@pytest.mark.parametrize("spare", [-1, 0])
def test_a_list_with_quotes_is_within_the_limit_as_it_is_written(spare: int, tmp_path: Path) -> None:
    data = b'"phone","n"\n' + b"".join(b'"+1202555%04d","x"\n' % number for number in range(100, 140))
    limit = len(data) + spare
    result = preflight(data, max_bytes=limit)
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    report = clean_file(path, tmp_path / "clean.csv", Settings(max_bytes=limit))
    (used,) = (one.used for one in report.limits if one.name == "bytes")
    written = (tmp_path / "clean.csv").read_bytes()
    assert result.ready
    assert result.upload_file()[1] == written
    assert (written == data) == (spare == 0)
    assert used == report.outputs[0].bytes == len(written) <= limit


def test_a_report_says_what_made_it() -> None:
    tool = preflight(LIST).report.tool
    assert tool == Tool("csv-preflight", csv_preflight.__version__, phonenumbers.__version__)


SETTINGS = {
    "a region": (Settings(region="us"), {}, 1),
    "a region given": (Settings(region="GB"), {"region": "US"}, 1),
    "nothing given": (Settings(region="US"), {"region": None, "profile": None}, 1),
    "another profile": (Settings(region="US", profile=Profile("vapi")), {}, 1),
    "another profile's name": (Settings("vapi", region="US"), {}, 1),
    "another profile by name": (Settings(region="US"), {"profile": "hubspot"}, 1),
    "a profile of one's own": (Settings(Profile("mine", "Mine", max_rows=1), region="US"), {}, 1),
    "lists": (Settings(region="US", countries=("!US",), max_rejects="50%"), {}, 0),
    "nothing": (Settings(), {}, 0),
}


@pytest.mark.parametrize(("settings", "overrides", "clean"), SETTINGS.values(), ids=SETTINGS)
def test_settings_may_be_made_before(settings: Settings, overrides: dict[str, object], clean: int) -> None:
    result = preflight(LIST, settings, **overrides)
    assert len(result.clean) == clean
    assert result.report.profile == (overrides.get("profile") or settings.profile.name)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(region="Narnia"), "region: 'Narnia' is not a region code"),
        (Settings(Profile("vapy")), "there is no 'vapy'; did you mean vapi"),
        (Settings(max_rows=0), "max-rows: 0 is not a whole number of at least 1"),
    ],
)
def test_settings_are_checked_where_they_are_used(settings: Settings, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        preflight(LIST, settings)


def test_sources_of_every_kind_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    frame = pd.DataFrame({"Name": ["Ann", "Bob"], "phone": ["202-555-0101", "asked"]})
    with path.open("rb") as file:
        results = [preflight(source, region="US") for source in (path, str(path), LIST, io.BytesIO(LIST), file, frame)]
    for result in results:
        assert result.clean.to_dict("list") == {"Name": ["Ann"], "phone": ["+12025550101"]}
        assert result.clean.index.tolist() == [2]
        assert result.rejects["preflight_code"].tolist() == ["P002"]


def test_a_frame_keeps_its_cells_as_text() -> None:
    frame = pd.DataFrame(
        {"x": ["NA", None, " a,b\n"], "phone": [2025550101.0, 2025550102, float("nan")], 3: ["007", 1, True]}
    )
    result = preflight(frame, region="US", phone_column="phone", max_findings=0)
    assert result.clean["x"].tolist() == ["NA", ""]
    assert result.clean["phone"].tolist() == ["+12025550101", "+12025550102"]
    assert result.rejects["x"].tolist() == [" a,b\n"]


def test_other_sources_are_a_type_error() -> None:
    with pytest.raises(TypeError, match="not int"):
        preflight(5)  # type: ignore[arg-type]


def test_an_unreadable_path_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        preflight(tmp_path / "no.csv")


def test_upload_file() -> None:
    result = preflight(LIST, region="US")
    assert result.ready
    assert result.upload_file() == ("contacts.csv", b"Name,phone\nAnn,+12025550101\n", "text/csv")


def test_a_ready_file_is_uploaded_as_it_is() -> None:
    data = b'"phone"\r\n"+12025550101"'
    assert preflight(data).upload_file()[1] == data


def test_what_is_not_ready_raises_with_the_report() -> None:
    result = preflight(LIST, phone_column="mobile")
    assert not result.ready
    for ask in (result.raise_if_not_ready, result.upload_file):
        with pytest.raises(NotReadyError, match="C001 there is no column 'mobile'") as caught:
            ask()
        assert isinstance(caught.value, PreflightError)
        assert caught.value.report is result.report
    assert result.clean.empty
    assert result.rejects.empty


FRAMES = {
    "a delimiter in the only column": (["+12025550143;5", "+12025550144"], "phone", ["P009"], 1),
    "blank cells in the only column": (["   ", "", "+12025550144"], "phone", ["P001"], 1),
    "a delimiter in the name": (["+12025550144"], "a;phone", ["C102"], 1),
    "half of a surrogate pair": (["\ud83d", "+12025550144"], "phone", ["F003"], 0),
    "an escape of another encoding": (["\x1b$B\x1b(B+12025550143", "+12025550144"], "phone", ["P002"], 1),
}


@pytest.mark.parametrize(("cells", "name", "codes", "clean"), FRAMES.values(), ids=FRAMES)
def test_the_cells_of_a_frame_are_known(cells: list[str], name: str, codes: list[str], clean: int) -> None:
    result = preflight(pd.DataFrame({name: cells}, dtype=object), phone_column=name)
    assert [found.code for found in result.report.findings] == codes
    assert result.report.rows.read in (0, len(cells))
    assert result.report.rows.clean == clean
    assert set(result.report.settings) == {"phone-column"}


def test_half_characters_in_names_and_frames_of_nothing_are_findings() -> None:
    half = pd.DataFrame([["x"]], columns=pd.Index(["a\ud83d"], dtype=object))  # Arrow's text has none
    for frame, code in ((half, "F003"), (pd.DataFrame(), "F004")):
        assert [found.code for found in preflight(frame).report.findings] == [code]


def test_findings_as_a_frame() -> None:
    findings = preflight(LIST, region="US").findings
    assert list(findings.columns) == ["line", "record", "column", "code", "title", "outcome", "detail", "parameters"]
    assert findings["code"].tolist() == ["P002", "P101"]
    assert findings["line"].tolist() == [3, 2]


def test_clean_file_streams_to_a_file(tmp_path: Path) -> None:
    report = clean_file(LIST, tmp_path / "x.clean.csv", region="US", report=str(tmp_path / "x.json"))
    assert report.ready
    assert (tmp_path / "x.clean.csv").read_bytes() == b"Name,phone\nAnn,+12025550101\n"
    assert (tmp_path / "x.rejects.csv").read_bytes().startswith(b"\xef\xbb\xbfName,phone,preflight_line")
    assert json.loads((tmp_path / "x.json").read_text()) == report.to_dict()


def test_rejects_are_formula_safe_and_come_back_as_they_were(tmp_path: Path) -> None:
    cells = ["=1+2", "'=1+2", "+1 202 555 0101", "@x", "-5", "\tx", "plain", "'quoted'"]
    frame = pd.DataFrame({"note": cells, "phone": ["none"] * len(cells)})
    good = pd.DataFrame({"note": ["ok"], "phone": ["+12025550199"]})
    clean_file(pd.concat([good, frame]), tmp_path / "a.csv")
    rejects = (tmp_path / "a.rejects.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(rejects.decode("utf-8-sig"), newline="")))
    assert [row["note"] for row in rows] == [
        "'=1+2",
        "''=1+2",
        "+1 202 555 0101",
        "'@x",
        "'-5",
        "'\tx",
        "plain",
        "'quoted'",
    ]
    corrected = rejects
    for place in range(len(cells)):
        corrected = corrected.replace(b",none,", b",+120255501%02d," % place, 1)
    assert preflight(corrected).clean["note"].tolist() == cells
