"""The JSON report is what its schema says, for every sample and every way to make it."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from csv_preflight import clean_file, preflight
from csv_preflight.reports import json as json_report
from tests.samples import ROOT, Sample, all_samples, run

SCHEMA = json.loads(files("csv_preflight.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_the_report_of_a_sample_fits_the_schema(
    sample: Sample, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(ROOT)
    written = tmp_path / "report.json"
    report = clean_file(sample.source, tmp_path / "a.clean.csv", report=written, **sample.settings)
    VALIDATOR.validate(json.loads(written.read_text(encoding="utf-8")))
    VALIDATOR.validate(json.loads(json_report.render_line(report)))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"schema_version": 2}, id="version"),
        pytest.param({"ready": "yes"}, id="type"),
        pytest.param({"limits": [{"name": "rows", "used": -1, "most": None}]}, id="negative"),
    ],
)
def test_the_schema_refuses(change: dict[str, Any]) -> None:
    report = json.loads(json_report.render(preflight(b"phone\n+12025550101\n").report))
    assert VALIDATOR.is_valid(report)
    assert not VALIDATOR.is_valid(report | change)
    assert not VALIDATOR.is_valid({key: value for key, value in report.items() if key != "rows"})


def test_every_file_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"phone\n+12025550101\n")
    (tmp_path / "b.csv").write_bytes(b"phone\nnone\n")
    done = run("check", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--output-format", "json")
    reports = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [report["ready"] for report in reports] == [True, False]
    for report in reports:
        VALIDATOR.validate(report)
    assert reports[0]["limits"] == [
        {"name": "rows", "used": 1, "most": 10_000},
        {"name": "bytes", "used": 19, "most": 5_000_000},
    ]


def test_a_path_that_is_no_text_is_still_json(tmp_path: Path) -> None:
    name = b"a\xff.csv"
    try:
        (Path(tmp_path) / name.decode("utf-8", "surrogateescape")).write_bytes(b"phone\n+12025550101\n")
    except OSError:
        pytest.skip("the file system takes names of Unicode only")
    path = tmp_path / name.decode("utf-8", "surrogateescape")
    clean_file(path, tmp_path / "a.clean.csv", report=[str(tmp_path / f"a{end}") for end in (".json", ".md", ".html")])
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["input"]["path"] == str(path)
    assert "a\\udcff.csv" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "a\\udcff.csv" in (tmp_path / "a.html").read_text(encoding="utf-8")
