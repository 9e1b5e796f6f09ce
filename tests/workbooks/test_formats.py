"""Each format of workbook -> CSV."""

from __future__ import annotations

import datetime
import io

import pytest
import xlwt

from csv_preflight import convert
from csv_preflight.workbooks import Kind
from tests.workbooks.books import changed, ods, sheet_xml, xlsb, xlsx


def lines(data: bytes, sheet: str | None = None) -> list[str]:
    return convert(data, sheet=sheet).data.decode().splitlines()


def told(data: bytes) -> dict[Kind, list[str]]:
    return {remark.kind: [place.name for place in remark.places] for remark in convert(data).remarks}


ROWS = [
    ("name", "phone", "when", "active"),
    ("Ann", 12025550143, datetime.date(2024, 1, 31), True),
    ("Bob", "+44 20 7946 0958", datetime.datetime(2024, 1, 31, 13, 45), False),
    (None, "07400123456", datetime.time(9, 30), None),
]
EXPECTED = [
    "name,phone,when,active",
    "Ann,12025550143,2024-01-31,TRUE",
    "Bob,+44 20 7946 0958,2024-01-31T13:45:00,FALSE",
    ",07400123456,09:30:00,",
]


def xls(rows=ROWS, row: int = 0, column: int = 0) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("List")
    codes = {datetime.date: "yyyy-mm-dd", datetime.datetime: "yyyy-mm-dd hh:mm", datetime.time: "hh:mm:ss"}
    for y, cells in enumerate(rows):
        for x, value in enumerate(cells):
            if value is not None:
                style = xlwt.easyxf(num_format_str=codes.get(type(value), "General"))
                sheet.write(row + y, column + x, value, style)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [xlsx(ROWS), xls()], ids=["xlsx", "xls"])
def test_cells_become_text(data: bytes) -> None:
    assert lines(data) == EXPECTED


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(xlsx([(), (), (None, "name", "phone"), (None, "Ann", 12025550143)]), id="xlsx"),
        pytest.param(xls([("name", "phone"), ("Ann", 12025550143)], row=2, column=1), id="xls"),
        pytest.param(xlsb([(2, [(1, "name"), (2, "phone")]), (3, [(1, "Ann"), (2, 12025550143.0)])]), id="xlsb"),
        pytest.param(
            ods(
                '<table:table table:name="List"><table:table-row table:number-rows-repeated="2"><table:table-cell/>'
                '</table:table-row><table:table-row><table:table-cell/><table:table-cell office:value-type="string">'
                '<text:p>name</text:p></table:table-cell><table:table-cell office:value-type="string">'
                "<text:p>phone</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/>"
                '<table:table-cell office:value-type="string"><text:p>Ann</text:p></table:table-cell>'
                '<table:table-cell office:value-type="float" office:value="12025550143"><text:p>1.2E+10</text:p>'
                '</table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row>'
                '<table:table-row table:number-rows-repeated="1048572"><table:table-cell/></table:table-row>'
                "</table:table>"
            ),
            id="ods",
        ),
    ],
)
def test_empty_rows_and_columns_around_a_table_are_left_out(data: bytes) -> None:
    assert lines(data) == ["name,phone", "Ann,12025550143"]
    assert convert(data).rows == 1


def test_an_empty_row_between_others_stays() -> None:
    assert lines(xlsx([("name", "phone"), (), ("Ann", "x")])) == ["name,phone", ",", "Ann,x"]


def test_an_empty_cell_of_the_only_column_is_no_blank_line() -> None:
    assert lines(xlsx([("phone",), (), ("x",)])) == ["phone", '""', "x"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a,b", '"a,b"'),
        ('a "b"', '"a ""b"""'),
        ("a\nb", '"a\nb"'),
        (" a ", " a "),
        ("'a", "'a"),
        ("+12025550143", "+12025550143"),
        ("0044 20 7946 0958", "0044 20 7946 0958"),
        ("鷲尾", "鷲尾"),
        ("a\tb", "a\tb"),
    ],
)
def test_text_stays_as_it_is(text: str, written: str) -> None:
    assert convert(xlsx([("h",), (text,)])).data.decode() == f"h\n{written}\n"


def test_leading_zeros_that_a_format_shows_are_written() -> None:
    data = xlsx([("phone", "code"), (7400123456, 1234)], {"A2": "00000000000", "B2": "00000"})
    assert lines(data)[1] == "07400123456,01234"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("+49 0", "+49 15123456780", id="bare digits"),
        pytest.param("\\+49\\ 0", "+49 15123456780", id="bare digits, escaped signs"),
        pytest.param('"+49 "0', "+49 15123456780", id="quoted digits"),
        pytest.param("\\+\\4\\9\\ 0", "+49 15123456780", id="escaped digits"),
        pytest.param("\\+\\4\\90", "+4915123456780", id="escaped digits before a place for one"),
        pytest.param("[$+49] 0", "+49 15123456780", id="as a currency"),
        pytest.param("[$+49-407]\\ 0", "+49 15123456780", id="as a currency with a language"),
        pytest.param("+49 000 00000000", "+49 151 23456780", id="groups"),
        pytest.param("[$€-407] 0", "15123456780", id="a real currency"),
        pytest.param("[Red]0", "15123456780", id="a colour"),
        pytest.param("+490", "15123456780", id="a digit before a place for one"),
    ],
)
def test_a_country_code_that_a_format_shows_is_written(code: str, text: str) -> None:
    assert lines(xlsx([("phone", "n"), (15123456780, 1)], {"A2": code}))[1] == f"{text},1"


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("07400123456", "07400123456"),
        ("07400 123456", "07400 123456"),
        ("+7400123456", "+7400123456"),
        ("7.40E+09", "7400123456"),
        ("7,400,123,456", "7400123456"),
        ("7400123456.00", "7400123456"),
        ("###", "7400123456"),
        ("", "7400123456"),
    ],
)
def test_opendocument_tells_what_a_cell_shows(shown: str, text: str) -> None:
    number = 'office:value-type="float" office:value="7400123456"'
    cell = f"<table:table-cell {number}><text:p>{shown}</text:p></table:table-cell>"
    head = '<table:table-cell office:value-type="string"><text:p>h</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{one}</table:table-row>" for one in (head, cell))
    assert lines(ods(f'<table:table table:name="List">{rows}</table:table>')) == ["h", text]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('office:value-type="date" office:date-value="2024-01-31"|31.01.24', "2024-01-31", id="date"),
        pytest.param(
            'office:value-type="date" office:date-value="2024-01-31T13:45:00"|x', "2024-01-31T13:45:00", id="moment"
        ),
        pytest.param('office:value-type="time" office:time-value="PT09H30M00S"|9:30', "09:30:00", id="time"),
        pytest.param('office:value-type="boolean" office:boolean-value="true"|WAHR', "TRUE", id="truth"),
        pytest.param('office:value-type="percentage" office:value="0.5"|50 %', "0.5", id="percent"),
        pytest.param('office:value-type="string"|a<text:s text:c="3"/>b<text:line-break/>c', '"a   b\nc"', id="spaces"),
        pytest.param('office:value-type="string"|a</text:p><text:p>b', '"a\nb"', id="paragraphs"),
        pytest.param('office:value-type="string"|<text:a>a</text:a><text:span>b</text:span>', "ab", id="spans"),
        pytest.param(
            'office:value-type="string"|a</text:p><office:annotation><text:p>note</text:p></office:annotation><text:p>b',
            '"a\nb"',
            id="a comment is no text",
        ),
    ],
)
def test_cells_of_opendocument(cell: str, text: str) -> None:
    attributes, _, content = cell.partition("|")
    head = '<table:table-cell office:value-type="string"><text:p>h</text:p></table:table-cell>'
    body = f"<table:table-cell {attributes}><text:p>{content}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{one}</table:table-row>" for one in (head, body))
    assert convert(ods(f'<table:table table:name="List">{rows}</table:table>')).data.decode() == f"h\n{text}\n"


def test_what_was_rounded_or_never_stored_is_told() -> None:
    data = xlsx([("a", "b", "c"), (1234567890123456789, "=1+1", 442079460958)])
    assert told(data) == {Kind.ROUNDED: ["A2"], Kind.NO_VALUE: ["B2"], Kind.SCIENTIFIC: ["C2"]}
    assert lines(data)[1].endswith(",,442079460958")


def test_a_formula_is_its_stored_value() -> None:
    data = sheet_xml(
        '<row r="1"><c r="A1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="B1"><f>1+1</f><v>2</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1" t="b"><f>TRUE</f><v>1</v></c></row>'
    )
    assert lines(data) == ["ab,2,,#DIV/0!,TRUE"]
    assert told(data) == {}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        pytest.param('<c t="inlineStr"><is><t>a</t></is></c>', "a", id="inline"),
        pytest.param('<c t="inlineStr"><is><r><t>a</t></r><r><t> b</t></r></is></c>', "a b", id="rich"),
        pytest.param('<c t="inlineStr"><is><t>東</t><rPh><t>アズマ</t></rPh></is></c>', "東", id="a reading"),
        pytest.param('<c t="inlineStr"><is><t>a_x000A_b</t></is></c>', '"a\nb"', id="an escape"),
        pytest.param('<c t="d"><v>2024-01-31</v></c>', "2024-01-31", id="an ISO date"),
        pytest.param("<c><v>12025550143</v></c>", "12025550143", id="no style"),
        pytest.param('<c s="99"><v>12025550143</v></c>', "12025550143", id="a style that is not there"),
    ],
)
def test_cells_of_excel(cell: str, text: str) -> None:
    assert convert(sheet_xml(f"<row>{cell}</row>")).data.decode() == f"{text}\n"


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        pytest.param("xl/styles.xml", "<patternFill />", '<patternFill patternType="odd" />', id="odd styles"),
        pytest.param("xl/workbook.xml", 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
                     'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"', id="strict"),
        pytest.param("xl/worksheets/sheet1.xml", 'ref="A1:B2"', 'ref="A1:A1"', id="a wrong size"),
        pytest.param("xl/_rels/workbook.xml.rels", "/xl/worksheets", "worksheets", id="a relative place"),
    ],
)  # fmt: skip
def test_workbooks_of_other_programs_are_read(part: str, old: str, new: str) -> None:
    data = changed(xlsx([("name", "phone"), ("Ann", 12025550143)]), part, old, new)
    assert lines(data) == ["name,phone", "Ann,12025550143"]


def test_hidden_rows_are_written_and_told() -> None:
    data = sheet_xml(
        '<row r="1"><c t="inlineStr"><is><t>h</t></is></c></row>'
        '<row r="2" hidden="1"><c t="inlineStr"><is><t>a</t></is></c></row>'
    )
    assert (lines(data), told(data)) == (["h", "a"], {Kind.HIDDEN: ["row 2"]})


def test_titles_above_the_table_are_told() -> None:
    data = xlsx([("Contacts\nof June",), (), ("name", "phone"), ("Ann", "x")])
    done = convert(data)
    assert told(data) == {Kind.TITLE: ["row 1"]}
    assert (done.title_lines, done.rows) == (3, 1)
    assert done.data.decode().split("\n")[done.title_lines] == "name,phone"


@pytest.mark.parametrize("rows", [[("phone",), ("x",)], [("a", "b"), ("x",)], [("x",)] * 20 + [("a", "b")]])
def test_what_is_no_title_is_not_called_one(rows) -> None:
    assert Kind.TITLE not in told(xlsx(rows))


def test_that_number_formats_were_not_read_is_told() -> None:
    assert told(xls()) == {Kind.NO_FORMATS: ["B2"]}
    assert told(xls([("a", "b")])) == {}


def test_shared_strings_are_read() -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("List")
        sheet.write_row(0, 0, ["name", "phone"])
        sheet.write_rich_string(1, 0, "Ann ", book.add_format({"bold": True}), "Lee")
        sheet.write_number(1, 1, 7400123456, book.add_format({"num_format": "00000000000"}))
    assert lines(out.getvalue()) == ["name,phone", "Ann Lee,07400123456"]
