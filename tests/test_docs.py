"""The documentation builds without a warning, and its commands, links and configuration hold."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from csv_preflight.config.files import read_config
from csv_preflight.reports.catalogue import COMMANDS as HAVE_OPTIONS
from tests.commands import BY_NAME
from tests.samples import ROOT

PAGES = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("docs/*.md"))}
PAGES |= {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}


def blocks(text: str, *languages: str) -> list[str]:
    return re.findall(rf"^ *```(?:{'|'.join(languages)})\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)


COMMANDS = [
    pytest.param(shlex.split(line.rpartition(" && ")[2], comments=True)[1:], id=f"{name}: {line}")
    for name, text in PAGES.items()
    for block in blocks(text, "sh", "powershell")
    for line in block.splitlines()
    if line.rpartition(" && ")[2].startswith("csv-preflight ")
]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_has_options_that_exist(words: list[str]) -> None:
    command = BY_NAME[words[0]]
    command.make_context(words[0], words[1:], resilient_parsing=False)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGES[name]):
        if not target.startswith(("http://", "https://", "#")):
            assert (ROOT / name).parent.joinpath(target.partition("#")[0]).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_python_compiles_and_yaml_is_yaml(name: str) -> None:
    for code in blocks(PAGES[name], "python"):
        if not code.startswith("--8<--"):
            compile(code, name, "exec")
    for text in blocks(PAGES[name], "yaml"):
        assert yaml.safe_load(text)


@pytest.mark.parametrize("name", ["docs/configuration.md", "docs/ci.md"])
def test_the_configuration_that_is_shown_is_read(name: str, tmp_path: Path) -> None:
    for text in blocks(PAGES[name], "toml"):
        path = tmp_path / "csv-preflight.toml"
        path.write_text(text, encoding="utf-8")
        options, profiles = read_config(path)
        assert options["region"] == "US"
        assert set(profiles) <= {"our-dialer"}


def test_every_page_is_in_the_navigation() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert all(f": {Path(name).name}" in text for name in PAGES if name.startswith("docs/"))


@pytest.mark.parametrize("command", HAVE_OPTIONS)
def test_the_page_of_options_is_reached_from_the_commands(command: str) -> None:
    assert f"## {command}" in PAGES["docs/commands.md"]
    assert "(options.md)" in PAGES["docs/commands.md"]


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    pytest.importorskip("mkdocstrings")
    pytest.importorskip("material")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    library = (tmp_path / "site" / "library" / "index.html").read_text(encoding="utf-8")
    assert "Check and clean a list in memory" in library


def test_every_public_name_is_on_the_page_of_the_library() -> None:
    import csv_preflight

    page = PAGES["docs/library.md"]
    missing = [
        name for name in csv_preflight.__all__ if name != "__version__" and f"::: csv_preflight.{name}\n" not in page
    ]
    assert not missing
