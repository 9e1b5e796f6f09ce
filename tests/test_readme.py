"""The README says everything: every option, every hook, the table of rules, and output as it really is."""

from __future__ import annotations

import re

import pytest

from csv_preflight.cli import group
from tests.samples import ROOT, run
from tools.golden import TABLES

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(group.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"csv-preflight {command}" in README


def test_every_hook_is_in_the_readme() -> None:
    hooks = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert hooks
    assert all(f"id: {hook}" in README for hook in hooks)


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_the_docs_are_made_from_the_code(name: str) -> None:
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8").endswith(f"\n\n{TABLES[name]()}")


def test_the_output_shown_is_what_the_command_prints(tmp_path) -> None:
    done = run("clean", "sample_data/contacts.csv", "--region", "US", "--out-dir", str(tmp_path))
    printed = done.stdout.decode().replace(f"{tmp_path}/", "sample_data/")
    head, _, _ = printed.partition("sample_data/contacts.csv:1:1:")
    assert head.rstrip() in README
    assert printed[printed.rindex("\n40 rows read") :].strip() in README
