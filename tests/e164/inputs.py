"""Inputs for the differential test: what people, systems and accidents make of numbers of every country."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import cache

import phonenumbers
from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

from csv_preflight.e164.patterns import full_match_table, prefix_match_table

KINDS = (
    "general_desc", "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip",
    "pager", "uan", "voicemail",
)  # fmt: skip
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
SEPARATORS = (" ", "-", ".", "  ", "/", ") ", " (", "", "][", "-.")
BEFORE = (" ", "(", "[", "-", ".", "tel:", "Tel. ", "call ", "\t", "a+b", "x ", "ph#", "~")
BEHIND = (" ", ")", ".", "-", "/", "]", "\n", "\t", ",", "+", "_", "  ", "\r\n", "'")
ODD = "\u00a0\u2013\u2011\u200b\u00ad\u2060\u3000\uff08\uff09\uff0d\uff0e\uff3b\u202a\u202c\ufeff\u30fc~/x.*"

Input = tuple[str, str | None]


@cache
def _numbers_table(pattern: str) -> tuple[list[list[int]], list[bool]]:
    import re

    return full_match_table([pattern], lambda digits: re.fullmatch(pattern, digits) is not None, False, 17)


@cache
def _prefix_table(pattern: str):
    return prefix_match_table(pattern)


def digits_matching(rng: random.Random, pattern: str) -> str:
    """Digits that a pattern matches as a whole."""
    rows, matches = _numbers_table(pattern)
    state, digits = 0, ""
    while True:
        ways = [digit for digit in range(10) if rows[state][digit] != 1]
        if not ways or (matches[state] and rng.random() < 0.5):
            return digits
        digit = rng.choice(ways)
        state, digits = rows[state][digit], f"{digits}{digit}"


def digits_beginning(rng: random.Random, pattern: str) -> str:
    """Digits that a prefix pattern tends to match."""
    rows, found = _prefix_table(pattern)
    state, digits = 0, ""
    for _ in range(rng.randint(1, 9)):
        ways = [digit for digit in range(10) if rows[state][digit] != state]
        if not ways or (found[state] is not None and rng.random() < 0.4):
            break
        digit = rng.choice(ways)
        state, digits = rows[state][digit], f"{digits}{digit}"
    return digits


def near_miss(rng: random.Random, digits: str) -> str:
    """The digits, or with one changed, left out or added, cut, or behind zeros."""
    chance, place = rng.random(), rng.randrange(len(digits) or 1)
    if chance < 0.12:
        return digits[:place] + rng.choice("0123456789") + digits[place + 1 :]
    if chance < 0.2:
        return digits[:place] + digits[place + 1 :]
    if chance < 0.28:
        return digits[:place] + rng.choice("0123456789") + digits[place:]
    if chance < 0.32:
        return digits[-rng.randint(5, 8) :]
    if chance < 0.34:
        return "0" * rng.randint(1, 4) + digits
    return digits


def punctuated(rng: random.Random, digits: str) -> str:
    if rng.random() < 0.35:
        return digits
    text = "".join(digit + (rng.choice(SEPARATORS) if rng.random() < 0.3 else "") for digit in digits)
    if rng.random() < 0.1:
        text = rng.choice(BEFORE) + text
    if rng.random() < 0.1:
        text += rng.choice(BEHIND)
    return text


def _inserted(rng: random.Random, text: str, what: str) -> str:
    place = rng.randint(0, len(text))
    return text[:place] + what + text[place:]


STRANGE: tuple[Callable[[random.Random, str], str], ...] = (
    lambda rng, text: _inserted(rng, text, "+"),
    lambda rng, text: "++" + text,
    lambda rng, text: f"{text} x{rng.randint(1, 9999)}",
    lambda rng, text: f"{text};ext={rng.randint(1, 9999)}",
    lambda rng, text: _inserted(rng, text, rng.choice("abcXYZ#*,;:~&")),
    lambda rng, text: text.translate({48 + digit: 0x660 + digit for digit in range(10)}),
    lambda rng, text: text.translate({48 + digit: 0xFF10 + digit for digit in range(10)}).replace("+", "\uff0b"),
    lambda rng, text: _inserted(rng, text, rng.choice(ODD)),
    lambda rng, text: f"{text}/{text}",
    lambda rng, text: f"{text} / x{text}",
    lambda rng, text: f"tel:{text};phone-context=+{rng.choice(list(COUNTRY_CODE_TO_REGION_CODE))}",
    lambda rng, text: text + rng.choice(["#", " 12#", ",,12", ";12", " int 5", " ext. 44"]),
    lambda rng, text: "1-800-FLOWERS"[: rng.randint(3, 13)],
    lambda rng, text: "".join(rng.choices("0123456789+ -()abcx.", k=rng.randint(0, 25))),
    lambda rng, text: text * rng.randint(2, 30),
    lambda rng, text: "".join(rng.choices("0123456789", k=rng.randint(0, 24))),
    lambda rng, text: (
        f"{text}{' ' * rng.randint(0, 3)}{rng.choice(['x', 'X', 'ext', 'Ext.', 'EXT', 'x.', '#', 'extn'])}"
        f"{' ' * rng.randint(0, 2)}{rng.randint(1, 10 ** rng.randint(1, 9))}"
    ),
    lambda rng, text: _inserted(rng, _inserted(rng, text, rng.choice(ODD)), rng.choice(ODD)),
    lambda rng, text: "".join(c if c.isdigit() or rng.random() < 0.5 else rng.choice(ODD) for c in text) + " x12",
    lambda rng, text: "".join(rng.choices("0123456789 xX.()+-/ext", k=rng.randint(3, 18))),
)


def inputs(rng: random.Random, code: int, region: str, count: int) -> Iterator[Input]:
    """Cells with their default region, around the numbers of one region or non-geographic code."""
    metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
    descriptions = (getattr(metadata, kind) for kind in KINDS)
    patterns = [d.national_number_pattern for d in descriptions if d is not None and d.national_number_pattern]
    prefixes = metadata.national_prefix_for_parsing
    for _ in range(count):
        number = digits_matching(rng, rng.choice(patterns))
        if rng.random() < 0.15:
            number = "".join(rng.choices("0123456789", k=rng.randint(1, 18)))
        number = near_miss(rng, number)
        prefix = ""
        if prefixes and rng.random() < 0.45:
            prefix = digits_beginning(rng, prefixes)
        elif rng.random() < 0.1:
            prefix = rng.choice("018")
        default = region if region in phonenumbers.SUPPORTED_REGIONS else None
        text, default = _written(rng, code, number, prefix, default)
        text = punctuated(rng, text)
        if rng.random() < 0.12:
            text = rng.choice(STRANGE)(rng, text)
        chance = rng.random()
        if chance < 0.12:
            same_code = [r for r in COUNTRY_CODE_TO_REGION_CODE[code] if r in phonenumbers.SUPPORTED_REGIONS]
            default = rng.choice(same_code) if same_code else default
        elif chance < 0.2:
            default = rng.choice(REGIONS)
        elif chance < 0.28:
            default = None
        yield text, default


def _written(rng: random.Random, code: int, number: str, prefix: str, default: str | None) -> Input:
    """The ways a number is written: with +, without, with its own code, dialled abroad, with a code of nobody."""
    chance = rng.random()
    if chance < 0.3:
        return f"+{code}{number}", default
    if chance < 0.4:
        return f"+{code}{prefix}{number}", default
    if chance < 0.5:
        return f"{code}{number}", default
    if chance < 0.55:
        return f"{code}{prefix}{number}", default
    if chance < 0.7:
        return prefix + number, default
    if chance < 0.85:
        return number, default
    if chance < 0.95:
        if default is None or rng.random() < 0.3:
            default = rng.choice(REGIONS)
        idd = PhoneMetadata.metadata_for_region(default).international_prefix
        dialled = digits_beginning(rng, idd) if idd else "00"
        other = rng.choice(list(COUNTRY_CODE_TO_REGION_CODE))
        text = dialled + rng.choice([str(code)] * 3 + [str(other), f"0{code}", ""]) + rng.choice(["", prefix]) + number
        return (text[: len(dialled) + rng.randint(0, 5)] if rng.random() < 0.15 else text), default
    return f"+{'0' * rng.randint(0, 2)}{rng.randint(1, 999)}{number}", default


def everywhere(seed: int, per_region: int) -> Iterator[list[Input]]:
    """For every region and non-geographic code a list of inputs."""
    rng = random.Random(seed)
    for code, regions in COUNTRY_CODE_TO_REGION_CODE.items():
        for region in regions:
            yield list(inputs(rng, code, region, per_region))


# One a word, then those with spaces or characters beyond ASCII.
_WORDS = """
+ ++ 1 12 +1 +12 123 +123 (12) 1-2 12+ 1+2 00 000 0000 00000000 +0 +00 +000 +0044 +00442079460958 0 01 011
0111 01112 011123 001 0012 0011 ;phone-context= 12x345 123x4567 123/x4567 12.3 12,3 x12 +x12 +1x23 ()123
+()123 911 112 999 100 *31#2079460958 020*79460958 020,7946 020_79460958 _02079460958 02079460958_
+44+2079460958 ++442079460958 +-442079460958 (+44)2079460958 ((+44))2079460958 +(44)2079460958 020/7946/0958
02079460958+ 1-800-FLOWERS CALL N/A none - 1.23E+09 4.42079E+11 442079460958.0 2079460958.0
+4.42079460958E11 2024-01-31 12:30 1,234,567 $123.45 12/31/1999 192.168.0.1 4111111111111111 +390 +3900
+39000 +3906698 +390669812345 5551234#7 111111111111111 1111111111111111 11111111111111111
111111111111111111 1111111111111111111 11111111111111111111 111111111111111111111 1111111111111111111111
+11111111111111111111 +111111111111111111111 000000000000000 00000000000000000 000000000000000000
+440000000000 +390000000000
"""
EDGES = [
    *_WORDS.split(),
    "", " ", "1 2", "+ +123", "00 1", "00 12", "00 123", "011 0", "00 0 44 20 7946 0958",
    "tel:;phone-context=+44 2079460958", "tel:2079460958;phone-context=+44",
    "tel:2079460958;phone-context=a.b", "tel:020 7946 0958;isub=12", "; 020 7946 0958", "12 x34567",
    "1 x234567", "123 x4567", "123/ x4567", "020 7946 0958 x", "020 7946 0958 x1", "020 7946 0958 x1234567",
    "020 7946 0958 x12345678", "020 7946 0958ext1", "020 7946 0958/ x12", "020 7946 0958) x12",
    "(020 7946 0958) ext. 12", "+44 20 7946 0958 x12", "44 20 7946 0958 x 12x13", "x12 020 7946 0958",
    "ext. 020 7946 0958", "1 2 x 3", "1-2-3 x4", "123)) x4", "555 1234 eXT7", "555 1234 int 7",
    "5551234 - 12#", "\u202a020 7946 0958\u202c", "\ufeff020 7946 0958", "020\xa07946\xa00958",
    "020\u20117946\u20110958", "(020)\u20607946\u200b0958\xad", "\uff08020\uff097946\uff0d0958",
    "\uff0b44 20 7946 0958", "020\u30fc7946\u30fc0958", "1\xa02", "\xa012", "12\u2013", "123\xa0x4",
    "020 7946 0958\u2013x12", "\u0660\u0661\u0662", "\uff11\uff12\uff13\uff14\uff15", "\xe9020 7946 0958",
    "\u0442\u0435\u043b. 020 7946 0958", "020 7946 0958\xe9", "020\xe979460958", "\xe9", "\xe9\xe9", "1\xe92",
    "\u0661", "123\u0661", "020 7946\t0958", "\t020 7946 0958\t", "020 7946 0958\n", "020\n7946 0958",
    "+44 (+44) 2079460958", "/+44 2079460958", "020 [7946] 0958", "{020} 7946", "'0207946 0958",
    '"020 7946 0958"', "=020 7946 0958", "a+020 7946 0958", "a1+020 7946 0958", "a+b+44 20 7946 0958",
    "+a 44 20 7946 0958",
    "-" * 249 + "1", "-" * 250 + "1", "-" * 240 + "1234567890", "-" * 240 + "12345678901", "-" * 251,
    "\u00a0" * 84 + "1234567", "\u00a0" * 200 + "1234567", "\u00a0" * 244 + "1234567", "a" * 251,
    (" " * 23).join("02079460958") + " " * 8 + "x12", "020 7946 0958 x1234567890", "020 7946 0958 xx",
]  # fmt: skip


def examples() -> list[str]:
    """Ways to write an example number of every calling code."""
    texts = []
    for code in sorted(COUNTRY_CODE_TO_REGION_CODE):
        region = phonenumbers.region_code_for_country_code(code)
        metadata = PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        for description in (metadata.fixed_line, metadata.mobile, metadata.toll_free, metadata.general_desc):
            if description and description.example_number:
                n = description.example_number
                texts += [
                    f"+{code}{n}", f"{code}{n}", f"+{code} (0){n}", f"+{code} 0{n}", f"{code}0{n}", f"00{code}{n}",
                    f"0{n}", f"8{n}", f"1{n}", n, f"+{code}{code}{n}", f"{code}{code}{n}", f"000{code}{n}",
                    f"00{code}0{n}", f"011{code}{n}", f"810{code}{n}", n[2:], f"{n}5", n[:-1], f"0015{n}", f"015{n}",
                    f"01 {n} x3",
                ]  # fmt: skip
    return list(dict.fromkeys(texts))
