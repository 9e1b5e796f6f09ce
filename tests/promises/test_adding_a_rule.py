"""A rule is added in the steps of CONTRIBUTING, and every report then has it."""

from __future__ import annotations

import json

import pytest

from tests.promises.tree import Tree

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


BEFORE = "    missing = np.flatnonzero(clean.lengths == 0)\n"
LIST = "Name,phone\nANN,+12025550101\nBob,+12025550102\n"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A copy of the project with one more rule, and its sample."""
    tree = Tree(tmp_path_factory.mktemp("tree"))
    rules = tree.text("csv_preflight/rules/identifiers.py")
    assert rules.endswith("    ),\n)\n")
    tree.write("csv_preflight/rules/identifiers.py", rules[:-2] + ENTRY)
    tree.insert("csv_preflight/stages/identifiers/column.py", BEFORE, STAGE)
    tree.write("sample_data/rules/I009.csv", LIST)
    tree.write("sample_data/rules/I009.options", "--identifier-column\nName\n")
    return tree


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_it_is_printed_in_every_format(tree: Tree, form: str) -> None:
    said = tree.run("check", "sample_data/rules/I009.csv", "--identifier-column", "Name", "--output-format", form)
    assert "I009" in said
    assert "the identifier is in capitals, 3 of them" in said
    assert "Shouted identifier" in said


def test_it_is_in_every_report_and_explained(tree: Tree) -> None:
    reports = ["r.json", "r.html", "r.md"]
    options = ["--identifier-column", "Name", "-o", "r.csv", *(word for name in reports for word in ("--report", name))]
    tree.run("clean", "sample_data/rules/I009.csv", *options)
    for report in reports:
        assert "Shouted identifier" in tree.text(report), report
    [found] = json.loads(tree.text("r.json"))["findings"]
    assert found["samples"][0]["parameters"] == {"letters": 3}
    assert "Write it in small letters." in tree.run("rules", "I009")


def test_the_golden_files_and_the_docs_get_it(tree: Tree) -> None:
    assert "I009" in tree.test(["tests/promises/test_samples.py", "tests/test_readme.py"], "I009 or rules")
    done = tree.python("-m", "tools.golden", "I009", "docs")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Shouted identifier" in tree.text("docs/rules.md")
    assert tree.test(["tests/promises/test_samples.py", "tests/test_readme.py"], "I009 or rules") == ""
