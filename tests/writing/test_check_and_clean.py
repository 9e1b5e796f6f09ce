"""check says what clean does, and nothing else; what is rejected can be corrected and cleaned again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csv_preflight import clean_file, preflight
from csv_preflight.api import check_file
from csv_preflight.config.settings import build_settings
from csv_preflight.model.report import Report
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.advice import sent_names
from csv_preflight.rules import BY_CODE
from tests.promises.test_properties import lists
from tests.samples import ROOT, Sample, all_samples

EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["US", "GB"]),
        "identifier_column": st.sampled_from(["Name", "phone", "name"]),
        "profile": st.sampled_from(["vapi", "generic", "interakt", "retell"]),
        "keep": st.just("last"),
        "require_identifier": st.just(True),
        "extension_column": st.sampled_from(["ext", "Ext No", "x"]),
        "keep_headers": st.just(True),
        "accept": st.just("possible"),
        "max_rows": st.integers(1, 4),
        "line_types": st.sampled_from(["!premium-rate", "fixed-line-or-mobile"]),
        "no_plus": st.just(True),
    },
)


def check(data: bytes, **options: object) -> Report:
    return check_file(io.BytesIO(data), "list.csv", build_settings(options))


@given(lists(), OPTIONS)
@EXAMPLES
def test_check_finds_what_clean_finds(data: bytes, options: dict[str, object]) -> None:
    checked, cleaned = check(data, **options), preflight(data, **options)
    assert checked.findings == cleaned.report.findings
    assert checked.rows == cleaned.report.rows
    assert checked.ready == all(found.outcome is Outcome.WARN for found in checked.findings)
    if checked.ready:
        assert cleaned.upload_file()[1] == data


@given(lists(), OPTIONS)
@EXAMPLES
def test_a_clean_file_is_clean_with_the_same_options(data: bytes, options: dict[str, object]) -> None:
    first = preflight(data, **options)
    if not first.ready:
        return
    clean = first.upload_file()[1]
    # By their names: what is left of the other columns may look like numbers too.  The names before a renaming are
    # only forgiven in a list whose numbers are surely such, which is not so without plus signs.
    again = {**options, "phone_column": first.report.input.phone_column}
    if options.get("no_plus"):
        again["phone_column"], again["identifier_column"] = sent_names(first.report)
    checked = check(clean, **again)
    asked = checked.rows.rejected if options.get("no_plus") and "region" in options else 0
    codes = {found.code for found in checked.findings if found.outcome is not Outcome.WARN}
    # Without its plus sign a number may be one of the region too: then it is asked about, and never rewritten.
    assert codes <= ({"P013", "L003"} if asked else set()), checked.findings
    assert checked.rows.clean + asked == first.report.rows.clean


def test_rejects_without_an_identifier_can_be_corrected_too(tmp_path: Path) -> None:
    options = {"identifier_column": "Name", "require_identifier": True}
    path = tmp_path / "x.rejects.csv"
    clean_file(b"Name,phone\nAnn,+12025550101\n ,+12025550102\n", tmp_path / "x.clean.csv", **options)
    rejected = path.read_text(encoding="utf-8-sig").splitlines()
    assert rejected[1] == " ,+12025550102,3,I001,no identifier,"
    path.write_text("\n".join([rejected[0], f"Bob{rejected[1][1:]}", ""]), encoding="utf-8-sig")
    again = preflight(path, **options)
    assert again.upload_file()[1] == b"Name,phone\nBob,+12025550102\n"


# What a destination refuses in other cells is not corrected by a new number.
OTHER_CELLS = {"I005", "V004", "V005", "V006"}
REJECTING = [
    sample
    for sample in all_samples()
    if BY_CODE[sample.code].outcome is Outcome.REJECT and sample.code not in OTHER_CELLS
]
# Options under which a new number would be rejected for what it is.
POLICIES = {"line_types", "countries", "existing", "suppress", "opt_out_column"}


@pytest.mark.parametrize("sample", REJECTING, ids=lambda sample: sample.code)
def test_rejects_can_be_corrected_and_cleaned_again(
    sample: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    report = clean_file(sample.source, tmp_path / "x.clean.csv", **sample.settings)
    with (tmp_path / "x.rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == report.rows.rejected > 0
    phone = report.input.phone_column
    corrected = io.StringIO()
    writer = csv.DictWriter(corrected, rows[0].keys())
    writer.writeheader()
    for number, row in enumerate(rows):
        writer.writerow({**row, phone: f"+1202555{101 + number:04d}"})
    options = {name: value for name, value in sample.settings.items() if name not in POLICIES}
    again = preflight(corrected.getvalue().encode("utf-8-sig"), **options)
    assert (again.report.rows.clean, again.report.rows.rejected) == (len(rows), 0)
    before = (tmp_path / "x.clean.csv").read_text(encoding="utf-8").splitlines()[0]
    assert list(again.clean.columns) == next(csv.reader([before]))
    # The other cells are what they were: as they stand in the source, without the apostrophes of the rejects file.
    kept = preflight(sample.source, **sample.settings).rejects
    for column in report.input.columns:
        if column not in (phone, report.input.identifier_column):
            written = again.report.header_renames.get(column, column)
            assert again.clean[written].tolist() == kept[column].tolist()
