"""An option is added in the steps of CONTRIBUTING, and every face of the program then has it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.promises.tree import Tree

ENTRY = '    Option(name="refuse-formulas", group=ROWS, help="Reject rows whose identifier is a formula."),\n'
LIST = "Name,phone\nAnn,+12025550101\n=1+2,+12025550102\n"
OPTION = ("clean", "list.csv", "--identifier-column", "Name")
KEYWORD = "import csv_preflight as c; r = c.preflight('list.csv', identifier_column='Name', refuse_formulas=True); "


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the project with one more option in the table, and what it does."""
    tree = Tree(tmp_path)
    before = '    Option(name="require-identifier"'
    tree.insert("csv_preflight/config/list_options.py", before, ENTRY)
    added = '    if settings.refuse_formulas:\n        others["I002"] = Outcome.REJECT\n'
    tree.insert("csv_preflight/row_stages.py", "    if variables.rejects_empty(settings):\n", added)
    added = "        kept[[odd[p] for p, name in enumerate(examined) if name.formula]] = False\n"
    added = f"    if settings.refuse_formulas:\n{added}"
    before = "    if (most := settings.profile.identifier_max_length) is not None:\n"
    tree.insert("csv_preflight/stages/identifiers/column.py", before, added)
    tree.write("list.csv", LIST)
    return tree


def make_a_setting(tree: Tree) -> None:
    before = "    require_identifier: bool = False\n"
    tree.insert("csv_preflight/model/settings.py", before, "    refuse_formulas: bool = False\n")
    before = "    require_identifier: bool\n"
    tree.insert("csv_preflight/config/overrides.py", before, "    refuse_formulas: bool\n")


def test_a_test_says_what_is_missing_until_all_steps_are_done(tree: Tree) -> None:
    tests = ["tests/test_options.py", "tests/test_readme.py"], "setting or refuse or options"
    assert "test_every_setting_is_an_option_and_a_keyword" in tree.test(*tests)
    make_a_setting(tree)
    assert tree.test(*tests).count("FAILED") == 1  # the table of the docs
    assert tree.python("-m", "tools.golden", "docs").returncode == 0
    assert "`--refuse-formulas`" in tree.text("docs/options.md")
    assert tree.test(*tests) == ""


def test_it_is_on_the_command_line_in_the_configuration_and_in_the_library(tree: Tree) -> None:
    make_a_setting(tree)
    assert "Reject rows whose identifier is a formula." in tree.run("clean", "--help")
    tree.run(*OPTION, "-o", "without.csv")
    assert tree.text("without.csv") == LIST
    said = tree.run(*OPTION, "--refuse-formulas", "-o", "with.csv", "--report", "with.json")
    assert "I002" in said
    assert tree.text("with.csv") == "Name,phone\nAnn,+12025550101\n"
    assert json.loads(tree.text("with.json"))["settings"]["refuse-formulas"] is True
    tree.write("own.toml", "refuse-formulas = true\n")
    tree.run(*OPTION, "--config", "own.toml", "-o", "configured.csv")
    assert tree.text("configured.csv") == tree.text("with.csv")
    assert tree.python("-c", KEYWORD + "print(*r.rejects['preflight_code'])").stdout == "I002\n"
