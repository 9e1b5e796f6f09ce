"""A destination is added in the steps of CONTRIBUTING, and every face of the program then has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from csv_preflight.destinations import built_in_profiles
from tests.promises.tree import Tree

TABLE = """[carrier-pigeon]
title = "Carrier Pigeon, a made-up service"
max_rows = 2
phone_column = "tel"
required = ["loft"]
source = "https://example.com/pigeons"
date = "2026-11-01"

"""
CHECK = '    "carrier-pigeon": (None, 2, each(phone_in("tel"), lambda header, rows, known: loft(header, rows))),\n'
LOFT = """def loft(header: list[str], rows: list[list[str]]) -> list[str]:
    return [] if "loft" in header and all(_cells(header, rows, "loft")) else ["no loft"]


"""
ROWS = """    "pigeon: the phone column": row("carrier-pigeon", f"Phone,loft\\n{P},a\\n", "C102", "tel,loft"),
    "pigeon: no loft": row("carrier-pigeon", f"tel\\n{P}\\n", "C008"),
    "pigeon: an empty loft": row("carrier-pigeon", f"tel,loft\\n{P},\\n{Q},1\\n", "V005", "tel,loft"),
"""
LIST = "Phone,loft\n+12025550101,a\n+12025550102,b\n"
TESTS = (
    ["tests/destinations", "tests/test_readme.py"],
    "pigeon or check_for_every or has_a_row or number_of or tables_of",
)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """A copy of the project with one more destination."""
    tree = Tree(tmp_path)
    tree.insert("csv_preflight/destinations/profiles.toml", "[govuk-notify]\n", TABLE)
    tree.write("list.csv", LIST)
    return tree


def test_its_rules_are_kept_and_shown(tree: Tree) -> None:
    assert "carrier-pigeon" in tree.run("profiles")
    shown = tree.run("profiles", "carrier-pigeon")
    assert all(word in shown for word in ("tel", "loft", "https://example.com/pigeons", "2026-11-01"))
    tree.run("clean", "list.csv", "--profile", "carrier-pigeon", "-o", "ready.csv")
    assert tree.text("ready.csv") == LIST.replace("Phone", "tel")
    tree.write("long.csv", LIST + "+12025550103,c\n")
    assert "L001" in tree.run("check", "long.csv", "--profile", "carrier-pigeon", code=1)


def test_tests_say_what_is_missing_until_all_steps_are_done(tree: Tree) -> None:
    missing = tree.test(*TESTS)
    names = ("check_for_every_destination", "every_destination_has_a_row", "sizes_are_those", "tables_of_the_docs")
    assert [name for name in (*names, "number_of_destinations") if name not in missing] == []
    tree.insert("tests/destinations/documented.py", '    "govuk-notify": (', CHECK)
    tree.insert("tests/destinations/documented.py", "DOCUMENTED: Mapping", LOFT)
    rows = "tests/destinations/test_documented_rules.py"
    tree.insert(rows, '    "notify: case does not matter"', ROWS)
    tree.insert(rows, '    "govuk-notify": (None, 100_000),\n', '    "carrier-pigeon": (None, 2),\n')
    assert "C008" not in tree.text("tests/destinations/test_accepted.py").partition("carrier-pigeon")[2]
    tree.insert("tests/destinations/test_accepted.py", '    "aisensy": "C008",\n', '    "carrier-pigeon": "C008",\n')
    count = len(built_in_profiles().keys() - {"generic"})
    for page, words, present in (("README.md", "what {} services", count), ("CHANGELOG.md", "{} other", count - 1)):
        assert tree.text(page).count(words.format(present)) == 1
        tree.write(page, tree.text(page).replace(words.format(present), words.format(present + 1)))
    assert tree.python("-m", "tools.golden", "docs").returncode == 0
    assert "Carrier Pigeon" in tree.text("docs/destinations.md")
    assert tree.test(*TESTS) == ""
