"""Which columns look like phone numbers, by the words in their names and by their cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from csv_preflight.model.batch import Batch
from csv_preflight.stages.columns.names import clean_name
from csv_preflight.word_groups import without_marks

# How many rows are examined to recognize phone columns: enough for a share, and fast.
SAMPLE_ROWS = 1000
# A column looks like phone numbers if most of its cells do, or, with such a name, if a good part does.
MOSTLY = 0.6
PARTLY = 0.2
# A longer first cell comes from a wrong delimiter or missing line endings.
LONGEST_NAME = 1000
LEAST_DIGITS = 7

# Words for a telephone in column names, folded to lower case and without accents.
PHONE_WORDS = re.compile(
    r"phone|mobile|mobil|\bcell(?:s|ular)?(?![a-z])|\btel(?!l)|telef|handy|msisdn|whats ?app|rufnummer|celular|movil|"
    r"portable|gsm|"
    r"cislo|komork|kinito|tilefon|puhelin|sdt|dien thoai|nomor|ponsel|"
    r"телефон|мобил|τηλεφων|κινητ|电话|手机|電話|手機|携帯|전화|휴대|फोन|मोबाइल|هاتف|جوال|موبايل|טלפון|נייד|โทร"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Fax: nobody answers there.
_FAX = re.compile(r"fax|faks|telecop|φαξ|факс|传真|傳真|ファ[ッツ]?クス|팩스|फैक्स|فاكس|פקס|โทรสาร|แฟกซ์", re.IGNORECASE)
_OR = re.compile(r"[/&,;+|]|\b(?:and|or|und|oder|et|ou|y|e|o|i|en|of)\b")
NUMBER_WORDS = re.compile(r"^(?:contact|customer|client|caller|dial)?[ _-]*(?:number|numero|no|nr|num)\.?$")


def fold(name: str) -> str:
    """Return a name in lower case and without accents, for comparing words.

    >>> fold("Teléfono")
    'telefono'
    """
    return without_marks(unicodedata.normalize("NFKD", name.casefold()))


def named_like_phone(name: str) -> bool:
    """Return whether a column name says that it holds phone numbers.

    >>> [named_like_phone(name) for name in ("Teléfono", "homeTel", "hotel", "cancelled", "number")]
    [True, True, False, False, True]
    >>> [named_like_phone(name) for name in ("Telefax", "fax_phone", "Phone/Fax")]
    [False, False, True]
    """
    if _FAX.search(name) or _FAX.search(fold(name)):
        spaced = _CAMEL.sub(" ", name).replace("_", " ")
        parts = _OR.split(spaced)
        return len(parts) > 1 and any(map(named_like_phone, parts))
    folded = fold(_CAMEL.sub(" ", name).replace("_", " "))
    return bool(PHONE_WORDS.search(folded) or PHONE_WORDS.search(name) or NUMBER_WORDS.match(folded))


def named_like_fax(name: str) -> bool:
    """Return whether a column's name says that it holds only fax numbers."""
    return bool(_FAX.search(name) or _FAX.search(fold(name))) and not named_like_phone(name)


_AREA_CODE = re.compile(
    r"(?:(?:tele)?(?:phone|fon) ?)?(?:area ?code|area|std ?code|(?:orts)?vorwahl|ortskennzahl|indicatif|prefijo|"
    r"prefisso|prefixo|ddd|netnummer|kerngetal|riktnummer|市外局番|区号|區號)"
)


def named_like_area_code(name: str) -> bool:
    """Return whether a column name says that it holds area codes.

    >>> [named_like_area_code(name) for name in ("Area Code", "Vorwahl", "DDD", "Country code", "Sales area")]
    [True, True, True, False, False]
    """
    return bool(_AREA_CODE.fullmatch(fold(_CAMEL.sub(" ", name).replace("_", " ")).strip()))


_PHONE_CELL = re.compile(r"[+(\[]?[-0-9 ().\[\]/\u2010-\u2015\u00a0+]{6,30}(?:(?:x|ext\.?|#) ?[0-9]{1,6})?")
_NOT_PHONE = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|-?[0-9]+[.,][0-9]{1,2}"
)
# Prefixes of exports: Meta lead ads, telephone links, WhatsApp.
_PREFIX = re.compile(r"\A(?:p|tel|phone|mobile|cell|whatsapp|callto|sip): ?", re.IGNORECASE)
_DAMAGED = re.compile(r"[0-9][.,][0-9]+[eE]\+?[0-9]{1,2}")
# A number that stands out among other words: with a plus sign, or in North American format.
_NUMBER_AMONG_WORDS = re.compile(
    r"\+[0-9][-0-9 ().]{7,}[0-9]|(?<![0-9])[0-9]{3}\)?[-. ]{1,2}[0-9]{3}[-. ][0-9]{4}(?![0-9])"
)
# Words about the example number in a form's question.
_EXAMPLE = re.compile(r"\be\.?g\b|\bex\b|\b(?:such as|like|format)\b|z\. ?b\.|exa?mp|exempl|ejemplo|esempio|beispiel")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
# Digits in one piece among words; a number that begins with 0 is recognized by how it is written.
_IN_ONE_PIECE = re.compile(r"(?<![\w.,+-])[1-9][0-9]{8,14}(?![\w-]|[.,][0-9])")
_SPREADSHEET_INTEGER = re.compile(r"\+?[0-9]{7,15}\.0")


def in_ascii(cell: str) -> str:
    """Return a cell with the digits and signs of other scripts in ASCII, and without invisible characters.

    >>> in_ascii("\u202a٠٥٠ ١٢٣ ٤٥٦٧\u202c"), in_ascii("０３（１２３４）５６７８")
    ('050 123 4567', '03(1234)5678')
    """
    if cell.isascii():
        return cell
    shown = (character for character in unicodedata.normalize("NFKC", cell) if unicodedata.category(character) != "Cf")
    return _plain("".join(shown))


def looks_like_phone(cell: str) -> bool:
    """Return whether a cell has the shape of a phone number: 7 to 16 digits and the usual punctuation.

    >>> [looks_like_phone(cell) for cell in ("(202) 555-0143", "2024-01-31", "p:+12025550143", "4.15555E+09")]
    [True, False, True, True]
    """
    cell = _PREFIX.sub("", in_ascii(cell).strip().strip("'"))
    if cell.startswith('="') and cell.endswith('"'):
        cell = cell[2:-1]
    if _DAMAGED.fullmatch(cell) or _SPREADSHEET_INTEGER.fullmatch(cell):
        return True
    if not _PHONE_CELL.fullmatch(cell) or _NOT_PHONE.fullmatch(cell):
        return False
    return LEAST_DIGITS <= sum(map(str.isdigit, cell)) <= 16


def phone_shares(header: Sequence[str], batch: Batch) -> list[float]:
    """Return for each column the share of its filled cells, among the first rows, that look like phone numbers."""
    shares = []
    for column in batch.columns[: len(header)]:
        cells = [cell for cell in column.take(_sampled(batch)).tolist() if cell.strip()]
        shares.append(sum(map(looks_like_phone, cells)) / len(cells) if cells else 0.0)
    return shares


def _sampled(batch: Batch) -> NDArray[np.intp]:
    return np.arange(min(len(batch), SAMPLE_ROWS))


def likely_phone_columns(header: Sequence[str], shares: Sequence[float]) -> list[int]:
    """Return the columns that look like phone numbers: by name and cells, else by cells, else by name alone."""
    named = [index for index, name in enumerate(header) if named_like_phone(name)]
    both = [index for index in named if shares[index] >= PARTLY]
    content = [index for index, share in enumerate(shares) if share >= MOSTLY and not named_like_fax(header[index])]
    return both or content or named


def phone_columns(header: Sequence[str], first: Batch) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return all columns of phone numbers, the likeliest first, and others that may hold some.

    Digits in a column with another name may be account numbers; they count if the other columns are mostly empty.
    """
    shares = phone_shares(header, first)
    cells = [column.take(_sampled(first)).tolist() for column in first.columns[: len(header)]]
    named = [index for index, name in enumerate(header) if named_like_phone(name)]
    shaped = [index for index, share in enumerate(shares) if share >= MOSTLY and index not in named]
    bare = [index for index in shaped if not any(re.search(r"[^0-9\s]", cell) for cell in cells[index])]
    others = [index for index in named if shares[index] < PARTLY]
    found = [index for index in (*named, *shaped) if index not in (*others, *bare)]
    rows = list(zip(*(cells[index] for index in found), strict=True))
    if not found:
        found, others = (bare, others) if bare else (others, [])
    elif sum(any(map(looks_like_phone, row)) for row in rows) < MOSTLY * len(rows):
        others += bare
    return tuple(found), tuple(others)


Evidence: TypeAlias = dict[str, object]


def _not_a_header(evidence: str, **parameters: object) -> Evidence:
    return {"what": "header", "evidence": evidence, "way_out": "add", **parameters}


def data_in_header(names: Sequence[str]) -> Evidence:
    """Return C004's evidence that a header is a row of data, {} if there is none.

    >>> data_in_header(["Ann", "+1 202 555 0143"]), data_in_header(["Name", "Phone"])
    ({'what': 'header', 'evidence': 'phone', 'way_out': 'add', 'field': 2}, {})
    """
    cleaned = [clean_name(name) for name in names]
    if cleaned and not any(cleaned):
        return _not_a_header("empty")
    for index, name in enumerate(cleaned, start=1):
        if len(name) > LONGEST_NAME:
            return _not_a_header("long", field=index, length=len(name))
        plain = _plain(name)
        if (looks_like_phone(plain) and not re.fullmatch(r"[0-9]{1,8}", plain)) or has_number(name):
            return _not_a_header("phone", field=index)
        if re.fullmatch(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)*\.[A-Za-z]{2,}", name):
            return _not_a_header("email", field=index)
    return {}


def has_number(name: str) -> bool:
    """Return whether a name holds a phone number beside a label or among other words, or several numbers.

    The example in a form's question does not count.

    >>> [has_number(name) for name in ("Tel. 0171 5558877", "Phone (e.g. +12025550143)", "Tel. 2024")]
    [True, False, False]
    """
    plain = _plain(name)
    if sum(map(str.isdigit, plain)) < LEAST_DIGITS or _EXAMPLE.search(fold(name)):
        return False
    from csv_preflight.stages.columns.number_in_name import holds_number

    def is_phone_word(word: str) -> bool:
        return named_like_phone(word) or named_like_fax(word)

    return bool(_NUMBER_AMONG_WORDS.search(plain)) or holds_number(plain, looks_like_phone, is_phone_word)


def _plain(name: str) -> str:
    """Return a name with its digits in ASCII."""
    return name if name.isascii() else "".join(str(unicodedata.decimal(c, c)) for c in name)


def number_above_numbers(names: Sequence[str], first: Batch) -> Evidence:
    """Return C004's evidence that a header with digits is a row of data, {} if there is none.

    Alone, 20261125 may be a date, and the digits in "ID 2025550143" may be anything.  Above numbers that are as short
    the first is one of them, unless all are dates; above numbers, the second is one, unless another column shows that
    the first line is a header: its name says that it holds the phone numbers, and it does.
    """
    for index, name in enumerate(map(clean_name, names)):
        if re.fullmatch(r"[0-9]{7,8}", name):
            filled = _filled(first, index)
            alike = [cell for cell in filled if looks_like_phone(cell) and sum(map(str.isdigit, cell)) == len(name)]
            dates = [cell for cell in (name, *alike) if _DAY.fullmatch(cell)]
            if filled and len(alike) >= MOSTLY * len(filled) and len(dates) <= len(alike):
                return _not_a_header("phone", field=index + 1)
        elif holds_digits(name):
            filled = _filled(first, index)
            alike = [cell for cell in filled if looks_like_phone(cell) or holds_digits(cell) or has_number(cell)]
            if filled and len(alike) >= MOSTLY * len(filled) and not _has_phones_below(names, index, first):
                return _not_a_header("phone", field=index + 1)
    return {}


def holds_digits(text: str) -> bool:
    """Return whether a text holds digits in one piece that may be a phone number, and are no time.

    >>> [holds_digits(text) for text in ("call 2025550143", "ID 0012345678", "run 20240131153000", "x.2025550143")]
    [True, False, False, False]
    """
    found = _IN_ONE_PIECE.search(_plain(text))
    return bool(
        found and not (len(found[0]) in (12, 14) and _DAY.fullmatch(found[0][:8])) and not _EXAMPLE.search(fold(text))
    )


def _has_phones_below(names: Sequence[str], index: int, first: Batch) -> bool:
    """Whether another column than that of an index has a name for phone numbers above such numbers."""
    shares = phone_shares(names, first)
    return any(
        share >= PARTLY and place != index and named_like_phone(name) and not holds_digits(name)
        for place, (name, share) in enumerate(zip(names, shares, strict=False))
    )


def _filled(first: Batch, index: int) -> list[str]:
    """Return the cells of a column among the first rows that are not blank."""
    return [cell for cell in map(str.strip, first.columns[index].take(_sampled(first)).tolist()) if cell]


def title_above(names: Sequence[str]) -> Evidence:
    """Return C004's evidence that a header without a phone column is a spreadsheet's title, {} if there is none."""
    is_title = len(names) > 2 and names[0] and not any(names[1:])
    return _not_a_header("title", width=len(names)) if is_title else {}
