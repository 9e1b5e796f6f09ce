"""Ten minutes of coverage-guided fuzzing; `make fuzz` goes on for an hour, and keeps what it has learnt."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT

SECONDS = 600
# Instrumented code takes 100 kB more with each input; without, the memory of the same inputs stays as it is.
MEGABYTES = 8_000


@pytest.mark.exam
def test_a_while_of_fuzzing_finds_nothing(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    found = subprocess.run(
        [
            sys.executable, "-m", "tests.promises.fuzz", str(tmp_path / "corpus"),
            f"-max_total_time={SECONDS}", f"-artifact_prefix={tmp_path}/", f"-rss_limit_mb={MEGABYTES}",
        ],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr[-5000:]
    assert "Done " in found.stderr
