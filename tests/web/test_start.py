"""The scripts to double-click: they make an environment once, then open the page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.samples import ROOT

START = ROOT / "tools" / "start"
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")

# Stands for uv and Python: says how it was called, and makes the program that is installed.
FAKE = """#!/bin/bash
echo "$(basename "$0") $*" >> "$HOME/calls"
case "$*" in
  *venv*) mkdir -p "$HOME/.csv-preflight/bin"
    for name in python csv-preflight; do cp "$0" "$HOME/.csv-preflight/bin/$name"; done ;;
esac
"""


def double_click(home: Path, *tools: str) -> tuple[int, str, list[str]]:
    """Run the script with some tools and no others; return its exit code, what it says, and what it called."""
    tools_of = home / "bin"
    if not tools_of.exists():
        tools_of.mkdir()
        for name in ("bash", "dirname", "basename", "mkdir", "cp", "touch"):
            (tools_of / name).symlink_to(shutil.which(name) or name)
        for name in tools:
            (tools_of / name).write_text(FAKE)
            (tools_of / name).chmod(0o700)
    (home / "calls").unlink(missing_ok=True)
    done = subprocess.run(
        ["bash", START / "csv-preflight.command", "--port", "8080"],
        env={"HOME": str(home), "PATH": str(tools_of)}, capture_output=True, text=True, check=False, input="\n",
    )  # fmt: skip
    calls = (home / "calls").read_text().splitlines() if (home / "calls").exists() else []
    return done.returncode, done.stdout, calls


@needs_bash
@pytest.mark.skipif(
    any(
        Path(folder, name).exists() for folder in ("/usr/local/bin", "/opt/homebrew/bin") for name in ("uv", "python3")
    ),
    reason="the script looks for uv and Python there, too",
)
@pytest.mark.parametrize("tool", ["uv", "python3"])
def test_it_makes_the_environment_once(tmp_path: Path, tool: str) -> None:
    code, said, calls = double_click(tmp_path, tool)
    assert (code, "Installing" in said) == (0, True)
    assert calls[-1] == "csv-preflight serve --port 8080"
    assert any(f"{ROOT}[web,excel,upload]" in call for call in calls)
    code, said, calls = double_click(tmp_path, tool)
    assert (code, calls) == (0, ["csv-preflight serve --port 8080"])
    assert "Installing" not in said


@needs_bash
def test_without_python_it_says_what_to_get(tmp_path: Path) -> None:
    code, said, calls = double_click(tmp_path)
    if calls or code == 0:
        pytest.skip("the script found Python in one of the folders that it adds")
    assert (code, "Get it from https://www.python.org/downloads/" in said) == (1, True)


def test_the_script_of_windows_does_the_same() -> None:
    data = (START / "csv-preflight.bat").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 20
    text, other = data.decode("ascii"), (START / "csv-preflight.command").read_text(encoding="utf-8")
    assert "[web,excel,upload]" in text and "[web,excel,upload]" in other
    labels = set(re.findall(r"^:(\w+)", text, re.MULTILINE))
    assert set(re.findall(r"goto (\w+)", text)) <= labels
