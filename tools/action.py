"""The check that action.yml runs: its inputs come in the environment.

FILES: patterns, one a line.  ARGS: more options, quoted as in a shell.  FORMAT: github or sarif.  SARIF_FILE: where the
SARIF document goes.  The exit code is that of ``csv-preflight check``.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from glob import glob
from pathlib import Path
from typing import Any


def main() -> int:
    patterns = [line.strip() for line in os.environ["FILES"].splitlines() if line.strip()]
    files, missing = [], []
    for pattern in patterns:
        found = [pattern] if Path(pattern).exists() else sorted(glob(pattern, recursive=True))  # noqa: PTH207
        files += found
        missing += [] if found else [pattern]
    if missing or not files:
        print(f"::error::no file matches {', '.join(missing) or 'an empty input `files`'}")
        return 2
    form = os.environ["FORMAT"]
    if form not in ("github", "sarif"):
        print("::error::the input `format` is github or sarif")
        return 2
    options = [*shlex.split(os.environ["ARGS"]), "--output-format", form]
    command = [sys.executable, "-m", "csv_preflight", "check", *options, "--", *dict.fromkeys(files)]
    if form == "github":
        return subprocess.run(command, check=False).returncode
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)
    if done.stdout:
        target = Path(os.environ["SARIF_FILE"])
        target.write_bytes(done.stdout)
        print(f"{target}: {found_in(json.loads(done.stdout))}")
    return done.returncode


def found_in(log: dict[str, Any]) -> str:
    """Say what a SARIF document holds: results by level, and in how many files."""
    results = [result for run in log["runs"] for result in run["results"]]
    levels = Counter(result["level"] for result in results)
    files = {
        one["physicalLocation"]["artifactLocation"]["uri"] for result in results for one in result.get("locations", ())
    }
    counts = [f"{levels[level]:,} {level}{'s' * (levels[level] != 1)}" for level in ("error", "warning", "note")]
    return f"{', '.join(counts)} in {len(files):,} file{'s' * (len(files) != 1)}"


if __name__ == "__main__":
    sys.exit(main())
