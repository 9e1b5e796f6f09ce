"""The sample files: one for each rule, with its options and what is expected of it beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_data" / "rules"


@dataclass(frozen=True)
class Sample:
    code: str
    path: Path
    options: tuple[str, ...]

    @property
    def source(self) -> Path | list[Path]:
        """What the library is given: the file, or the files of one list."""
        if "--as-one" not in self.options:
            return self.path
        return [self.path, ROOT / self.options[self.options.index("--as-one") + 1]]

    @property
    def expected_path(self) -> Path:
        return self.path.with_suffix(".expected.json")

    @property
    def expected(self) -> dict[str, Any]:
        return json.loads(self.expected_path.read_text(encoding="utf-8"))

    @property
    def settings(self) -> dict[str, Any]:
        """The options as keyword arguments of the library."""
        words = iter(self.options)
        given: dict[str, list[str]] = {}
        for word in words:
            value = next(words)
            if word != "--as-one":
                given.setdefault(word[2:].replace("-", "_"), []).append(value)
        lists = ("existing", "suppress", "only")
        return {name: tuple(values) if name in lists or values[1:] else values[0] for name, values in given.items()}


def all_samples() -> list[Sample]:
    samples = []
    for path in sorted(SAMPLES.glob("*.csv")):
        options = path.with_suffix(".options")
        words = options.read_text(encoding="utf-8").split("\n") if options.exists() else []
        samples.append(Sample(path.stem, path, tuple(word for word in words if word)))
    return samples


def run(*arguments: str, stdin: bytes | None = None, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in a process of its own, in the root of the project."""
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS", "NO_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "csv_preflight", *arguments],
        input=stdin if stdin is not None else b"",
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=clean | environment,
    )


def summary(report: dict[str, Any]) -> dict[str, Any]:
    """What of a report is expected of a sample: rows, and the place and words of each finding."""
    return {
        "rows": report["rows"],
        "findings": [
            [found["code"], sample["line"], sample["column"], sample["detail"]]
            for found in report["findings"]
            for sample in found["samples"]
        ],
    }
