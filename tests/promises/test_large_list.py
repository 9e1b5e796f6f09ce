"""A list of 100,000 rows with troubles of many kinds on known lines: each is found there, and nobody is lost."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from csv_preflight import clean_file
from csv_preflight.rules import BY_CODE

ROWS = 100_000
EACH = 50
HEADER = "Name,phone,note,cc\n"
LISTED = {"D002": "+12005550001", "D003": "+12005550002"}

# A trouble makes of a row's number and its ten digits the text of its line or lines.
TROUBLES: dict[str, Callable[[int, str], str]] = {
    "R001": lambda row, digits: f"P{row}",
    "R002": lambda row, digits: f"P{row},+1{digits},x,,y",
    "R003": lambda row, digits: f'P{row},+1{digits},5" pipe,',
    "R004": lambda row, digits: f'P{row},+1{digits},"never closed,',
    "R005": lambda row, digits: f"P{row},+1{digits},\0,",
    "R006": lambda row, digits: f'P{row},+1{digits},"Rome\nP,+1{digits},x,\nQ,+1{digits},y,",',
    "R007": lambda row, digits: f"P{row},+1{digits},{'x' * 140_000},",
    "R101": lambda row, digits: "",
    "P001": lambda row, digits: f"P{row},,x,",
    "P002": lambda row, digits: f"P{row},ask reception,x,",
    "P002 date": lambda row, digits: f"P{row},2024-01-31,x,DE",
    "P003": lambda row, digits: f"P{row},{digits},x,Mars",
    "P004": lambda row, digits: f"P{row},+999{digits},x,",
    "P005": lambda row, digits: f"P{row},{digits[:5]},x,",
    "P006": lambda row, digits: f"P{row},+1{digits}12345678,x,",
    "P007": lambda row, digits: f"P{row},+376 1234567,x,",
    "P008": lambda row, digits: f"P{row},{digits[0]}.{digits[1:6]}E+09,x,",
    "P009": lambda row, digits: f"P{row},{digits} / {digits[::-1]},x,",
    "P010": lambda row, digits: f"P{row},+1{digits[:-1]}O,x,",
    "P011": lambda row, digits: f"P{row},+449012345678,x,",
    "P012": lambda row, digits: f"P{row},+493023125001,x,",
    "P013": lambda row, digits: f"P{row},49151{row:08d},x,DE",
    "P101": lambda row, digits: f"P{row},({digits[:3]}) {digits[3:6]}-{digits[6:]},x,United States",
    "P102": lambda row, digits: f"P{row},+1{digits}.0,x,",
    "P103": lambda row, digits: f"P{row},'+1{digits},x,",
    "P104": lambda row, digits: f"P{row},\u200b+1{digits},x,",
    "P105": lambda row, digits: f"P{row},+1{digits} ext. 12,x,",
    "I001": lambda row, digits: f",+1{digits},x,",
    "I002": lambda row, digits: f"=P{row},+1{digits},x,",
    "I003": lambda row, digits: f"\u0410nn{row},+1{digits},x,",
    "I004": lambda row, digits: f"Jos\u00c3\u00a9 {row},+1{digits},x,",
    "I101": lambda row, digits: f" P{row},+1{digits},x,",
    "D001": lambda row, digits: f"P{row},+12025550100,x,",
    "D002": lambda row, digits: f"P{row},{LISTED['D002']},x,",
    "D003": lambda row, digits: f"P{row},{LISTED['D003']},x,",
}
# Fixes that a trouble has besides its own.
ALSO = {"P105": "P101"}
FIRST = "First,+12025550100,x,\n"


@dataclass
class Made:
    """A list as text, the lines of each rule in it, and the lines on which each record begins with its text."""

    text: str = HEADER + FIRST
    lines: dict[str, list[int]] = field(default_factory=dict)
    records: dict[int, str] = field(default_factory=dict)


def make(seed: int, without: frozenset[str] = frozenset()) -> Made:
    """A list, and the lines of each trouble in it; without: troubles to leave out."""
    rng = random.Random(seed)
    kinds = [kind for kind in TROUBLES if kind not in without]
    troubled = dict(zip(rng.sample(range(1, ROWS), EACH * len(kinds)), EACH * kinds, strict=True))
    made, parts, line = Made(), [HEADER, FIRST], 3
    for row in range(ROWS):
        digits = f"{201 + row // 10_000}{(row // 100 % 100) + 300}{row % 100:04d}"
        kind = troubled.get(row)
        if kind:
            text = TROUBLES[kind](row, digits)
            for code in (kind[:4], ALSO.get(kind)):
                if code:
                    made.lines.setdefault(code, []).append(line)
        elif row % 50 == 7:
            text = f'P{row},+1{digits},"one\ntwo, ""three""",'
        else:
            text = f"P{row},+1{digits},n{row},"
        made.records[line] = text
        parts.append(text + "\n")
        line += 1 + text.count("\n")
    made.text = "".join(parts)
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_every_trouble_is_found_on_its_line(seed: int, tmp_path: Path) -> None:
    made = make(seed)
    lists = {}
    for code, number in LISTED.items():
        lists[code] = tmp_path / f"{code}.csv"
        lists[code].write_text(f"phone\n{number}\n")
    target = tmp_path / "list.clean.csv"
    report = clean_file(
        made.text.encode(),
        target,
        region_column="cc",
        region="US",
        accept="possible",
        profile="generic",
        max_findings=0,
        identifier_column="Name",
        countries="!DE",
        line_types="!premium-rate",
        existing=lists["D002"],
        suppress=lists["D003"],
    )
    found = {entry.code: [sample.line for sample in entry.samples] for entry in report.findings}
    assert found == made.lines
    assert all(entry.count == len(entry.samples) for entry in report.findings)
    blank = len(made.lines["R101"])
    places = [(code, line) for code, at in made.lines.items() if BY_CODE[code].outcome == "reject" for line in at]
    assert (report.rows.read, report.rows.rejected, report.rows.blank) == (ROWS + 1 - blank, len(places), blank)
    assert report.rows.clean == ROWS + 1 - blank - len(places)

    with (tmp_path / "list.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        usual = csv.field_size_limit(1 << 20)
        rejects = list(csv.DictReader(file))
        csv.field_size_limit(usual)
    assert Counter((row["preflight_code"], int(row["preflight_line"])) for row in rejects) == Counter(places)
    for row in rejects:
        cells = ",".join([row["Name"], row["phone"], row["note"], row["cc"]])
        kept = row["preflight_raw"].replace("\u2400", "\0") or cells
        # What a spreadsheet would run has an apostrophe before it.
        kept, original = (text.replace("'", "") for text in (kept, made.records[int(row["preflight_line"])]))
        if row["preflight_code"] == "R007":  # as much of it as a spreadsheet takes
            assert len(kept) > 10_000
            assert original.startswith(kept.removesuffix("\u2026"))
        else:
            assert kept == original
    clean = list(csv.reader(io.StringIO(target.read_text(encoding="utf-8"), newline="")))
    kept_rows = [int("".join(filter(str.isdigit, name))) for name, *_ in clean[2:] if name]
    assert kept_rows == sorted(kept_rows)
    assert len(clean) - 1 == report.rows.clean


def test_troubles_of_the_whole_file_come_on_top(tmp_path: Path) -> None:
    made = make(3, without=frozenset({"R003", "R004", "R006", "R005", "R007", "P011", "P012", "D002", "D003"}))
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\n")
    writer.writerow([" Full name", "phone\u200b", "note", "cc"])
    writer.writerows(csv.reader(io.StringIO(made.text.removeprefix(HEADER), newline="")))
    text = "sep=;\n" + written.getvalue().replace("+12025550100;x;\n", "+12025550100;x;\r\n", 1)
    report = clean_file(
        text.encode("utf-16"),
        tmp_path / "x.csv",
        accept="possible",
        region_column="cc",
        region="US",
        identifier_column="Full name",
        max_findings=0,
        max_rows=200_000,
        max_bytes="50MB",
    )
    found = {entry.code: [sample.line for sample in entry.samples] for entry in report.findings}
    of_the_file = {code: found.pop(code) for code in list(found) if code[0] in "CF"}
    assert of_the_file == {
        "F101": [1], "F103": [2], "F104": [2], "F105": [1], "C101": [2, 2], "C102": [2],
    }  # fmt: skip
    # The sep= line comes before all.
    assert found == {code: [line + 1 for line in at] for code, at in made.lines.items()}
