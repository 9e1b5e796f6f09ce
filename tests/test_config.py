"""Configuration files and settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from csv_preflight import Settings, SettingsError, preflight
from csv_preflight.config.files import find_config, read_config
from csv_preflight.config.settings import build_settings
from csv_preflight.config.values import parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1", 1),
        ("5000000", 5_000_000),
        ("5MB", 5_000_000),
        ("5 MiB", 5_242_880),
        ("1.5kb", 1_500),
        (7, 7),
        ("5,000", 5_000),
    ],
)
def test_sizes(text: object, size: int) -> None:
    assert parse_size(text, "max-bytes") == size


@pytest.mark.parametrize("text", ["", "0", "-1", "5 apples", "MB", "1e6", True, "٣"])
def test_what_is_no_size(text: object) -> None:
    with pytest.raises(SettingsError, match="max-bytes"):
        parse_size(text, "max-bytes")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("csv-preflight.toml", 'region = "us"\nmax-rows = 7\n', id="own file"),
        pytest.param("pyproject.toml", '[tool.csv-preflight]\nregion = "us"\nmax-rows = 7\n', id="pyproject"),
    ],
)
def test_a_file_is_found_upward(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    found = find_config(inner)
    assert found == tmp_path / name
    assert found is not None
    settings = build_settings(read_config(found)[0])
    assert (settings.region, settings.max_rows) == ("US", 7)


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "csv-preflight.toml").write_text("")
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.other]\n")
    assert find_config(inner) == tmp_path / "csv-preflight.toml"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('regoin = "US"', "unknown key regoin; did you mean region", id="unknown key"),
        pytest.param("region = ", "csv-preflight.toml", id="no toml"),
        pytest.param("[profiles.mine]\nmax-row = 5", "has no key max_row; did you mean max_rows", id="profile key"),
        pytest.param('[profiles.mine]\nheader-pattern = "(a+)+"', "one set of characters", id="profile pattern"),
        pytest.param("profiles = 5", "profiles is not a table", id="profiles"),
        pytest.param('[profiles.mine]\nheader-pattern = "[z-a]"', "one set of characters", id="no pattern at all"),
        pytest.param('[profiles.mine]\nheader-pattern = "[a-z_]"', "0 to 9", id="a pattern without digits"),
        pytest.param(
            '[profiles.mine]\nheader-pattern = "[a-z]"', "characters with 0 to 9 and _", id="a pattern without _"
        ),
        pytest.param('[profiles.mine]\nnotes = "abc"', "notes is not a list", id="profile notes"),
        pytest.param('[profiles.mine]\nmax-rows = "5MB"', "not a whole number", id="profile rows"),
        pytest.param("report = 5", "report: 5 is not a list of files", id="report"),
        pytest.param('out-dir = ["out"]', "out-dir: .* is not a file name", id="directory"),
        pytest.param('out-dir = "a\\u0000"', "is not a file name", id="NUL"),
        pytest.param('quiet = "no"', "quiet: 'no' is neither true nor false", id="quiet"),
        pytest.param('color = "blue"', "color: 'blue' is not one of auto, always, never", id="color"),
    ],
)
def test_a_bad_file_says_what_is_wrong(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message.replace("(", r"\(")):
        read_config(path)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text('region = "US"\n', encoding="utf-8-sig")
    assert read_config(path)[0] == {"region": "US"}


def test_one_report_needs_no_list(tmp_path: Path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text('report = "june.html"\n')
    assert read_config(path)[0]["report"] == ("june.html",)


def test_a_profile_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text('profile = "mine"\n[profiles.mine]\nmax-rows = 2\nphone-column = "tel"\nplus = false\n')
    values, profiles = read_config(path)
    settings = build_settings(values, profiles)
    assert (settings.profile.max_rows, settings.profile.phone_column, settings.plus) == (2, "tel", False)


def test_lists_are_taken_from_the_directory_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text('suppress = ["never.csv"]\n')
    assert read_config(path)[0]["suppress"] == (tmp_path / "never.csv",)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"regoin": "US"}, "there is no setting regoin; did you mean region"),
        ({"region": "XX"}, "region: 'XX'"),
        ({"accept": "all"}, "accept: 'all' is not one of valid, possible"),
        ({"strict": "yes"}, "strict: 'yes' is neither true nor false"),
        ({"max_rows": 0}, "max-rows: 0 is not a whole number"),
        ({"line_types": "fixed"}, "did you mean fixed-line"),
        ({"line_types": "landline"}, "'landline' is not a line type; there are fixed-line, mobile"),
        ({"region": "Germny"}, "did you mean DE"),
        ({"region": "49"}, "region: '49' is not a region code"),
        ({"region": "Congo"}, "'Congo' may mean CD or CG"),
        ({"region": "DE,AT"}, "'DE,AT' means DE and AT, .* --region-column .* a list for each country"),
        ({"countries": "US,!GB"}, "not both"),
        ({"countries": "US,Korea"}, "countries: 'Korea' may mean KP or KR"),
        ({"no_plus": "yes"}, "no-plus: 'yes' is neither true nor false"),
        ({"profile": "vappi"}, "did you mean vapi"),
        ({"profile": ["vapi"]}, "there is no"),
        ({"existing": [5.5]}, "existing: a float is neither a file nor a number"),
        ({"profile": "xyz"}, "there are smallest-atoms, vapi"),
        ({"max_rejects": "5.5"}, "neither a number of rows nor a share"),
        ({"extension_column": "\udcff"}, "extension-column: '.udcff' is not a text"),
        ({"phone_column": ""}, "^phone-column is empty: leave it out, or name a column$"),
        ({"phone_column": ["phone", ""]}, "^phone-column is empty: leave it out, or name a column$"),
        ({"identifier_column": ""}, "^identifier-column is empty: leave it out, or name a column$"),
        ({"variables": ""}, "^variables is empty: leave it out, or give a value$"),
        ({"existing": "a\0"}, "existing: 'a.x00' is not a file name"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_the_library_checks_its_settings(overrides: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        preflight(b"phone\n+12025550101\n", **overrides)


def test_settings_can_be_given_and_overridden() -> None:
    settings = build_settings({"region": "GB", "max_rows": 5})
    assert isinstance(settings, Settings)
    report = preflight(b"phone\n202-555-0101\n", settings, region="US").report
    assert report.settings == {"region": "US", "max-rows": 5}
    assert report.rows.clean == 1
