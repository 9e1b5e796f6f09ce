"""A configuration file says of a destination all that the program's own table can."""

from __future__ import annotations

from pathlib import Path

import pytest

from csv_preflight import preflight
from csv_preflight.config.files import read_config
from csv_preflight.destinations import read_profiles
from csv_preflight.errors import SettingsError
from tests.samples import run

OWN = """
[profiles.mine]
phone-column = "tel"
plus = false
calling-code-column = "code"
countries = ["US", "Germany"]
lower-case = true
max-columns = 4
max-name-length = 12
max-cell-length = 12
longest = { city = 5 }
required = ["id"]
allowed = ["id", "city", "code"]
reserved = ["city"]
variables = "{name}"
variables-filled = true
quotes = false
"""


def test_a_destination_of_ones_own_is_checked_by_the_same_rules(tmp_path: Path) -> None:
    path = tmp_path / "csv-preflight.toml"
    path.write_text(OWN)
    _, profiles = read_config(path)
    rows = ["+12025550101,1,Reno,x", "+442079460123,2,Bath,x", "+12025550102,,Reno,x", "+12025550103,3,Boston,x"]
    rows += ['+12025550104,"4,5",Reno,x', "+12025550105,6,,x"]
    data = "\n".join(["tel,id,City,more", *rows, ""]).encode()
    result = preflight(data, profile=profiles["mine"], variables="city")
    assert result.clean.to_numpy().tolist() == [["2025550101", "1", "Reno", "1"]]
    assert list(result.clean.columns) == ["tel", "id", "city", "code"]
    assert result.rejects["preflight_code"].tolist() == ["P012", "V005", "V004", "V006", "V002"]
    assert {one.code for one in result.report.findings} >= {"C009", "C102", "C103", "V003", "F109"}


VOICE = """
[profiles.voice]
line-types = ["!premium-rate", "!shared-cost", "!pager"]
"""
BRITISH = "phone\n+447400123456\n+449012345678\n+448431234567\n+447640123456\n"


def test_a_destination_may_leave_out_line_types_unless_the_user_says_which(tmp_path: Path) -> None:
    (tmp_path / "csv-preflight.toml").write_text(VOICE)
    (tmp_path / "a.csv").write_text(BRITISH)
    ended = run("clean", "a.csv", "--profile", "voice", cwd=tmp_path)
    rejects = (tmp_path / "a.rejects.csv").read_text()
    assert rejects.count("P011") == 3
    assert "the line type is pager, which the profile voice leaves out" in rejects
    assert b"P011" in ended.stdout
    shown = run("profiles", "voice", cwd=tmp_path).stdout.decode()
    assert "all but premium-rate, shared-cost, pager, unless --line-types says otherwise" in " ".join(shown.split())
    _, profiles = read_config(tmp_path / "csv-preflight.toml")
    kept = preflight(BRITISH.encode(), profile=profiles["voice"], line_types="!mobile")
    assert kept.clean["phone"].tolist() == ["+449012345678", "+448431234567", "+447640123456"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        pytest.param({"line_types": ["landline"]}, "m.line_types: 'landline' is not a line type", id="no line type"),
        pytest.param({"max_row": 5}, "has no key max_row; did you mean max_rows", id="unknown key"),
        pytest.param({"name": "x"}, "has no key name", id="the name is the table's"),
        pytest.param({"required": "id"}, "m.required is not a list of texts", id="a text for a list"),
        pytest.param({"longest": 5}, "m.longest is not a table", id="a number for a table"),
        pytest.param({"longest": {"a": "b"}}, "m.longest.a: 'b' is not a whole number", id="no number"),
        pytest.param({"variables": "<name>"}, "m.variables: '<name>' is not one of", id="how a prompt writes one"),
        pytest.param({"countries": ["Narnia"]}, "m.countries: 'Narnia' is not a region", id="no country"),
        pytest.param({"quotes": "no"}, "m.quotes: 'no' is neither true nor false", id="no flag"),
        pytest.param({"phone_column": "a", "refused": ["a"]}, "refused has the phone_column 'a'", id="refused phone"),
        pytest.param({"phone_column": "a", "calling_code_column": "a"}, "is the phone column", id="one for two"),
        pytest.param({"lower_case": True, "header_pattern": "[A-Z0-9_]"}, "needs lower case", id="no lower case"),
    ],
)
def test_what_a_profile_cannot_say(table: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_profiles({"m": table}, "file.toml")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("rename", "words"),
    [
        pytest.param("a", "'a' is not OLD=NEW", id="no new name"),
        pytest.param("=b", "is not OLD=NEW", id="no old name"),
        pytest.param(["a=b", "a=c"], "'a' is named twice", id="one column, two names"),
        pytest.param(["a=c", "b=c"], "'c' is named twice", id="two columns, one name"),
        pytest.param(["a=b", "b=c"], "'b' is an old name and a new one", id="a chain"),
        pytest.param({"a": 5}, "5 is not a text", id="a number"),
    ],
)
def test_renames_that_cannot_be(rename: object, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        preflight(b"phone\n+12025550101\n", rename=rename)
    assert words in str(caught.value)


@pytest.mark.parametrize("option", ["extension_column", "add_timezone"])
def test_a_column_that_the_destination_refuses_cannot_be_added(option: str) -> None:
    options = {"profile": "bolna-workflow", option: "extra"}
    with pytest.raises(SettingsError) as caught:
        preflight(b"mobile_number\n+12025550101\n", **options)
    assert "bolna-workflow refuses a column 'extra'" in str(caught.value)
    assert "extra" in preflight(b"mobile_number\n+12025550101\n", variables="extra", **options).clean.columns


def test_a_rename_names_what_a_destination_fixes() -> None:
    data = b"Phone,Language,Key\n+12025550101,en,k1\n"
    renames = {"Phone": "_MobileNumber", "Language": "_Locale", "Key": "_ContactKey"}
    result = preflight(data, profile="salesforce-mobile", rename=renames)
    assert result.upload_file()[1] == b"_MobileNumber,_Locale,_ContactKey\n12025550101,en,k1\n"
    again = preflight(result.upload_file()[1], profile="salesforce-mobile", rename=renames)
    assert again.report.findings == ()


def test_the_rename_that_a_missing_column_is_answered_with_can_be_given() -> None:
    data = b"_MobileNumber,Contact Key,Locale (ISO)\n+12025550101,k1,en\n"
    report = preflight(data, profile="salesforce-mobile").report
    (found,) = (one for one in report.findings if one.code == "C008")
    renames = [str(sample.parameters["rename"]) for sample in found.samples]
    assert renames == ["Locale (ISO)=_Locale", "Contact Key=_ContactKey"]
    assert preflight(data, profile="salesforce-mobile", rename=renames).ready


@pytest.mark.parametrize(
    ("header", "code"),
    [pytest.param("phone,Citi", "C008", id="not there"), pytest.param("phone,City,town", "C003", id="taken")],
)
def test_a_rename_that_the_list_does_not_allow(header: str, code: str) -> None:
    width = header.count(",")
    report = preflight(f"{header}\n+12025550101{',x' * width}\n".encode(), rename="City=town").report
    assert [one.code for one in report.findings] == [code]
