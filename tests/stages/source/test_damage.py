"""Files that were joined or cut off: F003 says which, and where."""

from __future__ import annotations

import codecs

import pytest

from tests.stages.source.test_source import examined, look, text_of

LIST = "Name,phone\r\nAnn,+12025550101\r\nBob,+12025550102\r\n"
TAIL = "Cid,+12025550103\r\nJosé,+12025550104\r\n"
LARGE = LIST * 25_000

JOINED = {
    "utf-16 with a mark and ascii": (LIST.encode("utf-16"), b"Cid,+12025550103\r\n"),
    "utf-16-be with a mark and ascii": (codecs.BOM_UTF16_BE + LIST.encode("utf-16-be"), b"Cid,+12025550103\r\n"),
    "utf-16-le and ascii": (LIST.encode("utf-16-le"), b"Cid,+12025550103\r\n"),
    "utf-16-be and ascii": (LIST.encode("utf-16-be"), b"Cid,+12025550103\r\n"),
    "utf-16 and utf-8": (LIST.encode("utf-16"), TAIL.encode()),
    "utf-16 and utf-8 with a mark": (LIST.encode("utf-16"), TAIL.encode("utf-8-sig")),
    "utf-16 and cp1252": (LIST.encode("utf-16"), TAIL.encode("cp1252")),
    "utf-16 and an odd number of bytes": (LIST.encode("utf-16"), b"Cid,+1202555010\r\n"),
    "utf-16 and one line": (LIST.encode("utf-16"), b"Cid,+12025550103"),
    "utf-8 and utf-16": (LIST.encode(), TAIL.encode("utf-16-le")),
    "utf-8 and utf-16 with a mark": (LIST.encode(), TAIL.encode("utf-16")),
    "utf-8 and utf-16-be": (LIST.encode(), TAIL.encode("utf-16-be")),
    "utf-8 with a mark and utf-16": (LIST.encode("utf-8-sig"), TAIL.encode("utf-16")),
    "utf-8 and much utf-16": (LIST.encode(), (TAIL * 40).encode("utf-16-le")),
    "cp1252 and utf-16": ((LIST + "José,+12025550104\r\n").encode("cp1252"), TAIL.encode("utf-16-le")),
    "utf-16-le and utf-16-be": (LIST.encode("utf-16-le"), TAIL.encode("utf-16-be")),
    "much utf-8 and utf-16": (LARGE.encode(), TAIL.encode("utf-16-le")),
    "much utf-16 and ascii": (LARGE.encode("utf-16"), b"Cid,+12025550103\r\n"),
}


@pytest.mark.parametrize(("start", "tail"), JOINED.values(), ids=JOINED)
def test_two_encodings_in_a_file_are_told(start: bytes, tail: bytes) -> None:
    source, [found] = examined(start + tail)
    assert source is None
    assert found.code == "F003"
    assert found.samples[0].detail.endswith(
        "is not in the same encoding as the rest of the file; two lists in different encodings may have been joined: "
        "export each again as CSV UTF-8"
    )


@pytest.mark.parametrize(
    ("start", "tail", "line"),
    [
        pytest.param(LIST.encode("utf-16"), TAIL.encode(), 4, id="utf-16 and utf-8"),
        pytest.param(LIST.encode(), TAIL.encode("utf-16-le"), 4, id="utf-8 and utf-16"),
        pytest.param(LARGE.encode("utf-16"), TAIL.encode(), 75_001, id="far down"),
        pytest.param(LARGE.encode("utf-8-sig"), TAIL.encode("utf-16-le"), 75_001, id="far down in utf-8"),
    ],
)
def test_the_line_where_the_encoding_changes_is_named(start: bytes, tail: bytes, line: int) -> None:
    assert examined(start + tail)[1][0].samples[0].line == line


def test_a_tail_in_cp1252_is_undecodable() -> None:
    for encoding in ("utf-8-sig", "utf-8"):
        start = (LIST + TAIL).encode(encoding)
        found = look(start + TAIL.encode("cp1252"))[1]
        assert found == {
            "F003": f"byte 0xE9 at offset {len(start) + 21} is not valid utf-8; two lists in different encodings may "
            "have been joined: export each again as CSV UTF-8"
        }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize(
    ("text", "count"),
    [(LIST, 8), (LIST, 4096), (LIST + "Cid,+1202", 64), ("José,+12025550101\n" * 70_000, 100), (LIST, 1_000_000)],
)
def test_nul_bytes_at_the_end_are_a_copy_that_was_cut_off(text: str, count: int, encoding: str) -> None:
    data = text.encode(encoding)
    source, [found] = examined(data + bytes(2 * count))
    assert source is None
    assert (found.code, found.samples[0].line) == ("F003", 1 + text.count("\n"))
    assert found.samples[0].detail == (
        f"the last {2 * count:,} bytes of the file, from offset {len(data):,} on, are NUL, not text; "
        "it is a copy that was cut off: copy or export the list again"
    )


@pytest.mark.parametrize("size", [4, 512, 5000, 2_000_000])
def test_a_file_of_nul_bytes_is_a_copy_too(size: int) -> None:
    assert look(bytes(size))[1]["F003"].startswith(f"the last {size:,} bytes of the file, from offset 0 on, are NUL")


@pytest.mark.parametrize("count", [1, 3])
def test_a_few_nul_bytes_at_the_end_are_left_to_the_records(count: int) -> None:
    data = LIST.encode() + bytes(count)
    source, found = look(data)
    assert source is not None
    assert found == {}
    assert text_of(data, source).endswith("\0" * count)


def test_a_last_character_in_utf_16_has_its_own_zero_byte() -> None:
    assert set(look(LIST.encode("utf-16-le"))[1]) == {"F101"}
    assert set(look(LIST.encode("utf-32-le"))[1]) == {"F101"}
