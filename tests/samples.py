"""The sample files: one for each rule, with its options and what is expected of it beside it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from csv_preflight.cli import main

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


def run(
    *arguments: str, stdin: bytes = b"", cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line in this process, which saves half a second; cwd: by default the root of the project."""
    streams = [io.TextIOWrapper(io.BytesIO(stdin), "utf-8"), *(io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in "12")]
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "GITHUB_ACTIONS", "NO_COLOR")}
    before = sys.excepthook, signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(cwd))
        stack.enter_context(patch.dict(os.environ, clean | environment, clear=True))
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            stack.enter_context(patch.object(sys, name, stream))
        with pytest.raises(SystemExit) as stop:
            main(arguments)
    sys.excepthook = before[0]
    signal.signal(signal.SIGTERM, before[1])
    signal.signal(signal.SIGHUP, before[2])
    for stream in streams[1:]:
        stream.flush()
    code = int(stop.value.code or 0)
    return subprocess.CompletedProcess(arguments, code, *(stream.buffer.getvalue() for stream in streams[1:]))


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
