"""Workbooks that are none, are damaged, protected, or made to take all memory: one sentence, soon."""

from __future__ import annotations

import io
import random
import struct
import time
import tracemalloc

import pytest

from csv_preflight import WorkbookError, convert
from csv_preflight.workbooks.conversion import convert_file
from tests.workbooks.books import changed, ods, sheet_xml, xlsb, xlsx, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = xlsx([("name", "phone"), ("Ann", 12025550143)])
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
CELL = '<table:table-cell office:value-type="string"{}><text:p>a</text:p></table:table-cell>'


def locked(data: bytes) -> bytes:
    """The same archive, said to be encrypted."""
    return data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


def lying(data: bytes) -> bytes:
    """The same archive, with parts that are said to be shorter than they are."""
    found = data.index(b"PK\x01\x02")
    while found >= 0:
        size = struct.unpack_from("<L", data, found + 24)[0]
        data = data[: found + 24] + struct.pack("<L", size // 2) + data[found + 28 :]
        found = data.find(b"PK\x01\x02", found + 4)
    return data


BOMB = sheet_xml("<row>" + " " * (200 << 20) + "</row>")
CASES = {
    "nothing": (b"", "the file is empty"),
    "CSV": (b"name,phone\nAnn,12025550143\n", "this is text, not a workbook; if it is a CSV"),
    "HTML": (b"<html><body><table><tr><td>Ann</td></tr></table></body></html>", "this is an HTML page, not a workbook"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "this is a PNG picture, not a workbook"),
    "a zip": (zipped({"a.csv": "x"}), "this is a zip archive, not a workbook"),
    "a Word document": (zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}), "this is a Word document"),
    "a text of OpenDocument": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
        "this is an OpenDocument file",
    ),
    "an old Word file": (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "not a workbook"),
    "encrypted by Excel": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "encrypted by LibreOffice": (ods("", manifest="<encryption-data/>"), "protected by a password"),
    "an encrypted zip": (locked(GOOD), "protected by a password"),
    "the first half": (GOOD[: len(GOOD) // 2], "damaged"),
    "without an end": (GOOD[:-30], "damaged"),
    "sizes that lie": (lying(GOOD), "damaged"),
    "an old workbook of nothing": (OLE + bytes(600) + "Workbook".encode("utf-16-le"), "damaged"),
    "no XML": (changed(GOOD, "xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData"), "damaged"),
    "no sheet": (changed(GOOD, "xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml"), "damaged"),
    "no string": (sheet_xml('<row><c t="s"><v>7</v></c></row>'), "damaged"),
    "a number that is none": (sheet_xml('<row r="x"><c t="n"><v>7</v></c></row>'), "damaged"),
    "columns out of order": (sheet_xml('<row><c r="B1"><v>7</v></c><c r="A1"><v>7</v></c></row>'), "damaged"),
    "entities": (sheet_xml('<row><c t="str"><v>&b;</v></c></row>', LAUGHS), "damaged"),
    "a zip bomb": (BOMB, "more memory or time than any list needs"),
    "no rows": (xlsx([]), "no sheet of the workbook has any rows"),
    "two far cells": (
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "the sheet's cells reach as far as XFD1048576",
    ),
    "two far cells, binary": (
        xlsb([(0, [(0, "a")]), (1048575, [(16383, "b")])]),
        "more memory or time than any list needs",
    ),
    "a cell a billion times": (
        ods(
            '<table:table table:name="List"><table:table-row table:number-rows-repeated="1000000">'
            + CELL.format(' table:number-columns-repeated="16000"')
            + "</table:table-row></table:table>"
        ),
        "more memory or time than any list needs",
    ),
    "more rows than there are": (
        ods(
            '<table:table table:name="List"><table:table-row table:number-rows-repeated="9000000">'
            + CELL.format("")
            + "</table:table-row></table:table>"
        ),
        "more memory or time than any list needs",
    ),
}


@pytest.mark.parametrize(("data", "message"), CASES.values(), ids=CASES)
def test_what_cannot_be_converted_is_told_in_a_sentence(data: bytes, message: str) -> None:
    start = time.process_time()
    with pytest.raises(WorkbookError, match=message) as raised:
        convert(data)
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith("the workbook: ")
    assert time.process_time() - start < 20


def test_the_rows_of_a_sheet_are_never_in_memory_all_at_once() -> None:
    """As Python objects, these rows would take 12 MB."""
    row = '<row><c t="inlineStr"><is><t>Ann</t></is></c><c><v>12025550143</v></c><c><v>7</v></c></row>'
    data = sheet_xml(row * 2 + "<row/>" + row * 30_000)
    sizes: list[int] = []
    tracemalloc.start()
    try:
        convert_file(io.BytesIO(data), "x", lambda block: sizes.append(len(block)))
        assert tracemalloc.get_traced_memory()[1] < 6 << 20
    finally:
        tracemalloc.stop()
    assert sum(sizes) == 30_002 * len("Ann,12025550143,7\n") + len(",,\n")


WHOLE = {
    "xlsx": GOOD,
    "xlsb": xlsb([(0, [(0, "a"), (1, 5.0)])]),
    "ods": ods(f'<table:table table:name="L"><table:table-row>{CELL.format("")}</table:table-row></table:table>'),
}


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("base", WHOLE.values(), ids=WHOLE)
def test_damage_anywhere_ends_in_a_sentence_or_a_table(base: bytes, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(base)
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        done = convert(bytes(data))
    except WorkbookError:
        return
    assert done.data.endswith(b"\n")
