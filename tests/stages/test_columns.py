"""Headers: which column is what, what is missing, and what the columns are called in the clean file."""

from __future__ import annotations

from pathlib import Path

import pytest

from csv_preflight import SettingsError, inspect, preflight
from csv_preflight.config.settings import build_settings
from csv_preflight.inspection import inspect_file
from csv_preflight.model.profile import Profile
from csv_preflight.model.report import Report
from csv_preflight.stages.columns import looks_like_phone


def report_of(text: str, **options: object) -> Report:
    return preflight(text.encode(), **options).report


def details(report: Report) -> dict[str, list[str]]:
    return {found.code: [sample.detail for sample in found.samples] for found in report.findings}


ROW = "Ann,+12025550101"


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        pytest.param("Name,phone", ROW, "phone", id="named phone"),
        pytest.param("Name,Teléfono móvil", ROW, "Teléfono móvil", id="Spanish"),
        pytest.param("Name,Handynummer", ROW, "Handynummer", id="German"),
        pytest.param("Name,携帯電話", ROW, "携帯電話", id="Japanese"),
        pytest.param("Name,Телефон", ROW, "Телефон", id="Russian"),
        pytest.param("Name,number", ROW, "number", id="just number"),
        pytest.param("Name,x", ROW, "x", id="by content alone"),
        pytest.param("id,phone", "1234567890,+12025550101", "phone", id="the name decides between numbers"),
        pytest.param("phone,fax id", "+12025550101,", "phone", id="an empty column is no candidate"),
        pytest.param("Name,phone", "Ann,4.15555E+09", "phone", id="damaged numbers"),
        pytest.param("Name,phone", "Ann,unknown", "phone", id="by name alone"),
        pytest.param("a,b", "Ann,2025550101.0", "b", id="numbers of a spreadsheet"),
        pytest.param("a,b", "Ann,+12025550101.0", "b", id="numbers of a spreadsheet with plus signs"),
        pytest.param("a,b", "12.50,'2025550101", "b", id="an apostrophe"),
        pytest.param("a,b", '1,"=""2025550101"""', "b", id="a formula"),
        pytest.param("a,b", "1,tel:+12025550101", "b", id="a link"),
        pytest.param("a,b", "192.168.100.100,[202] 555/0101 ext. 12", "b", id="an address and an extension"),
        pytest.param("a,b", "123456,1234567", "b", id="seven digits"),
        pytest.param("a,b", "12345678901234567,1234567890123456", "b", id="sixteen digits"),
        pytest.param("Name,phone,Telefax", f"{ROW},+12025550102", "phone", id="a fax is no telephone"),
        pytest.param("Phone type,Phone", "mobile,+12025550101", "Phone", id="what is said of phones is no number"),
        pytest.param("id,homeTel", "1234567890,+12025550101", "homeTel", id="words run together"),
        pytest.param("hotel,cancelled,x", f"7,no,{ROW[4:]}", "x", id="words that hold others"),
        pytest.param("Joined,phone", "2024-01-31,+12025550101", "phone", id="a date is no number"),
        pytest.param("a,b", "1,٠٥٠ ١٢٣ ٤٥٦٧", "b", id="Arabic digits"),
        pytest.param("a,b", "1,०९८७६५४३२१०", "b", id="Hindi digits"),
        pytest.param("a,b", "1,０３（１２３４）５６７８", "b", id="wide digits and brackets"),
        pytest.param("a,b", "1,\u202a+1 202\u00a0555\u20110101\u202c", "b", id="invisible characters of a web page"),
    ],
)
def test_the_phone_column_is_found(header: str, row: str, column: str) -> None:
    assert report_of(f"{header}\n{row}\n").input.phone_column == column


@pytest.mark.parametrize("cell", ["1234567.5", "1234567,50", "-12345678.90", "2024-01-31", "192.168.10.254", "Ann", ""])
def test_what_does_not_look_like_a_phone_number(cell: str) -> None:
    assert not looks_like_phone(cell)


def test_two_candidates_are_asked_about() -> None:
    report = report_of("Name,phone,mobile\nAnn,+12025550101,+12025550102\n")
    assert details(report) == {
        "C001": [
            "more than one column could be the phone numbers: 'phone', 'mobile'; "
            "choose one with --phone-column, or several in the order in which they count"
        ]
    }


@pytest.mark.parametrize(
    ("wanted", "detail"),
    [
        pytest.param("phonenumber", "there is no column 'phonenumber'; did you mean 'phoneNumber'?", id="case"),
        pytest.param("phone number", "there is no column 'phone number'; did you mean 'phoneNumber'?", id="space"),
        pytest.param("Handy", "there is no column 'Handy'; did you mean 'phoneNumber'?", id="the likely one"),
    ],
)
def test_a_missing_phone_column_names_the_nearest(wanted: str, detail: str) -> None:
    assert details(report_of(f"Name,phoneNumber\n{ROW}\n", phone_column=wanted)) == {"C001": [detail]}


@pytest.mark.parametrize(
    ("text", "wanted", "problem", "near"),
    [
        pytest.param("a,tel\nx,+12025550101\n", "Handy", "near", ["tel"], id="one is likely"),
        pytest.param("tel,gsm\n+12025550101,+12025550102\n", "Zzz", "near", ["tel", "gsm"], id="two are likely"),
        pytest.param("tel,gsm\n+12025550101,+12025550102\n", ["tel", "Zzz"], "near", ["gsm"], id="one is named"),
        pytest.param("tel,gsm\n+12025550101,+12025550102\n", ["Zzz", "tel"], "near", ["gsm"], id="the other is named"),
        pytest.param("a,b\nx,y\n", "Zzz", "none", [], id="none is likely"),
    ],
)
def test_a_missing_phone_column_offers_the_likely_ones(
    text: str, wanted: str | list[str], problem: str, near: list[str]
) -> None:
    (found,) = report_of(text, phone_column=wanted).findings
    parameters = found.samples[0].parameters
    assert (parameters["problem"], list(parameters["near"])) == (problem, near)


def test_no_candidate_lists_the_columns() -> None:
    assert details(report_of("a,b\nx,y\n"))["C001"] == [
        "no column looks like phone numbers; choose one with --phone-column; the columns are 'a', 'b'"
    ]


PEOPLE = [["Name", "phone", "City"], ["Ann Lee", "+12025550101", "Rome"], ["Bob", "+12025550102", "Bari"]]


def joined(separator: str, rows: list[list[str]] = PEOPLE) -> str:
    return "".join(separator.join(row) + "\n" for row in rows)


def quoted(separator: str, behind: str = "") -> str:
    return "".join(f'"{line}"{behind}\n' for line in joined(separator).splitlines())


IN_QUOTES = "export it again, or remove the quotes at the beginning and the end of each line"
ONE_COLUMN = "the file was read as one column"
MISREAD = {
    "caret": (joined("^"), {}, "if '^' separates its fields, give --delimiter '^'"),
    "tilde": (joined("~"), {}, "if '~' separates its fields, give --delimiter '~'"),
    "colon": (joined(":"), {}, "if ':' separates its fields, give --delimiter ':'"),
    "space": ("Name phone\nAnn +12025550101\n", {}, "if space separates its fields, give --delimiter space"),
    "control": (joined("\x01"), {}, "if '\\x01' separates its fields, give --delimiter '\\x01'"),
    "full-width comma": (joined("，"), {}, "if '，' separates its fields, replace it by commas"),
    "below a title": (f"Contacts\n{joined('^')}", {}, "if '^' separates its fields, give --delimiter '^'"),
    "a named column": (joined(":"), {"phone_column": "phone"}, "if ':' separates its fields, give --delimiter ':'"),
    "wrong option": (joined(","), {"delimiter": ";"}, "if ',' separates its fields, give --delimiter ','"),
    "wrong option, tabs": (joined("\t"), {"delimiter": ","}, "if tab separates its fields, give --delimiter tab"),
    "wrong option, decimal commas": (
        "phone;price\n+12025550101;1,5\n+12025550102;2,5\n", {"delimiter": ","},
        "if ';' separates its fields, give --delimiter ';'",
    ),
    "quoted lines": (quoted(","), {}, IN_QUOTES),
    "quoted lines of semicolons": (quoted(";"), {}, IN_QUOTES),
    "quoted lines of tabs": (quoted("\t"), {}, IN_QUOTES),
    "quoted lines of bars": (quoted("|"), {}, IN_QUOTES),
    "quoted lines, their delimiter given": (quoted(";"), {"delimiter": ";"}, IN_QUOTES),
    "quoted lines with commas behind them": (quoted(",", ",,"), {}, IN_QUOTES),
    "quoted lines with one semicolon behind them": (quoted(",", ";"), {}, IN_QUOTES),
    "quoted lines with semicolons behind them": (quoted(",", ";;"), {}, IN_QUOTES),
    "quoted fields, wrong option": (
        '"Name";"phone"\n"Ann";"+12025550101"\n', {"delimiter": ","},
        "if ';' separates its fields, give --delimiter ';'",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "options", "remedy"), MISREAD.values(), ids=MISREAD)
def test_one_column_by_mistake_stops(text: str, options: dict[str, str], remedy: str) -> None:
    report = report_of(text, **options)
    (detail,) = details(report)["C001"]
    assert detail.startswith(ONE_COLUMN)
    assert detail.endswith(f"; {remedy}")
    assert set(details(report)) <= {"C001", "F103"}
    assert not report.ready


@pytest.mark.parametrize(
    "text", ["a^b\nAnn\nBob\n", "a^b\nAnn^1\nBob\nEve\n", "^a\n1^2\n", "a:b\nAnn:x\nBob:y\n", "a\nb\n"]
)
def test_one_column_it_may_be(text: str) -> None:
    (detail,) = details(report_of(text))["C001"]
    assert detail.startswith("no column looks like phone numbers")


@pytest.mark.parametrize("delimiter", [*" :/#*!&=_~^", *map(chr, range(1, 9)), *map(chr, range(14, 32)), *"¦¬，；"])
def test_every_character_that_may_separate_fields_is_tried(delimiter: str) -> None:
    people = [["Name", "phone"], ["Ann", "+12025550101"], ["Bob", "+12025550102"]]
    (detail,) = details(report_of(joined(delimiter, people)))["C001"]
    shown = "space" if delimiter == " " else repr(delimiter)
    remedy = f"give --delimiter {shown}" if delimiter.isascii() else "replace it by commas"
    assert detail == f"{ONE_COLUMN}; if {shown} separates its fields, {remedy}"


@pytest.mark.parametrize("above", ["", "Ann Lee\n"], ids=["no header", "a name alone"])
def test_a_person_in_the_first_line_is_not_shown_as_a_column(above: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(above + "Ann^+12025550101\nBob^+12025550102\nEve^+12025550103\n", encoding="utf-8")
    with path.open("rb") as file:
        inspected = inspect_file(file, str(path), build_settings({})).input
    for shown in (preflight(path).report.input, inspected):
        assert not any("Ann" in name for name in shown.columns)


def test_inspect_and_other_lists_say_so_too(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(joined("^"), encoding="utf-8")
    with path.open("rb") as file:
        found = inspect_file(file, str(path), build_settings({}))
    assert [(entry.code, entry.samples[0].detail) for entry in found.findings] == [
        ("C001", f"{ONE_COLUMN}; if '^' separates its fields, give --delimiter '^'")
    ]
    with pytest.raises(SettingsError, match=f"C001 {ONE_COLUMN}"):
        report_of(joined(","), suppress=[str(path)])


@pytest.mark.parametrize(
    ("separator", "option"), [("^", "^"), (":", ":"), (" ", "space"), ("\x01", "\\x01"), ("\x1f", "\\X1F")]
)
def test_the_delimiter_that_is_asked_about_can_be_given(separator: str, option: str) -> None:
    text = joined(separator, [["Name", "phone"], ["Ann", "+12025550101"], ["Bob", "+12025550102"]])
    assert preflight(text.encode(), delimiter=option).clean["phone"].tolist() == ["+12025550101", "+12025550102"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("phone number\n+1 2025550101\n+1 2025550102\n", id="numbers with a space"),
        pytest.param("Phone #1\n+12025550101\n", id="a sign in the name"),
        pytest.param("phone;\n+12025550101\n", id="a delimiter in the name only"),
        pytest.param('"phone"\n"+12025550101"\n', id="quoted"),
        pytest.param('"phone, mobile",,\n+12025550101,,\n', id="a comma in the name, and empty columns"),
        pytest.param("mobile/home\n+12025550101\n(202) 555-0102\n", id="a slash in the name"),
    ],
)
def test_one_column_that_is_one_passes(text: str) -> None:
    assert preflight(text.encode(), region="US").ready


NO_HEADER = {
    "a short number": ("Kari,22123456\nOla,22123457\nPer,2212 3458\n", "field 2 is a phone number"),
    "a short number behind a sign": ("phone,#22123456\n+4722111111,22123457\n", "field 2 is a phone number"),
    "a short number with nothing beside it": ("2212345\n2212346\n", "field 1 is a phone number"),
    "a person": ("Ann,+12025550101\n", "field 2 is a phone number"),
    "a title above columns of a table": ("Report,,,\nName,Tel,City,Zip\nAnn,n/a,Rome,1\n", "it names one of 4 columns"),
    "a line of text": (f"{'x' * 1001},phone\nAnn,+12025550101\n", "field 1 has 1,001 characters"),
}  # fmt: skip


def test_rows_of_too_few_fields_do_not_speak_against_the_header() -> None:
    found = details(report_of("Name,phone,City,note\nAnn,+12025550101,Rome\nBob,+12025550102,Oslo\n", region=None))
    assert "C004" not in found
    assert len(found["R001"]) == 2


@pytest.mark.parametrize(
    ("text", "fields"),
    [("Name,phone\n1,Ann,+12025550101\n2,Bob,+12025550102\n", "2 of the 3"), ("phone\n+12025550101,\n", "1 of the 2")],
    ids=["fields without names", "trailing delimiters"],
)
def test_a_header_that_names_some_of_the_fields_is_a_part_of_one(text: str, fields: str) -> None:
    (said,) = details(report_of(text))["C004"]
    assert said.startswith("the first line is not a whole header: ")
    assert said.endswith(f"it has {fields} fields that the rows below it have; name every column in it")


@pytest.mark.parametrize(("text", "evidence"), NO_HEADER.values(), ids=NO_HEADER)
def test_a_first_line_above_the_header_is_none(text: str, evidence: str) -> None:
    found = details(report_of(text))
    assert found["C004"] == [f"the first line is not a header: {evidence}; put a line with the column names first"]


@pytest.mark.parametrize(
    ("above", "line"),
    [
        pytest.param("Contacts\n", 2, id="a title"),
        pytest.param("Contacts,,\n", 2, id="a title of a spreadsheet"),
        pytest.param("Campaign June,,\nExported 2026-06-01,,\n\n", 4, id="title, date and a blank line"),
        pytest.param('"Report\nof June"\n\n', 4, id="a title of two lines"),
    ],
)
def test_a_header_below_other_lines_is_found(above: str, line: int) -> None:
    data = f"{above}Name,phone,note\nAnn,+12025550101,x\nBob,+12025550102,y\n".encode()
    said = f"the first line is not the header: it seems to be on line {line}; give --skip-lines {line - 1} to leave out"
    assert details(preflight(data).report)["C004"][0].startswith(said)
    result = preflight(data, skip_lines=line - 1)
    assert result.clean["phone"].tolist() == ["+12025550101", "+12025550102"]
    assert result.clean.index.tolist() == [line + 1, line + 2]
    assert details(result.report)["F108"] == [f"lines left out above the header: {line - 1}"]


BELOW_A_TITLE = {
    "a name that says nothing": ("Report\nName;Rufnr.\nAnn;+12025550101\nBob;+12025550102\n", "line 2"),
    "below two titles": ("Report\nof June\nWho;Where\nAnn;+12025550101\n" + "Bob;+12025550102\n" * 40, "line 3"),
    "below two titles, few rows": ("# Report\n# of June\nName;Phone\nAnn;+12025550101\nBob;+12025550102\n", "line 3"),
    "below twelve": ("Report\n" * 12 + "Name;Phone\n" + "Ann;+12025550101\n" * 20, "line 13"),
    "one column with remarks below": ("note\nplain\nplain\nplain\na;+12025550101\nc;+12025550102\n", ""),
    "a row without a number is nobody's header": ("Report\nAnn;none\nCy;none\nBob;+12025550102\n", ""),
    "a row with a label is nobody's header": ("Report\nAnn;Tel. 0171 5558877\nBob;0171 5558876\n" * 2, ""),
    "rows of more fields than the header": ("phone\nAnn;+12025550101\nBob;+12025550102\n", ""),
}


@pytest.mark.parametrize(("text", "line"), BELOW_A_TITLE.values(), ids=BELOW_A_TITLE)
def test_below_a_title_any_names_above_a_number_are_the_header(text: str, line: str) -> None:
    (said,) = details(preflight(text.encode()).report).get("C004", [""])
    assert ("the first line is not the header: it seems to be on " + line in said) == bool(line)


@pytest.mark.parametrize(
    ("again", "code"),
    [
        pytest.param("Name,mobile,boss_phone", "R102", id="the header"),
        pytest.param("\ufeffName, MOBILE ,boss_phone", "R102", id="the header behind a mark, in other letters"),
        pytest.param("Name,boss_phone,mobile", "R008", id="in another order"),
        pytest.param("Name,mobile", "R008", id="with fewer columns"),
        pytest.param("Name,mobile,city,phone_2", "R008", id="with more columns"),
        pytest.param("full_name,manager_phone,cell", "R008", id="with other names"),
        pytest.param("Kunde,Telefon,Handy", "R008", id="in another language"),
        pytest.param("Name,none,none", None, id="a person called Name"),
        pytest.param("T-Mobile,no phone,", None, id="a company without a phone"),
        pytest.param("Ann,mobile,off", None, id="a word for a phone"),
        pytest.param("Bob,mobile unknown,Mobile", None, id="a remark beside a type of phone"),
        pytest.param("Bob,Telefon gesperrt,Handy", None, id="a remark in German"),
        pytest.param("Mobile,mobile,phone", None, id="a person of whom the column is said"),
        pytest.param("Ann,tel:+12025550143,cell:+12025550144", None, id="numbers with labels"),
        pytest.param("Name,Phone 202-555-0143,Mobile", None, id="a number among names"),
    ],
)
def test_a_header_among_the_rows(again: str, code: str | None) -> None:
    row = "Ann,+12025550101,+12025550151\n"
    data = f"Name,mobile,boss_phone\n{row}{again}\nCid,+12025550103,+12025550153\n".encode()
    result = preflight(data, phone_column="mobile")
    found = details(result.report)
    assert code is None or code in found
    assert {"R102", "R008"} & found.keys() == {code} - {None}
    assert result.ready == (code != "R008")
    assert (
        result.report.rows.read
        == result.report.rows.clean + result.report.rows.rejected
        == (2 if code == "R102" else 3)
    )


def test_a_strange_delimiter_can_be_given() -> None:
    assert preflight(b"Name~phone\nAnn~+12025550101\n", delimiter="~").ready


@pytest.mark.parametrize(
    "first",
    [
        pytest.param("Ann,+12025550101", id="a number"),
        pytest.param("Ann,(202) 555-0101", id="a national number"),
        pytest.param("Ann,202-555-0101 or 202-555-0102", id="two numbers"),
        pytest.param("Ann,p:+12025550101", id="a number among words"),
        pytest.param("Ann,Home (202) 555-0101 or mobile", id="a national number among words"),
        pytest.param("Ann,\u0662\u0660\u0662\u0665\u0665\u0665\u0660\u0661\u0660\u0661", id="a number in other digits"),
        pytest.param("ann@example.com,x", id="an e-mail address"),
        pytest.param("Ann,Tel. 0171 5558877", id="a label"),
        pytest.param("Ann,mobil 0171 5558877", id="a label in lower case"),
        pytest.param("Ann,Tel.01715558877", id="a label without a space"),
        pytest.param("Ann,Telefon 22123456", id="a label and a short number"),
        pytest.param("Ann,Phone 1: 2025550143", id="a numbered label"),
        pytest.param("Ann,Office (Direct) 2025550143", id="two labels"),
        pytest.param("Ann,2025550143 (work)", id="a label behind"),
        pytest.param("Ann,Fax 22123456", id="a fax"),
        pytest.param("Ann,тел. 84955550143", id="a label in Russian"),
        pytest.param("Ann,2025550143 m", id="a label of one letter"),
        pytest.param("Ann,0171 5558877 / 0171 5558878", id="two numbers"),
        pytest.param("Ann,0171/5558877 oder 030/5558866", id="two numbers with slashes"),
        pytest.param("Ann,2025550143/2025550144", id="two numbers in one piece"),
        pytest.param('Ann,"2025550143, 2025550144"', id="two numbers and a comma"),
        pytest.param("Ann,Cell 2025550143 / home 2025550144", id="two numbers with labels"),
        pytest.param("Ann,22123456 og 22123457", id="two short numbers and a word"),
        pytest.param("Ann,22123456; 22123457", id="two short numbers"),
        pytest.param("Ann,0171 5558877 Frau Quark", id="a name behind"),
        pytest.param("Frau Quark (030) 5558866,x", id="a name ahead"),
        pytest.param("Ann,Frau Quark 01715558877", id="a name and a number in one piece"),
        pytest.param("Ann,chez Paul 01 42 68 53 00", id="pairs"),
        pytest.param("Ann,Paul 0033 1 42 68 53 00", id="00 ahead"),
    ],
)
def test_a_first_line_of_data_is_no_header(first: str) -> None:
    report = report_of(f"{first}\nBob,+12025550102\n")
    assert list(details(report)) == ["C004"]
    assert report.input.columns == ()


@pytest.mark.parametrize(
    ("text", "field"),
    [
        pytest.param("Ann,call 2025550101 evenings\nBob,call 2025550102\n", 2, id="words around all"),
        pytest.param("Ann Quark 2025550101,Oslo\nBob Quark 2025550102,Rome\n", 1, id="a name"),
        pytest.param("Ann,2025550101 ask for Ann\nBob,2025550102\n", 2, id="words around the first"),
        pytest.param("Ann,mobile 2025550101 Ann,mobile\nBob,mobile 2025550102 Bob,home\n", 2, id="a kind beside it"),
        pytest.param("Ann,Frau Quark 12025550101\nBob,+12025550102 (Bob)\n,\n", 2, id="another form below"),
        pytest.param("2025550101 Ann's desk\n2025550102 Bob\n2025550103\n", 1, id="one column"),
    ],
)
def test_digits_among_words_above_numbers_are_no_header(text: str, field: int) -> None:
    said = f"the first line is not a header: field {field} is a phone number; put a line with the column names first"
    for options in ({}, {"phone_column": "phone"}, {"keep_headers": True}):
        assert details(report_of(text, **options))["C004"] == [said]
    stop = inspect(text.encode()).stop
    assert stop is not None
    assert stop.samples[0].detail == said


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("ID 2025550101,phone\n2025550144,+12025550102\n", id="a phone column with numbers"),
        pytest.param("Survey 2025550101,Contact\nyes,+12025550102\n", id="no numbers below"),
        pytest.param("Run 20240131153000,Contact\n20240131153001,+12025550102\n", id="a time"),
        pytest.param("Call (e.g. 2025550101),x\n+12025550102,y\n", id="an example"),
        pytest.param("field.2025550101,Contact\n2025550144,+12025550102\n", id="part of a name"),
    ],
)
def test_digits_among_words_are_a_header_where_the_rows_do_not_show_a_number(text: str) -> None:
    assert "C004" not in details(report_of(text))


NINE = ["US", "GB", "FR", "IT", "ES", "PT", "NL", "BE", "AT"]


@pytest.mark.parametrize(
    ("cells", "stops"),
    [
        pytest.param(["US", "gb", "UK", "USA", ""], False, id="countries"),
        pytest.param(["US", "GB", "XX"], False, id="and a slip"),
        pytest.param(["US", "GB", "XX", "YY", "ZZ"], True, id="more than slips"),
        pytest.param([*NINE, "XX", "YY", "ZZ"], True, id="a quarter of the codes"),
        pytest.param([*NINE, "CH", "XX", "YY", "ZZ"], False, id="less than a quarter"),
        pytest.param(["CA", "DE"], True, id="states that are countries, too"),
        pytest.param(["CA", "DE", "nj"], True, id="states"),
        pytest.param(["CA", "DE", "NJ", "US"], False, id="a state among countries"),
        pytest.param(["NSW", "VIC", "SA", "QLD", "WA"], True, id="states of Australia"),
        pytest.param(["Georgia", "Mars", "Lebanon"], False, id="names are taken one by one"),
    ],
)
def test_a_column_of_states_is_no_region_column(cells: list[str], stops: bool) -> None:
    rows = "".join(f"202555{row:04d},{cell}\n" for row, cell in enumerate(cells, start=100))
    report = report_of(f"phone,State\n{rows}", region_column="State")
    assert ("C006" in details(report)) == stops
    assert bool(report.rows.clean + report.rows.rejected) != stops


@pytest.mark.parametrize(
    "header",
    [
        "Name,phone", "2024,phone", "1234567,phone", "12345678,phone", "1,2 phone", "Q1 2024,phone 1",
        "Survey 2024-01-31 12:00,phone",
        "custom.360012345678,phone", "2019-2020-2021 (total),phone", "from 10.000 to 20.000.000,phone",
        "Your phone number (such as 202-555-0143),x",
        "Phone e.g. +1 202 555 0143,x", "Handy (z. B. +49 30 23125001),x", "Handy (Beispiel: +49 30 23125001),x",
        "Handy (z. B. 0171 5558877),x", "Telefon 1 (Format 0171/5558877),x",
        "Phone 1 - Value,x", "Tel. 2024,x", "Umsatz 2023/2024,phone", "2024-01-31,phone", "Q1 2024 Revenue,phone",
        "0-30 days,phone", "Phone (e.g. +12025550143),x", "Q12. Your phone number?,x", "Mobile 2023-2024,x",
        "Tel. 01.01.2024 - 31.12.2024,x", "Telefon 20241231,x", "Phone (2024-01-31 12:00),x", "phone_1234567,x",
        "Umsatz 010124-311224,phone", "Kostenstelle 010 2023/2024,phone", "Kunden-Nr. 1234567,phone",
        "Overdue 030-060-090 days,phone", "Invoice no. 12345678,phone", "No. 1234567,phone", "ID 0012345678,phone",
        "Days 20240101/20241231,phone", "Contact 2023 and 2024,phone",
        "Calls 2024-01-01 and 2024-12-31,phone",
        "Téléphone (exemple : 202-555-0143),x", "Teléfono (ejemplo: 202-555-0143),x",
    ],
)  # fmt: skip
def test_a_header_with_digits_is_a_header(header: str) -> None:
    assert "C004" not in details(report_of(f"{header}\n{ROW}\n"))


def test_a_header_of_dates_above_dates_is_a_header() -> None:
    text = "phone,20240131,20240229\n+12025550101,20240130,20240228\n+12025550102,,20240227\n"
    assert "C004" not in details(report_of(text))


def test_columns_differing_in_case_are_two() -> None:
    assert preflight(b"Phone,phone\nx,+12025550101\n", phone_column="phone").report.rows.clean == 1


@pytest.mark.parametrize("header", ["phone,phone", "phone, phone", "phone,phone\u200b"])
def test_equal_names_stop(header: str) -> None:
    assert list(details(report_of(f"{header}\n{ROW}\n"))) == ["C003"]


@pytest.mark.parametrize(
    ("header", "names", "codes"),
    [
        pytest.param("Name,phone", ["Name", "phone"], set(), id="noop"),
        pytest.param(" Name ,phone", ["Name", "phone"], {"C101"}, id="outer spaces"),
        pytest.param("Na\u200bme,phone", ["Name", "phone"], {"C101"}, id="invisible"),
        pytest.param("Na\x07me,phone", ["Name", "phone"], {"C101"}, id="control"),
        pytest.param('"Full\nname",phone', ["Full_name", "phone"], {"C101", "C102"}, id="line break"),
        pytest.param("Full Name,Phone #", ["Full_Name", "Phone"], {"C102"}, id="characters"),
        pytest.param("Teléfono (casa),phone", ["Telefono_casa", "phone"], {"C102"}, id="accents"),
        pytest.param("名前,phone", ["column_1", "phone"], {"C102"}, id="nothing is left"),
        pytest.param("Имя,Телефон", ["column_1", "phone"], {"C102"}, id="nothing is left of any"),
        pytest.param(",phone", ["column_1", "phone"], {"C102"}, id="no name"),
    ],
)
def test_names_as_they_are_written(header: str, names: list[str], codes: set[str]) -> None:
    result = preflight(f"{header}\n{ROW}\n".encode(), phone_column=header.rpartition(",")[2])
    assert list(result.clean.columns) == names
    assert {found.code for found in result.report.findings} == codes


def test_renames_that_collide_get_numbers() -> None:
    result = preflight(b"a b,a-b,a_b,phone\n1,2,3,+12025550101\n")
    assert list(result.clean.columns) == ["a_b_2", "a_b_3", "a_b", "phone"]
    assert result.report.header_renames == {"a b": "a_b_2", "a-b": "a_b_3"}
    result = preflight("é,ê,é_2,phone\n1,2,3,+12025550101\n".encode())
    assert list(result.clean.columns) == ["e", "e_2", "e_2_2", "phone"]


@pytest.mark.parametrize(
    ("text", "options", "names", "sent"),
    [
        pytest.param(
            "number,Mobile\n7,+12025550101\n", {"phone_column": "Mobile"}, ["number_2", "number"], "7", id="phone"
        ),
        pytest.param(
            "number,number_2,Mobile\n7,8,+12025550101\n",
            {"phone_column": "Mobile"}, ["number_3", "number_2", "number"], "7", id="and the next name",
        ),
        pytest.param(
            "name,full,number\nA,B,+12025550101\n",
            {"identifier_column": "full"}, ["name_2", "name", "number"], "A", id="identifier",
        ),
    ],
)  # fmt: skip
def test_a_name_that_the_profile_fixes_belongs_to_its_column(
    text: str, options: dict[str, object], names: list[str], sent: str
) -> None:
    result = preflight(text.encode(), profile="vapi", **options)
    assert list(result.clean.columns) == names
    assert result.clean["number"].tolist() == ["+12025550101"]
    assert result.clean[names[0]].tolist() == [sent]
    again = preflight(result.upload_file()[1], profile="vapi", **options)
    assert not again.report.findings


@pytest.mark.parametrize("profile", ["smallest-atoms", "aisensy", "generic", "vapi"])
def test_names_of_which_nothing_is_left_answer_in_the_clean_file(profile: str) -> None:
    options = {"profile": profile, "phone_column": "電話", "identifier_column": "名前"}
    result = preflight("名前,電話,id\n山田,+12025550101,x\n".encode(), **options)
    if profile == "smallest-atoms":
        assert list(result.clean.columns) == ["identifier", "phone", "id"]
    again = preflight(result.upload_file()[1], **options)
    assert again.report.findings == ()
    assert again.clean.to_numpy().tolist() == result.clean.to_numpy().tolist()
    assert details(preflight(b"name,phone\nx,555-0101\n", phone_column="\u96fb").report)["C001"]


def test_a_region_column_is_no_other() -> None:
    assert list(details(report_of("identifier,phone\n+12025550101,+12025550101\n", region_column="国"))) == ["C005"]


def test_an_earlier_name_is_only_forgiven_in_a_clean_file() -> None:
    data = b"number,x\n555-0101,y\n"
    assert details(preflight(data, profile="vapi", phone_column="Mobile").report)["C001"]


@pytest.mark.parametrize("profile", ["smallest-atoms", "vapi"])
def test_the_identifier_may_be_the_number(profile: str) -> None:
    data = b"phone,x\n (202) 555-0101 ,y\n"
    options = {"phone_column": "phone", "identifier_column": "phone", "region": "US"}
    result = preflight(data, profile=profile, **options)
    assert result.clean.iloc[0, 0] == "+12025550101"
    assert "I101" not in details(result.report)


@pytest.mark.parametrize("name", ["phone", "Name", "cc"])
def test_the_extension_column_is_no_other(name: str) -> None:
    options = {"phone_column": "phone", "identifier_column": "Name", "region_column": "cc", "extension_column": name}
    report = report_of("Name,phone,cc\nAnn,202-555-0101 x5,US\n", **options)
    assert details(report)["C001"] == [
        f"'{name}' cannot be the extension column and another one as well; give --extension-column a name of its own"
    ]


@pytest.mark.parametrize(
    ("header", "wanted", "options", "names"),
    [
        pytest.param("phone,x", "Ext No", {}, ["phone", "x", "Ext_No"], id="added"),
        pytest.param("phone,x", "Ext No", {"keep_headers": True}, ["phone", "x", "Ext No"], id="added as it is"),
        pytest.param("phone,Ext_No", "Ext No", {}, ["phone", "Ext_No"], id="there, as clean writes it"),
        pytest.param("phone,ext no", "ext-no", {}, ["phone", "ext_no"], id="there, under another spelling"),
        pytest.param("phone,x", "内線", {}, ["phone", "x", "extension"], id="nothing is left"),
    ],
)
def test_the_extension_column_has_a_name_of_its_own(
    header: str, wanted: str, options: dict[str, object], names: list[str]
) -> None:
    data = f"{header}\n202-555-0101 x5,\n".encode()
    result = preflight(data, phone_column="phone", region="US", extension_column=wanted, **options)
    assert list(result.clean.columns) == names
    assert result.clean[names[-1]].tolist() == ["5"]


def test_two_columns_without_a_name_do_not_hide_the_phone_column() -> None:
    result = preflight(b",Name,\n+12025550101,Ann,x\n")
    assert list(result.clean.columns) == ["phone", "Name", "column_3"]
    assert result.report.header_renames == {"column 1": "phone", "column 3": "column_3"}
    assert len(details(result.report)["C102"]) == 2


def test_a_rejects_file_is_known_by_any_of_its_columns() -> None:
    data = b"'@handle,phone,preflight_line,preflight_reason\n'=1+2,+12025550101,7,gone\n"
    result = preflight(data, profile="generic")
    assert list(result.clean.columns) == ["@handle", "phone"]
    assert result.clean["@handle"].tolist() == ["=1+2"]


def test_headers_can_be_kept() -> None:
    result = preflight(b"Full Name,Phone #\nAnn,+12025550101\n", keep_headers=True)
    assert list(result.clean.columns) == ["Full Name", "Phone #"]


def test_a_profile_fixes_the_names_that_are_sent() -> None:
    result = preflight(b"Person,Mobile\nAnn,+12025550101\n", profile="vapi", identifier_column="Person")
    assert list(result.clean.columns) == ["name", "number"]
    assert result.report.header_renames == {"Person": "name", "Mobile": "number"}


def test_a_renamed_column_answers_to_both_names() -> None:
    first = preflight(b"Full Name,Phone Number\nAnn,+12025550101\n", phone_column="Phone Number")
    again = preflight(first.upload_file()[1], phone_column="Phone Number")
    assert again.ready
    assert not again.report.findings


def test_an_identifier_column_that_is_missing_stops() -> None:
    report = report_of(f"Name,phone\n{ROW}\n", identifier_column="name")
    assert details(report) == {"C002": ["there is no column 'name'; did you mean 'Name'?"]}


def test_broken_rows_of_a_rejects_file_keep_their_text() -> None:
    broken = b'Name,phone,City\nAnn,+12025550101\n"Bob,+12025550102,Rome\nCy,none,Rome\nDi,+12025550104,Rome\n'
    first = preflight(broken)
    data = "Name,phone,City,preflight_line,preflight_code,preflight_reason,preflight_raw\n"
    data += ',,,2,R001,x,"Ann,+12025550101"\n,,,3,R004,x,"""Bob,+12025550102,Rome"\nCy,+12025550103,Rome,4,P002,x,\n'
    again = preflight(data.encode())
    assert again.clean["phone"].tolist() == ["+12025550103"]
    assert again.rejects["preflight_raw"].tolist() == first.rejects["preflight_raw"].tolist()[:2]
    assert set(again.rejects["preflight_code"]) == {"R001"}
    assert (
        again.rejects["preflight_reason"]
        .iloc[0]
        .startswith("too few fields: none, because the row is still in preflight_raw; the header has 3")
    )
    moved = preflight(b'preflight_raw,Name,phone\n"Ann,+12025550101",,\n,Bob,+12025550102\n')
    assert moved.rejects["preflight_raw"].tolist() == ["Ann,+12025550101"]
    without = data.replace(",preflight_raw", "").replace(',x,"Ann,+12025550101"', ",x").replace(
        ',x,"""Bob,+12025550102,Rome"', ",x").replace(",x,\n", ",x\n")  # fmt: skip
    assert set(preflight(without.encode()).rejects["preflight_code"]) == {"P001"}


OWN = Profile("mine", "Mine", header_pattern="[a-z0-9_]", phone_column="tel", identifier_column="who")
ALL_TAKEN = "smallest-atoms takes only letters A to Z, digits and _ in column names"
SAID = {
    "spaces": (" a,phone\n", {}, [("C101", "the column name has leading or trailing spaces; it is written as 'a'")]),
    "an apostrophe": (
        "'=a,phone,preflight_line\n", {"keep_headers": True},
        [("C101", "the column name has the apostrophe of a rejects file; it is written as '=a'"),
         ("C101", "'preflight_line' is a column of csv-preflight's own rejects file; it is left out")],
    ),
    "invisible": (
        "a\u200b,phone\n", {},
        [("C101", "the column name has line breaks or invisible characters; it is written as 'a'")],
    ),
    "a letter": ("ä,phone\n", {}, [("C102", f"'ä' is written as 'a', because {ALL_TAKEN}")]),
    "no name": (
        ",phone\n", {},
        [("C102", "column 1, which has no name, is written as 'column_1', because every column needs a name")],
    ),
    "the phone column": (
        "a,my phone\n", {},
        [("C102", f"'my phone' is written as 'my_phone', because {ALL_TAKEN}; send that name as the phone column")],
    ),
    "the identifier column": (
        "my a,phone\n", {"identifier_column": "my a"},
        [("C102", f"'my a' is written as 'my_a', because {ALL_TAKEN}; send that name as the identifier column")],
    ),
    "another pattern": (
        "who,x-y,tel\n", {"profile": OWN},
        [("C102", "'x-y' is written as 'x_y', because mine takes only the characters [a-z0-9_] in column names")],
    ),
    "names that the destination reads": (
        "tel,phone,name\n", {"profile": OWN, "phone_column": "phone", "identifier_column": "name"},
        [("C102", "'tel' is written as 'tel_2', because another column takes its name"),
         ("C102", "'phone' is written as 'tel', because mine reads the column of that name; "
                  "send that name as the phone column"),
         ("C102", "'name' is written as 'who', because mine reads the column of that name; "
                  "send that name as the identifier column")],
    ),
    "a missing identifier": (
        "Name,phone\n", {"identifier_column": "name"}, [("C002", "there is no column 'name'; did you mean 'Name'?")],
    ),
    "a missing identifier with two that are near": (
        "Name,NAME,phone\n", {"identifier_column": "name"},
        [("C002", "there is no column 'name'; did you mean 'Name' or 'NAME'?")],
    ),
    "a missing identifier among many": (
        "".join(f"c{n}," for n in range(14)) + "phone\n", {"identifier_column": "zzzz"},
        [("C002", "there is no column 'zzzz'; the columns are 'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', "
                  "'c9', "
                  "'c10', 'c11' and 3 more")],
    ),
    "a missing region": (
        "cc,phone\n", {"region_column": "dd"}, [("C005", "there is no column 'dd'; the columns are 'cc', 'phone'")],
    ),
    "twice": ("a,b,a,phone\n", {}, [("C003", "columns 1 and 3 are both called 'a'; rename one")]),
    "the extension column": (
        "a,phone\n", {"extension_column": "phone"},
        [("C001", "'phone' cannot be the extension column and another one as well; "
                  "give --extension-column a name of its own")],
    ),
    "a title": (
        "Contacts,,\nAnn,x,+12025550101\n", {},
        [("C004", "the first line is not a header: it names one of 3 columns; put a line with the column names first")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("header", "options", "said"), SAID.values(), ids=SAID)
def test_what_is_said_of_names(header: str, options: dict[str, object], said: list[tuple[str, str]]) -> None:
    row = ",".join(
        "+12025550101" if name in ("phone", "my phone", "tel") else "x" for name in header.strip("\n").split(",")
    )
    report = report_of(header + row + "\n", **options)
    found = [(entry.code, sample.detail) for entry in report.findings for sample in entry.samples]
    assert [pair for pair in found if pair[0].startswith("C")] == said
