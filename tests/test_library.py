"""The library: sources, results, files."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest

import csv_preflight
from csv_preflight import NotReadyError, PreflightError, clean_file, preflight

LIST = b"Name,phone\nAnn,202-555-0101\nBob,none\n"


def test_public_names() -> None:
    assert csv_preflight.__all__ == [
        "NotReadyError", "PreflightError", "Report", "Result", "Settings", "SettingsError", "__version__", "clean_file",
        "preflight",
    ]  # fmt: skip
    for name in csv_preflight.__all__:
        assert getattr(csv_preflight, name)
    with pytest.raises(AttributeError):
        _ = csv_preflight.nothing  # type: ignore[attr-defined]


def test_sources_of_every_kind_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(LIST)
    frame = pd.DataFrame({"Name": ["Ann", "Bob"], "phone": ["202-555-0101", "none"]})
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


def test_findings_as_a_frame() -> None:
    findings = preflight(LIST, region="US").findings
    assert list(findings.columns) == ["line", "record", "column", "code", "outcome", "detail"]
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
