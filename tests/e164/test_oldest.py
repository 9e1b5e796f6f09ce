"""The engine against the oldest phonenumbers that pyproject.toml allows, in an environment of its own."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.samples import ROOT


@pytest.mark.exam
def test_the_engine_agrees_with_the_oldest_phonenumbers(tmp_path: Path) -> None:
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    lower = next(re.sub(r".*>=", "", name) for name in dependencies if name.startswith("phonenumbers"))
    subprocess.run([sys.executable, "-m", "venv", tmp_path], check=True)
    python = tmp_path / "bin" / "python"
    packages = ["numpy", "pytest", "hypothesis", f"phonenumbers=={lower}.0"]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    tests = ["tests/e164/test_engine.py", "-m", "not exam", "-p", "no:cacheprovider", "-q"]
    done = subprocess.run([python, "-m", "pytest", *tests], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
