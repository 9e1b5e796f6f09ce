"""A rule is added in the steps of CONTRIBUTING, and every report then has it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT

ENTRY = """    Rule(
        code="I009",
        name="identifier-shouted",
        title="Shouted identifier",
        outcome=Outcome.WARN,
        group=Group.IDENTIFIER,
        message="the identifier is in capitals, {letters} of them",
        why="It is read aloud letter by letter.",
        example="ANN",
        parameters={"letters": 3},
        remedy="Write it in small letters.",
    ),
)
"""
STAGE = """    shouted = [row for row, cell in enumerate(clean.tolist()) if len(cell) > 2 and cell.isupper()]
    findings.rows(
        "I009", batch, np.array(shouted, np.intp), column=at, parameters=[{"letters": len(clean[r])} for r in shouted]
    )
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with one more rule, and its sample."""
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(ROOT / "csv_preflight", root / "csv_preflight", ignore=shutil.ignore_patterns("__pycache__"))
    rules = root / "csv_preflight" / "rules" / "identifiers.py"
    text = rules.read_text(encoding="utf-8")
    assert text.endswith("    ),\n)\n")
    rules.write_text(text[:-2] + ENTRY, encoding="utf-8")
    stage = root / "csv_preflight" / "stages" / "identifiers" / "column.py"
    text = stage.read_text(encoding="utf-8")
    before = "    missing = np.flatnonzero(clean.lengths == 0)\n"
    assert text.count(before) == 1
    stage.write_text(text.replace(before, STAGE + before), encoding="utf-8")
    (root / "I009.csv").write_text("Name,phone\nANN,+12025550101\nBob,+12025550102\n", encoding="utf-8")
    return root


def run(tree: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "csv_preflight", *arguments], cwd=tree, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_it_is_printed_in_every_format(tree: Path, form: str) -> None:
    said = run(tree, "check", "I009.csv", "--identifier-column", "Name", "--output-format", form)
    assert "I009" in said
    assert "the identifier is in capitals, 3 of them" in said
    assert "Shouted identifier" in said


def test_it_is_in_every_report_and_explained(tree: Path) -> None:
    reports = ["r.json", "r.html", "r.md"]
    run(tree, "clean", "I009.csv", "--identifier-column", "Name", *(word for r in reports for word in ("--report", r)))
    for report in reports:
        assert "Shouted identifier" in (tree / report).read_text(encoding="utf-8"), report
    [found] = json.loads((tree / "r.json").read_text(encoding="utf-8"))["findings"]
    assert found["samples"][0]["parameters"] == {"letters": 3}
    assert "Write it in small letters." in run(tree, "rules", "I009")
