"""inspect: what a list is, how sure that is, and the command to run next."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path

import phonenumbers
import pytest

from csv_preflight.config.settings import build_settings
from csv_preflight.inspection import Inspection, inspect_file
from csv_preflight.inspection.text import render
from tests.samples import ROOT, run

COMMAND = re.compile(r"^(?:next: | +)(csv-preflight .*)$", re.MULTILINE)


def inspect(data: bytes, **settings: object) -> Inspection:
    return inspect_file(io.BytesIO(data), "list.csv", build_settings(settings))


def phones(*cells: str) -> bytes:
    return ("phone\n" + "".join(f'"{cell}"\n' for cell in cells)).encode()


def example(region: str) -> str:
    number = phonenumbers.example_number(region)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


US = phones(*(f"(202) 555-01{place:02}" for place in range(10, 30)))
BERLIN = phones(*(f"030 23125{place:03}" for place in range(10, 30)))
LONDON = [f"020 7946 0{place:03}" for place in range(10, 30)]


@pytest.mark.parametrize(
    ("header", "name", "number", "first", "other"),
    [
        pytest.param("name,phone", "Ann", "03 1234 56{:02}", "AU", "JP", id="Latin letters tell no country"),
        pytest.param("氏名,電話番号", "ヤマダ", "03 1234 56{:02}", "JP", "AU", id="Japanese"),
        pytest.param("name,phone", "สมชาย", "02 123 45{:02}", "TH", "BG", id="Thai"),
    ],
)
def test_the_country_of_the_script_is_the_first_of_those_that_fit(
    header: str, name: str, number: str, first: str, other: str
) -> None:
    rows = "".join(f"{name} {place},{number.format(place)}\n" for place in range(10, 30))
    found = inspect(f"{header}\n{rows}".encode())
    assert found.possible_regions[0] == first
    assert other in {guess.region for guess in found.regions}


@pytest.mark.parametrize(
    ("number", "regions"),
    [
        pytest.param("(317) 555-01{:02}", ["US", "IT", "MX"], id="brackets and a hyphen"),
        pytest.param("317-555-01{:02}", ["US", "IT", "MX"], id="hyphens"),
        pytest.param("317 555 01{:02}", ["IT", "MX", "US"], id="spaces"),
    ],
)
def test_of_countries_with_the_same_groups_the_one_with_these_signs_comes_first(
    number: str, regions: list[str]
) -> None:
    found = inspect(phones(*(number.format(place) for place in range(8))))
    assert [guess.region for guess in found.regions[:3]] == regions
    assert found.suggested_region is None


@pytest.mark.parametrize(
    ("data", "settings", "region"),
    [
        pytest.param(US, {}, "US", id="written as in the US"),
        pytest.param(BERLIN, {}, None, id="written as in Germany, and as in Serbia"),
        pytest.param(phones(*LONDON), {}, None, id="written as in several countries"),
        pytest.param(phones(*LONDON, "+44 20 7946 0958"), {}, "GB", id="one of them has a country code"),
        pytest.param(phones("+12025550101", "+442079460123"), {}, None, id="all have one"),
        pytest.param(US, {"region": "US"}, None, id="it is given"),
        pytest.param(US, {"region": "FR"}, "US", id="another one is given"),
        pytest.param(phones(*(f"2684 64{place:04}" for place in range(1200, 1220))), {}, None, id="two groups"),
        pytest.param(phones(*(f"202-555-01{place:02}" for place in range(10, 30))), {}, "US", id="three groups"),
        pytest.param(BERLIN + b"+49 30 23125099\n", {}, "DE", id="two groups, and a number from there"),
        pytest.param(
            US.decode().translate({ord("0") + value: ord("٠") + value for value in range(10)}).encode(),
            {},
            "US",
            id="Arabic digits",
        ),
    ],
)
def test_the_region_that_stands_out(data: bytes, settings: dict[str, object], region: str | None) -> None:
    found = inspect(data, **settings)
    assert found.suggested_region == region
    words = shlex.split(found.suggested_command)
    assert ("--region" in words) == (region is not None or "region" in settings)
    if region is not None:
        assert words[words.index("--region") + 1] == region
        assert found.regions[0].region == region
        assert found.regions[0].valid_share == 1.0


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"List of June,,\nName,Phone,City\nAnn,+12025550101,x\nBob,+12025550102,y\n", ["C004"]),
        (b"Kari,22123456\nOla,22123457\n", ["C004"]),
        (b"Name,\nAnn,+12025550101\n", []),
    ],
    ids=["a title", "a short number", "no name"],
)
def test_a_first_line_that_is_no_header_is_told(data: bytes, codes: list[str]) -> None:
    found = inspect(data)
    assert [entry.code for entry in found.findings] == codes
    assert found.readable == (not codes)
    assert "--phone-column" not in found.suggested_command
    assert "22123456" not in render(found)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"phone\n+12025550101\n1,2,3\n", "list.csv: 25 bytes, 2 rows\n"),
        (b"phone\n+12025550101\n+12025550102\n+12025550103", "list.csv: 44 bytes, 3 rows\n"),
        (b"phone\n" + b"+12025550101\n" * 90_000, "1,170,006 bytes, about 90,000 rows\n"),
    ],
    ids=["all", "without a last line end", "about"],
)
def test_how_many_rows_there_are(data: bytes, words: str) -> None:
    assert words in render(inspect(data))


@pytest.mark.parametrize("names", [("US", "GB"), ("United States", "England"), ("usa", "gbr"), ("+1", "+44")])
def test_a_column_of_countries_is_better_than_one_region(names: tuple[str, str]) -> None:
    us, gb = names
    rows = "".join(f"202-555-01{place:02},{us}\n020 7946 00{place:02},{gb}\n" for place in range(20, 30))
    found = inspect(f"phone,land\n{rows}".encode())
    assert found.suggested_region_column == "land"
    assert (found.callable_share, found.suggested_share) == (0.0, 1.0)
    assert "numbers: 0% of 20 rows can be called; with --region-column, 100%\n" in render(found)
    assert shlex.split(found.suggested_command)[-2:] == ["--region-column", "land"]
    assert "'land' seems to be each row's country" in render(found)


def test_a_command_for_each_country_that_the_numbers_may_be_from() -> None:
    found = inspect(phones(*(f"20255501{place:02}" for place in range(20, 60))))
    assert found.suggested_region is None
    assert found.possible_regions[0] == "US"
    assert [shlex.split(command)[-2:] for command in found.region_commands] == [
        ["--region", region] for region in found.possible_regions
    ]
    shown = render(found)
    assert found.region_commands[0] in shown
    assert f"  {found.suggested_command}\n" not in shown


def test_the_country_whose_format_the_numbers_have_comes_first() -> None:
    numbers = ("0171 2345600", "0171 2345601", "0171 2345602", "0151 1234500", "0151 1234501")  # two lack a digit
    found = inspect(phones(*numbers))
    assert found.possible_regions == ("DE", "AT")
    assert "DE" in [guess.region for guess in found.regions]


def test_where_most_rows_have_a_code_the_command_without_a_region_comes_first() -> None:
    found = inspect(phones(*(f"+120255501{place:02}" for place in range(20, 40)), "0171 2345600", "0171 2345601"))
    commands = [line.strip() for line in render(found).splitlines() if "csv-preflight clean" in line]
    assert commands == [found.suggested_command, *found.region_commands[:3]]
    assert "--region" not in found.suggested_command


def test_a_column_of_states_is_not_suggested() -> None:
    found = inspect(b"phone,State\n2025550101,NJ\n2025550102,PA\n2025550103,DE\n")
    assert found.suggested_region_column is None
    assert [column.looks_like for column in found.columns] == ["phone", "text"]


def test_countries_of_the_numbers_that_can_be_called() -> None:
    found = inspect(phones("+12025550101", "+12025550102", "+442079460123", "none"))
    assert [(country.region, country.calling_code, country.count) for country in found.countries] == [
        ("US", 1, 2),
        ("GB", 44, 1),
    ]
    assert found.callable_share == 0.75
    assert found.regions == ()


@pytest.mark.parametrize(
    ("data", "settings", "level"),
    [
        pytest.param(b"\xef\xbb\xbf" + US, {}, "certain", id="byte order mark"),
        pytest.param(US, {}, "certain", id="utf-8"),
        pytest.param(US.decode().encode("utf-16-le"), {}, "nearly certain", id="utf-16 without a mark"),
        pytest.param(US, {"encoding": "cp1252"}, "as given", id="option"),
        pytest.param("Name,phone\nJosé Muñoz,+12025550101\n".encode("cp1252"), {}, "likely", id="two words"),
        pytest.param(
            "Name,phone\nJosé Muñoz,+12025550101\nÍñigo Peña,+12025550102\nAna Ibáñez,+12025550103\n".encode("cp1252"),
            {}, "nearly certain", id="six words",
        ),
    ],
)  # fmt: skip
def test_how_sure_the_encoding_is(data: bytes, settings: dict[str, object], level: str) -> None:
    sure = inspect(data, **settings).encoding
    assert sure is not None
    assert sure.level == level


def test_a_detected_encoding_names_the_next_best_one() -> None:
    found = json.loads(run("inspect", "sample_data/rules/F101.csv", "--output-format", "json").stdout)
    assert found["input"]["encoding"] == "cp1252"
    assert found["encoding"]["level"] in ("nearly certain", "likely")
    assert "comes next" in found["encoding"]["why"]


@pytest.mark.parametrize(
    ("header", "cells", "settings", "name", "why"),
    [
        pytest.param("phone,x", "+12025550101,b", {}, "phone", "its name says so, and 100%", id="name and cells"),
        pytest.param("a,x", "+12025550101,b", {}, "a", "100% of its cells look like phone numbers", id="cells"),
        pytest.param("phone,x", "none,b", {}, "phone", "though no cell looks like a number", id="name"),
        pytest.param("a,x", "+12025550101,b", {"phone_column": "x"}, "x", "--phone-column names it", id="option"),
        pytest.param("number,phone", "1,+12025550101", {"profile": "vapi"}, "number", "vapi wants", id="profile"),
    ],
)
def test_the_phone_column_and_why(header: str, cells: str, settings: dict[str, object], name: str, why: str) -> None:
    phone = inspect(f"{header}\n{cells}\n".encode(), **settings).phone
    assert phone is not None
    assert phone.name == name
    assert why in phone.why


def test_two_phone_columns_are_both_named() -> None:
    found = inspect(b"phone,mobile\n+12025550101,+12025550102\n")
    assert found.phone is not None
    assert found.phone.others == ("mobile",)
    assert "or is it 'mobile'? Say which with --phone-column" in " ".join(render(found).split())


def test_no_phone_column() -> None:
    found = inspect(b"a,b\nx,y\n")
    assert found.phone is None
    assert "no column looks like phone numbers" in render(found)
    assert "--phone-column" not in found.suggested_command


def test_the_command_keeps_the_options_and_quotes_names() -> None:
    found = inspect(b"my phone;x\n+12025550101;b\n", profile="generic", delimiter=";", max_rows="500")
    assert shlex.split(found.suggested_command) == [
        "csv-preflight", "clean", "list.csv", "--profile", "generic", "--phone-column", "my phone", "--max-rows", "500",
        "--delimiter", ";",
    ]  # fmt: skip


def test_endings_columns_and_width() -> None:
    data = b"phone,mail,when,nothing,n\r\n" + b"+12025550101,a@example.com,2026-01-31,,5\r\n" * 3
    found = inspect(data)
    assert found.input.line_ending == "CRLF"
    assert [column.looks_like for column in found.columns] == ["phone", "email", "date", "empty", "number"]
    assert all(len(line) <= 80 for line in render(found).splitlines() if not line.startswith("  csv-preflight"))


def test_what_cannot_be_read_says_why_in_json_too() -> None:
    done = run("inspect", "sample_data/rules/F001.csv", "--output-format", "json")
    found = json.loads(done.stdout)
    assert done.returncode == 1
    assert found["columns"] == []
    assert found["findings"][0]["code"] == "F001"
    assert "gzip" in found["findings"][0]["detail"]


def test_a_column_that_says_who_must_not_be_called_is_suggested() -> None:
    text = b"Name,phone,do_not_call,status\nAnn,+12025550101,yes,new\nBob,+12025550102,no,new\n"
    found = inspect_file(io.BytesIO(text), "a.csv", build_settings({}))
    assert found.suggested_opt_out_columns == ("do_not_call",)
    assert found.suggested_command.endswith("--opt-out-column do_not_call")
    assert "'do_not_call' seems to say who must not be called" in render(found)


@pytest.mark.parametrize("count", [9, 40, 400])
def test_what_closes_the_inspection_of_a_wide_list_fits_a_screen(count: int) -> None:
    header = ",".join(["Name", "phone", *(f"question {place} of the form" for place in range(count))])
    numbers = [
        "030 23125001",
        "044 668 18 00",
        *map(example, ("US", "GB", "FR", "ES", "IT", "AT", "JP", "SG", "IN", "BR", "AU")),
    ]
    rows = "".join(f"Ann,{number}{',x' * count}\n" for number in numbers)
    found = inspect(f"{header}\n{rows}".encode())
    lines = render(found, 80).splitlines()
    last = lines[-23:]
    assert any(line.startswith("phone      'phone'") for line in last)
    assert any(line.startswith("numbers: ") for line in last)
    assert any(line.startswith("  csv-preflight clean ") for line in last)
    assert any(line.startswith("note: nothing in the list says which") for line in last)
    assert len(lines) <= 36


@pytest.mark.parametrize(
    ("cells", "column", "first"),
    [
        pytest.param(["030 23125001", "0151 23456789", "030 23125003"], "", ["DE"], id="most valid"),
        pytest.param(["(202) 555-0110", "(202) 555-0111", "+442079460123"], "", ["US"], id="the usual format"),
        pytest.param(
            ["0664 1234567", "01 5131234", "0151 23456789", "030 23125001", "+436641234568"], "", ["AT", "DE"],
            id="a number of the list is from there",
        ),
        pytest.param(
            ["0664 1234567", "01 5131234", "0151 23456789", "030 23125001"], "AT", ["AT", "DE"], id="a column names it"
        ),
    ],
)  # fmt: skip
def test_the_order_of_the_countries(cells: list[str], column: str, first: list[str]) -> None:
    rows = "".join(f"{cell},{column}\n" for cell in cells)
    found = inspect(f"phone,Country\n{rows}".encode())
    assert [guess.region for guess in found.regions][: len(first)] == first


ONE = "Name,phone\nAnn,+12025550101\n"


@pytest.mark.parametrize(
    ("data", "options", "stop", "heading"),
    [
        pytest.param(
            "Name,phone,Name\nAnn,+12025550101,Lee\n",
            [],
            "C003 columns 1 and 3 are both called 'Name'; rename one",
            "next: fix this (csv-preflight rules C003 says how), then run:",
            id="two columns of one name",
        ),
        pytest.param("a,b\nx,y\n", [], "C001 no column looks like phone numbers", "next: fix this", id="no phones"),
        pytest.param(ONE, ["--identifier-column", "Nam"], "C002 there is no column 'Nam'", "next:", id="a wrong name"),
        pytest.param(ONE, ["--identifier-column", "zz"], "C002 there is no column", "next: fix", id="no such name"),
        pytest.param(ONE, ["--profile", "salesforce-mobile"], "C008 salesforce-mobile", "next: fix", id="required"),
    ],
)
def test_what_stops_a_list_comes_first_as_check_says_it(
    data: str, options: list[str], stop: str, heading: str, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text(data, encoding="utf-8")
    done = run("inspect", "list.csv", *options, cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("stops the list: "))
    assert done.returncode == 0
    assert lines[place].startswith(f"stops the list: {stop}")
    assert any(line.startswith(heading) for line in lines[place:])
    checked = run("check", "list.csv", *options, cwd=tmp_path).stdout.decode()
    assert lines[place].removeprefix("stops the list: ") in checked
    assert ("next: fix" in heading) == ("next: fix" in checked)
    *_, command = COMMAND.findall(done.stdout.decode())
    done = run(*shlex.split(command)[1:], cwd=tmp_path)
    assert done.returncode == int("C002" not in stop)


def test_nothing_is_said_to_stop_a_list_that_clean_can_write() -> None:
    found = inspect(ONE.encode())
    assert (found.stop, found.ways_out) == (None, ())
    assert "stops" not in render(found)


@pytest.mark.parametrize("code", ["F001", "F002"])
def test_commands_after_a_stop_are_those_of_check(code: str) -> None:
    sample = f"sample_data/rules/{code}.csv"
    shown, checked = (COMMAND.findall(run(command, sample).stdout.decode()) for command in ("inspect", "check"))
    assert shown == checked[: len(shown)]
    ways = [shlex.split(command)[-1] for command in inspect(Path(ROOT, sample).read_bytes()).ways_out]
    assert ways == {"F001": [], "F002": ["cp1252", "cp1257"]}[code]
