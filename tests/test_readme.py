"""The README: short, its commands parse, its output is what the command prints, and its links lead somewhere."""

from __future__ import annotations

import re

import pytest

from csv_preflight.destinations import built_in_profiles
from tests.commands import BY_NAME
from tests.samples import ROOT, run
from tools.golden import TABLES

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_it_is_short() -> None:
    assert len(README.splitlines()) <= 120


@pytest.mark.parametrize("command", sorted(BY_NAME))
def test_every_command_has_a_section(command: str) -> None:
    assert f"\n## {command}\n" in COMMANDS
    assert f"csv-preflight {command}" in COMMANDS


@pytest.mark.parametrize("page", ["README.md", "docs/ci.md"])
def test_every_hook_is_named(page: str) -> None:
    hooks = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"), re.MULTILINE)
    assert hooks
    assert all(hook in (ROOT / page).read_text(encoding="utf-8") for hook in hooks)


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_the_docs_are_made_from_the_code(name: str) -> None:
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8").endswith(f"\n\n{TABLES[name]()}")


def test_the_output_shown_is_what_the_command_prints(tmp_path) -> None:
    (shown,) = re.findall(r"^```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    done = run("clean", "sample_data/contacts.csv", "--region", "US", "--out-dir", str(tmp_path))
    printed = done.stdout.decode().replace(f" --out-dir {tmp_path}", "").replace(f"{tmp_path}/", "sample_data/")
    parts = shown.split("…\n")
    assert printed.startswith(parts[0])
    assert printed.endswith(parts[-1])
    assert all(part in printed for part in parts)


def test_what_ci_runs_is_what_the_readme_says() -> None:
    (command,) = re.findall(r"^pip install -e .*", README, re.MULTILINE)
    install, _, test = command.partition(" && ")
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("pip install --quiet", "pip install")
    assert install in commands
    assert test.replace("pytest", "pytest -q") in commands


def test_the_number_of_destinations_is_told_right() -> None:
    services = built_in_profiles().keys() - {"generic"}
    assert f"what {len(services)} services take" in README
    assert f"{len(services) - 1} other services" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
