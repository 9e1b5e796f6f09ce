"""Every rule has a sample file; the library and the command line find exactly what is written beside it."""

from __future__ import annotations

import json

import pytest

from csv_preflight import preflight
from csv_preflight.rules import RULES
from tests.samples import ROOT, Sample, all_samples, run, summary

SAMPLES = all_samples()
each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.code)


def test_every_rule_has_a_sample() -> None:
    assert [sample.code for sample in SAMPLES] == sorted(rule.code for rule in RULES)


@each_sample
def test_a_sample_shows_its_own_rule(sample: Sample) -> None:
    assert sample.code in {code for code, *_ in sample.expected["findings"]}


@each_sample
def test_the_library_finds_what_is_expected(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = preflight(sample.source, **sample.settings)
    expected = sample.expected
    assert summary(result.report.to_dict()) == {"rows": expected["rows"], "findings": expected["findings"]}
    assert result.ready == (expected["clean"] == 0)


@each_sample
def test_the_command_line_finds_what_is_expected(sample: Sample) -> None:
    done = run("check", str(sample.path), *sample.options, "--output-format", "json")
    expected = sample.expected
    assert done.returncode == expected["check"], done.stderr.decode()
    assert summary(json.loads(done.stdout)) == {"rows": expected["rows"], "findings": expected["findings"]}


@each_sample
def test_the_clean_file_of_a_sample_passes_check(sample: Sample, tmp_path) -> None:
    options = list(sample.options)
    clean = str(tmp_path / "written.csv")
    done = run("clean", str(sample.path), *options, "--out-dir", str(tmp_path), "-o", clean)
    assert done.returncode == sample.expected["clean"], done.stderr.decode()
    if done.returncode == 0:
        if "--corrections" in options:  # are in the clean file
            at = options.index("--corrections")
            del options[at : at + 2]
        again = run("check", clean, *options, "--output-format", "json")
        codes = {found["code"] for found in json.loads(again.stdout)["findings"]}
        assert again.returncode == 0, again.stdout.decode()
        assert codes <= {rule.code for rule in RULES if rule.outcome == "warn"}
