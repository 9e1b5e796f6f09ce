"""Example files of others, read to the same cells as their own readers do, or refused with the rule that fits.

csv-spectrum comes with what each file holds as JSON; for csvkit's examples Python's csv module is the reference.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from csv_preflight.collector import Collector
from csv_preflight.config.settings import build_settings
from csv_preflight.reading import Opened, open_list
from tests.samples import run

pytestmark = pytest.mark.exam

SPECTRUM = "csv-spectrum@2.0.0"
CSVKIT = "csvkit==2.2.0"

# What check says of each file, except for the phone numbers, which most of them do not hold.
SPECTRUM_FILES = """
comma_in_quotes
empty
empty_crlf
escaped_quotes
json
newlines
newlines_crlf
quotes_and_newlines
simple
simple_crlf
utf8
location_coordinates  R003  its quotes stand inside a cell; its JSON has another number than the file, too
"""

# Those that are read have their encoding and delimiter here, - for a comma in UTF-8.
CSVKIT_FILES = """
bad.csv                                                 -          R001 R002
bad_skip_lines.csv                                      -          R001 R002 R101
blanks.csv                                              -
blanks_converted.csv                                    refused    F004 R101
date_like_number.csv                                    -
dummy.csv                                               -
dummy.csv.bz2                                           refused    F001
dummy.csv.gz                                            refused    F001
dummy.tsv                                               utf-8,tab  F103
dummy.xls                                               refused    F001
dummy.xlsx                                              refused    F001
dummy2.csv                                              -
dummy3.csv                                              -
dummy_col_shuffled.csv                                  -
dummy_col_shuffled_ragged.csv                           -
empty.csv                                               refused    F004
foo1.csv                                                -
foo2.csv                                                -
iris.csv                                                -
irismeta.csv                                            -
join_a.csv                                              -
join_a_short.csv                                        -          R001
join_b.csv                                              -
join_no_header_row.csv                                  -
join_short.csv                                          -
mac_newlines.csv                                        -          F104
no_header_row.csv                                       refused    F004
no_header_row2.csv                                      refused    F004
no_header_row3.csv                                      -
null_byte.csv                                           -          R005
optional_quote_characters.csv                           -
realdata/Datagov_FY10_EDU_recp_by_State.csv             refused    C004 R101
realdata/FY09_EDU_Recipients_by_State.csv               -          R101
realdata/README.csv                                     -
realdata/acs2012_5yr_population.csv                     -
realdata/census_2000/census2000_geo_schema.csv          -
realdata/census_2000/determination.csv                  -
realdata/census_2000/determination_schema.csv           -          F104
realdata/census_2010/census2010_geo_schema.csv          -
realdata/census_2010/ilgeo2010_excerpt.csv              -
realdata/event-notification-rpt-lastmonth.txt           utf-8,|    F103 R003
realdata/ks_1033_data.csv                               -
realdata/ne_1033_data.xlsx                              refused    F001
sheets.xls                                              refused    F001
sheets.xlsx                                             refused    F001
sheetsxls_converted.csv                                 -
sheetsxlsx_converted.csv                                -
sniff_limit.csv                                         utf-8,;    F103
sort_ints_nulls.csv                                     -
test.xls                                                refused    F001
test.xlsx                                               refused    F001
test_date_format.csv                                    -
test_date_format_converted.csv                          -
test_empty_columns.csv                                  -          R001 R101
test_empty_columns_long_row.csv                         refused    F004 R101
test_empty_columns_short_row.csv                        refused    F004 R101
test_extra_header.csv                                   -          R001
test_geo.csv                                            -
test_geojson.csv                                        -
test_geojson.json                                       refused    F005
test_header_newline.csv                                 -
test_ignore_case.csv                                    -
test_join_short_rows.csv                                -          R001
test_latin1.csv                                         refused    F002
test_literal_order.csv                                  -
test_locale.csv                                         -
test_locale_converted.csv                               -
test_no_leading_zeroes.csv                              -
test_numeric_date_format.csv                            -
test_precision.csv                                      -
test_skip_lines.csv                                     -          R101
test_skip_lines.xls                                     refused    F001
test_skip_lines.xlsx                                    refused    F001
test_utf16_big.csv                                      utf-16-be  F101
test_utf16_little.csv                                   utf-16-le  F101
test_utf8.csv                                           -
test_utf8_bom.csv                                       -          F102
testdbf.dbf                                             refused    F001
testdbf_converted.csv                                   -
testfixed_converted.csv                                 -
testfixed_schema.csv                                    -
testfixed_schema_no_inference.csv                       -
testjson.json                                           refused    F005
testjson_converted.csv                                  -
testjson_multiline.json                                 refused    F005
testjson_multiline_converted.csv                        -
testjson_nested.json                                    refused    F005
testjson_nested_converted.csv                           -
testxls_converted.csv                                   -
testxls_unicode_converted.csv                           -
testxlsx_converted.csv                                  -
testxlsx_noinference_converted.csv                      -
testxlsx_unicode_converted.csv                          -
"""
# Prose, SQL and columns of fixed width: no tables of delimited fields.
NO_TABLES = ("*.sql", "*.pl", "*.upl", "testfixed", "testfixed_skip_lines", "README.txt", "VROUTFSJ.TXt")


@dataclass(frozen=True)
class Expected:
    name: str
    dialect: str
    codes: frozenset[str]

    @property
    def encoding(self) -> str:
        return self.dialect.split(",")[0] if self.dialect != "-" else "utf-8"

    @property
    def delimiter(self) -> str:
        return {"tab": "\t", "": ","}.get(found := self.dialect.partition(",")[2], found)


EXAMPLES = [
    Expected(name, dialect, frozenset(codes)) for name, dialect, *codes in map(str.split, CSVKIT_FILES.splitlines()[1:])
]
CASES = {name: frozenset(codes[:1]) for name, *codes in map(str.split, SPECTRUM_FILES.splitlines()[1:])}


def fetched(what: str, directory: Path, *command: str) -> Path:
    """Fetch a package with its registry's own client, and unpack it; return the directory that it holds."""
    if not shutil.which(command[0]):
        pytest.skip(f"{what} cannot be fetched: {command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=directory)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        pytest.skip(f"{what} cannot be fetched: is its registry in reach? {last}")
    (archive,) = directory.glob("*gz")
    with tarfile.open(archive) as packed:
        packed.extractall(directory, filter="data")
    (unpacked,) = (path for path in directory.iterdir() if path.is_dir())
    return unpacked


@pytest.fixture(scope="module")
def spectrum(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fetched(SPECTRUM, tmp_path_factory.mktemp("spectrum"), "npm", "pack", SPECTRUM)


@pytest.fixture(scope="module")
def csvkit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    command = (sys.executable, "-m", "pip", "download", "--no-binary", "csvkit", "--no-deps", CSVKIT)
    return fetched(CSVKIT, tmp_path_factory.mktemp("csvkit"), *command) / "examples"


@dataclass
class Read:
    header: list[str]
    rows: dict[int, list[str]]  # by the physical line
    aside: dict[int, str]  # the code of what is set aside


def read(path: Path) -> Read:
    """All cells of a file as the package reads them."""
    findings = Collector(1)
    with path.open("rb") as file:
        opened = open_list(file, build_settings({}))
        assert isinstance(opened, Opened)
        found = Read(list(opened.reader.header), {}, {})
        for batch in opened.reader.batches():
            findings.take(opened.reader.drain())
            rejects = findings.flush()
            found.aside |= dict(zip(rejects.lines.tolist(), rejects.codes.tolist(), strict=True))
            cells = zip(*[column.tolist() for column in batch.columns], strict=True)
            found.rows |= dict(zip(batch.lines.tolist(), map(list, cells), strict=True))
    return found


def reference(path: Path, encoding: str, delimiter: str) -> tuple[list[str], dict[int, list[str]]]:
    """The header and the rows of a file as Python's csv module reads them, by the physical line."""
    text = path.read_bytes().decode(encoding).removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = {}, 1
    for row in reader:
        if any(row):
            rows[line] = row
        line = reader.line_num + 1
    return rows.pop(min(rows)), rows


def inspected(path: Path) -> dict[str, object]:
    """What inspect says of a file that it can read."""
    done = run("inspect", str(path), "--output-format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    facts: dict[str, object] = json.loads(done.stdout)["input"]
    return facts


def checked(path: Path, phone_column: str) -> tuple[dict[str, int], set[str]]:
    """The rows that check counts, and its findings about the file, its columns and its records."""
    options = ("--phone-column", phone_column, "--profile", "generic", "--output-format", "json")
    done = run("check", str(path), *options)
    assert done.returncode in (0, 1)
    assert done.stderr == b""
    report = json.loads(done.stdout)
    codes = {found["code"] for found in report["findings"]}
    return report["rows"], {code for code in codes if code[0] in "FR" or code[:2] == "C0"}


@pytest.mark.parametrize(("name", "codes"), CASES.items(), ids=CASES)
def test_csv_spectrum(spectrum: Path, name: str, codes: frozenset[str]) -> None:
    path = spectrum / "csvs" / f"{name}.csv"
    expected = json.loads((spectrum / "json" / f"{name}.json").read_text(encoding="utf-8"))
    records = expected if isinstance(expected, list) else [expected]
    found = read(path)
    assert inspected(path)["columns"] == found.header == list(records[0])
    if codes:
        assert (found.rows, found.aside) == ({}, {2: "R003"})
    else:
        assert list(found.rows.values()) == [list(record.values()) for record in records]
    counts, said = checked(path, found.header[0])
    assert (counts["read"], said) == (len(records), codes)


def test_every_case_of_csv_spectrum_is_expected(spectrum: Path) -> None:
    assert {path.stem for path in (spectrum / "csvs").iterdir()} == set(CASES)


@pytest.mark.parametrize("expected", EXAMPLES, ids=lambda expected: expected.name)
def test_csvkit(csvkit: Path, expected: Expected) -> None:
    path = csvkit / expected.name
    if expected.dialect == "refused":
        for command in ("inspect", "check"):
            done = run(command, str(path), "--output-format", "json")
            said = {found["code"] for found in json.loads(done.stdout)["findings"]}
            assert (done.returncode, said) == (1, expected.codes), command
        return
    header, rows = reference(path, expected.encoding, expected.delimiter)
    facts = inspected(path)
    assert (facts["encoding"], facts["delimiter"]) == (expected.encoding, expected.delimiter)
    found = read(path)
    assert facts["columns"] == found.header == header
    assert found.rows == {line: rows[line] for line in found.rows}
    assert sorted([*found.rows, *found.aside]) == sorted(rows)
    for line, code in found.aside.items():
        assert code == rule_of(rows[line], len(header))
    counts, said = checked(path, next(filter(None, header)))
    assert (counts["read"], said) == (len(rows), expected.codes)


def rule_of(row: list[str], width: int) -> str:
    """The rule for a row that is set aside, as Python's csv module has read it."""
    if any("\0" in cell for cell in row):
        return "R005"
    if any('"' in cell for cell in row):
        return "R003"
    return "R001" if len(row) < width else "R002"


def test_every_example_of_csvkit_is_expected(csvkit: Path) -> None:
    files = [path for path in csvkit.rglob("*") if path.is_file()]
    tables = [path for path in files if not any(map(path.match, NO_TABLES))]
    assert {path.relative_to(csvkit).as_posix() for path in tables} == {expected.name for expected in EXAMPLES}
