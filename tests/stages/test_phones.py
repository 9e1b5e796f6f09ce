"""Phone cells: what is certain is rewritten, all else is rejected with the rule that fits."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import numpy as np
import phonenumbers
import pytest

from csv_preflight import e164, preflight
from csv_preflight.model.batch import Batch
from csv_preflight.model.layout import Layout
from csv_preflight.model.note import CostlyLines, LostPlus
from csv_preflight.model.profile import Profile
from csv_preflight.model.settings import Settings
from csv_preflight.model.text_column import TextColumn
from csv_preflight.rfc4180 import quoted
from csv_preflight.rules.notes import note_text
from csv_preflight.stages import phones
from csv_preflight.stages.phones import affixes, column, odd
from csv_preflight.stages.phones.cell import Examined, examine
from csv_preflight.stages.phones.former_plans import PLANS, FormerPlan, former_plan
from csv_preflight.stages.phones.odd import Trimmed
from tests.lost_plus import written


def outcome(cell: str, **options: object) -> tuple[str, set[str]]:
    """The E.164 number of a cell, or "", and the codes found."""
    header = "phoneNumber,x\n"
    result = preflight((header + quoted(cell) + ",y\n").encode(), phone_column="phoneNumber", **options)
    found = {entry.code for entry in result.report.findings} - {"L003"}
    number = result.clean["phoneNumber"].tolist()
    return (number[0] if number else ""), found


US, GB = "+12025550143", "+442079460958"

# cell, region, E.164 or "", codes.  Every cell that libphonenumber would take for another number than was meant.
TRAPS = [
    # noop: as it is written already
    (US, None, US, set()),
    (GB, None, GB, set()),
    ("+493023125001", None, "+493023125001", set()),
    # fixes: punctuation
    ("(202) 555-0143", "US", US, {"P101"}),
    ("202-555-0143", "US", US, {"P101"}),
    ("202.555.0143", "US", US, {"P101"}),
    ("202 555 0143", "US", US, {"P101"}),
    ("2025550143", "US", US, {"P101"}),
    ("1-202-555-0143", "US", US, {"P101"}),
    ("12025550143", "US", US, {"P101"}),
    ("+1 (202) 555-0143", None, US, {"P101"}),
    ("+1.202.555.0143", None, US, {"P101"}),
    ("+1/202/5550143", None, US, {"P101"}),
    (" +12025550143 ", None, US, {"P101"}),
    ("\t+12025550143", None, US, {"P101"}),
    ("(+44) 20 7946 0958", None, GB, {"P101"}),
    ("[020] 7946 0958", "GB", GB, {"P101"}),
    ("020 7946 0958", "GB", GB, {"P101"}),
    ("+44 (0)20 7946 0958", None, GB, {"P101"}),
    ("+44 (0) 20 7946 0958", None, GB, {"P101"}),
    ("+44(0)2079460958", None, GB, {"P101"}),
    ("0044 20 7946 0958", "GB", GB, {"P101"}),
    ("011 44 20 7946 0958", "US", GB, {"P101"}),
    ("+39 06 698 12345", None, "+390669812345", {"P101"}),
    ("030/23125001", "DE", "+493023125001", {"P101"}),
    ("030 / 23125001", "DE", "+493023125001", {"P101"}),
    ("030-23125001", "DE", "+493023125001", {"P101"}),
    ("030/2312/5001", "DE", "+493023125001", {"P101"}),
    ("06/12/34/56/78", "FR", "+33612345678", {"P101"}),
    ("tel:+1-202-555-0143", None, US, {"P101", "P107"}),
    ("TEL:+12025550143", None, US, {"P107"}),
    # an extension after a gap of any length
    ("(202) 555-0143" + " " * 40 + "x5", "US", US, {"P101", "P105"}),
    ("2025550143\t2025550144", "US", "", {"P009"}),
    ("31-1-2024", "US", "", {"P002"}),
    ("2024 01 31 ", "DK", "", {"P002"}),
    (" 2024 01 31", "DK", "", {"P002"}),
    ("030/231256/7/8/9", "DE", "", {"P009"}),
    ("+49/30/231250/1/2", None, "", {"P009"}),
    ("01/2312560/1/2/3", "AT", "", {"P009"}),
    ("06/12/34/56/78", "FR", "+33612345678", {"P101"}),
    # fixes: other characters
    ("+1\u2013202\u2013555\u20130143", None, US, {"P101"}),
    ("+1\u2011202\u2212555\u20140143", None, US, {"P101"}),
    ("\uff0b\uff11\uff12\uff10\uff12\uff15\uff15\uff15\uff10\uff11\uff14\uff13", None, US, {"P101"}),
    ("\uff12\uff10\uff12\uff15\uff15\uff15\uff10\uff11\uff14\uff13", "US", US, {"P101"}),
    ("\u0662\u0660\u0662\u0665\u0665\u0665\u0660\u0661\u0664\u0663", "US", US, {"P101"}),
    ("\u06f2\u06f0\u06f2\u06f5\u06f5\u06f5\u06f0\u06f1\u06f4\u06f3", "US", US, {"P101"}),
    ("\u0967\u0968\u0966\u0968\u096b\u096b\u096b\u0966\u0967\u096a\u0969", "US", US, {"P101"}),
    ("\uff08202\uff09555\uff0d0143", "US", US, {"P101"}),
    ("+1\u00a0202\u00a0555\u00a00143", None, US, {"P101", "P104"}),
    ("+1\u2009202\u202f555\u30000143", None, US, {"P101", "P104"}),
    ("\u202a+12025550143\u202c", None, US, {"P104"}),
    ("\u200e+12025550143", None, US, {"P104"}),
    ("+1202\u200b5550143", None, US, {"P104"}),
    ("\ufeff+12025550143", None, US, {"P104"}),
    ("+1202\u00ad5550143", None, US, {"P104"}),
    ("\u2068(202) 555-0143\u2069", "US", US, {"P101", "P104"}),
    # fixes: spreadsheet marks and decimals
    ("'+12025550143", None, US, {"P103"}),
    ("'2025550143", "US", US, {"P101", "P103"}),
    ('="+12025550143"', None, US, {"P103"}),
    ('="2025550143"', "US", US, {"P101", "P103"}),
    ("=+12025550143", None, US, {"P103"}),
    ('"+12025550143"', None, US, {"P103"}),
    ("\u2018+12025550143\u2019", None, US, {"P103"}),
    ("2025550143.0", "US", US, {"P101", "P102"}),
    ("2025550143.00", "US", US, {"P101", "P102"}),
    ("2025550143,0", "US", US, {"P101", "P102"}),
    ("12025550143.0", "US", US, {"P101", "P102"}),
    ("+12025550143.0", None, US, {"P102"}),
    ("442079460958.0", "GB", GB, {"P101", "P102"}),
    ("\u201c2025550143\u201d", "US", US, {"P101", "P103"}),
    ("2025550143.000", "US", US, {"P101", "P102"}),
    # extensions: dropped with a warning
    ("202-555-0143#12", "US", US, {"P101", "P105"}),
    ("202-555-0143,1234#", "US", US, {"P101", "P105"}),
    ("202-555-0143, 0144", "US", US, {"P101", "P105"}),
    ("202-555-0143 ext. 12", "US", US, {"P101", "P105"}),
    ("202-555-0143 ext 12", "US", US, {"P101", "P105"}),
    ("202-555-0143 extension 12", "US", US, {"P101", "P105"}),
    ("202-555-0143x12", "US", US, {"P101", "P105"}),
    ("202-555-0143 x 12", "US", US, {"P101", "P105"}),
    ("202-555-0143 X12", "US", US, {"P101", "P105"}),
    ("202-555-0143 #12", "US", US, {"P101", "P105"}),
    ("202-555-0143,12", "US", US, {"P101", "P105"}),
    ("202-555-0143,,12", "US", US, {"P101", "P105"}),
    ("202-555-0143;ext=12", "US", US, {"P101", "P105"}),
    ("202-555-0143 (ext. 12)", "US", US, {"P101", "P105"}),
    ("911 ext. 12", "US", "", {"P005"}),
    ("0115", "US", "", {"P005"}),
    ("+49 30 123456.0", None, "+4930123456", {"P101", "P102"}),
    ("030 123456.0", "DE", "+4930123456", {"P101", "P102"}),
    ("030/123456.0", "DE", "+4930123456", {"P101", "P102"}),
    ("+49-30-123456.0", None, "+4930123456", {"P101", "P102"}),
    ("(202) 555-0143.0", "US", US, {"P101", "P102"}),
    ("2024-01-31.0", "US", "", {"P002"}),
    ("1,234,567.0", "US", "", {"P002"}),
    ("-12345678.0", "US", "", {"P002"}),
    ("+12025550143x12", None, US, {"P101", "P105"}),
    # missing
    ("", None, "", {"P001"}),
    ("   ", None, "", {"P001"}),
    ("\u00a0", None, "", {"P001"}),
    ("\u200b", None, "", {"P001"}),
    # not numbers at all
    ("n/a", None, "", {"P001"}),
    ("N/A", "US", "", {"P001"}),
    ("none", None, "", {"P001"}),
    ("-", None, "", {"P001"}),
    ("?", None, "", {"P002"}),
    ("unknown", "US", "", {"P002"}),
    ("see notes", "US", "", {"P002"}),
    ("ann@example.com", "US", "", {"P002"}),
    ("2025550143@example.com", "US", "", {"P002"}),
    ("https://example.com/2025550143", "US", "", {"P002"}),
    ("www.example.com", "US", "", {"P002"}),
    # not numbers, though libphonenumber takes some of them for one
    ("2024-01-31", "DE", "", {"P002"}),
    ("2024-01-31", "US", "", {"P002"}),
    ("2024/01/31", "DE", "", {"P002"}),
    ("2024.01.31", "DE", "", {"P002"}),
    ("31.01.2024", "DE", "", {"P002"}),
    ("31-01-2024", "GB", "", {"P002"}),
    ("01/31/2024", "US", "", {"P002"}),
    ("1/3/24", "US", "", {"P002"}),
    ("2024 01 31", "DE", "", {"P002"}),
    ("31 12 2012", "NO", "", {"P002"}),
    ("20 24 01 31", "DK", "+4520240131", {"P101"}),
    ("20.12.34", "DE", "", {"P002"}),
    ("20.12.34", "NC", "+687201234", {"P101"}),
    ("2024-01-31 12:30", "DE", "", {"P002"}),
    ("2024-01-31T12:30:45Z", "DE", "", {"P002"}),
    ("2024-01-31 12:30:45.123", "DE", "", {"P002"}),
    ("01/31/2024 9:05 PM", "US", "", {"P002"}),
    ("12:30", "US", "", {"P002"}),
    ("12:30:45", "US", "", {"P002"}),
    ("9:05 pm", "US", "", {"P002"}),
    ("192.168.1.10", "US", "", {"P002"}),
    ("10.20.30.40", "DK", "", {"P002"}),
    ("192.168.100.200:8080", "DE", "", {"P002"}),
    ("$1,234.56", "US", "", {"P002"}),
    ("€ 1.234,56", "DE", "", {"P002"}),
    ("1234567.89", "US", "", {"P002"}),
    ("1,234,567", "US", "", {"P002"}),
    ("1,234,567.89", "US", "", {"P002"}),
    ("1.234.567,89", "DE", "", {"P002"}),
    ("30123456.123", "DE", "", {"P002"}),
    ("-2025550143", "US", "", {"P002"}),
    ("*67 202 555 0143", "US", "", {"P002"}),
    ("*31#030 23125001", "DE", "", {"P002"}),
    ("202*555*0143", "US", "", {"P002"}),
    ("202~555~0143", "US", "", {"P002"}),
    ("202,555,0143", "US", "", {"P002"}),
    ("99.5%", "US", "", {"P002"}),
    ("4111 1111 1111 1111", "US", "", {"P002"}),
    ("4111111111111111", "US", "", {"P002"}),
    ("4111-1111-1111-1111", "US", "", {"P002"}),
    ("3782 822463 10005", "US", "", {"P002"}),
    ("2025550143?", "US", "", {"P002"}),
    ("2025550143_", "US", "", {"P002"}),
    ("<2025550143>", "US", "", {"P002"}),
    ("9" * 251, "US", "", {"P002"}),
    # no country
    ("(202) 555-0143", None, "", {"P003"}),
    ("2025550143", None, "", {"P003"}),
    ("020 7946 0958", None, "", {"P003"}),
    ("0044 20 7946 0958", None, "", {"P003"}),
    ("442079460958", None, "", {"P003"}),
    ("011 44 20 7946 0958", None, "", {"P003"}),
    # no such country code
    ("+00 44 20 7946 0958", None, "", {"P004"}),
    ("+999 123 456 789", None, "", {"P004"}),
    ("+0 202 555 0143", None, "", {"P004"}),
    ("+999123456789", "US", "", {"P004"}),
    # too short, too long
    ("555-0143", "US", "", {"P005"}),
    ("5550143", "US", "", {"P005"}),
    ("+1 202 555", None, "", {"P005"}),
    ("+44 20", None, "", {"P005"}),
    ("12345", "US", "", {"P005"}),
    ("+1 202 555 01430", None, "", {"P006"}),
    ("202555014300", "US", "", {"P006"}),
    ("+44 20 7946 0958 9999", None, "", {"P006"}),
    ("123456789012345678", "US", "", {"P006"}),
    # plausible, but nobody's
    ("+1 111 555 0143", None, "", {"P007"}),
    ("111-555-0143", "US", "", {"P007"}),
    ("07700 900123", "GB", "", {"P007"}),
    ("+44 7700 900123", None, "", {"P007"}),
    ("0000000000", "US", "", {"P007"}),
    # digits that are gone
    ("4.15555E+09", "US", "", {"P008"}),
    ("4.15555E+09", None, "", {"P008"}),
    ("4,15555E+09", "DE", "", {"P008"}),
    ("4.15555e+09", "US", "", {"P008"}),
    ("4.15555267E9", "US", "", {"P008"}),
    ("4E+09", "US", "", {"P008"}),
    ("+1.20256E+10", None, "", {"P008"}),
    ("1.20256E+10 ", "US", "", {"P008"}),
    ("#########", "US", "", {"P008"}),
    ("#NAME?", "US", "", {"P008"}),
    ("#VALUE!", "US", "", {"P008"}),
    # several numbers
    ("202-555-0143 / 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143/202-555-0144", "US", "", {"P009"}),
    ("202-555-0143; 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143, 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143 or 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143 and 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143 | 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143 & 202-555-0144", "US", "", {"P009"}),
    ("202-555-0143\n202-555-0144", "US", "", {"P009"}),
    ("+12025550143 +12025550144", None, "", {"P009"}),
    ("+12025550143+12025550144", None, "", {"P009"}),
    ("202 555 0143 202 555 0144", "US", "", {"P009"}),
    ("030 23125001 oder 030 23125002", "DE", "", {"P009"}),
    ("home 202-555-0143 work 202-555-0144", "US", "", {"P009"}),
    ("030 23125001/2", "DE", "", {"P009"}),
    ("030 23125001/02/03", "DE", "", {"P009"}),
    ("+49 30 23125001/-02", "DE", "", {"P009"}),
    ("030 231250-01/-02", "DE", "", {"P009"}),
    ("030 231250-01 / -02", "DE", "", {"P009"}),
    ("030 231250-0/-12", "DE", "", {"P009"}),
    ("030 231250-01 oder -02", "DE", "", {"P009"}),
    ("030 231250-01 u. -02", "DE", "", {"P009"}),
    ("020 7946 0958 / 0959", "GB", "", {"P009"}),
    ("030/23125001/2", "DE", "", {"P009"}),
    ("030 23125001 (2)", "DE", "", {"P009"}),
    ("030 23125001 und 02", "DE", "", {"P009"}),
    ("020 7946 0958 or 0959", "GB", "", {"P009"}),
    ("020 7946 0958 & 0959", "GB", "", {"P009"}),
    ("03-1234-5678~9", "JP", "", {"P009"}),
    ("03-1234-5678\uff5e9", "JP", "", {"P009"}),
    # one number as they stand, another one with a plus sign
    ("4915123456789", "DE", "", {"P013"}),
    ("442079460958", "DE", "", {"P013"}),
    ("4420 7946 0958", "DE", "", {"P013"}),
    ("49 1512 3456780", "DE", "", {"P013"}),
    ("49-151-23456781", "DE", "", {"P013"}),
    ("4915123456782 ", "DE", "", {"P013"}),
    ("44/7400/123456", "DE", "", {"P013"}),
    ("43\u00a0664\u00a0123456", "DE", "", {"P013"}),
    ("(41) 78 123 45 67", "DE", "", {"P013"}),
    ("62 812-345-678", "ID", "", {"P013"}),
    ("15123456789", "DE", "", {"P013"}),
    ("17612345678", "DE", "+4917612345678", {"P101"}),
    ("62812345678", "ID", "", {"P013"}),
    # 00 where it is not dialled to call abroad
    ("00 91 81234 56840", "CO", "", {"P013"}),
    ("00 253 21 36 09 22", "TW", "", {"P013"}),
    ("00 63 2 3234 5216", "TH", "", {"P013"}),
    ("00 91 81234 56840", "DE", "+918123456840", {"P101"}),
    ("0011 44 20 7946 0958", "AU", "+442079460958", {"P101"}),
    ("001 44 20 7946 0958", "KR", "+442079460958", {"P101"}),
    ("468123456", "SE", "", {"P013"}),
    ("5540041234", "BR", "", {"P013"}),
    ("04915123456", "DE", "+494915123456", {"P101"}),
    ("442079460958", "GB", GB, {"P101"}),
    ("6562345678", "US", "", {"P013"}),
    ("65 6234 5678", "US", "", {"P013"}),
    ("(656) 234-5678", "US", "+16562345678", {"P101"}),  # as only North America writes it
    ("656.234.5678", "US", "+16562345678", {"P101"}),
    ("423-234-5678", "US", "", {"P013"}),  # may be one of Liechtenstein, +423
    ("(423) 234-5678", "US", "+14232345678", {"P101"}),
    ("8 (495) 123-45-67", "RU", "+74951234567", {"P101"}),
    ("8495 1234567", "RU", "", {"P013"}),
    # letters
    ("+4420 7946 O958", None, "", {"P010"}),
    ("+4917O1234567", None, "", {"P010"}),
    ("202 555 O143", "US", "", {"P010"}),
    ("2O25550143", "US", "", {"P010"}),
    ("1800FLOWERS", "US", "", {"P010"}),
    ("1-800-FLOWERS", "US", "", {"P010"}),
    ("415 555 2671 mobile", "US", "+14155552671", {"P101", "P107"}),
    ("202-555-0143 (home)", "US", US, {"P101", "P107"}),
    ("Tel. 202-555-0143", "US", US, {"P101", "P107"}),
    ("тел. 202-555-0143", "US", US, {"P101", "P107"}),
    ("call 202-555-0143", None, "", {"P010"}),
    ("Ann 202-555-0143 x5", "US", "", {"P010"}),
    ("Ann 555-0143", "US", "", {"P010"}),
    # at the edges of what is a text mark, a date, an address, several numbers
    ("='2025550143'", "US", US, {"P101", "P103"}),
    ("'2025550143'", "US", US, {"P101", "P103"}),
    ("`2025550143", "US", US, {"P101", "P103"}),
    ('"2025550143', "US", "", {"P002"}),
    ("=(202)5550143", "US", "", {"P002"}),
    ("'", "US", "", {"P002"}),
    ("01/01/2024", "US", "", {"P002"}),
    ("31-12-2024", "US", "", {"P002"}),
    ("12-31-24", "US", "", {"P002"}),
    ("31 12 2024", "US", "", {"P002"}),
    ("13/13/2024", "US", "", {"P005"}),
    ("00/10/2024", "US", "", {"P005"}),
    ("32/12/2024", "DE", "", {"P007"}),
    ("192.168.255.255", "US", "", {"P002"}),
    ("192.168.256.255", "US", "", {"P006"}),
    ("030/23125/6", "DE", "", {"P009"}),
    ("030/2312/6", "DE", "+493023126", {"P101"}),
    ("5550143  5550144", "US", "", {"P009"}),
    ("202555014 202555015", "US", "", {"P009"}),
    ("20255501 202555015", "US", "", {"P006"}),
]  # fmt: skip


DIGITS = Profile("mine", "Mine", plus=False)


@pytest.mark.parametrize(
    ("cell", "region", "number", "codes"), TRAPS, ids=[f"{cell[:30]!a} in {region}" for cell, region, *_ in TRAPS]
)
def test_trap(cell: str, region: str | None, number: str, codes: set[str]) -> None:
    assert outcome(cell, region=region) == (number, codes)


def test_there_are_at_least_150_traps() -> None:
    assert len(TRAPS) >= 150


FULL_WIDTH = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)}
LOOK_ALIKES = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\u30fc", "-"),
    **dict.fromkeys("\u00b7\u2022\u2024", "."),
    "\u2044": "/",
    "\ufe62": "+",
    **FULL_WIDTH,
}
AROUND = ("{}12025550143", "+1 202{}555{}0143", "+1202555014{}", "2025550143 {}12", "+1202555{}0143", "202555014{}.0")


@pytest.mark.parametrize("character", LOOK_ALIKES, ids=ascii)
def test_what_looks_like_a_character_is_read_as_that(character: str) -> None:
    for text in AROUND:
        strange, plain = text.replace("{}", character), text.replace("{}", LOOK_ALIKES[character])
        number, codes = outcome(strange, region="US")
        number_of_plain, codes_of_plain = outcome(plain, region="US")
        assert (number, codes - {"P101"}) == (number_of_plain, codes_of_plain - {"P101"}), plain


EXTENSION_WORDS = (
    "ext", "EXT.", "extension", "extensión", "extensio\u0301n", "extn", "xtn", "x", "int", "anexo", "доб", "ДОБ.",
    "durchwahl", "Dw.", "poste", "rn", "ext:", "ext #", "x=",
)  # fmt: skip


@pytest.mark.parametrize("word", EXTENSION_WORDS)
def test_words_for_extensions(word: str) -> None:
    result = preflight(f"phone\n202-555-0143 {word} 1234\n".encode(), region="US", extension_column="ext")
    assert result.clean.to_dict("list") == {"phone": [US], "ext": ["1234"]}


@pytest.mark.parametrize(
    ("cell", "options", "number", "codes"),
    [
        pytest.param("+1 111 555 0143", {"accept": "possible"}, "+11115550143", {"P101"}, id="possible is enough"),
        pytest.param("555-0143", {"accept": "possible", "region": "US"}, "", {"P005"}, id="local only is not"),
        pytest.param(US, {"no_plus": True}, US[1:], {"P101"}, id="no plus"),
        pytest.param(US[1:], {"no_plus": True}, US[1:], set(), id="no plus is as it should be"),
        pytest.param(GB[1:], {"no_plus": True, "region": "US"}, GB[1:], set(), id="no plus, another country"),
        pytest.param(US, {"profile": DIGITS}, US[1:], {"P101"}, id="the profile has no plus"),
        pytest.param(GB, {"line_types": "fixed-line"}, GB, set(), id="line type kept"),
        pytest.param(GB, {"line_types": "mobile"}, "", {"P011"}, id="line type not kept"),
        pytest.param(GB, {"line_types": "!fixed-line"}, "", {"P011"}, id="line type left out"),
        pytest.param(GB, {"line_types": "!mobile,toll-free"}, GB, set(), id="line types not left out"),
        pytest.param(US, {"line_types": "mobile"}, "", {"P011"}, id="perhaps a mobile is not certain to be one"),
        pytest.param(US, {"line_types": "!mobile"}, "", {"P011"}, id="perhaps a mobile is left out with them"),
        pytest.param(US, {"line_types": "!pager"}, US, set(), id="perhaps a mobile is no pager"),
        pytest.param(US, {"line_types": "mobile,fixed-line-or-mobile"}, US, set(), id="perhaps a mobile is named"),
        pytest.param(GB, {"countries": "GB,US"}, GB, set(), id="country kept"),
        pytest.param(GB, {"countries": "us"}, "", {"P012"}, id="country not kept"),
        pytest.param(GB, {"countries": "!GB"}, "", {"P012"}, id="country left out"),
        pytest.param("+80012345678", {"countries": "GB"}, "", {"P012"}, id="no country at all"),
        pytest.param("+11115550143", {"accept": "possible", "countries": "US"}, "", {"P012"}, id="uncertain, wanted"),
        pytest.param(
            "+11115550143", {"accept": "possible", "countries": "!CA"}, "", {"P012"}, id="uncertain, left out"
        ),
        pytest.param(
            "+11115550143", {"accept": "possible", "countries": "!GB"}, "+11115550143", set(), id="of another"
        ),
    ],
)
def test_options(cell: str, options: dict[str, object], number: str, codes: set[str]) -> None:
    assert outcome(cell, **options) == (number, codes)


def test_the_country_of_each_possible_number_is_its_own() -> None:
    """A number that is not valid has no region: the country is that of its calling code, which differs by row."""
    rows = "phone\n+44 111 555 0143\n+1 111 555 0143\n+44 111 555 0144\n+33 0 99 00 12 34\n+12025550143\n"
    result = preflight(rows.encode(), accept="possible", countries="US")
    reasons = dict(zip(result.rejects["preflight_line"], result.rejects["preflight_reason"], strict=True))
    assert [line for line, reason in reasons.items() if "the United Kingdom" in reason] == [2, 4]
    assert reasons[3] == "the number is from the United States, which is uncertain"


REGION_ROWS = (
    "phone,cc\n020 7946 0958,GB\n(202) 555-0143, us \n(202) 555-0144,\n(202) 555-0145,Mars\n+12025550146,Mars\n"
)


def test_the_region_column_wins_and_empty_cells_fall_back() -> None:
    result = preflight(REGION_ROWS.encode(), region="US", region_column="cc")
    assert result.clean["phone"].tolist() == [GB, US, "+12025550144", "+12025550146"]
    assert result.rejects["preflight_code"].tolist() == ["P003"]
    assert result.rejects["preflight_reason"][0].startswith("no country code, and 'cc' names no country in this row: ")


def test_without_a_region_an_empty_region_cell_has_none() -> None:
    result = preflight(REGION_ROWS.encode(), region_column="cc")
    assert result.rejects["preflight_line"].tolist() == [4, 5]


@pytest.mark.parametrize(
    "name",
    [
        "gb",
        "GBR",
        "United Kingdom",
        "the united kingdom",
        "UK",
        "+44",
        "44",
        "\u82f1\u56fd",
        "Gro\u00dfbritannien",
        " Great Britain ",
    ],
)
def test_a_region_column_may_hold_names(name: str) -> None:
    result = preflight(f"phone,cc\n020 7946 0958,{name}\n".encode(), region_column="cc")
    assert result.clean["phone"].tolist() == [GB]


@pytest.mark.parametrize("name", ["Londn", "Korea", "-", "the", "+999", "+800"])
def test_what_names_no_region_is_never_guessed(name: str) -> None:
    result = preflight(f"phone,cc\n020 7946 0958,{name}\n".encode(), region_column="cc", region="GB")
    assert result.rejects["preflight_code"].tolist() == ["P003"]


@pytest.mark.parametrize(
    ("cell", "options", "detail"),
    [
        ("442079460958", {},
         "no country code, and no region given; with + in front, it would be a number in the United Kingdom"),
        ("44 20 7946 0958", {"region": "US"},
         "too long for a phone number; with + in front, it would be a number in the United Kingdom"),
        ("2025550143", {}, "no country code, and no region given"),
        ("0044 20 7946 0958", {},
         "no country code, and no region given; if 00 is an international prefix here, write + instead"),
        ("011 44 20 7946 0958", {},
         "no country code, and no region given; if 011 is an international prefix here, write + instead"),
        ("0000000000", {}, "no country code, and no region given"),
        ("000-000-0000", {}, "no country code, and no region given"),
        ("+044 20 7946 0958", {},
         "the country code does not exist; without the zeros in front, it would be a number in the United Kingdom"),
        ("+07400123456", {}, "the country code does not exist: none begins with 0"),
        ("555-0143", {"region": "US"}, "too short for a phone number: the area code is missing"),
        ("111-555-0143", {"region": "CA"}, "not a number in use in Canada"),
        ("+1 111-555-0143", {"region": "GB"}, "not a number in use in the United States"),
        ("2024-01-31", {"region": "DE"}, "not a phone number: it looks like a date"),
        ("*31#030 23125001", {"region": "DE"}, "not a phone number: it begins with a service code"),
        ("Ann.Lee@Example.com", {}, "not a phone number: it looks like an e-mail address"),
        ("ann@example.com\n2025550143", {}, "not a phone number: it looks like an e-mail address"),
        ("WWW.example.com/2025550143", {}, "not a phone number: it looks like a link"),
        ("HTTPS://example.com/2025550143", {}, "not a phone number: it looks like a link"),
        ("12:30 p.m.", {}, "not a phone number: it looks like a time"),
        ("10:30:15,123", {}, "not a phone number: it looks like a time"),
        ("192.168.0.255", {}, "not a phone number: it looks like an IP address"),
        ("1 234,50", {}, "not a phone number: it looks like an amount"),
        ("€2025550143", {}, "not a phone number: it looks like an amount"),
        ("2025550143%", {}, "not a phone number: it looks like an amount"),
        ("4111 1111 1111 1111", {}, "not a phone number: it looks like a card number"),
        ("202†555†0143", {}, "not a phone number: it holds the character †"),
        ("202: 5550143", {}, "not a phone number: it holds the character :"),
        ("202\x07555\x070143", {}, "not a phone number: it holds the character U+0007"),
        ("#NAME?", {}, "a spreadsheet turned the number into an error value, and its digits are lost"),
        ("4.15555E+09", {}, "a spreadsheet turned the number into scientific notation, and its last digits are lost"),
        ("1.2025550111E+10", {}, "a spreadsheet turned the number into scientific notation; its digits are all there, "
         "so format the column as a number without decimals, and export it again"),
        ("####", {}, "a spreadsheet turned the number into number signs, since the column was too narrow, and its "
         "digits are lost"),
        ("1" * 251, {}, "not a phone number: 251 characters long"),
        ("+1 202 555 0143 / +1 202 555 0144", {}, "two or more numbers in one cell"),
        ("Ann 2025550143", {}, "letters in the number"),
        ("80012345678", {},
         "no country code, and no region given; with + in front, it would be a number in no single country"),
        ("+80012345678", {"countries": "GB"}, "the number is from no single country, which --countries leaves out"),
        (GB, {"line_types": "mobile"}, "the line type is fixed-line, which --line-types leaves out"),
        ("442079460123", {"region": "DE", "no_plus": True},
         "as written, this is a number in Germany; with + in front, it is a different number in the United Kingdom"),
    ],
)  # fmt: skip
def test_the_reason_says_what_to_do(cell: str, options: dict[str, object], detail: str) -> None:
    result = preflight(f"phone,x\n{quoted(cell)},y\n".encode(), phone_column="phone", **options)
    assert result.report.findings[0].samples[0].detail == detail
    assert result.rejects["preflight_reason"][0].startswith(detail)


def test_a_list_that_lost_its_plus_signs_is_told_so() -> None:
    lost = "".join(f"4420794609{n:02d}\n" for n in range(60)).encode()
    others = b"4930231250\n" + "".join(f"202555{n:04d}\n" for n in range(100, 160)).encode()
    assert preflight(b"Name,phone\n" + lost.replace(b"44", b"Ann,44")).report.notes == (LostPlus(59, 2, "GB"),)
    assert preflight(b"phone\n" + lost + b"12025550143\n").report.notes == (LostPlus(61, 1),)
    german = b"".join(b"49151234567%d\n" % n for n in range(10, 70))
    assert preflight(b"phone\n" + german).report.notes == (LostPlus(60, 1),)  # with DE, they would be other numbers
    (note,) = preflight(b"phone\n" + lost).report.notes
    text = note_text(note)
    assert text.startswith("60 of the rejected numbers seem to have lost the + before a country code: give ")
    assert "--region GB, since all of them are numbers in the United Kingdom" in text
    assert '="+"&A2' in text
    for more in (b"2025550143\n", b"2025550143\n2025550144\n"):  # of half or less, it may be chance
        assert preflight(b"phone\n442079460950\n" + more).report.notes == ()
    # The digits of some national numbers are a number abroad by chance.
    report = preflight(b"phone\n" + others, max_findings=0).report
    assert report.notes == ()
    assert {sample.detail for found in report.findings for sample in found.samples if found.code == "P003"} == {
        "no country code, and no region given"
    }


@pytest.mark.parametrize(
    ("cells", "options", "numbers"),
    [
        pytest.param(["442079460958", "3023125001"], {"region": "DE"}, [None, "+493023125001"],
                     id="a list without leading zeros, and one of another length"),
        pytest.param(["6562345678", "4232345678", "4582345678", *[f"202555010{n}" for n in range(4)]], {"region": "US"},
                     ["+16562345678", "+14232345678", "+14582345678", *[f"+1202555010{n}" for n in range(4)]],
                     id="of three countries, among others in that form, is no chance"),
        pytest.param(["6562345678", "4232345678", "4582345678", "202-555-0100"], {"region": "US"},
                     [None, None, None, "+12025550100"], id="none of the others is in that form"),
        pytest.param(["6562345678", "4232345678", "4582345678", "2025550100", "919876501234"], {"region": "US"},
                     [None, None, None, "+12025550100", None], id="one has lost its plus sign: others may have"),
        pytest.param(["6581234567", "919876501234", "919876501235"], {"region": "IN"},
                     [None, "+919876501234", "+919876501235"], id="every other cell has its country code"),
        pytest.param([f"4420794609{n}" for n in range(50, 53)], {"region": "DE"}, [None] * 3,
                     id="where all are numbers abroad, too, nothing tells"),
        pytest.param([f"656234567{n}" for n in range(4)], {"region": "US"}, [None] * 4,
                     id="where all are, nothing tells"),
        pytest.param(["4407400123456", "07400123458"], {"region": "GB"}, ["+447400123456", "+447400123458"],
                     id="one number both ways"),
        pytest.param(["4407400123456"] , {"region": "GB", "no_plus": True}, ["447400123456"],
                     id="one number both ways, without plus signs"),
        pytest.param(["4915123456789", "3023125001"], {"region": "DE"}, [None, "+493023125001"],
                     id="but not where the country's own code may stand there"),
        pytest.param(["6562345678", "2025550143"], {"region": "US", "no_plus": True}, [None, "12025550143"],
                     id="without plus signs: a national list"),
        pytest.param(["442079460958", "12025550143"], {"region": "DE", "no_plus": True},
                     ["442079460958", "12025550143"], id="without plus signs: a list with codes"),
        pytest.param([*[f"4420794609{n}" for n in range(50, 69)], "03023125001"], {"region": "DE"},
                     [*[None] * 19, "+493023125001"], id="one with a leading zero tells nothing of the others"),
        pytest.param(["442079460958"], {"region": "DE", "no_plus": True}, [None],
                     id="without plus signs: nothing tells"),
        pytest.param([f"4420794609{n}" for n in range(50, 60)], {"region": "DE", "no_plus": True},
                     [f"4420794609{n}" for n in range(50, 60)], id="without plus signs: ten are no chance"),
        pytest.param(["6562345678", "2025550143", "442079460958"], {"region": "US", "no_plus": True},
                     [None, "12025550143", "442079460958"], id="without plus signs: both kinds"),
        pytest.param(["447400123456", "(479) 555-0101", "479-555-0102", "4795550103", "47 95 55 01 04"],
                     {"region": "US", "no_plus": True},
                     ["447400123456", "14795550101", "14795550102", "4795550103", "4795550104"],
                     id="without plus signs: what has its country's own format is no number abroad"),
        pytest.param(["447400123456", "423-234-5678", "(423) 234-5679"], {"region": "US", "no_plus": True},
                     ["447400123456", None, "14232345679"], id="without plus signs: a format that fits both"),
        pytest.param(["445550107"], {"region": "GB", "no_plus": True, "accept": "possible"}, [None],
                     id="without plus signs: two numbers that are both only possible"),
        pytest.param(["15555550143"], {"no_plus": True, "accept": "possible"}, ["15555550143"],
                     id="without plus signs: possible with one, and nothing as it stands"),
        pytest.param(["12025550143", "+1 202 555 0144"], {"no_plus": True, "countries": "US"},
                     ["12025550143", "12025550144"], id="and countries"),
    ],
)  # fmt: skip
def test_digits_that_are_two_numbers(cells: list[str], options: dict[str, object], numbers: list[str | None]) -> None:
    result = preflight(("phone,x\n" + "".join(f"{cell},y\n" for cell in cells)).encode(), **options)
    assert [result.clean["phone"].get(line) for line in range(2, len(cells) + 2)] == numbers
    assert set(result.rejects["preflight_code"]) - {"P006", "P007"} == ({"P013"} if None in numbers else set())


def test_a_clean_list_without_plus_signs_is_no_national_one() -> None:
    first = preflight(b"phone\n+12025550101\n+442079460958\n+12025550102\n", region="DE", profile=DIGITS)
    clean = first.upload_file()[1]
    assert clean == b"phone\n12025550101\n442079460958\n12025550102\n"
    assert preflight(clean, region="DE", profile=DIGITS).report.findings == ()


EXTENSIONS = "phone,ext\n202-555-0143 x12, \n+12025550144, \n202-555-0145 x7,9\n202-555-0146 x8,8\n"


def test_extensions_go_to_their_column() -> None:
    result = preflight(EXTENSIONS.encode(), region="US", extension_column="ext")
    assert result.clean["ext"].tolist() == ["12", " ", "9", "8"]
    kept = "the extension is dropped here, and kept in the extension column"
    assert result.findings.loc[result.findings["code"] == "P105", "detail"].tolist() == [
        kept,
        "the extension is dropped, because the extension column holds something else",
        kept,
    ]


def test_an_extension_column_may_be_the_first() -> None:
    result = preflight(b"ext,phone\n7,202-555-0143 x12\n,202-555-0144 x12\n", region="US", extension_column="ext")
    assert result.clean["ext"].tolist() == ["7", "12"]


def test_an_extension_column_is_added_last() -> None:
    result = preflight(b"phone,x\n202-555-0143 x12,y\n", region="US", extension_column="ext")
    assert result.upload_file()[1] == b"phone,x,ext\n+12025550143,y,12\n"


def test_countries_and_line_types_are_counted() -> None:
    report = preflight(f"phone\n{US}\n{GB}\n+12025550144\n".encode()).report
    assert [(c.region, c.calling_code, c.count) for c in report.countries] == [("US", 1, 2), ("GB", 44, 1)]
    assert [(t.type, t.count) for t in report.line_types] == [("fixed-line-or-mobile", 2), ("fixed-line", 1)]


def test_line_types_have_the_names_of_libphonenumber() -> None:
    names = {phonenumbers.PhoneNumberType.to_string(kind) for kind in e164.LINE_TYPES}
    assert {name.replace("-", "_").upper() for name in e164.LINE_TYPES.values()} == names


def test_premium_numbers_are_named() -> None:
    report = preflight(b"phone\n+449012345678\n+12025550144\n").report
    assert report.notes == (CostlyLines(1, "premium-rate"),)
    assert note_text(report.notes[0]) == "1 of the clean numbers is premium-rate: calling it costs more"


def examples() -> list[tuple[str, phonenumbers.PhoneNumber]]:
    """Each region's example number of each type."""
    kinds = phonenumbers.PhoneNumberType.values()
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    found = [(region, phonenumbers.example_number_for_type(region, kind)) for region in regions for kind in kinds]
    return [(region, number) for region, number in found if number]


def test_every_example_number_comes_out_as_libphonenumber_writes_it() -> None:
    rows, expected = [], []
    for region, number in examples():
        national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
        rows.append(f"{quoted(national)},{region}\n")
        expected.append(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    assert len(rows) > 1_300
    result = preflight(("phone,cc\n" + "".join(rows)).encode(), region_column="cc", max_findings=0)
    first = {number: line for line, number in reversed(list(enumerate(expected, start=2)))}
    assert dict(zip(result.clean["phone"], result.clean.index, strict=True)) == first
    others = sorted(set(range(2, len(rows) + 2)) - set(first.values()))
    assert result.rejects["preflight_line"].tolist() == others
    assert set(result.rejects["preflight_code"]) == {"D001"}


@pytest.mark.parametrize("plus", [True, False])
def test_no_example_number_that_lost_its_plus_becomes_another_one(plus: bool) -> None:
    lines = [(phonenumbers.format_number(number, 0), region) for region, number in examples()]
    data = "phone,cc\n" + "".join(f"{number[1:]},{region}\n" for number, region in lines)
    clean = preflight(data.encode(), region_column="cc", no_plus=not plus).clean["phone"]
    assert len(clean) > 900
    assert [lines[line - 2][0] for line in clean.index] == ["+" + number.lstrip("+") for number in clean]


PIECES = [
    "+",
    "+1",
    "+49",
    "0",
    "00",
    "011",
    "(0)",
    "(",
    ")",
    "-",
    " ",
    ".",
    "/",
    ",",
    ";",
    "#",
    "*",
    "x",
    " ext ",
    "'",
    "~",
]


@pytest.mark.parametrize("region", [None, "US", "DE"])
def test_cells_that_are_not_examined_one_by_one_need_not_be(
    region: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(f"odd {region}")
    cells = [cell for cell, *_ in TRAPS]
    for _ in range(6_000):
        shape = "".join(rng.choice(["#", "##", "###", "####", *PIECES[:13]]) for _ in range(rng.randrange(1, 9)))
        cells.append("".join(str(rng.randrange(1, 4)) if character == "#" else character for character in shape))
    cells += [digits + " " * gap + "2" for digits in ("20255501", "2025550143") for gap in range(50, 60)]
    data = ("phone,x\n" + "".join(f"{quoted(cell)},y\n" for cell in cells)).encode()
    options = {"region": region, "phone_column": "phone", "max_findings": 0}
    quick = preflight(data, **options)
    monkeypatch.setattr(column, "is_odd", lambda cells: np.ones(len(cells), bool))
    monkeypatch.setattr(affixes, "is_odd", lambda cells: np.ones(len(cells), bool))
    whole = preflight(data, **options)
    assert quick.clean.equals(whole.clean)
    assert quick.rejects.equals(whole.rejects)
    assert quick.findings.equals(whole.findings)


AFFIXES = [
    ("", ""), ("'", ""), ('="', '"'), ('"', '"'), ("tel:", ""), ("p:", ""), ("Mobile: ", ""), ("ph. ", " (work)"),
    ("", ".0"), ("'", ".0"), ("", " h"), ("", " x"), ("", " home"), ("", ".00"), ("", ",0"), ("+", ""), ("$", ""),
    ("", "%"), ("(", ")"), ("tel (", ")"), ("fax ", ""), ("", " fax"), ("Ann ", ""), ("#", ""), ("", "#"), ("- ", ""),
    ("\u202a", "\u202c"), ("\u00a0", ""), ("\t", " "), ("<sip:", "@example.com>"), ("n/a ", ""), ("1 x ", ""),
    ("", " or"), ("", "/"), ("", "e"), ("no ", ""), ("", " x12"), ("", " x102"), (" ", ""),
    ("", " ext. 3"), ("", "#4"), ("", " x0"), ("", ".10"),
    ("'", " x 12345"), ("", ", 12"), ("", "/2"),
    ("", " / 2025550199"), ("", "x12 x13"), ("", " (2)"), ("", " or 12"), ("", "e5"), ("", " \u0434\u043e\u0431. 12"),
    ("&nbsp;", ""), ("ph", "\u00a0"), ("tel", " desk"), ("", "-"),
]  # fmt: skip
NUMBERS = [
    "2025550143", "(202) 555-0143", "202.555.0143", "+12025550143", "+1 202-555-0143", "12025550143", "0012025550143",
    "011 1 202 555 0143", "020 7946 0123", "202  555   0143", "123 456 789", "202 555 014 3", "2025550143 (2",
    "202 (555 0143", "2 (0)2 555-0143", "202.555.01.43", "192.168.1001.1000", "31.12.20240", "1.202.555.0143",
    "2025550100.0", "20255501430000", "20255501", "+0 202 555 0143", "0151 23456789", "6.12.34.56.78.9", "202-555-0100",
    "030/23125001", "0151/234-5678", "06/12/34/56/78", "1234567/8/9/0/1", "12/34/5678901", "2025550143/2025550144",
    "030/231256/7/8/9", "06131/23125/2/3/4", "+1 202  555-0188", "+1 202-555  0188", "2024 01 31",
    "030/2312 50/01", "+49/30/23125001", "(030)/23125001", "0301234/5678901", "030/ 23125001",
]  # fmt: skip


@pytest.mark.parametrize("region", [None, "US", "DE"])
def test_affixes_are_taken_off_a_column_as_they_are_off_each_cell(
    region: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(f"affixes {region}")
    cells = [f"{before}{number}{behind}" for before, behind in AFFIXES for number in NUMBERS]
    for before, behind in AFFIXES:
        for _ in range(150):
            number = re.sub("[0-9]", lambda digit: digit[0] if rng.random() < 0.6 else rng.choice("0123456789"),
                            rng.choice(NUMBERS))  # fmt: skip
            cells.append(f"{before}{number}{behind}")
    rng.shuffle(cells)
    data = ("phone,x\n" + "".join(f"{quoted(cell)},y\n" for cell in cells)).encode()
    options = {"region": region, "phone_column": "phone", "max_findings": 0}
    quick = preflight(data, **options)
    left = []

    def untouched(cells: TextColumn, rows: np.ndarray) -> Trimmed:
        left.append(len(rows))
        return Trimmed(cells, rows)

    monkeypatch.setattr(affixes, "without_affixes", untouched)
    for name in ("_dotted", "_with_slashes"):
        monkeypatch.setattr(odd, name, lambda cells, rows, others: rows[:0])
    whole = preflight(data, **options)
    assert sum(left) > 5_000
    assert quick.clean.equals(whole.clean)
    assert quick.rejects.equals(whole.rejects)
    assert quick.findings.equals(whole.findings)


def test_most_cells_of_a_column_with_one_affix_are_not_examined_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    examined = []

    def counted(cell: str) -> Examined:
        examined.append(cell)
        return examine(cell)

    monkeypatch.setattr(affixes, "examine", counted)
    for before, behind in (("'", ""), ('="', '"'), ("tel:", ""), ("", ".0"), ("p:", ""), ("", " (mobile)")):
        examined.clear()
        cells = [f"{before}+1202555{number:04}{behind}" for number in range(100, 200)]
        result = preflight(("phone\n" + "".join(f"{quoted(cell)}\n" for cell in cells)).encode())
        assert len(result.clean) == 100
        assert len(examined) <= 2 * 3  # of each kind, once for the sample, and again


@pytest.mark.parametrize("region", [None, "US", "DE", "JP", "BR"])
def test_what_is_rewritten_is_what_libphonenumber_says_of_the_same_text(region: str | None) -> None:
    rng = random.Random(f"region {region}")
    cells = []
    for _ in range(3_000):
        parts = [str(rng.randrange(10 ** rng.randrange(1, 8))) for _ in range(rng.randrange(2, 5))]
        cells.append("".join(rng.choice(PIECES if rng.random() < 0.5 else " -") + part for part in parts))
    data = ("phone,x\n" + "".join(f"{quoted(cell)},y\n" for cell in cells)).encode()
    result = preflight(data, region=region, phone_column="phone", max_findings=0)
    changed = {"P102", "P103", "P104"}  # where libphonenumber gets another text than the cell's
    repaired = set(result.findings.loc[result.findings["code"].isin(changed), "line"])
    assert len(result.clean) > (10 if region is None else 20)
    for line, number in result.clean["phone"].items():
        if line not in repaired:
            parsed = phonenumbers.parse(cells[line - 2], region)
            assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == number, cells[line - 2]
            assert phonenumbers.is_valid_number(parsed)


@pytest.mark.parametrize(
    ("cell", "region", "code", "said"),
    [
        ("0+44 7400 123456", "DE", "P002", "without the zeros in front, it would be a number in the United Kingdom"),
        ("0004407400123456", "DE", "P007", "without the zeros in front, it would be a number in the United Kingdom"),
        ("+07400123456", "GB", "P004", "without the zeros in front, it would be a number in the United Kingdom"),
        ("+0447400123456", "GB", "P004", "without the zeros in front, it would be a number in the United Kingdom"),
        ("+0447400123456", None, "P004", "without the zeros in front, it would be a number in the United Kingdom"),
        ("+07400123456", None, "P004", "none begins with 0"),
        ("0044 20 7946 0003", "US", "P006", "00 is not the international prefix in the United States: write + instead"),
        ("+5215512345678", None, "P006", "the 1 after +52 is gone: +52 XX XXXX XXXX"),
        ("0445512345678", "MX", "P006", "044 and 045 are gone: +52 XX XXXX XXXX"),
        ("+22507123456", None, "P005", "07 comes before the eight digits: +225 07 XX XX XX XX"),
        ("07123456", "CI", "P005", "07 comes before the eight digits: +225 07 XX XX XX XX"),
        ("+22997012345", None, "P005 P007", "01 comes before the eight digits: +229 01 XX XX XX XX"),
        ("+551181234567", None, "P007", "mobiles have a 9 before the eight digits: +55 XX 9XXXX-XXXX"),
        ("+541523456789", None, "P007", "mobiles have 9 and the area code in place of 15: +54 9 XX XXXX XXXX"),
        ("+841691234567", None, "P007", "0169 has become 039: +84 39 XXX XX XX"),
    ],
)  # fmt: skip
def test_the_reason_says_what_would_make_it_a_number(cell: str, region: str | None, code: str, said: str) -> None:
    (found,) = preflight(f"phone,x\n{cell},y\n".encode(), phone_column="phone", region=region).report.findings[:1]
    assert found.code in code.split()  # releases of phonenumbers differ in which lengths are possible
    assert found.samples[0].detail.endswith(said)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"+{plan.code} {plan.numbers}")
def test_the_form_of_today_is_one_and_the_former_one_hardly_is(plan: FormerPlan) -> None:
    rng = random.Random(plan.numbers)
    digits = [re.sub("X", lambda _: rng.choice("0123456789"), re.sub("[ -]", "", plan.today)) for _ in range(300)]
    assert any(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in digits)
    assert not any(former_plan(number) for number in digits if phonenumbers.is_valid_number(phonenumbers.parse(number)))


@pytest.mark.parametrize(
    ("cell", "region", "found"),
    [
        ("9999999999", "IN", True),
        ("+91 98765-43210", None, True),
        ("1234567890", "IN", True),
        ("8888888888", "IN", True),
        ("0123456789", "FR", True),
        ("9876501234", "IN", False),
        ("+12025550143", None, False),
    ],
)
def test_placeholders_are_named(cell: str, region: str | None, found: bool) -> None:
    report = preflight(f"phone,x\n{cell},y\n".encode(), phone_column="phone", region=region).report
    assert report.rows.clean == 1
    assert ("P108" in [entry.code for entry in report.findings]) is found


def test_a_writing_holds_for_all_batches_of_a_list() -> None:
    national = [f"202555010{n}" for n in range(9)]
    chance = ["6562345678", "4232345678", "4582345678"]
    first = written([*national, *chance], "US")
    assert len(first) == len(national) + len(chance)
    assert written(chance[:1], "US") == {}
    columns = (TextColumn.of(chance[:1]),)
    layout = Layout(0, None, None, None, (0,), ("phone",), {})
    one = phones.normalize(Batch(np.arange(1), np.arange(1), columns), layout, Settings(region="US"))
    assert one.writing[0].national == frozenset()
    both = TextColumn.of([*national, *chance])
    rows = np.arange(len(both))
    told = phones.normalize(Batch(rows, rows, (both,)), layout, Settings(region="US")).writing
    later = replace(layout, writing=told)
    assert len(phones.normalize(Batch(np.arange(1), np.arange(1), columns), later, Settings(region="US")).batch) == 1


@pytest.mark.parametrize("others", [0, 200], ids=["alone", "among national numbers"])
@pytest.mark.parametrize("region", [None, "DE"], ids=str)
def test_a_number_that_may_have_lost_its_zero_is_not_said_to_have_lost_its_plus_sign(
    others: int, region: str | None
) -> None:
    cells = [*(f"0151 234{number:05}" for number in range(others)), "15123456788"]
    report = preflight("\n".join(["phone", *cells, ""]).encode(), region=region).report
    assert not [note for note in report.notes if isinstance(note, LostPlus)] or (region is None and not others)
