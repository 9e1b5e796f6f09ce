"""A list of 100,000 rows with troubles of many kinds on known lines: each is found there, and nobody is lost."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from csv_preflight import clean_file

ROWS = 100_000
HEADER = "Name,phone,note\n"
# A trouble makes of a row's number and its national digits the text of its line or lines.
TROUBLES: dict[str, Callable[[int, str], str]] = {
    "R001": lambda row, digits: f"P{row}",
    "R002": lambda row, digits: f"P{row},+1{digits},x,y",
    "R003": lambda row, digits: f'P{row},+1{digits},5" pipe',
    "R004": lambda row, digits: f'P{row},+1{digits},"never closed',
    "R005": lambda row, digits: f"P{row},+1{digits},\0",
    "P001": lambda row, digits: f"P{row},,x",
    "P002": lambda row, digits: f"P{row},ask reception,x",
    "P004": lambda row, digits: f"P{row},+999{digits},x",
    "P005": lambda row, digits: f"P{row},{digits[:5]},x",
    "P006": lambda row, digits: f"P{row},+1{digits}12345678,x",
    "P008": lambda row, digits: f"P{row},{digits[0]}.{digits[1:6]}E+09,x",
    "P009": lambda row, digits: f"P{row},{digits} / {digits[::-1]},x",
    "P010": lambda row, digits: f"P{row},+1{digits[:-1]}O,x",
    "P102": lambda row, digits: f"P{row},{digits}.0,x",
    "P103": lambda row, digits: f"P{row},'+1{digits},x",
    "P104": lambda row, digits: f"P{row},\u200b+1{digits},x",
    "P105": lambda row, digits: f"P{row},+1{digits} ext. 12,x",
    "I001": lambda row, digits: f",+1{digits},x",
    "I002": lambda row, digits: f"=P{row},+1{digits},x",
    "I004": lambda row, digits: f"JosÃ© {row},+1{digits},x",
    "I101": lambda row, digits: f" P{row},+1{digits},x",
    "R101": lambda row, digits: "",
    "D001": lambda row, digits: f"P{row},+12005550000,x",
}
NONE_REJECTED = {"P102", "P103", "P104", "P105", "I001", "I002", "I004", "I101", "R101"}


def make(seed: int) -> tuple[str, dict[str, list[int]]]:
    """A list and the lines of each trouble in it."""
    rng = random.Random(seed)
    troubled = dict(zip(rng.sample(range(1, ROWS), 50 * len(TROUBLES)), 50 * list(TROUBLES), strict=True))
    lines: dict[str, list[int]] = {code: [] for code in TROUBLES}
    text, line = [HEADER], 2
    for row in range(ROWS):
        digits = f"{200 + row // 1000:03d}55{row % 1000 + 50_000:05d}"
        code = troubled.get(row)
        if code:
            lines[code].append(line)
            text.append(TROUBLES[code](row, digits) + "\n")
            line += 1
        elif row % 50 == 7:
            text.append(f'P{row},+1{digits},"one\ntwo, ""three"""\n')
            line += 2
        else:
            text.append(f"P{row},+1{digits},n{row}\n")
            line += 1
    return "".join(text), lines


@pytest.mark.parametrize("seed", [1, 2])
def test_every_trouble_is_found_on_its_line(seed: int, tmp_path: Path) -> None:
    text, lines = make(seed)
    target = tmp_path / "list.clean.csv"
    report = clean_file(
        text.encode(),
        target,
        region="US",
        accept="possible",
        profile="generic",
        max_findings=0,
        identifier_column="Name",
    )
    found = {entry.code: [sample.line for sample in entry.samples] for entry in report.findings}
    assert {code: found.get(code, []) for code in lines} == lines
    others = set(found) - set(lines)
    assert others == {"P101"}
    blank = len(lines["R101"])
    rejected = sum(len(places) for code, places in lines.items() if code not in NONE_REJECTED)
    assert (report.rows.read, report.rows.rejected, report.rows.blank) == (ROWS - blank, rejected, blank)
    assert report.rows.clean == ROWS - blank - rejected

    with (tmp_path / "list.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rejects = list(csv.DictReader(file))
    where = Counter((row["preflight_code"], int(row["preflight_line"])) for row in rejects)
    assert where == Counter((code, line) for code in lines if code not in NONE_REJECTED for line in lines[code])
    clean = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8"))))
    physical = text.split("\n")
    for row in rejects:
        original = physical[int(row["preflight_line"]) - 1]
        kept = row["preflight_raw"].replace("\u2400", "\0") or ",".join([row["Name"], row["phone"], row["note"]])
        # What a spreadsheet would run has an apostrophe before it.
        assert kept.replace("'", "") == original.replace("'", "")
    kept_rows = [int("".join(filter(str.isdigit, name))) for name, _, _ in clean[1:] if name]
    assert kept_rows == sorted(kept_rows)
    assert len(clean) - 1 == report.rows.clean
