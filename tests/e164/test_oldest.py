"""The engine with the oldest NumPy and phonenumbers that pyproject.toml allows, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.samples import ROOT


@pytest.mark.exam
def test_the_engine_agrees_with_the_oldest_numpy_and_phonenumbers(tmp_path: Path) -> None:
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    tools = ["pytest>=8.2", "hypothesis>=6.100"]
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    python = tmp_path / "bin" / "python"
    oldest = ["--resolution", "lowest-direct", "--only-binary", ":all:", *dependencies, *tools]
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python, *oldest], check=True)
    tests = ["tests/e164/test_engine.py", "tests/stages/test_limits.py", "tests/promises/test_large_list.py"]
    options = ["-m", "not exam", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run(
        [python, "-m", "pytest", *tests, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
