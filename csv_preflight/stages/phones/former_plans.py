"""Numbers of former numbering plans, and how such numbers are written today.

Nothing is rewritten by this table: it only tells people which number to ask for.  Its texts hold no digits of a cell
except those that all numbers of the kind share.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from csv_preflight import e164


class FormerPlan(NamedTuple):
    """A kind of number that a country has changed.

    numbers: expression for the former national number.  since: when it went out of use; change: what replaced it;
    today: the new form, X for any digit.  source: of the change.
    """

    code: int
    numbers: str
    since: str
    change: str
    today: str
    source: str


_MEXICO = "Instituto Federal de Telecomunicaciones, new dialling of 3 August 2019"
_IVORY_COAST = "ARTCI, change of the numbering plan of 31 January 2021"
_EGYPT = "NTRA Egypt, eleven-digit mobile numbers of 6 October 2011"
_VIETNAM = "Ministry of Information and Communications of Vietnam, mobile codes of 15 September 2018"
_LONDON = "Oftel, Big Number Change of 22 April 2000"

# Former mobile prefixes in Vietnam, without the leading 0, and today's.
_VIETNAM_PREFIXES = {
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78", "123": "83", "124": "84", "125": "85",
    "127": "81", "129": "82", "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37",
    "168": "38", "169": "39", "186": "56", "188": "58", "199": "59",
}  # fmt: skip
_EGYPT_PREFIXES = {
    "10": "100", "16": "106", "19": "109", "12": "122", "17": "127", "18": "128",
    "11": "111", "14": "114",
}  # fmt: skip

PLANS = (
    FormerPlan(52, r"1\d{10}", "2019", "the 1 after +52 is gone", "+52 XX XXXX XXXX", _MEXICO),
    FormerPlan(52, r"04[45]\d{10}", "2019", "044 and 045 are gone", "+52 XX XXXX XXXX", _MEXICO),
    FormerPlan(52, r"01\d{10}", "2019", "01 is gone", "+52 XX XXXX XXXX", _MEXICO),
    FormerPlan(54, r"15\d{6,8}", "1999", "mobiles have 9 and the area code in place of 15", "+54 9 XX XXXX XXXX",
               "ENACOM Argentina, Plan Fundamental de Numeración Nacional"),
    FormerPlan(55, r"[1-9]\d[6-9]\d{7}", "2016", "mobiles have a 9 before the eight digits", "+55 XX 9XXXX-XXXX",
               "Anatel, ninth digit in all areas from 6 November 2016"),
    FormerPlan(225, r"[04-9][123]\d{6}", "2021", "01 comes before the eight digits", "+225 01 XX XX XX XX",
               _IVORY_COAST),
    FormerPlan(225, r"[04-9][456]\d{6}", "2021", "05 comes before the eight digits", "+225 05 XX XX XX XX",
               _IVORY_COAST),
    FormerPlan(225, r"[04-9][789]\d{6}", "2021", "07 comes before the eight digits", "+225 07 XX XX XX XX",
               _IVORY_COAST),
    FormerPlan(225, r"[23]\d{7}", "2021", "21, 25 or 27 comes before the eight digits, by the operator",
               "+225 2X XX XX XX XX", _IVORY_COAST),
    FormerPlan(229, r"[245689]\d{7}", "2024", "01 comes before the eight digits", "+229 01 XX XX XX XX",
               "ARCEP Bénin, ten digits from 30 November 2024"),
    *(FormerPlan(84, rf"{old}\d{{7}}", "2018", f"0{old} has become 0{new}", f"+84 {new} XXX XX XX", _VIETNAM)
      for old, new in _VIETNAM_PREFIXES.items()),
    *(FormerPlan(20, rf"{old}\d{{7}}", "2011", f"0{old} has become 0{new}", f"+20 {new} XXX XXXX", _EGYPT)
      for old, new in _EGYPT_PREFIXES.items()),
    FormerPlan(57, r"[1-8]\d{7}", "2021", "60 comes before the area code", "+57 60X XXX XXXX",
               "CRC Colombia, Resolución 5826, from 1 September 2021"),
    FormerPlan(63, r"2\d{7}", "2019", "Metro Manila has eight digits, the first by the operator", "+63 2 XXXX XXXX",
               "NTC Philippines, migration of 6 October 2019"),
    FormerPlan(230, r"(?:2[59]\d{5}|[4789]\d{6})", "2013", "a 5 comes before mobile numbers", "+230 5XXX XXXX",
               "ICTA Mauritius, from 1 September 2013"),
    FormerPlan(237, r"[79]\d{7}", "2014", "a 6 comes before mobile numbers", "+237 6 XX XX XX XX",
               "ART Cameroon, from 21 November 2014"),
    FormerPlan(237, r"[23]\d{7}", "2014", "a 2 comes before fixed lines", "+237 2 XX XX XX XX",
               "ART Cameroon, from 21 November 2014"),
    FormerPlan(506, r"2\d{6}", "2008", "a 2 comes before fixed lines", "+506 2XXX XXXX",
               "SUTEL Costa Rica, eight digits from 20 March 2008"),
    FormerPlan(506, r"[38]\d{6}", "2008", "an 8 comes before mobile numbers", "+506 8XXX XXXX",
               "SUTEL Costa Rica, eight digits from 20 March 2008"),
    FormerPlan(599, r"5\d{6}", "2011", "Sint Maarten has the code +1 721", "+1 721 XXX XXXX",
               "ITU Operational Bulletin 988, from 30 September 2011"),
    FormerPlan(44, r"171\d{7}", "2000", "London is 020, and 0171 has become 020 7", "+44 20 7XXX XXXX", _LONDON),
    FormerPlan(44, r"181\d{7}", "2000", "London is 020, and 0181 has become 020 8", "+44 20 8XXX XXXX", _LONDON),
)  # fmt: skip


FORMER_PLAN_CODES = frozenset(plan.code for plan in PLANS)


def former_plan(number: str) -> FormerPlan | None:
    """Return the former plan that a number belongs to, if any.  number: as libphonenumber parsed it, in E.164 form.

    >>> former_plan("+22507123456").today, former_plan("+2250707123456")
    ('+225 07 XX XX XX XX', None)
    """
    code = e164.calling_code_of(number)
    digits = number[1 + len(str(code)) :]
    plans = (plan for plan in PLANS if plan.code == code and re.fullmatch(plan.numbers, digits))
    return next(plans, None)
