"""The check that action.yml runs: its inputs come in the environment.

FILES: patterns, one a line.  ARGS: more options, quoted as in a shell.  FORMAT: github or sarif.  SARIF_FILE: where the
SARIF document goes; its folder is made, and one of an earlier run does not stay.  The exit code is
that of ``csv-preflight check``.
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

# Suffixes of a SARIF file: one of an earlier run is removed, which must not be a list.
SARIF_SUFFIXES = (".sarif", ".json")


def main() -> int:
    form, target = os.environ["FORMAT"], Path(os.environ["SARIF_FILE"])
    if form not in ("github", "sarif"):
        return refuse("the input `format` is github or sarif")
    if form == "sarif":
        if target.suffix.lower() not in SARIF_SUFFIXES:
            return refuse(f"the input `sarif-file` ends in {' or '.join(SARIF_SUFFIXES)}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
        except OSError as error:
            return refuse(f"the SARIF file cannot be written: {error}")
    patterns = [line.strip() for line in os.environ["FILES"].splitlines() if line.strip()]
    files, missing = [], []
    for pattern in patterns:
        matches = [pattern] if Path(pattern).exists() else sorted(glob(pattern, recursive=True))  # noqa: PTH207
        found = [match for match in matches if match == pattern or Path(match).is_file()]
        files += found
        missing += [] if found else [pattern]
    if missing or not files:
        return refuse(f"no file matches {', '.join(missing) or 'an empty input `files`'}")
    try:
        options = shlex.split(os.environ["ARGS"])
    except ValueError as error:
        return refuse(f"the input `args`: {error}")
    command = [sys.executable, "-m", "csv_preflight", "check", *options, "--output-format", form, "--", *files]
    if form == "github":
        return subprocess.run(command, check=False).returncode
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE)
    log = json.loads(done.stdout or '{"runs": []}')
    # Code scanning would take a document without lists for one in which nothing was found.
    if any(run["artifacts"] for run in log["runs"]):
        target.write_bytes(done.stdout)
        print(f"{target}: {found_in(log)}")
    return done.returncode


def refuse(message: str) -> int:
    """Print an error as an annotation; return the exit code."""
    for character in "%\r\n":
        message = message.replace(character, f"%{ord(character):02X}")
    print(f"::error::{message}")
    return 2


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
