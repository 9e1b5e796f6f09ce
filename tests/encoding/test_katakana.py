"""Half-width katakana, which any other encoding reads as letters of its own."""

from __future__ import annotations

import io
import unicodedata

import pytest

from csv_preflight.model.finding import Stop
from csv_preflight.stages.source import examine

NAMES = (
    "ヤマダ タロウ", "サトウ ハナコ", "スズキ イチロウ", "タカハシ ミカ", "イトウ ケンジ",
    "ワタナベ ユウコ", "ナカムラ アキラ", "コバヤシ エミ", "ヨシダ ダイスケ", "ヤマモト リョウ",
    "マツモト ジュン", "イノウエ サヤカ", "ハヤシ トモコ", "シミズ カオリ", "モリ ヒロシ",
    "アベ ナオキ", "イケダ マユミ", "ハシモト ツヨシ", "オガワ チエ", "ゴトウ ミノル",
)  # fmt: skip
_HALF = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFF66, 0xFF9E)}
_HALF |= {"\u3099": "ﾞ", "\u309a": "ﾟ"}


def half_width(text: str) -> str:
    """Return katakana in half width, with sound marks that are characters of their own."""
    return "".join(_HALF.get(part, part) for part in unicodedata.normalize("NFD", text))


def encoding_of(data: bytes) -> str | None:
    found = examine(io.BytesIO(data))
    return None if isinstance(found, Stop) else found.source.encoding.name


def rows(names: list[str]) -> bytes:
    lines = (f"{half_width(name)},+1202555{number:04}\n" for number, name in enumerate(names, 100))
    return ("Name,phone\n" + "".join(lines)).encode("cp932")


@pytest.mark.parametrize("start", range(0, 20, 3))
@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_short_list_is_read_rightly_or_asked_about(count: int, start: int) -> None:
    names = [NAMES[(start + place) % len(NAMES)] for place in range(count)]
    assert encoding_of(rows(names)) in ("cp932", "shift_jis", None)
    assert encoding_of(rows([name.replace(" ", "") for name in names])) in ("cp932", "shift_jis", None)


@pytest.mark.parametrize("count", [10, 20, 60])
def test_a_longer_one_is_read(count: int) -> None:
    names = [NAMES[place % len(NAMES)] for place in range(count)]
    assert encoding_of(rows(names)) == "cp932"


@pytest.mark.parametrize("sign", "½°¼¾ß¿")
def test_a_lone_sign_is_no_katakana(sign: str) -> None:
    data = f"Name,size,phone\nAnn Lee,5{sign},+12025550101\nBob Roe,6,+12025550102\n".encode("cp1252")
    assert encoding_of(data) in ("cp1252", "iso8859-1", None)
