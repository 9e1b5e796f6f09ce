"""Rewrite what is expected of the samples, of names in each encoding and of binary files, and the tables of docs/.

``python -m tools.golden``, then read the diff.  ``python -m tools.golden P003 R001`` rewrites those samples only; the
words ``docs``, ``encodings`` and ``binaries`` name the others.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence

from csv_preflight.reports.catalogue import options_markdown, rules_markdown
from csv_preflight.reports.destinations import destinations_markdown
from tests.encoding import readings
from tests.samples import ROOT, Sample, all_samples, run, summary
from tests.stages.source import test_binary

# The pages of docs/ that end with a table, and what makes it.
TABLES = {"destinations": destinations_markdown, "options": options_markdown, "rules": rules_markdown}


def main(chosen: Sequence[str]) -> None:
    for sample in all_samples():
        if not chosen or sample.code in chosen:
            _write_sample(sample)
    if not chosen or "encodings" in chosen:
        readings.GOLDEN.write_text("".join(readings.readings()), encoding="utf-8")
    if not chosen or "binaries" in chosen:
        test_binary.GOLDEN.write_text("".join(test_binary.messages()), encoding="utf-8")
    if not chosen or "docs" in chosen:
        for name, table in TABLES.items():
            path = ROOT / "docs" / f"{name}.md"
            head = path.read_text(encoding="utf-8").partition("\n| ")[0].rstrip("\n")
            path.write_text(f"{head}\n\n{table()}", encoding="utf-8")


def _write_sample(sample: Sample) -> None:
    checked = run("check", str(sample.path), *sample.options, "--output-format", "json")
    with tempfile.TemporaryDirectory() as directory:
        cleaned = run("clean", str(sample.path), *sample.options, "--out-dir", directory)
    expected = {
        "check": checked.returncode,
        "clean": cleaned.returncode,
        **summary(json.loads(checked.stdout)),
    }
    text = json.dumps(expected, indent=1, ensure_ascii=False) + "\n"
    sample.expected_path.write_text(text, encoding="utf-8")
    codes = {entry[0] for entry in expected["findings"]}
    if sample.code not in codes:
        print(f"{sample.code}: not found, but {sorted(codes)}")


if __name__ == "__main__":
    main(sys.argv[1:])
