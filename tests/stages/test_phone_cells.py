"""What stands in phone cells beside a number, or in its place: words, labels, marks, what spreadsheets made of it."""

from __future__ import annotations

import itertools

import phonenumbers
import pytest

from csv_preflight import preflight
from csv_preflight.rfc4180 import quoted
from csv_preflight.stages.phones.cell import examine
from csv_preflight.stages.phones.labels import is_nothing, without_labels
from csv_preflight.stages.phones.words import BESIDE_LABELS, LABELS, NOT_TO_BE_CALLED, NOTHING

US = "+12025550143"

NO_NUMBER = [
    "NULL", "null", "#N/A", "#NA", "n/a", "N/A", "N.A.", "n. a.", "N / A", "NA", "-", "--", "---", "\u2013", "\u2014",
    ".", "...", "\u2026", "_", "/", "()", "(blank)", "(null)", "<NULL>", "[none]", "<NA>", "nan", "NaN", "None",
    "nil",
    "undefined", "blank", "empty", "missing", r"\N", "'-", "'NULL", '"NULL"', " n/a ", "not available", "Not provided",
    "no phone", "No", "TBD", "p:", "tel:", "Tel.:", "(n/a)", "n\u00a0/\u00a0a",
    # languages
    "k.A.", "k. A.", "keine", "keine Angabe", "kein Telefon", "nicht vorhanden", "entfällt", "#NV",
    "aucun", "néant", "NEANT", "pas de téléphone", "non renseigné", "sin teléfono", "SIN TELEFONO", "s/n", "S/N", "s/d",
    "no tiene", "ninguno", "#N/D", "sem telefone", "não tem", "nenhum", "nessuno", "n.d.", "non disponibile", "n.v.t.",
    "geen", "#N/B", "brak", "BRAK", "#N/D!", "není", "nincs", "#HIÁNYZIK", "nu are", "lipsă", "saknas", "#SAKNAS!",
    "ingen", "#I/T", "ei ole", "#PUUTTUU!", "yok", "#YOK", "нет", "Нет", "н/д", "#Н/Д", "нет телефона", "немає", "няма",
    "δεν υπάρχει", "#Δ/Υ", "لا يوجد", "אין", "ندارد", "नहीं", "无", "無", "没有", "なし", "ﾅｼ", "無し", "없음", "ไม่มี",
    "không có", "tidak ada",
]  # fmt: skip

DAMAGED = [
    # errors of spreadsheets
    "#ERROR!", "#SPILL!", "#CALC!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#GETTING_DATA", "#FIELD!",
    "#BUSY!", "#WERT!", "#BEZUG!", "#ZAHL!", "#ÜBERLAUF!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#NOMBRE?",
    "#¿NOMBRE?", "#¡VALOR!",
    "#¡REF!", "#¡DIV/0!", "#¡NUM!", "#VALORE!", "#RIF!", "#NOME?", "#VALOR!", "#NÚM!", "#WAARDE!", "#NAAM?", "#VERW!",
    "#DEEL/0!", "#ARG!", "#DZIEL/0!", "#HODNOTA!", "#DĚLENÍ_NULOU!", "#ÉRTÉK!", "#ZÉRÓOSZTÓ!", "#VÄRDEFEL!", "#VÆRDI!",
    "#DIVISION/0!", "#ARVO!", "#JAKO/0!", "#DEĞER!", "#SAYI/0!", "#ССЫЛКА!", "#ЗНАЧ!", "#ДЕЛ/0!", "#ИМЯ?", "#ТИМΗ!",
    "#name?", "#REF", "#DIV/0", "Err:502", "Err:509", "Err :509", "Fehler:509", "Erro:508", "Ошибка:509", "エラー:502",
    "错误:509", "Loading...",
    # scientific notation
    "4,15555E+09", "4.15555e9", "4.15555e+9", "4.15555 E+09", "4.15555E +09", "4,15555 E 9", "4.15555×10^9",
    "4.15555 × 10^9", "4,15555x10^09", "4.15555*10^9", "4.15555·10⁹", "4.15555×10⁹", "4.15555×10**9", "٤٫١٥E+٠٩",
    "４．１５Ｅ＋０９", "'4.15555E+09", "Tel. 4.15555E+09", "###", "##########",
]  # fmt: skip

READ_AS = ("cp1252", "latin-1", "mac_roman", "cp437", "cp850", "cp1250", "cp1251", "cp1254")


def misread(text: str, encoding: str) -> str:
    """Text as a program shows it that takes its UTF-8 for another encoding."""
    out = []
    for byte in text.encode():
        try:
            out.append(bytes([byte]).decode(encoding))
        except UnicodeDecodeError:
            out.append(chr(byte))
    return "".join(out)


LABELLED = [
    # ahead
    ("mobile 202-555-0143", "US", US), ("cell: 202-555-0143", "US", US), ("Cell:2025550143", "US", US),
    ("MOBILE: (202) 555-0143", "US", US), ("Tel. (202) 555-0143", "US", US), ("Tel.:2025550143", "US", US),
    ("Phone # 2025550143", "US", US), ("Phone no. 202-555-0143", "US", US), ("Tel. No.: 2025550143", "US", US),
    ("work phone - 202.555.0143", "US", US), ("(home) 202 555 0143", "US", US), ("[work] 2025550143", "US", US),
    ("m: 2025550143", "US", US), ("T. 2025550143", "US", US), ("(c) 2025550143", "US", US),
    ("Phone 2: 2025550143", "US", US), ("cell phone:2025550143", "US", US), ("Mobile=2025550143", "US", US),
    ("mobile - +12025550143", None, US),
    ("main +1 202 555 0143", None, US), ("<mobile> +12025550143", None, US), ("Mobile | 2025550143", "US", US),
    ("mobile2025550143", "US", US), ("\u200eMobile: 2025550143", "US", US), ("Mobile:\u00a02025550143", "US", US),
    ("Mobile：２０２５５５０１４３", "US", US), ("tel.2025550143", "US", US), ("Home/Work: 2025550143", "US", US),
    ("Contact: 202-555-0143", "US", US),
    # behind
    ("202-555-0143 (wk)", "US", US),
    ("+12025550143 (mobile)", None, US), ("2025550143 mobile", "US", US), ("2025550143 - cell", "US", US),
    ("2025550143, home", "US", US), ("2025550143/work", "US", US), ("+12025550143 <mobile>", None, US),
    ("+12025550143 [Mobile]", None, US), ("202-555-0143 (c)", "US", US), ("202-555-0143 h", "US", US),
    ("202-555-0143 (Mobile Phone)", "US", US), ("2025550143\nmobile", "US", US), ("mobile 2025550143 (work)", "US", US),
    ("(mobile 2025550143)", "US", US), ("(202) 555-0143 CELL", "US", US), ("2025550143: mobile", "US", US),
    # exports
    ("p:+12025550143", None, US), ("P:+1 202 555 0143", None, US), ("p: +12025550143", None, US),
    ("tel: +12025550143", None, US), ("tel://+12025550143", None, US), ("callto:+12025550143", None, US),
    ("phone:+12025550143", None, US), ("whatsapp:+12025550143", None, US), ("WhatsApp: +12025550143", None, US),
    ("sms:+12025550143", None, US), ("sip:+12025550143", None, US), ("sip:+12025550143@example.com", None, US),
    ("<sip:+12025550143@example.com;user=phone>", None, US), ("sips:+1-202-555-0143@example.com", None, US),
    ("TEL;TYPE=CELL:+12025550143", None, US), ("TEL;CELL;VOICE:+12025550143", None, US), ("wa:+12025550143", None, US),
    ("https://wa.me/+12025550143", None, US), ("wa.me/+12025550143", None, US),
    ("https://api.whatsapp.com/send?phone=%2B12025550143", None, US),
    # languages
    ("Handy: 01512 3456789", "DE", "+4915123456789"), ("01512 3456789 (mobil)", "DE", "+4915123456789"),
    ("Handynr. 01512 3456789", "DE", "+4915123456789"), ("privat 030 23125001", "DE", "+493023125001"),
    ("Tél : 06 12 34 56 78", "FR", "+33612345678"), ("Portable 06.12.34.56.78", "FR", "+33612345678"),
    ("N° de téléphone : 06 12 34 56 78", "FR", "+33612345678"), ("06 12 34 56 78 (dom.)", "FR", "+33612345678"),
    ("móvil 612 34 56 78", "ES", "+34612345678"), ("612345678 (casa)", "ES", "+34612345678"),
    ("Tfno. 612 34 56 78", "ES", "+34612345678"), ("cel. 222 123 4567", "MX", "+522221234567"),
    ("Telemóvel: 912 345 678", "PT", "+351912345678"), ("celular (11) 96123-4567", "BR", "+5511961234567"),
    ("cell. 312 345 6789", "IT", "+393123456789"), ("ufficio: 06 698 12345", "IT", "+390669812345"),
    ("mobiel 06 12345678", "NL", "+31612345678"), ("kom. 512 345 678", "PL", "+48512345678"),
    ("mobil: 601 123 456", "CZ", "+420601123456"), ("otthon: 06 20 123 4567", "HU", "+36201234567"),
    ("tlf. 40 61 23 45", "NO", "+4740612345"), ("40 61 23 45 mobil", "NO", "+4740612345"),
    ("puh. 041 2345678", "FI", "+358412345678"), ("cep: 0501 234 56 78", "TR", "+905012345678"),
    ("моб. 8 (912) 345-67-89", "RU", "+79123456789"), ("моб.тел.: 8 912 345-67-89", "RU", "+79123456789"),
    ("8 912 345-67-89 (сот)", "RU", "+79123456789"), ("мобільний 050 123 4567", "UA", "+380501234567"),
    ("κιν. 691 234 5678", "GR", "+306912345678"), ("جوال: 050 123 4567", "AE", "+971501234567"),
    ("נייד 050-234-5678", "IL", "+972502345678"), ("मोबाइल 081234 56789", "IN", "+918123456789"),
    ("手机：131 2345 6789", "CN", "+8613123456789"), ("131 2345 6789（手机）", "CN", "+8613123456789"),
    ("携帯 090-1234-5678", "JP", "+819012345678"), ("090-1234-5678（携帯）", "JP", "+819012345678"),
    ("휴대폰 010-2000-0000", "KR", "+821020000000"), ("โทร. 081 234 5678", "TH", "+66812345678"),
    ("SĐT: 0912 345 678", "VN", "+84912345678"), ("HP 0812-345-678", "ID", "+62812345678"),
    # pictures
    ("☎ 202-555-0143", "US", US), ("☎\ufe0f 202-555-0143", "US", US), ("📞202-555-0143", "US", US),
    ("📱 +1 202 555 0143", None, US), ("202-555-0143 📱", "US", US), ("✆ (202) 555-0143", "US", US),
    ("☎: 202-555-0143", "US", US), ("℡2025550143", "US", US), ("📲 2025550143", "US", US),
    ("☎ Tel. 202-555-0143", "US", US), ("📱mobile: 202-555-0143", "US", US),
    ("📞 01512 3456789 (privat)", "DE", "+4915123456789"),
]  # fmt: skip

# Letters that are no label, or where a label does not make the number certain.
LETTERS = [
    ("call Ann 202-555-0143", "US", "P010"), ("202-555-0103 Ann's desk", "US", "P010"),
    ("Ann's mobile 202-555-0143", "US", "P010"), ("mobile Ann 202-555-0143", "US", "P010"),
    ("old mobile 202-555-0143", "US", "P010"), ("wrong number 202-555-0143", "US", "P010"),
    ("not mobile 202-555-0143", "US", "P010"), ("no phone 202-555-0143", "US", "P010"),
    ("No. 202-555-0143", "US", "P010"), ("mobile? 202-555-0143", "US", "P010"),
    ("202-555-0143 after 5pm", "US", "P010"), ("202-555-0143 evenings", "US", "P010"),
    ("mobile 202-555-O143", "US", "P010"), ("O: 2O25550143", "US", "P010"),
    ("mobile 2O2 555 0143", "US", "P010"), ("202-555-0143m", "US", "P010"), ("202-555-0143 a", "US", "P010"),
    ("fax 202-555-0143", "US", "P010"), ("202-555-0143 (fax)", "US", "P010"), ("work fax: 202-555-0143", "US", "P010"),
    ("Telefax 030 23125001", "DE", "P010"), ("факс 8 912 345-67-89", "RU", "P010"),
    ("pager: 202-555-0143", "US", "P010"), ("UK: 020 7946 0958", "GB", "P010"),
    ("202-555-0143 USA", "US", "P010"), ("Smith, mobile 2025550143", "US", "P010"),
    # numbers that are dialled by their letters
    ("1800 123 HOME", "AU", "P010"), ("1300 55 HOME", "AU", "P010"), ("+61 1300 55 HOME", None, "P010"),
    ("1-800-555-CELL", "US", "P010"), ("0800 1111 HOME", "GB", "P010"), ("1-800-MOBILE-1", "US", "P010"),
    # labels beside what is no number, two numbers, or one of no certain country
    ("Tel. 555-0143", "US", "P005"), ("mobile 202-555-0143", None, "P003"), ("mobile +999 123 456 789", None, "P004"),
    ("mobile 202-555-0143 / 202-555-0144", "US", "P009"), ("Tel. 030 23125001/2", "DE", "P009"),
    ("Tel: 202-555-0143 Fax: 202-555-0144", "US", "P009"), ("m: 2025550143 h: 2025550144", "US", "P009"),
    ("mobile 2024-01-31", "DE", "P002"), ("mobile -2025550143", "US", "P101"), ("-2025550143 mobile", "US", "P002"),
    ("mobile 4915123456789", "DE", "P013"), ("mobile *31#03023125001", "DE", "P010"), ("Tel. 911", "US", "P010"),
    ("sip:2025550143@example.com", "US", "P002"), ("https://wa.me/12025550143", "US", "P002"),
    ("https://example.com/+12025550143", "US", "P002"), ("mobile", "US", "P002"), ("see notes", "US", "P002"),
    # pictures
    ("☎ 555-0143", "US", "P005"), ("📱 202-555-0143", None, "P003"), ("📱 202-555-0143 ☎ 202-555-0144", "US", "P009"),
    ("📠 202-555-0143", "US", "P010"), ("📟 202-555-0143", "US", "P010"), ("☎ Ann 202-555-0143", "US", "P010"),
    ("🏠 202-555-0143", "US", "P002"), ("202📞5550143", "US", "P010"), ("📱", "US", "P002"),
    ("☎ 4915123456789", "DE", "P013"),
    ("unknown", "US", "P002"), ("?", "US", "P002"), ("#hello!", "US", "P002"), ("xxx", "US", "P002"),
]  # fmt: skip

# Number formats: all digits are there, or they are not.
FORMATS = [
    ("2,025,550,143", "US", US, {"P101"}),
    ("2.025.550.143", "US", US, {"P101"}),
    ("2 025 550 143", "US", US, {"P101"}),
    ("2\u00a0025\u00a0550\u00a0143", "US", US, {"P101", "P104"}),
    ("2\u202f025\u202f550\u202f143", "US", US, {"P101", "P104"}),
    ("2'025'550'143", "US", US, {"P101"}),
    ("2\u2019025\u2019550\u2019143", "US", US, {"P101"}),
    ("12,025,550,143", "US", US, {"P101"}),
    ("+12,025,550,143", None, US, {"P101"}),
    ("2,02,55,50,143", "US", US, {"P101"}),
    ("20,25,55,01,43", "US", US, {"P101"}),
    ("٢٬٠٢٥٬٥٥٠٬١٤٣", "US", US, {"P101"}),
    ("2,025,550,143.0", "US", US, {"P101", "P102"}),
    ("2,025,550,143.00", "US", US, {"P101", "P102"}),
    ("2.025.550.143,00", "US", US, {"P101", "P102"}),
    ("2 025 550 143,00", "US", US, {"P101", "P102"}),
    ("2'025'550'143.00", "US", US, {"P101", "P102"}),
    ("mobile 2,025,550,143", "US", US, {"P101", "P107"}),
    ("9,12,34,56,789", "IN", "+919123456789", {"P101"}),
    ("34,412,345", "DK", "+4534412345", {"P101"}),
    ("34,412,345.00", "DK", "", {"P002"}),
    ("2,025,550,143.5", "US", "", {"P002"}),
    ("2.025.550.143,25", "US", "", {"P002"}),
    ("2'025'550'143.25", "US", "", {"P002"}),
    ("2,02,55,50,143.75", "US", "", {"P002"}),
    ("1,234,567", "US", "", {"P002"}),
    ("12,34,567", "IN", "", {"P002"}),
    ("1,234.50", "US", "", {"P002"}),
    ("1.234,50", "DE", "", {"P002"}),
    ("$2,025,550,143", "US", "", {"P002"}),
    ("-2,025,550,143", "US", "", {"P002"}),
    ("202,555,0143", "US", "", {"P002"}),
    ("2,025.550,143", "US", "", {"P002"}),
]

SLASHES = [
    ("+506 4000/1839", None, "+50640001839"),
    ("+376 1800/1203", None, "+37618001203"),
    ("+33 91234/5393", None, "+33912345393"),
    ("4000/1839", "CR", "+50640001839"),
    ("+33 9/1234/5393", None, "+33912345393"),
    ("+1 202 555/0143", None, US),
    ("202 555/0143", "US", US),
    ("202/555/0143", "US", US),
    ("030 23125001/2", "DE", ""),
    ("+49 30 23125001/02", None, ""),
    ("020 7946 0958/9", "GB", ""),
    ("+44 20 7946 0958 / 0959", None, ""),
    ("030 23125001/02/03", "DE", ""),
    ("5550143/0144", "US", ""),
    ("02079460958/9", None, ""),
]


def outcome(cell: str, region: str | None) -> tuple[str, set[str]]:
    """The E.164 number of a cell, or "", and the codes found."""
    result = preflight(f"phone,x\n{quoted(cell)},y\n".encode(), phone_column="phone", region=region)
    number = result.clean["phone"].tolist()
    return (number[0] if number else ""), {entry.code for entry in result.report.findings} - {"L003"}


@pytest.mark.parametrize("cell", NO_NUMBER, ids=ascii)
def test_words_for_nothing(cell: str) -> None:
    assert outcome(cell, "US") == ("", {"P001"})


@pytest.mark.parametrize("cell", DAMAGED, ids=ascii)
def test_what_spreadsheets_have_damaged(cell: str) -> None:
    assert outcome(cell, "US") == ("", {"P008"})


@pytest.mark.parametrize(("cell", "region", "number"), LABELLED, ids=[f"{c!a} in {r}" for c, r, _ in LABELLED])
def test_labels_are_taken_off(cell: str, region: str | None, number: str) -> None:
    found, codes = outcome(cell, region)
    assert found == number
    assert codes - {"P101", "P104"} == {"P107"}


@pytest.mark.parametrize(("cell", "region", "code"), LETTERS, ids=[f"{c!a} in {r}" for c, r, _ in LETTERS])
def test_what_is_not_certain_beside_a_label(cell: str, region: str | None, code: str) -> None:
    number, codes = outcome(cell, region)
    assert (bool(number), codes - {"P107"}) == (code == "P101", {code})


@pytest.mark.parametrize(("cell", "region", "number", "codes"), FORMATS, ids=[f"{c!a} in {r}" for c, r, *_ in FORMATS])
def test_number_formats(cell: str, region: str | None, number: str, codes: set[str]) -> None:
    assert outcome(cell, region) == (number, codes)


@pytest.mark.parametrize(("cell", "region", "number"), SLASHES, ids=[f"{c} in {r}" for c, r, _ in SLASHES])
def test_slashes(cell: str, region: str | None, number: str) -> None:
    assert outcome(cell, region) == (number, {"P101"} if number else {"P009"})


@pytest.mark.parametrize("encoding", READ_AS)
@pytest.mark.parametrize(
    "mark",
    ["\u00a0", "\u2009", "\u202f", "\u00ad", "\u200b", "\u200e", "\u202a", "\u2010", "\u2011", "\u2012", "\u2013",
     "\u2014", "\u2060", "\ufeff"],
    ids=ascii,
)  # fmt: skip
def test_marks_that_were_read_in_the_wrong_encoding(mark: str, encoding: str) -> None:
    once = misread(mark, encoding)
    for text in (f"+1{once}202{once}5550143", f"{once}+12025550143", f"+12025550143{once}"):
        number, codes = outcome(text, None)
        assert (number, codes - {"P101"}) == (US, {"P104"})


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("+1Â 202Â 555Â 0143", id="a plain space behind"),
        pytest.param("+12025550143Â", id="nothing behind"),
        pytest.param("+1Â202Â555Â0143", id="nothing between"),
        pytest.param("+1Ã‚Â\u00a0202Ã‚Â\u00a05550143", id="twice"),
        pytest.param("+1Ã‚Â 202Ã‚Â 5550143", id="twice, with a plain space"),
        pytest.param("+1Ãƒâ€šÃ‚Â\u00a02025550143", id="three times"),
        pytest.param('+1 202â€"555â€"0143', id="a dash with a typewriter's quote"),
        pytest.param("+1 202â€\ufffd555â€\ufffd0143", id="a hyphen with a replacement character"),
        pytest.param("+1 202â€555â€0143", id="a hyphen whose last byte was dropped"),
        pytest.param("+1聽202聽5550143", id="a no-break space read as GBK"),
        pytest.param("ï¼‹12025550143", id="a full-width plus sign"),
        pytest.param("+1&nbsp;202&nbsp;555&nbsp;0143", id="a named reference"),
        pytest.param("&#43;1&#160;202&#8209;555&#x2011;0143", id="numbered references"),
    ],
)
def test_what_is_left_of_misread_marks(cell: str) -> None:
    number, codes = outcome(cell, None)
    assert (number, codes - {"P101"}) == (US, {"P104"})


@pytest.mark.parametrize("cell", ["+1 202Ã©5550143", "Â° 2025550143", "202&eacute;5550143", "Ângela 2025550143"])
def test_letters_that_were_misread_are_no_marks(cell: str) -> None:
    number, codes = outcome(cell, "US")
    assert number == ""
    assert codes <= {"P010", "P002"}


def test_a_label_changes_nothing_of_a_number() -> None:
    numbers = []
    for region in ("US", "DE", "IN", "BR", "JP", "NO"):
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            example = phonenumbers.example_number_for_type(region, kind)
            numbers += [(phonenumbers.format_number(example, form), region) for form in range(3)]
    numbers += [("2024-01-31", "DE"), ("030 23125001/2", "DE"), ("4915123456789", "DE"), ("555-0143", "US")]
    forms = ("{label}: {number}", "{label} {number}", "({label}) {number}", "{number} ({label})", "{number} - {label}")
    labels = sorted(LABELS)
    cells, bare = [], []
    for place, ((number, region), form) in enumerate(itertools.product(numbers, forms)):
        for label in labels[place % 7 :: 7]:
            cells.append((form.format(label=label, number=number), region))
            bare.append((number, region))

    def results(rows: list[tuple[str, str]]) -> list[str]:
        data = "phone,cc,n\n" + "".join(f"{quoted(cell)},{region},{at}\n" for at, (cell, region) in enumerate(rows))
        frames = preflight(data.encode(), phone_column="phone", region_column="cc", max_findings=1)
        # A number that is there already is a number all the same.
        codes = dict(zip(frames.rejects["preflight_line"], frames.rejects["preflight_code"], strict=True))
        return [codes.get(line, "") if codes.get(line) != "D001" else "" for line in range(2, len(rows) + 2)]

    assert len(cells) > 5_000
    assert results(cells) == results(bare)
    for (cell, _), (number, _) in zip(cells, bare, strict=True):
        examined = examine(cell)
        assert examined.text == examine(number).text
        assert "P107" in examined.fixes or examined.code


@pytest.mark.parametrize("word", sorted(NOTHING), ids=ascii)
def test_no_word_for_nothing_is_a_label(word: str) -> None:
    assert is_nothing(word)
    assert word not in LABELS


def test_words_mean_one_thing() -> None:
    assert not LABELS & NOT_TO_BE_CALLED
    assert not BESIDE_LABELS & NOT_TO_BE_CALLED
    for word in LABELS | BESIDE_LABELS | NOT_TO_BE_CALLED:
        assert not any(character.isdigit() for character in word)


@pytest.mark.parametrize("word", sorted(NOT_TO_BE_CALLED), ids=ascii)
def test_fax_numbers_are_not_called(word: str) -> None:
    assert without_labels(f"{word}: 2025550143").not_to_be_called
    result = preflight(f"phone,x\n{word}: 2025550143,y\n".encode(), phone_column="phone", region="US")
    assert result.rejects["preflight_reason"][0].startswith("letters in the number: it is marked as a fax or pager")


def test_a_column_of_labelled_numbers_is_found() -> None:
    result = preflight(b"who,contact,id\nAnn,p:+12025550101,l:7\nBob,p:+12025550102,l:8\n")
    assert result.report.input.phone_column == "contact"
    assert result.clean["contact"].tolist() == ["+12025550101", "+12025550102"]


BLANKS = [(" ", ""), ("", " "), (" ", " "), ("  ", ""), ("", "   "), ("\t", ""), ("", "\xa0"), ("\u3000", "\n")]
FORMS = [
    pytest.param("(252) 555-3443", "US", id="brackets around another country's code"),
    pytest.param("252-555-3443", "US", id="another country's code"),
    pytest.param("(202) 555-0143", "US", id="brackets"),
    pytest.param("(33) 1 23 45 67 89", "US", id="a code in brackets"),
    pytest.param("(00)1 202 555 0143", "GB", id="00 in brackets"),
    pytest.param("(+44) 20 7946 0958", None, id="a plus in brackets"),
    pytest.param("+1 202 555 0143", None, id="a plus"),
    pytest.param("-2025550143", "US", id="a hyphen"),
    pytest.param("[030] 1234567", "DE", id="square brackets"),
    pytest.param("030/1234567", "DE", id="a slash"),
    pytest.param("030/123456-78", "DE", id="a slash and a hyphen"),
    pytest.param("12.05.2024", "DE", id="a date"),
    pytest.param("2024 01 31", "US", id="another date"),
    pytest.param("0151 23456", "DE", id="short"),
    pytest.param("2025550143.0", "US", id="a decimal"),
    pytest.param("202-555-0143 x12", "US", id="an extension"),
    pytest.param("Tel. 202-555-0143", "US", id="a label"),
    pytest.param("'2025550143", "US", id="an apostrophe"),
    pytest.param("202 555 0143)", "US", id="half a bracket"),
    pytest.param("5", "US", id="a digit"),
    pytest.param("n/a", "US", id="nothing"),
]


def answer(cell: str, beside: list[str], region: str | None) -> tuple[str, list[str]]:
    """Return the number of a cell, "" if it is rejected, and the rules that are found, but for those of blanks."""
    rows = "".join(f'"{one}"\n' for one in (cell, *beside))
    result = preflight(f"phone\n{rows}".encode(), phone_column="phone", region=region)
    codes = [found.code for found in result.report.findings if found.code not in ("P101", "P104")]
    return result.clean["phone"].to_dict().get(2, ""), codes


@pytest.mark.parametrize(("cell", "region"), FORMS)
def test_blanks_around_a_cell_change_no_answer(cell: str, region: str | None) -> None:
    others = [f"+1 303 555 {number}" for number in range(1000, 1040)]

    def answers(written: str) -> list[tuple[str, list[str]]]:
        return [answer(written, beside, region) for beside in ([], others)]

    for before, behind in BLANKS:
        assert answers(f"{before}{cell}{behind}") == answers(cell), repr((before, behind))
