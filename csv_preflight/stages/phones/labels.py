"""Labels beside a number, prefixes of exports, and words that mean that there is no number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from csv_preflight.stages.phones.several import LEAST_DIGITS, digits_in
from csv_preflight.stages.phones.words import BESIDE_LABELS, LABELS, NOT_TO_BE_CALLED, NOTHING, folded

_AROUND = " \t()[]{}<>\"'"
_NOTHING_BUT_MARKS = re.compile(r"[-._/~\u2026 ()\[\]{}<>]+")
# Excel's error for a missing value (#N/A), in the languages that translate it.
_NOT_AVAILABLE = frozenset(
    (
        "n/a",
        "na",
        "n/d",
        "nd",
        "nv",
        "n/b",
        "i/t",
        "yok",
        "н/д",
        "δ/υ",
        "hianyzik",
        "neni_k_dispozici",
        "saknas",
        "puuttuu",
    )
)

# A SIP address or chat link whose number begins with a plus sign: E.164 by definition of their makers.
_SIP = re.compile(r"<?sips?:(\+[0-9][-0-9.()]{6,20})@[^@\s<>]+>?", re.IGNORECASE)
_CHAT = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)(?:\+|%2B)([0-9]{7,15})/?", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[\s:.()\[\]<>|=,;/#_-]+")
# Only in these forms is one letter a label for certain: "m: ", "(c)", "202-555-0143 h".
_LETTER_AHEAD = re.compile(r"(?:[tmpchw][.:]|(?:[do]|wa):|[(\[][tmchw][)\]]:?)[ ]*", re.IGNORECASE)
_LETTER_BEHIND = re.compile(r"[ ]*[(\[][tmchw][)\]]|[ ]+[mchw]\.?", re.IGNORECASE)
# The 2 in "Phone 2: " belongs to the label.
_NUMBERED = re.compile(r"([^0-9+]*[^\W\d_][ .]{0,3})[1-9] {0,2}:[ ]*(?=[+(\[0-9])")
_SET_OFF = re.compile(r"[()\[\]<>:|,;]| - ")
# Pictures of telephones, and of what nobody answers.
_PICTURES = {
    **dict.fromkeys(map(ord, "\u260e\u260f\u2706\u2121\U0001f4de\U0001f4f1\U0001f4f2\U0001f57b\U0001f57c"), " phone "),
    **dict.fromkeys(map(ord, "\U0001f57d\U0001f57e\U0001f57f\U0001f580\U0001f581"), " phone "),
    **dict.fromkeys(map(ord, "\u213b\U0001f4e0\U0001f4df\U0001f5b7"), " fax "),
    **dict.fromkeys(map(ord, "\ufe0e\ufe0f")),  # choose how a picture is drawn
}
# 1300 55 HOME is dialled by letters: so may be a word after this few digits, or one in capitals.
SHORT_BEFORE_LABEL = _LEAST_BEFORE_WORD, _LEAST_BEFORE_CAPITALS = 8, 10


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text without its labels.  not_to_be_called: a label says that nobody answers there."""

    text: str
    has_label: bool = False
    not_to_be_called: bool = False


def is_nothing(text: str) -> bool:
    """Return whether a text says that there is no number.

    >>> [is_nothing(text) for text in ("#N/A", "(blank)", "k. A.", "нет", "--", "p:", "see notes", "?")]
    [True, True, True, True, True, True, False, False]
    """
    if _NOTHING_BUT_MARKS.fullmatch(text):
        return True
    if text.startswith("#"):
        return folded(text[1:].rstrip("!?")) in _NOT_AVAILABLE
    # Lead forms export an empty number as "p:".
    if text.endswith(":") and _are_labels(text, _LETTER_AHEAD):
        return True
    word = re.sub(r" ?/ ?", "/", folded(text.strip(_AROUND)))
    without_dots = " ".join(word.replace(".", "").split())
    return without_dots in NOTHING or ("." in word and without_dots.replace(" ", "") in NOTHING)


def with_pictures_named(text: str) -> str:
    r"""Return a text with words for pictures of telephones.

    >>> with_pictures_named("\u260e\ufe0f 202-555-0143"), with_pictures_named("202-555-0143 \U0001f4e0")
    (' phone  202-555-0143', '202-555-0143  fax ')
    """
    return text if text.isascii() else text.translate(_PICTURES)


def without_labels(text: str) -> Labelled:
    """Return a text without the labels before and after its number.

    >>> without_labels("cell: 202-555-0143").text, without_labels("+12025550143 (mobile)").text
    ('202-555-0143', '+12025550143')
    >>> without_labels("202-555-0143 Ann's desk").has_label
    False
    """
    if link := _SIP.fullmatch(text) or _CHAT.fullmatch(text):
        return Labelled(link[1] if link[1].startswith("+") else f"+{link[1]}", has_label=True)
    ahead, number, behind = _parts(text)
    words = [*_words(ahead), *_words(behind)]
    if not words or digits_in(number) < LEAST_DIGITS:
        return Labelled(text)
    if any(word in NOT_TO_BE_CALLED for word in words):
        return Labelled(text, not_to_be_called=True)
    if _are_labels(ahead, _LETTER_AHEAD) and _are_labels(behind, _LETTER_BEHIND) and _is_apart(number, behind):
        # Without a label beside it, punctuation belongs to the number, except for an unmatched closing bracket.
        closes = behind.strip() in (")", "]", ">") and _unclosed(ahead) > 0
        number = (number if _words(ahead) else ahead + number) + ("" if _words(behind) or closes else behind)
        return Labelled(number.strip(), has_label=True)
    return Labelled(text)


def _parts(text: str) -> tuple[str, str, str]:
    """Split a text with a digit into the parts before its number, the number, and after it."""
    numbered = _NUMBERED.match(text)
    begin = numbered.end() if numbered else next(re.finditer("[+0-9]", text)).start()
    ahead = numbered[1] if numbered else text[:begin]
    end = max(index for index, character in enumerate(text) if character.isdigit()) + 1
    number, behind = text[begin:end], text[end:]
    if _unclosed(ahead) > 0 and ahead.rstrip()[-1] in "([":
        ahead, number = ahead.rstrip()[:-1], ahead.rstrip()[-1] + number
    if behind[:1] in (")", "]") and _unclosed(number) > 0:
        number, behind = number + behind[0], behind[1:]
    return ahead, number, behind


def _unclosed(text: str) -> int:
    return sum(map(text.count, "([<")) - sum(map(text.count, ")]>"))


def _words(text: str) -> list[str]:
    return [folded(word) for word in _SEPARATORS.split(text) if word]


def _are_labels(text: str, letter: re.Pattern[str]) -> bool:
    """Whether the text before or after a number is empty or a label."""
    words = _words(text)
    if not words:
        # "#" and "*" alone are no labels: telephones dial them.
        return "#" not in text
    if letter.fullmatch(text):
        return True
    if words[0] == "no" and not re.match(r"no[.:]|n[\u00b0\u00ba]|\u2116", text.strip(), re.IGNORECASE):
        return False  # "no phone"
    return all(word in LABELS or word in BESIDE_LABELS for word in words) and any(word in LABELS for word in words)


def _is_apart(number: str, behind: str) -> bool:
    """Whether the text after a number cannot be letters that are dialled as digits."""
    word = behind.strip(" -.")
    if not word or not word.isascii() or _SET_OFF.search(behind) or len(word) < 3:
        return True
    least = _LEAST_BEFORE_CAPITALS if word.isupper() else _LEAST_BEFORE_WORD
    return digits_in(number) >= least + (number.startswith(("+", "(+", "00")))


def is_no_phone(label: str) -> bool:
    """Return whether a cell of a column of labels says that the number is a fax or a pager.

    >>> [is_no_phone(label) for label in ("Work Fax", "* Pager", "Mobile", "")]
    [True, True, False, False]
    """
    return any(word in NOT_TO_BE_CALLED for word in _words(label))
