"""Lists of kinds that people really have come out as they should."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.samples import run

HERE = Path(__file__).parent / "cases"
CASES = tomllib.loads((HERE / "cases.toml").read_text(encoding="utf-8"))["case"]


@dataclass(frozen=True)
class Outcome:
    """What ``clean`` did: rows of the clean file, the report, and all that was printed."""

    code: int
    said: str
    report: dict[str, Any]
    header: list[str]
    rows: list[list[str]]

    @property
    def counts(self) -> dict[str, int]:
        return {found["code"]: found["count"] for found in self.report["findings"]}

    @property
    def numbers(self) -> list[str]:
        named = self.report["input"]["phone_column"]
        if not self.rows or named is None:
            return []
        at = self.header.index(self.report["header_renames"].get(named, named))
        return sorted(row[at] for row in self.rows)


def clean(case: dict[str, Any], place: Path) -> Outcome:
    done = run("clean", case["file"], *case.get("options", []), "--report", "report.json", cwd=place)
    report = json.loads((place / "report.json").read_bytes())
    path = (place / case["file"]).with_suffix(".clean.csv")
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8"), newline="")) if path.exists() else [[]]
    return Outcome(done.returncode, (done.stdout + done.stderr).decode(), report, header, rows)


def found(counts: dict[str, int], wanted: dict[str, int | str]) -> bool:
    return all(
        counts.get(code, 0) > 0 if count == "any" else counts.get(code, 0) == count for code, count in wanted.items()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join((case["file"], *case.get("options", []))))
def test_the_list_comes_out_right(case: dict[str, Any], tmp_path: Path) -> None:
    shutil.copytree(HERE, tmp_path, dirs_exist_ok=True)
    result = clean(case, tmp_path)
    exits = case.get("exit", result.code)
    assert result.code in (exits if isinstance(exits, list) else [exits])
    assert result.numbers in map(sorted, case.get("clean_any", [case.get("clean", result.numbers)]))
    assert not {*case.get("never_clean", [])} & {*result.numbers}
    assert any(found(result.counts, wanted) for wanted in case.get("codes_any", [case.get("codes", {})]))
    assert result.report["rows"]["rejected"] == case.get("rejected", result.report["rows"]["rejected"])
    assert result.header == case.get("header", result.header)
    for number, cells in case.get("cells", {}).items():
        (row,) = [row for row in result.rows if number in row]
        assert [cell for cell in row if cell != number] == cells
    shown = result.said + json.dumps([result.report, result.rows], ensure_ascii=False)
    assert [word for word in case.get("never", []) if word in shown] == []
    assert [text for text in case.get("says", []) if not re.search(text, shown, re.IGNORECASE)] == []
    assert [text for text in case.get("says_not", []) if re.search(text, result.said, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "case", [case for case in CASES if "inspect_never" in case], ids=lambda case: str(case["file"])
)
def test_inspect_suggests_nothing_wrong(case: dict[str, Any]) -> None:
    said = run("inspect", case["file"], cwd=HERE).stdout.decode()
    commands = [line for line in said.splitlines() if "csv-preflight clean" in line]
    assert commands
    assert [word for word in case["inspect_never"] for command in commands if word in command] == []
