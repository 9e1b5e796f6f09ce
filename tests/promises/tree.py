"""A copy of the project, in which the steps of CONTRIBUTING are walked."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.samples import ROOT

PARTS = ("csv_preflight", "tests", "tools", "docs", "sample_data", "pyproject.toml", "README.md", "CHANGELOG.md")


class Tree:
    """The copy, and what is done in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / part, root / part)

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def insert(self, path: str, before: str, added: str) -> None:
        """Add lines to a file before lines that are in it once."""
        text = self.text(path)
        assert text.count(before) == 1, f"{path}: {before}"
        self.write(path, text.replace(before, added + before))

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.root, capture_output=True, text=True, check=False, encoding="utf-8"
        )

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run the command, and return what it prints."""
        done = self.python("-m", "csv_preflight", *arguments)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def test(self, files: Sequence[str], chosen: str) -> str:
        """Run tests of the copy, and return how they ended: "" if all pass, else which fail."""
        done = self.python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-k", chosen, *files)
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        assert bool(failed) == bool(done.returncode), done.stdout + done.stderr
        return "\n".join(failed)
