"""The GitHub Action: the steps of action.yml, run as a runner does, and the Dockerfile as far as it can be read."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.samples import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INSTALL, CHECK = ACTION["runs"]["steps"]
READY = b"Name,phone\nAnn,+12025550101\n"
NATIONAL = b"Full Name,phone\nAnn,202-555-0101\n"
OWN = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CSV_PREFLIGHT"))}

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here: the steps were not run")


def run_step(step: dict, place: Path, runner: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step with the inputs instead of its expressions, as a runner does."""
    values = {f"inputs.{name}": str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    values |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
    values["github.action_path"] = str(ROOT)

    def filled(text: str) -> str:
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: values[match[1]], text)

    assert "${{" not in step["run"]  # an input is data: it never becomes part of a script
    environment = {name: filled(text) for name, text in step["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=place, capture_output=True, text=True, check=False,
        env={**OWN, "RUNNER_TEMP": str(runner), "GITHUB_ACTIONS": "true", **environment},
    )  # fmt: skip


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A runner on which the first step has installed this project."""
    place = tmp_path / "temp"
    place.mkdir()
    (place / "csv-preflight").symlink_to(sys.prefix)
    return place


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    place = tmp_path / "work"
    (place / "lists" / "2026").mkdir(parents=True)
    (place / "lists" / "a b.csv").write_bytes(READY)
    (place / "lists" / "2026" / "june.csv").write_bytes(NATIONAL)
    (place / "lists" / "x[1].csv").write_bytes(READY)
    return place


@pytest.mark.parametrize(
    ("inputs", "code", "words"),
    [
        pytest.param({"files": "lists/a b.csv"}, 0, "", id="ready"),
        pytest.param({"files": "lists/x[1].csv\n\n  lists/a b.csv\n"}, 0, "", id="names with brackets and spaces"),
        pytest.param({"files": "lists/**/*.csv"}, 1, "::error file=lists/2026/june.csv", id="in folders"),
        pytest.param({"files": "lists/2026/june.csv", "args": "--region US"}, 1, "P101", id="options"),
        pytest.param(
            {"files": "lists/2026/june.csv", "args": "--region US --identifier-column 'Full Name'"},
            1,
            "P101",
            id="quotes",
        ),
        pytest.param({"files": "none.csv\nlists/*.csv"}, 2, "::error::no file matches none.csv", id="no such file"),
        pytest.param({"files": "\n"}, 2, "::error::no file matches", id="nothing"),
        pytest.param({"files": "lists/*.csv", "format": "xml"}, 2, "is github or sarif", id="another format"),
        pytest.param(
            {"files": "lists/*.csv", "args": '--region "DE'}, 2, "::error::the input `args`: ", id="an open quote"
        ),
        pytest.param({"files": "lists/*.csv; touch pwned", "args": "$(touch pwned)"}, 2, "no file", id="no script"),
    ],
)
def test_lists_are_checked(inputs: dict[str, str], code: int, words: str, lists: Path, runner: Path) -> None:
    done = run_step(CHECK, lists, runner, **inputs)
    assert (done.returncode, words in done.stdout) == (code, True), done.stdout + done.stderr
    assert not (lists / "pwned").exists()
    assert "202" not in re.sub("lists/2026", "", done.stdout)


def test_sarif_is_written_to_a_file(lists: Path, runner: Path) -> None:
    done = run_step(CHECK, lists, runner, files="lists/**/*.csv", format="sarif", sarif_file="found.sarif")
    said = "found.sarif: 2 errors, 1 warning, 0 notes in 1 file\n"
    assert (done.returncode, done.stdout) == (1, said), done.stderr
    document = json.loads((lists / "found.sarif").read_text(encoding="utf-8"))
    assert document["version"] == "2.1.0"
    assert any(result["ruleId"] == "P003" for run in document["runs"] for result in run["results"])


def test_the_folder_of_the_sarif_file_is_made(lists: Path, runner: Path) -> None:
    done = run_step(CHECK, lists, runner, files="lists/a b.csv", format="sarif", sarif_file="sub/deep/found.sarif")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads((lists / "sub" / "deep" / "found.sarif").read_bytes())["version"] == "2.1.0"


@pytest.mark.parametrize(
    "inputs",
    [
        pytest.param({"files": "none.csv"}, id="no such file"),
        pytest.param({"files": "lists/*.csv", "args": "--regoin DE"}, id="no such option"),
        pytest.param({"files": "lists/*.csv", "args": '--region "DE'}, id="an open quote"),
        pytest.param({"files": "lists/*.csv", "args": "--config none.toml"}, id="no such configuration"),
    ],
)
def test_no_sarif_of_an_earlier_run_is_left_by_one_that_cannot_check(
    inputs: dict[str, str], lists: Path, runner: Path
) -> None:
    (lists / "found.sarif").write_text('{"version": "2.1.0", "runs": []}')
    done = run_step(CHECK, lists, runner, format="sarif", sarif_file="found.sarif", **inputs)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (lists / "found.sarif").exists()


def test_annotations_leave_a_sarif_file_alone(lists: Path, runner: Path) -> None:
    (lists / "found.sarif").write_text("of another tool")
    assert run_step(CHECK, lists, runner, files="lists/a b.csv", sarif_file="found.sarif").returncode == 0
    assert (lists / "found.sarif").read_text() == "of another tool"


@pytest.mark.parametrize(
    ("place", "words"),
    [
        pytest.param("lists/a b.csv/x.sarif", "the SARIF file cannot be written: ", id="in a file"),
        pytest.param("folder.sarif", "the SARIF file cannot be written: ", id="a folder"),
        pytest.param("lists/a b.csv", "the input `sarif-file` ends in .sarif or .json", id="a list"),
        pytest.param("", "the input `sarif-file` ends in .sarif or .json", id="none"),
    ],
)
def test_a_sarif_file_that_cannot_be_written_is_an_error(place: str, words: str, lists: Path, runner: Path) -> None:
    (lists / "folder.sarif").mkdir()
    done = run_step(CHECK, lists, runner, files="lists/a b.csv", format="sarif", sarif_file=place)
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith(f"::error::{words}")
    assert (lists / "lists" / "a b.csv").read_bytes() == READY


def test_a_list_that_two_patterns_match_is_checked_once(lists: Path, runner: Path) -> None:
    (lists / "lists" / "empty").mkdir()
    files = "lists/a b.csv\nlists/**\n./lists/2026/june.csv"
    done = run_step(CHECK, lists, runner, files=files, format="sarif", sarif_file="found.sarif")
    assert done.returncode == 1, done.stdout + done.stderr
    (found,) = json.loads((lists / "found.sarif").read_bytes())["runs"]
    paths = [artifact["location"]["uri"] for artifact in found["artifacts"]]
    assert paths == ["lists/a%20b.csv", "lists/2026/june.csv", "lists/x%5B1%5D.csv"]


@pytest.mark.exam
def test_the_steps_install_and_check(lists: Path, tmp_path: Path) -> None:
    runner = tmp_path / "fresh"
    runner.mkdir()
    assert run_step(INSTALL, lists, runner, files="lists/a b.csv").returncode == 0
    assert run_step(CHECK, lists, runner, files="lists/a b.csv").returncode == 0


def test_the_inputs_are_those_that_the_documentation_names() -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE)) >= set(ACTION["inputs"])


def test_the_image_has_all_that_a_wheel_is_made_of_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = text.splitlines()
    copied = next(line for line in lines if line.startswith("COPY pyproject.toml")).split()[1:-1]
    assert all((ROOT / name).exists() for name in copied)
    assert lines.index("USER preflight") < lines.index('ENTRYPOINT ["csv-preflight"]')
