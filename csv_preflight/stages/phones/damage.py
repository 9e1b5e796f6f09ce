"""What spreadsheets do to a phone number: errors, scientific notation, decimals, thousands separators."""

from __future__ import annotations

import re

_SUPERSCRIPT = r"[\u207a\u207b]?[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]{1,3}"
_EXPONENT = (
    r"[eE][-+]?[0-9]{1,3}"
    r"| ?[eE] ?[-+] ?[0-9]{1,3}"
    rf"| ?[x\u00d7*.\u22c5] ?10 ?(?:(?:\^|\*\*) ?\(?[-+]?[0-9]{{1,3}}\)?|{_SUPERSCRIPT})"
)
_SCIENTIFIC = re.compile(
    rf"[-+]?[0-9]+(?:[.,][0-9]*)?(?:{_EXPONENT})"
    r"|[-+]?[0-9][.,][0-9]+ [eE] ?[0-9]{1,3}"  # 91234567 e 8 means two numbers in Portuguese
)
# As many decimals as the exponent moves: every digit is there.
_IN_FULL = re.compile(r"[-+]?[0-9][.,](?P<decimals>[0-9]+) ?[eE] ?\+? ?(?P<exponent>[0-9]{1,3})")
_HASHES = re.compile(r"#{3,}")
# Excel translates its errors but keeps their form: #WERT!, #¿NOMBRE?, #ДЕЛ/0!.
_ERROR = re.compile(r"#[\u00a1\u00bf]?(?P<word>[^\W\d_][\w/'\u2019. ]{0,30})[!?]")
_ENGLISH_ERROR = re.compile(r"#(?:(?:NAME|VALUE|REF|NUM|DIV/0|NULL|ERROR|SPILL|CALC|GETTING_DATA)[!?]?)", re.IGNORECASE)
# LibreOffice numbers its errors and translates the word; Google Sheets exports cells that have not loaded yet.
_NUMBERED_ERROR = re.compile(
    "(?:err|error|erro|erreur|errore|eroare|fehler|fel|feil|fejl|fout|virhe|błąd|chyba|hiba|hata|viga|klaida|kļūda"
    "|ошибка|помилка|грешка|σφάλμα|エラ[-ー]|错误|錯誤|오류|خطأ) ?: ?[0-9]{3}"
    r"|loading(?:\.{3}|\u2026)",
    re.IGNORECASE,
)

# After digits alone, or a single zero after a number without another point.
_POINT_ZERO = re.compile(r"(\+?[0-9]{7,15})[.,]0{1,6}|([^.]*[0-9])\.0")
# Groups of thousands, lakhs and crores, or pairs; decimals, if any, are zero.
_GROUPED = re.compile(
    r"(?P<number>\+?(?:[0-9]{1,3}(?P<a>[,'\u2019. ])[0-9]{3}(?:(?P=a)[0-9]{3})+"
    r"|[0-9]{1,2}(?P<b>[,'\u2019])(?:[0-9]{2}(?P=b))+[0-9]{3}"
    r"|[0-9]{2}(?P<c>,)[0-9]{2}(?:(?P=c)[0-9]{2}){2,}))"
    r"(?P<zero>[.,]0{1,6})?"
)
# Fewer digits, as in 1,234,567 or 12,345,678.00, may well be an amount.
_LEAST_GROUPED, _LEAST_WITH_DECIMALS = 8, 9
# The least digits before a single zero decimal: fewer may be an amount.
_LEAST_POINT_ZERO = 8


def damage(text: str) -> str | None:
    """Return how a spreadsheet damaged a number: "scientific", "full", "narrow", "error", or None if it did not.

    full: scientific notation in which no digit is missing.

    >>> damage("4,15555 E+09"), damage("#WERT!"), damage("Err:509"), damage("2025550143")
    ('scientific', 'error', 'error', None)
    >>> damage("1.2025550111E+10"), damage("1.202555011E+10")
    ('full', 'scientific')
    """
    if _SCIENTIFIC.fullmatch(text):
        full = _IN_FULL.fullmatch(text)
        return "full" if full and len(full["decimals"]) == int(full["exponent"]) else "scientific"
    if _HASHES.fullmatch(text):
        return "narrow"
    error = _ERROR.fullmatch(text)
    if (error and error["word"] == error["word"].upper()) or _ENGLISH_ERROR.fullmatch(text):
        return "error"
    return "error" if _NUMBERED_ERROR.fullmatch(text) else None


def without_number_format(text: str) -> tuple[str, bool]:
    """Return a number without thousands separators and zero decimals, and whether it had decimals.

    >>> [without_number_format(text) for text in ("2,025,550,101", "2025550101.0", "1,234.50")]
    [('2025550101', False), ('2025550101', True), ('1,234.50', False)]
    """
    digits = sum(map(str.isdigit, text))
    if (match := _GROUPED.fullmatch(text)) and _is_number_format(match):
        number = re.sub(r"[^+0-9]", "", match["number"])
        return number, bool(match["zero"])
    if (match := _POINT_ZERO.fullmatch(text)) and digits >= _LEAST_POINT_ZERO:
        return match[1] or match[2], True
    return text, False


def _is_number_format(match: re.Match[str]) -> bool:
    separator, zero = match["a"] or match["b"] or match["c"], match["zero"]
    if not zero:
        # Blanks and dots between groups are common in phone numbers.
        return separator not in " ." and sum(map(str.isdigit, match["number"])) >= _LEAST_GROUPED
    return zero[0] != separator and sum(map(str.isdigit, match["number"])) >= _LEAST_WITH_DECIMALS
