"""Encodings and binary files: what is read, what is refused, and in which words."""

from __future__ import annotations

import codecs
import hashlib
import io
import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csv_preflight import SettingsError, preflight
from csv_preflight.collector import summarize
from csv_preflight.encoding.candidates import CANDIDATES, WIDE
from csv_preflight.encoding.languages import languages
from csv_preflight.encoding.likelihood import judgement
from csv_preflight.model.finding import Stop
from csv_preflight.model.report import RuleFindings
from csv_preflight.model.source import Encoding, Source
from csv_preflight.reports.steps import next_steps
from csv_preflight.stages.source import examine, utf8_blocks

TEXT = "Name,City,phone\nJosé Muñoz,Málaga,+12025550101\nŁukasz Żak,Kraków,+12025550102\n山田太郎,東京,+12025550103\n"
WESTERN = "Name,City,phone\n" + "".join(
    f"{name},+1202555{number:04}\n"
    for number, name in enumerate(["José Muñoz,Málaga", "María Peña,Córdoba", "Íñigo Núñez,León", "Sofía Ibáñez,Cádiz"])
)


def examined(
    data: bytes, encoding: str | None = None, *, show: bool = True
) -> tuple[Source | None, Sequence[RuleFindings]]:
    found = examine(io.BytesIO(data), encoding)
    source = None if isinstance(found, Stop) else found.source
    return source, summarize(found.findings, show_values=show)


def look(data: bytes, encoding: str | None = None) -> tuple[Source | None, dict[str, str]]:
    source, found = examined(data, encoding)
    return source, {entry.code: entry.samples[0].detail for entry in found}


def text_of(data: bytes, source: Source, size: int = 1 << 20) -> str:
    return b"".join(utf8_blocks(io.BytesIO(data), source, size)).decode()


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1 << 20])
@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_is_read_as_it_is(encoding: str, size: int) -> None:
    data = TEXT.encode(encoding)
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source, size) == TEXT


@pytest.mark.parametrize("size", [1, 2, 3, 1 << 20])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_a_carriage_return_at_the_end_is_read(encoding: str, size: int) -> None:
    text = "Name,phone\rJos\u00e9,+12025550101\r"
    data = text.encode(encoding)
    source, _ = look(data, encoding)
    assert source is not None
    assert text_of(data, source, size) == text
    assert (source.size, source.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (source.crlf, source.lf, source.cr) == (0, 0, 2)


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_the_byte_order_mark_is_written_and_read(encoding: str) -> None:
    data = ("\ufeff" + TEXT).encode(encoding)
    source, _ = look(data)
    assert source is not None
    assert (source.encoding.name, source.encoding.source) == (encoding, "bom")
    assert text_of(data, source) == TEXT


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(TEXT.encode(), set(), id="utf-8"),
        pytest.param(b"Name,phone\nAnn,+12025550101\n", set(), id="ascii"),
        pytest.param(TEXT.encode("utf-8-sig"), {"F102"}, id="utf-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), {"F101"}, id="utf-16"),
        pytest.param(WESTERN.encode("cp1252"), {"F101"}, id="cp1252"),
        pytest.param(b"Name,phone\nO\x92Brien,+12025550101\n", {"F101"}, id="one curly apostrophe"),
        pytest.param("名前,電話\n山田,+12025550101\n".encode("iso2022_jp"), {"F101"}, id="iso-2022-jp"),
        pytest.param(
            "名前,電話\n山田,+12025550101\n".encode("iso2022_jp").replace(b"\x1b$B", b"\x1b$@"),
            {"F101"},
            id="iso-2022-jp of 1978",
        ),
    ],
)
def test_what_is_reported_of_an_encoding(data: bytes, codes: set[str]) -> None:
    assert set(look(data)[1]) == codes


def test_a_curly_apostrophe_is_cp1252() -> None:
    data = b"Name,phone\nO\x92Brien,+12025550101\n"
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source) == "Name,phone\nO\u2019Brien,+12025550101\n"


ENGLISH = (
    "Name,City,phone\n"
    + "Ann Lee,Boston,+12025550101\nBob Miller,Newark,+12025550102\nSue Hall,Salem,+12025550103\n" * 9
)


@pytest.mark.parametrize(
    "name", ["Renée", "Müller", "François", "José", "Ann\xa0Lee", "\xa0Ann", "“Bob” Lee", "Acme®", "A – B"]
)
def test_one_name_in_an_english_list_is_read(name: str) -> None:
    data = f"{ENGLISH}{name},Reno,+12025550104\n".encode("cp1252")
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source).endswith(f"{name},Reno,+12025550104\n")


@pytest.mark.parametrize("name", ["£5", "50 €", "5½", "2ª", "St…", "João", "Chloë", "naïve", "Beyoncé"])
def test_one_sign_in_an_english_list_is_never_read_wrongly(name: str) -> None:
    data = f"{ENGLISH}{name},Reno,+12025550104\n".encode("cp1252")
    source, found = look(data)
    assert set(found) == {"F002"} if source is None else text_of(data, source) == data.decode("cp1252")


def test_candidates_go_by_the_names_that_python_has_for_them() -> None:
    names = [candidate.name for candidate in CANDIDATES]
    assert [codecs.lookup(name).name for name in names] == names
    assert len(set(names)) == len(names)
    assert set(names) > WIDE
    assert {language for candidate in CANDIDATES for language in candidate.languages} <= set(languages().names)


def test_names_late_in_a_large_file_decide() -> None:
    data = b"Name,City,phone\n" + b"Ann Example,Rome,+12025550101\n" * 40_000 + WESTERN.encode("cp1252")
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source).endswith(WESTERN)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("start", ["", "x", "xx"])
def test_line_endings_are_counted_across_blocks(start: str, encoding: str) -> None:
    # With one of the starts, the first block ends within a CRLF.
    last = "x" if encoding == "ascii" else "é"
    source, _ = look((f"a,{start}" + "b\r\n" * 400_000 + f"{last}\ny\rz").encode(encoding), encoding)
    assert source is not None
    assert (source.crlf, source.lf, source.cr) == (400_000, 1, 1)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("latin-1", "iso8859-1"), ("UTF8", "utf-8"), ("utf-8-sig", "utf-8"), ("windows-1252", "cp1252")],
)
def test_encodings_go_by_their_usual_names(encoding: str, name: str) -> None:
    source, _ = look(b"Name,phone\nAnn,+12025550101\n", encoding)
    assert source is not None
    assert (source.encoding.name, source.encoding.source) == (name, "option")


@pytest.mark.parametrize(
    "encoding", ["utf-9", "rot13", "base64", "hex", "idna", "utf-7", "unicode_escape", "utf-8\0", "\udcff"]
)
def test_what_is_no_encoding_is_a_settings_error(encoding: str) -> None:
    with pytest.raises(SettingsError, match="encoding"):
        look(b"a,b\n1,2\n", encoding)


def test_a_wrong_encoding_names_line_and_byte() -> None:
    source, found = look(WESTERN.encode("cp1252"), "utf-8")
    assert source is None
    assert found == {"F003": "byte 0xE9 at offset 19 is not valid utf-8; leave out --encoding to have it detected"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_undecodable_bytes_stand_on_a_physical_line(end: str) -> None:
    data = end.join(["Name,phone", "Ann,+12025550101", "", "Jos\u00e9,+12025550102", ""]).encode("cp1252")
    source, found = examined(data, "utf-8")
    assert source is None
    assert [(entry.code, entry.samples[0].line) for entry in found] == [("F003", 4)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_what_has_no_zero_byte_is_no_utf_16(encoding: str) -> None:
    found = look(WESTERN.encode("cp1252"), encoding)[1]
    assert set(found) == {"F003"}
    assert found["F003"].startswith("byte 0x4E at offset 0 is not valid utf-")


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_the_order_of_the_bytes_need_not_be_said(order: str) -> None:
    data = TEXT.encode(order)
    source, _ = look(data, order[:6])
    assert source is not None
    assert (source.encoding.source, text_of(data, source)) == ("option", TEXT)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_unicode_that_can_not_be_told_from_a_binary_file_is_read_if_it_is_named(encoding: str) -> None:
    text = "王" * 30_000 + ",+12025550101\n"
    data = text.encode(encoding)
    source, _ = look(data, encoding)
    assert source is not None
    assert text_of(data, source) == text
    if encoding.startswith("utf-32"):
        assert set(look(data)[1]) == {"F001"}


def test_text_that_begins_with_a_character_of_two_bytes_is_read() -> None:
    names = enumerate(["김민준", "이서연", "박지훈", "최수빈", "정하은", "강도윤"], 100)
    text = "이름,도시,phone\n" + "".join(f"{name},서울특별시,+1202555{number:04}\n" for number, name in names)
    data = text.encode("euc_kr")
    source, _ = look(data)
    assert source is not None
    assert text_of(data, source) == text


@pytest.mark.parametrize("text", ["José Muñoz", "Ann Lee", ""])
def test_the_shares_of_the_languages_are_shares(text: str) -> None:
    shares = judgement(text).shares.values()
    assert min(shares) >= 0
    assert sum(shares) == pytest.approx(1)


JOINED = "two lists in different encodings may have been joined: export each again as CSV UTF-8"
CUT_OFF = "the file ends in the middle of a character, so it was probably cut off: export it again"


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        pytest.param(
            TEXT.encode() + WESTERN.encode("cp1252"), 6,
            f"byte 0xE9 at offset 136 is not valid utf-8; {JOINED}", id="utf-8 and cp1252",
        ),
        pytest.param(
            WESTERN.encode("cp1252") + b"Ann \x81 Lee,Rome,+12025550109\n", 6,
            f"byte 0x81 at offset 145 is not valid cp1252; {JOINED}", id="a byte too many",
        ),
        pytest.param(
            b"Name,phone\n" + b"Ann,+12025550101\n" * 100_000 + WESTERN.encode("cp1252") + b"\x81,1\n", 100_007,
            f"byte 0x81 at offset 1,700,152 is not valid cp1252; {JOINED}", id="late",
        ),
        pytest.param(
            TEXT.encode() + "É".encode()[:1], 5, f"byte 0xC3 at offset 117 is not valid utf-8; {CUT_OFF}", id="utf-8"
        ),
        pytest.param(
            TEXT.encode("utf-16") + b"x", 5, f"byte 0x78 at offset 200 is not valid utf-16-le; {CUT_OFF}", id="utf-16"
        ),
        pytest.param(
            TEXT.encode("cp932", "ignore") + "山田花子,京都,+12025550104\n".encode("cp932") * 30 + b"\x8e", 35,
            f"byte 0x8E at offset 909 is not valid cp932; {CUT_OFF}", id="cp932 cut off",
        ),
    ],
)  # fmt: skip
def test_a_damaged_file_names_line_and_byte(data: bytes, line: int, message: str) -> None:
    source, [found] = examined(data)
    assert source is None
    assert (found.code, found.samples[0].line, found.samples[0].detail) == ("F003", line, message)


UNCLEAR = ("Name,phone\nAnn Lee,+12025550101\n" + "Chloë Hermann,+12025550102\n" + "Ann Lee,+12025550103\n" * 9).encode(
    "cp1252"
)


@pytest.mark.parametrize(
    ("show", "first", "second"),
    [(True, "Chloë Hermann,+12025550102", "Chloė Hermann,+12025550102"), (False, "•••oë", "•••oė")],
)
def test_what_is_unclear_is_shown_both_ways(show: bool, first: str, second: str) -> None:
    source, [found] = examined(UNCLEAR, show=show)
    assert source is None
    assert (found.code, found.samples[0].line) == ("F002", 3)
    assert found.samples[0].detail == (
        f"the text encoding is unclear: line 3 reads {first} as cp1252, or {second} as cp1257; "
        "give the right one with --encoding"
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_is_unclear_has_its_line_far_down_too(end: str) -> None:
    rows = 90_000
    data = f"Name,phone{end}" + f"Ann Lee,+12025550101{end}" * rows + f"Chloë Hermann,+12025550102{end}"
    [found] = [entry.samples[0] for entry in examined(data.encode("cp1252"))[1] if entry.code == "F002"]
    assert found.line == rows + 2
    assert f"line {rows + 2} reads" in found.detail


@pytest.mark.parametrize("encoding", ["cp1252", "cp1257"])
def test_the_answer_to_the_question_is_taken(encoding: str) -> None:
    source, found = look(UNCLEAR, encoding)
    assert source is not None
    assert set(found) == {"F101"}
    assert text_of(UNCLEAR, source) == UNCLEAR.decode(encoding)


NAMED = ["cp1252", "latin-1", "cp1251", "mac_roman", "koi8-r", "gbk", "big5", "shift_jis", "euc_kr"]


@pytest.mark.parametrize("encoding", NAMED)
def test_what_is_plainly_utf_8_is_read_so_whatever_is_named(encoding: str) -> None:
    data = "Name,phone\nJosé Muñoz,+12025550101\n".encode()
    source, found = look(data, encoding)
    assert source is not None
    assert (source.encoding, found) == (Encoding("utf-8", "utf-8"), {})
    source, found = look(codecs.BOM_UTF8 + data, encoding)
    assert source is not None
    assert (source.encoding, set(found)) == (Encoding("utf-8", "bom", 3), {"F102"})


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("José", "cp1252"),
        ("联通", "gbk"),
        ("Иван", "cp1251"),
        ("山田", "shift_jis"),
        ("ﾐｷ", "shift_jis"),
        ("Yamada ﾐｷ", "cp932"),
        ("Ann", "cp1252"),
    ],
)
def test_the_encoding_that_is_named_is_taken(name: str, encoding: str) -> None:
    text = f"Name,phone\n{name},+12025550101\n"
    source, _ = look(text.encode(encoding), encoding)
    assert source is not None
    assert source.encoding.source == "option"
    assert text_of(text.encode(encoding), source) == text


def test_bytes_without_sense_are_no_encoding() -> None:
    rng = random.Random(3)
    rows = [bytes(rng.choice(range(0xA0, 0x100)) for _ in range(9)) + b",+12025550101" for _ in range(40)]
    assert set(look(b"Name,phone\n" + b"\n".join(rows))[1]) == {"F002"}


def test_a_cell_longer_than_a_digest_line_is_cut_between_characters() -> None:
    data = (
        "名前,備考\n" + "".join(f"山田太郎{number},{'東京都港区で会いました。' * 400}\n" for number in range(9))
    ).encode("cp932")
    source, _ = look(data)
    assert source is not None
    assert source.encoding.name == "cp932"


def test_a_byte_order_mark_before_other_text_is_undecodable() -> None:
    source, found = look(b"\xef\xbb\xbfName,phone\nJos\xe9,+12025550101\n")
    assert source is None
    assert set(found) == {"F003"}


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n \n\t\n", "\ufeff".encode("utf-16-le")])
def test_nothing_is_an_empty_file(data: bytes) -> None:
    source, found = look(data)
    assert source is None
    assert found == {"F004": "the file has no content; export the list again"}


@pytest.mark.parametrize("size", range(1, 9))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be", "gb18030", "cp1252"])
def test_no_block_ends_within_a_character_or_a_crlf(encoding: str, size: int) -> None:
    text = "a\r\nb\r\r\n\n" + ("é\r\nÄÖ\r\n" if encoding == "cp1252" else "é\r\n山😀\r\n田é")
    source = Source(Encoding(encoding, "option"), 0, "", 0, 0, 0)
    blocks = list(utf8_blocks(io.BytesIO(text.encode(encoding)), source, size))
    assert "".join(block.decode() for block in blocks) == text
    assert all(blocks)
    assert not any(block.endswith(b"\r") and after.startswith(b"\n") for block, after in pairwise(blocks))


@given(st.binary(max_size=300), st.sampled_from([1, 2, 3, 1 << 20]))
@settings(max_examples=300, deadline=None)
def test_blocks_hold_the_decoded_text(data: bytes, size: int) -> None:
    source, _ = look(data)
    if source is not None:
        blocks = list(utf8_blocks(io.BytesIO(data), source, size))
        assert b"".join(blocks).decode() == data[source.encoding.bom :].decode(source.encoding.name)
        for block, after in pairwise(blocks):
            block.decode()
            assert not (block.endswith(b"\r") and after.startswith(b"\n"))


MARKS_AS_TEXT = {
    "as cp1252": "ï»¿Name,phone\n",
    "twice": "Ã¯Â»Â¿Name,phone\n",
    "as cp1251": "п»їName,phone\n",
    "as Mac Roman": "ÔªøName,phone\n",
    "as cp1250": "ď»żName,phone\n",
    "as cp1253": "ο»ΏName,phone\n",
    "as cp1254": "ï»¿Name,phone\n",
    "as cp1256": "ï»؟Name,phone\n",
    "as cp874": "๏ปฟName,phone\n",
    "as cp437": "∩╗┐Name,phone\n",
    "as cp850": "´╗┐Name,phone\n",
    "of UTF-16, as cp1252": "þÿName,phone\n",
    "of UTF-16 with the bytes swapped": "ÿþName,phone\n",
    "before a quote": 'ï»¿"Name","phone"\n',
    "behind the true one": "\ufeff\ufeffName,phone\n",
    "both": "\ufeffï»¿Name,phone\n",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("header", MARKS_AS_TEXT.values(), ids=MARKS_AS_TEXT)
def test_a_byte_order_mark_that_was_read_as_text_is_removed(header: str, encoding: str) -> None:
    rows = "Ann,+12025550101\nZoë,+12025550102\n"
    result = preflight((header + rows).encode(encoding), identifier_column="Name")
    codes = ["F101", "F102"] if encoding == "utf-16" else ["F102"]
    assert [found.code for found in result.report.findings] == codes
    assert result.upload_file()[1].decode() == "Name,phone\n" + rows


@pytest.mark.parametrize("mark", ["ï»¿", "\ufeff", "þÿ"], ids=ascii)
def test_a_mark_behind_a_quote_is_no_part_of_the_name(mark: str) -> None:
    result = preflight(f'"{mark}Name",phone\nAnn,+12025550101\n'.encode(), identifier_column="Name")
    assert [found.code for found in result.report.findings] == ["C101"]
    assert result.upload_file()[1] == b"Name,phone\nAnn,+12025550101\n"


@pytest.mark.parametrize(
    ("rows", "skipped", "said"),
    [
        pytest.param(
            "Name,phone\nAnn,ask\nCy,n/a\n", 9,
            "the list ends at line 3, so --skip-lines 9 leaves nothing of it; give the number of lines",
            id="no lines above the header",
        ),
        pytest.param("Name,phone\nAnn,no", 2, "the list ends at line 2, so --skip-lines 2 leaves nothing", id="all"),
        pytest.param(
            "June\n\nName,phone\nAnn,+12025550101\n", 400,
            "the list ends at line 4, so --skip-lines 400 leaves nothing of it; the header seems to be on line 3: "
            "give --skip-lines 2",
            id="lines above the header",
        ),
        pytest.param(
            "June\nName,phone\n", 1,
            "below the lines that --skip-lines 1 leaves out, the file has a header but no rows; give the number of",
            id="no rows",
        ),
        pytest.param("June\n\n \n", 1, "the file has no header; export the list again", id="no header"),
    ],
)  # fmt: skip
def test_lines_left_out_beyond_the_end_are_said(rows: str, skipped: int, said: str) -> None:
    report = preflight(rows.encode(), skip_lines=skipped).report
    (found,) = [one for one in report.findings if one.code == "F004"]
    assert found.samples[0].detail.startswith(said)


def test_the_next_command_leaves_out_fewer_lines() -> None:
    data = b"June\n\nName,phone\nAnn,+12025550101\n"
    report = preflight(data, skip_lines=400).report
    assert next_steps(report)[0].command == "csv-preflight clean contacts.csv --skip-lines 2"
    command = next_steps(preflight(b"Name,phone\nAnn,no\n", skip_lines=7).report)[-1].command
    assert command == "csv-preflight clean contacts.csv"
