"""Files that are joined from texts in encodings of different widths, and texts that only look like it."""

from __future__ import annotations

import pytest

from csv_preflight.encoding import Joins

LIST = "Name,phone\r\nAnn,+12025550101\r\nBob,+12025550102\r\n"
MORE = "Cid,+12025550103\r\nDan,+12025550104\r\n"


def joined_at(data: bytes, encoding: str | None, size: int = 1 << 20) -> int | None:
    joins = Joins(encoding)
    for start in range(0, len(data), size):
        joins.add(data[start : start + size])
    joins.add(b"")
    return joins.found and joins.found.at


@pytest.mark.parametrize("size", [7, 64, 1 << 20])
@pytest.mark.parametrize("rows", [1, 3000])
@pytest.mark.parametrize("end", ["\r\n", "\n", ""])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_bytes_among_utf_16_are_found_where_they_begin(encoding: str, end: str, rows: int, size: int) -> None:
    start = (LIST * rows).encode(encoding)
    tail = f"Cid,+12025550103{end}".encode()
    at = joined_at(start + tail, encoding, size)
    assert at is not None
    assert len(start) <= at <= len(start) + 8
    assert joined_at(start, encoding, size) is None


@pytest.mark.parametrize("size", [7, 64, 1 << 20])
@pytest.mark.parametrize("tail", ["utf-16-le", "utf-16-be", "utf-16", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("start", [LIST, LIST * 3000 + "x"])
def test_utf_16_among_bytes_is_found(start: str, tail: str, size: int) -> None:
    at = joined_at(start.encode() + MORE.encode(tail), None, size)
    assert at is not None
    assert len(start) <= at < len(start) + 40


@pytest.mark.parametrize(("first", "then"), [("utf-16-le", "utf-16-be"), ("utf-16-be", "utf-16-le")])
def test_utf_16_in_the_other_order_is_found(first: str, then: str) -> None:
    at = joined_at(LIST.encode(first) + MORE.encode(then), first)
    assert at is not None
    assert at >= 2 * len(LIST)


PLAIN = {
    "chinese": "姓名,电话\n王芳上海市,+12025550101\n李上,+12025550102\n",
    "jamo": "이름,전화\nㄱㄴㄷㄹㄱㄴㄷ,+12025550101\n上ㄱㄴㄷ,+12025550102\n",
    "ideographic spaces": "名前\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000,電話\n山田\u3000太郎,+12025550101\n",
    "malayalam": "പേര്,ഫോൺ\nആൻ മരിയ,+12025550101\n",
    "gurmukhi": "ਨਾਮ,ਫ਼ੋਨ\nਗੁਰਪ੍ਰੀਤ,+12025550101\n",
    "full-width digits": "名前,電話\n山田,＋１２０２５５５０１０１\n",
}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", None])
@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_a_text_of_one_encoding_is_not_joined(text: str, encoding: str | None) -> None:
    assert joined_at((text * 50).encode(encoding or "utf-8"), encoding) is None


@pytest.mark.parametrize("number", ["1\x002\x003\x004\x005\x00x", "\x00\x00\x00\x00\x00\x00\x00"])
def test_a_few_nul_bytes_are_not_utf_16(number: str) -> None:
    assert joined_at(f"Name,phone\nAnn,{number}\n".encode(), None) is None
