"""A coverage-guided fuzz target: bytes -> pipeline, held against the invariants.

    python -m tests.promises.fuzz CORPUS [libFuzzer options such as -max_total_time=3600]

CORPUS is a directory; it is seeded from sample_data, and what reaches new code is added to it.  The first byte
of an input chooses the options.  A find is written to the working directory as crash-…; give it as the only
argument to see it again, then turn it into a test.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["csv_preflight"], enable_loader_override=False):
    import csv_preflight.api  # noqa: F401 - imported by this statement so that it is instrumented

from tests.promises.invariants import OPTIONS, hold
from tests.samples import ROOT

LONGEST_SEED = 4096


def one_input(data: bytes) -> None:
    """Run one input."""
    if data:
        hold(data[1:], OPTIONS[data[0] % len(OPTIONS)])


def seed(corpus: Path) -> None:
    """Put every sample into the corpus, the beginning of the larger ones, under several options."""
    corpus.mkdir(parents=True, exist_ok=True)
    for path in sorted((ROOT / "sample_data").rglob("*.csv")):
        for number in (0, sum(path.name.encode()) % len(OPTIONS)):
            (corpus / f"{path.stem}-{number}").write_bytes(bytes([number]) + path.read_bytes()[:LONGEST_SEED])


if __name__ == "__main__":
    if len(sys.argv) > 1 and not Path(sys.argv[1]).is_file():
        seed(Path(sys.argv[1]))
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
