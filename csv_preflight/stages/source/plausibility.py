"""How much a text looks like names, places and notes of people, and how little like bytes read wrongly.

A wrong encoding betrays itself: capitals within words, symbols between letters, two scripts in one word, letters
that occur together in no language.  Only the characters beyond ASCII count, since encodings agree on the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

# The letters beyond ASCII of languages written in Latin, by groups that share lists.
ALPHABETS = tuple(
    frozenset(letters)
    for letters in (
        "äöüßÄÖÜ",  # German
        "éèêëàâçîïôûùüÿœæÉÈÊËÀÂÇÎÏÔÛÙÜŸŒÆ",  # French
        "áéíóúüñÁÉÍÓÚÜÑ",  # Spanish
        "ãõáâàçéêíóôúüÃÕÁÂÀÇÉÊÍÓÔÚÜ",  # Portuguese
        "àèéìíîòóùúÀÈÉÌÍÎÒÓÙÚ",  # Italian
        "åäöéÅÄÖÉ",  # Swedish, Finnish
        "æøåéÆØÅÉ",  # Danish, Norwegian
        "ëéïóüèêöáËÉÏÓÜ",  # Dutch
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ",  # Polish
        "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ",  # Czech
        "áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ",  # Slovak
        "áéíóöőúüűÁÉÍÓÖŐÚÜŰ",  # Hungarian
        "ăâîșțşţĂÂÎȘȚŞŢ",  # Romanian
        "čćđšžČĆĐŠŽ",  # Croatian, Slovenian, Bosnian
        "çğıİöşüÇĞÖŞÜâî",  # Turkish
        "āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ",  # Latvian
        "ąčęėįšųūžĄČĘĖĮŠŲŪŽ",  # Lithuanian
        "äöõüšžÄÖÕÜŠŽ",  # Estonian
        "áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ",  # Icelandic
        "ĉĝĥĵŝŭĈĜĤĴŜŬ",  # Esperanto
        "ċġħżĊĠĦŻàèìòù",  # Maltese
        "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯÁÀẢẠẤẦẬÉÈẸẾỀỆÍÌỊÓÒỌỐỒỘỚỜỢÚÙỤỨỪỰÝ",
        "éíóúàèòçïüÀÈÉÍÒÓÚÇÏÜ·",  # Catalan
        "ëçËÇ",  # Albanian
    )
)

# Letters of Cyrillic by how common they are in Russian, Ukrainian, Bulgarian and Serbian names.
_CYRILLIC_COMMON = frozenset("оаеинтсрвлкмдпуябьыгзчйхжшю")
_CYRILLIC_RARER = frozenset("цщэфъёіїєґјљњћђџў")

# Symbols that stand by themselves or at the edge of words in lists.
_USUAL_SYMBOLS = frozenset("’‘“”„–—…€£©®°«»№ªº¿¡§·•\u00a0×½¼™‚‹›´`¨²³")
_WITHIN_WORDS = frozenset("’‘·\u00ad´・ー々〇-")

_WORD = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f]+")

GOOD, FAIR, POOR, BAD = 1.0, 0.7, 0.3, 0.0
# Two bytes at random often are a Chinese character in one encoding or another, but seldom Hangul or kana.
HAN = 0.9


def plausibility(text: str) -> float:
    """Return from 0 to 1 how plausible the characters beyond ASCII are; 0.5 for none.

    Half of it is the mean over the characters, half the share of words without a bad one; letters that no single
    language has together cost up to half, and a text of letters that know capitals but never begin a word with
    one a tenth.

    >>> plausibility("José Muñoz") > plausibility("JosŽ Mu–oz")
    True
    """
    total = characters = words = good_words = capitals = cased = 0.0
    latin: Counter[str] = Counter()
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        judged = [_judge(word, place, character) for place, character in enumerate(word) if not character.isascii()]
        total += sum(judged)
        characters += len(judged)
        words += 1
        good_words += min(judged) > POOR
        capitals += word[0].isupper()
        cased += word.upper() != word.lower()
        latin.update(character for character in word if not character.isascii() and _script(character) == "LATIN")
    if not characters:
        return 0.5
    score = (total / characters + good_words / words) / 2
    letters = sum(latin.values())
    if letters:
        covered = max(sum(latin[letter] for letter in alphabet) for alphabet in ALPHABETS) / letters
        score -= 0.5 * (1 - covered) * letters / characters
    return score - 0.1 * (cased > 0.5 * words and capitals < 0.05 * words)


def _judge(word: str, place: int, character: str) -> float:
    """Return how plausible a character is at its place in a word."""
    category = unicodedata.category(character)
    before = word[place - 1] if place else ""
    after = word[place + 1] if place + 1 < len(word) else ""
    if category[0] == "C" and character != "\u00ad":
        return BAD
    if category[0] not in "LM":
        if before.isalpha() and after.isalpha():
            if character in "’‘":
                # O’Brien, d’Arc, Ann’s: one part is short.
                return GOOD if min(place, len(word) - place - 1) <= 2 else POOR
            return GOOD if character in _WITHIN_WORDS else BAD
        if not character.isspace() and after.isalpha() and not after.isascii() and after.islower():
            return BAD
        return FAIR + 0.2 if character in _USUAL_SYMBOLS else POOR - 0.1
    script = _script(character)
    if script == "THAI":
        return _thai(before, character, after)
    for neighbour in (before, after):
        if neighbour.isalpha() and not _together(script, _script(neighbour)):
            return BAD
    if character.isupper() and before.isalpha() and any(map(str.islower, word)):
        return BAD
    if character.islower() and before.isupper() and after.isupper():
        return BAD
    if script == "LATIN":
        return _latin(word, character)
    if script == "CYRILLIC":
        lower = character.lower()
        return GOOD if lower in _CYRILLIC_COMMON else FAIR if lower in _CYRILLIC_RARER else POOR - 0.1
    if script == "CJK":
        beside_latin = any(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after))
        return POOR if beside_latin else _han(character)
    if script in ("HALFWIDTH", "FULLWIDTH"):
        return POOR
    return GOOD


def _thai(before: str, character: str, after: str) -> float:
    """Bad for marks and following vowels without a letter before them, and leading vowels without one behind."""
    if unicodedata.category(character) == "Mn" or character in "\u0e30\u0e32\u0e33":
        return GOOD if before and _script(before) == "THAI" and before not in "เแโใไ" else BAD
    if character in "เแโใไ":
        return GOOD if after and _script(after) == "THAI" and unicodedata.category(after) != "Mn" else BAD
    return GOOD


def _latin(word: str, character: str) -> float:
    """Good if one language has all letters of the word, poor if none has the letter."""
    letters = {letter for letter in word if not letter.isascii() and letter.isalpha()}
    if any(letters <= alphabet for alphabet in ALPHABETS):
        return GOOD
    return FAIR - 0.2 if any(character in alphabet for alphabet in ALPHABETS) else POOR - 0.1


@lru_cache(maxsize=1 << 14)
def _script(character: str) -> str:
    if character.isascii():
        return "LATIN" if character.isalpha() else ""
    return unicodedata.name(character, "UNKNOWN").partition(" ")[0]


_EAST = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "LATIN", "BOPOMOFO"))
_MARKS = frozenset(("COMBINING", "MODIFIER", "FEMININE", "MASCULINE"))


def _together(one: str, other: str) -> bool:
    """Whether letters of two scripts may stand side by side."""
    if one == other or one in _MARKS or other in _MARKS:
        return True
    return one in _EAST and other in _EAST and {one, other} != {"LATIN", "HANGUL"}


@lru_cache(maxsize=1 << 14)
def _han(character: str) -> float:
    """Fine for the everyday characters: the first level of the Chinese and Japanese standards."""
    for encoding, last in (("gb2312", 0xD7), ("euc_jp", 0xCF), ("big5", 0xC6)):
        try:
            if character.encode(encoding)[0] <= last:
                return HAN
        except UnicodeEncodeError:
            continue
    return POOR
