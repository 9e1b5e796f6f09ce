"""The second witness in its oldest release that pyproject.toml allows, in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.samples import ROOT


@pytest.mark.exam
def test_lists_are_read_with_the_oldest_chardet_as_with_the_newest(tmp_path: Path) -> None:
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    oldest = next(one for one in dependencies if one.startswith("chardet")).replace(">=", "==")
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", "-q", "--target", tmp_path, oldest], check=True)
    tests = ["tests/encoding/test_witness.py", "tests/encoding/test_corpus.py", "tests/stages/source/test_source.py"]
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import chardet, pytest; print(chardet.__file__); "
    script += f"sys.exit(pytest.main([*{tests!r}, '-m', 'not exam', '-p', 'no:cacheprovider', '-q']))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert str(tmp_path) in done.stdout
