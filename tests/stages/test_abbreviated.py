"""Cells of suppression lists and opt-outs with a number and the last digits of further ones: all must not be called."""

from __future__ import annotations

import re
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csv_preflight import preflight

US, DE, GB = "+1202555", "+4930", "+442079460"
# The cell, its region, and the numbers that it means.
CELLS = {
    "202-555-0143 44 45": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143 - 44 - 45": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143 (0144/0145)": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143 (44, 45)": ("US", [US + "0143", US + "0144", US + "0145"]),
    "+1 202-555-0143 (4/5)": ("US", [US + "0143", US + "0144", US + "0145"]),
    "(202) 555-0143, 44, 45": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143, 44": ("US", [US + "0143", US + "0144"]),
    "202.555.0143 + 44": ("US", [US + "0143", US + "0144"]),
    "2025550143+44+0": ("US", [US + "0143", US + "0144", US + "0140"]),
    "202-555-0143 & 0": ("US", [US + "0143", US + "0140"]),
    "202-555-0143 | 0144": ("US", [US + "0143", US + "0144"]),
    "202-555-0143 = 44": ("US", [US + "0143", US + "0144"]),
    "202-555-0143\t44": ("US", [US + "0143", US + "0144"]),
    "202-555-0143\n44\n45": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143 44/45": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143 44; 45": ("US", [US + "0143", US + "0144", US + "0145"]),
    "202-555-0143 555-0144": ("US", [US + "0143", US + "0144"]),
    "202-555-0143 303-555-0101": ("US", [US + "0143", "+13035550101"]),
    "202-555-0143 to 0146": ("US", [US + "0143", US + "0144", US + "0145", US + "0146"]),
    "202-555-0143-0146": ("US", [US + "0143", US + "0144", US + "0145", US + "0146"]),
    "202-555-0143…46": ("US", [US + "0143", US + "0144", US + "0145", US + "0146"]),
    "202-555-0143 through 5": ("US", [US + "0143", US + "0144", US + "0145"]),
    "030 231256 bis 259": ("DE", [DE + "231256", DE + "231257", DE + "231258", DE + "231259"]),
    "030 231256 - 57": ("DE", [DE + "231256", DE + "231257", DE + "23125657"]),
    "030 231256  57  58": ("DE", [DE + "231256", DE + "231257", DE + "231258"]),
    "030 231256 (7/8)": ("DE", [DE + "231256", DE + "231257", DE + "231258"]),
    "030 231256 – 57": ("DE", [DE + "231256", DE + "231257"]),
    "030/231256 + 57 + 58": ("DE", [DE + "231256", DE + "231257", DE + "231258"]),
    "020 7946 0958 y 959": ("GB", [GB + "958", GB + "959"]),
    "020 7946 0958 / 59 / 0": ("GB", [GB + "958", GB + "959", GB + "950"]),
    "+44 (0)20 7946 0958 59 60": (None, [GB + "958", GB + "959", GB + "960"]),
    "+33 1 99 00 12 34 35 36": (None, ["+33199001234", "+33199001235", "+33199001236"]),
    "01.99.00.12.34.35": ("FR", ["+33199001234", "+33199001235"]),
    "22 12 34 56, 57": ("NO", ["+4722123456", "+4722123457"]),
    "(11) 2345-6789 ou 90": ("BR", ["+551123456789", "+551123456790"]),
    "+1 202-555-0143 и 44": (None, [US + "0143", US + "0144"]),
}


@pytest.mark.parametrize(("cell", "region", "numbers"), [(cell, *meant) for cell, meant in CELLS.items()])
def test_all_numbers_of_a_suppressed_cell_are_suppressed(
    cell: str, region: str | None, numbers: list[str], tmp_path: Path
) -> None:
    never = _never(tmp_path, cell)
    report = preflight(_list_of([*numbers, "+12025550177"]), region=region, suppress=never).report
    assert {found.code: found.count for found in report.findings} == {"D003": len(numbers)}


@pytest.mark.parametrize(("cell", "region", "numbers"), [(cell, *meant) for cell, meant in CELLS.items()])
def test_all_numbers_of_a_person_who_opted_out_are_left_out(cell: str, region: str | None, numbers: list[str]) -> None:
    quoted = f'"{cell}",yes'
    people = "".join(f"{number},\n" for number in [*numbers, "+12025550177"])
    result = preflight(f"phone,out\n{people}{quoted}\n".encode(), region=region, opt_out_column="out")
    assert result.clean["phone"].tolist() == ["+12025550177"]


@pytest.mark.parametrize(
    ("cell", "region", "stranger"),
    [
        pytest.param("202-555-0143 / 303-555-0101", "US", US + "0101", id="two numbers"),
        pytest.param("202-555-0143 303-555-0101", "US", US + "0101", id="two numbers, a blank between them"),
        pytest.param("202-555-0143 ext 44", "US", US + "0144", id="an extension"),
        pytest.param("202-555-0143 x44", "US", US + "0144", id="an extension, abbreviated"),
        pytest.param("030 231 256", "DE", DE + "256", id="one number in groups"),
        pytest.param("030 231256-57", "DE", DE + "231257", id="one number with a direct line"),
        pytest.param("+49 30 231 256 / +49 30 231 257", "DE", DE + "256", id="two numbers in groups"),
        pytest.param("22 12 34 56 / 53 05 34 58", "NO", "+4722123458", id="two numbers in pairs"),
        pytest.param("202-555-0143 to 0149", "US", US + "0150", id="beyond the last"),
        pytest.param("202-555-0143-9999", "US", US + "5000", id="too many numbers"),
        pytest.param("202-555-0149 to 0143", "US", US + "0146", id="the last before the first"),
    ],
)
def test_other_numbers_are_called(cell: str, region: str, stranger: str, tmp_path: Path) -> None:
    never = _never(tmp_path, cell)
    report = preflight(_list_of([stranger]), region=region, accept="possible", suppress=never).report
    assert report.rows.clean == 1


@pytest.mark.parametrize("cell", ["202-555-0143 44", "202-555-0143, 44"])
def test_many_such_cells_are_read_like_one(cell: str) -> None:
    cells = [cell.replace("0143", f"{number:04}") for number in range(100, 200)]
    numbers = [f"{US}{number:04}" for number in range(100, 200)]
    assert preflight(_list_of(numbers), region="US", suppress=cells).report.rows.clean == 0


def test_digits_that_are_no_number_are_still_named() -> None:
    report = preflight(
        _list_of([US + "0143"]), region="US", suppress=["20 25 55", "1 202 555 01433", US + "0199"]
    ).report
    assert [(found.code, found.count) for found in report.findings] == [("D004", 2)]


BASES = [
    ("US", "202-555-0143"),
    ("US", "(202) 555-0143"),
    ("US", "+1 202-555-0143"),
    ("US", "202.555.0143"),
    ("US", "2025550143"),
    ("GB", "020 7946 0958"),
    ("GB", "+44 (0)20 7946 0958"),
    ("DE", "030 231256"),
    ("DE", "030/231256"),
    ("DE", "+49 30 231256"),
    ("FR", "01 99 00 12 34"),
    ("FR", "+33 1 99 00 12 34"),
    ("IT", "06 6982 1234"),
    ("AT", "01 5880012"),
    ("NO", "22 12 34 56"),
    ("IN", "022 2345 6789"),
    ("BR", "(11) 2345-6789"),
    ("ES", "910 123 456"),
    ("CH", "044 668 18 00"),
]
BETWEEN = [
    "/",
    " / ",
    ",",
    ", ",
    ";",
    "; ",
    "-",
    " - ",
    "&",
    " & ",
    "+",
    " + ",
    " ",
    "  ",
    " | ",
    "~",
    "\t",
    "\n",
    "/-",
]
BETWEEN += [f" {word} " for word in ("und", "and", "or", "oder", "ou", "et", "o", "y", "u.", "bzw.", "bis", "to")]


@st.composite
def abbreviated(draw: st.DrawFn) -> tuple[str, str, str, list[str]]:
    """A region, a number, the text after it, and the last digits in that text."""
    region, base = draw(st.sampled_from(BASES))
    last = draw(st.lists(st.text("0123456789", min_size=1, max_size=4), min_size=1, max_size=3))
    between = draw(st.sampled_from(BETWEEN))
    kind = draw(st.sampled_from(["plain", "mixed", "in a bracket", "in brackets"]))
    if kind == "in a bracket":
        return region, base, f" ({between.join(last)})", last
    if kind == "in brackets":
        return region, base, "".join(f" ({digits})" for digits in last), last
    signs = [draw(st.sampled_from(BETWEEN)) if kind == "mixed" else between for _ in last]
    return region, base, "".join(sign + digits for sign, digits in zip(signs, last, strict=True)), last


@settings(max_examples=300, deadline=None, derandomize=True)
@given(abbreviated())
def test_whatever_is_between_them_all_are_suppressed_or_the_row_is_named(
    tmp_path_factory: pytest.TempPathFactory, cell: tuple[str, str, str, list[str]]
) -> None:
    region, base, rest, last = cell
    # As one number with more groups, the cell says something else; so it does if a part of the rest is a number.
    begins, ends = zip(*(match.span() for match in re.finditer("[0-9]+", rest)), strict=True)
    one = [rest[:end] for end in ends if re.fullmatch("([-.) ]?[0-9]+)+", rest[:end])]
    others = [rest[begin:end] for begin in begins for end in ends if begin < end]
    if any(_is_valid(base + begin, region) for begin in one) or any(_is_valid(other, region) for other in others):
        return
    numbers = [_e164(base, region), *(_e164(_ending_in(base, digits), region) for digits in last)]
    never = _never(tmp_path_factory.getbasetemp(), base + rest)
    report = preflight(_list_of(numbers), accept="possible", region=region, suppress=never).report
    assert report.rows.clean == 0 or any(found.code == "D004" for found in report.findings)


def _never(folder: Path, cell: str) -> Path:
    """A suppression list with a cell, and with enough others that it is never one of which most cannot be read."""
    path = folder / "never.csv"
    path.write_text(f'name,phone\nX,"{cell}"\nY,+12125550199\nZ,+12125550198\n', encoding="utf-8", newline="")
    return path


def _list_of(numbers: list[str]) -> bytes:
    return "\n".join(["phone", *numbers, ""]).encode()


def _ending_in(number: str, last: str) -> str:
    places = [place for place, character in enumerate(number) if character.isdigit()]
    return number[: places[-len(last)]] + last


def _e164(text: str, region: str) -> str:
    return phonenumbers.format_number(phonenumbers.parse(text, region), phonenumbers.PhoneNumberFormat.E164)


def _is_valid(text: str, region: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False
