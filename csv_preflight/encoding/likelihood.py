"""The likelihood that people have written a text, which distinguishes the right reading of bytes from wrong ones.

A wrong encoding shows in letter pairs that no language has, capitals within words, symbols between letters, and two
scripts in one word.  Each distinct word with a character beyond ASCII is scored in every language, and each language is
weighted by how well it explains the whole list: Polish weighs little in a Spanish list.  Words in ASCII are the same in
all encodings; they only help to weight the languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from csv_preflight.encoding.languages import END, START, Values, fold, languages, script_of

_WORD = re.compile(r"[^\x00-\x40\x5b-\x60\x7b-\x7f]+")

_ASCII, _BEYOND_ASCII = re.compile(r"[\x00-\x7f]"), re.compile(r"[^\x00-\x7f]")
UNKNOWN = "\ufffd"

# How many words are scored: for each letter beyond ASCII, for each such letter with the same neighbours (a name in
# twenty streets is one name), in all, and in ASCII.  More would not help.
WORDS_A_LETTER = 20
WORDS_A_PLACE = 2
MOST_WORDS = 800
MOST_OTHERS = 300

# Penalties for an unusual order of characters, as logarithms of a probability.
INNER_CAPITAL = -6.0
SMALL_INITIAL, CAPITAL_INITIAL = -2.3, -0.1
MIXED_SCRIPTS, LONE_LETTER = -9.0, -2.0
# A letter on its own is more often a misread sign: £, €, –, ª.
LONE_WORD = -4.0
MISPLACED_SYMBOL, INNER_SYMBOL = -5.0, -8.0
# Symbols that occur between letters, after them and before them.
_BETWEEN, _BEHIND = frozenset("’·´\u00a0"), frozenset("’”“»›®™©°ªº…²³\u00a0")
_BEFORE = frozenset("‘“„«‹¡¿»©§\u00a0")
# N.º, 2ª, Mª and Fcoº, but not Nemeº.
_ORDINALS, LONGEST_ABBREVIATION = "ªº", 3
# Text before an apostrophe and a lower-case vowel in Romance languages, and after an apostrophe in English.
_SEPARATORS = "’\u00a0"
_ELIDED = re.compile(r"[cdjlmnst]|un|gl|sant|(?:jus|lors|puis)?qu|(?:da|de|ne|su|co|a|que|be)ll", re.IGNORECASE)
_ENDING = re.compile(r"[stdm]|ll|re|ve")
_LETTERS = re.compile(r"[^\W\d_]+")

# Rounds of weighing the languages, and the least weight of each.
ROUNDS = 4
LEAST_WEIGHT = 2e-3


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the words of a text are, as a logarithm, and the shares of the languages in it."""

    likelihood: float
    shares: dict[str, float]


def judgement(text: str, plain: str = "") -> Judgement:
    """Return the likelihood of a text's words with characters beyond ASCII.

    plain: ASCII words of the same list.

    >>> judgement("José Muñoz").likelihood > judgement("JosŽ Mu–oz").likelihood
    True
    """
    likelihoods, weights = _judged(*_chosen(f"{text}\n{plain}"))
    return Judgement(float(likelihoods.sum()), dict(zip(languages().names, weights.tolist(), strict=True)))


def gain(text: str, encoding: str, plain: str = "") -> float:
    """Return how much likelier the characters beyond ASCII are than signs of no language, per byte.

    Words with U+FFFD, for bytes that are invalid in the encoding, are left out.  plain: ASCII words of the list.
    """
    chosen, others = _chosen(f"{text}\n{plain}")
    judged = tuple(word for word in chosen if UNKNOWN not in word)
    unknown = tuple(_BEYOND_ASCII.sub(UNKNOWN, word) for word in judged)
    # Signs of no language are penalized nowhere in a word.
    without = float(_judged(unknown, others)[0].sum()) - sum(map(_form, unknown))
    size = sum(len(word.encode(encoding)) - len(_ASCII.findall(word)) for word in judged)
    return (float(_judged(judged, others)[0].sum()) - without) / max(1, size)


def _chosen(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a choice of distinct words with characters beyond ASCII, some for each of these, and some in ASCII."""
    judged: list[str] = []
    others: list[str] = []
    letters: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for word in dict.fromkeys(_WORD.findall(text)):
        if word.isascii():
            if len(word) > 2 and len(others) < MOST_OTHERS:
                others.append(word)
        elif len(judged) < MOST_WORDS:
            beyond = [place for place, character in enumerate(word) if not character.isascii()]
            alone, between = [word[place] for place in beyond], [word[max(0, at - 1) : at + 2].lower() for at in beyond]
            few = min(map(letters.__getitem__, alone)) < WORDS_A_LETTER
            if few and min(map(seen.__getitem__, between)) < WORDS_A_PLACE:
                judged.append(word)
                letters.update(alone)
                seen.update(between)
    return tuple(judged), tuple(others)


def _judged(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[Values, Values]:
    """Return the log-likelihood of each word, and the weights of the languages, to which all words contribute.

    others: words in ASCII letters, which only help to weight the languages in Latin script.
    """
    latin = languages().latin
    weights = np.full(len(latin), 1 / len(latin))
    if not words:
        return np.zeros(0), weights
    judged = _by_language(words)
    plain = _by_language(others)[:, latin] if others else None
    for _ in range(ROUNDS):
        shares, likelihoods = _shared(judged, weights)
        found = shares.mean(axis=0)
        if plain is not None:
            of_latin = shares[:, latin].sum(axis=0) + _shared(plain, weights[latin])[0].sum(axis=0)
            found[latin] = found[latin].sum() * of_latin / of_latin.sum()
        weights = np.maximum(found, LEAST_WEIGHT)
        weights /= weights.sum()
    judgements: Values = likelihoods + np.array([_form(word) for word in words])
    return judgements, weights


def _shared(by_language: Values, weights: Values) -> tuple[Values, Values]:
    """Return each language's share in the words, and the likelihoods of the words."""
    joint = by_language + np.log(weights)
    top = joint.max(axis=1, keepdims=True)
    shares = np.exp(joint - top)
    total = shares.sum(axis=1, keepdims=True)
    return shares / total, (top + np.log(total))[:, 0]


@lru_cache(maxsize=4)
def _by_language(words: tuple[str, ...]) -> Values:
    """Return the log-likelihood of each word in each language."""
    pairs: dict[str, int] = {}
    which: list[int] = []
    starts: list[int] = []
    for word in words:
        starts.append(len(which))
        folded = fold(word)
        pairs_of_word = map("".join, zip(START + folded, folded + END, strict=True))
        which.extend(pairs.setdefault(pair, len(pairs)) for pair in pairs_of_word)
    found: Values = np.add.reduceat(languages().rows(list(pairs))[which], starts, axis=0)
    return found


@lru_cache(maxsize=1 << 14)
def _form(word: str) -> float:
    """Return the penalty for the order of capitals, scripts and symbols in a word."""
    total = 0.0
    small = any(map(str.islower, word))
    if len(word) == 1 and word.isalpha() and word not in _ORDINALS and script_of(word) not in _WORDS_OF_ONE:
        total += LONE_WORD
    for index, character in enumerate(word):
        if character.isascii():
            continue
        before = word[index - 1] if index else ""
        after = word[index + 1] if index + 1 < len(word) else ""
        if character.isalpha():
            if not before.isalpha() and character.lower() != character.upper():
                total += CAPITAL_INITIAL if character.isupper() else SMALL_INITIAL
            elif (character.isupper() and small) or (character.islower() and before.isupper() and after.isupper()):
                total += INNER_CAPITAL
            if character.islower() and after.isascii() and after.isupper():
                total += INNER_CAPITAL
            if character in _ORDINALS and (after.isalpha() or index > LONGEST_ABBREVIATION):
                total += MISPLACED_SYMBOL
            if before.isascii() and not _together(before, character):
                total += _mixed(character, word[max(0, index - 2) : index])
            if not _together(character, after):
                total += _mixed(character, word[index + 1 : index + 3])
        elif unicodedata.category(character)[0] == "M":
            total += MIXED_SCRIPTS * (script_of(character) not in ("COMBINING", script_of(before) if before else ""))
        elif before.isalpha() and after.isalpha():
            total += INNER_SYMBOL * (character not in _BETWEEN)
            if character in _SEPARATORS and not _separates(word, index):
                total += MISPLACED_SYMBOL
        elif before.isalpha() or after.isalpha():
            if before.isalpha() and character == "“":
                total += INNER_SYMBOL * (word[0] not in "„‚")  # a closing quote in German, an opening one elsewhere
            else:
                total += MISPLACED_SYMBOL * (character not in (_BEHIND if before.isalpha() else _BEFORE))
    return total


def _separates(word: str, index: int) -> bool:
    """Whether an apostrophe or space is in a usual place in a word: O’Brien, Ann’s, Dell’acqua, not Let’cia."""
    before, after = _LETTERS.findall(word[:index])[-1], _LETTERS.findall(word[index + 1 :])[0]
    if not after[0].islower() or script_of(after[0]) != "LATIN":
        return True
    if word[index] == "\u00a0":
        return False
    return bool(_ENDING.fullmatch(after) or (_ELIDED.fullmatch(before) and after[0] in "aeiouhàâèéêìíòóù"))


def _mixed(character: str, beside: str) -> float:
    """Return the penalty for neighbours in another script; Chinese addresses have single Latin capitals."""
    lone = (len(beside) == 1 and beside.isupper()) or not beside.isascii()
    return LONE_LETTER if lone and script_of(character) == "CJK" else MIXED_SCRIPTS


_EAST = frozenset(
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "BOPOMOFO", "HALFWIDTH")
)
_WORDS_OF_ONE = _EAST - {"HALFWIDTH"}
_ANYWHERE = frozenset(("MODIFIER", "FEMININE", "MASCULINE"))


def _together(one: str, other: str) -> bool:
    """Whether letters of two scripts may be neighbours."""
    if not one.isalpha() or not other.isalpha():
        return True
    scripts = {script_of(one), script_of(other)}
    return len(scripts) == 1 or scripts <= _EAST or not scripts.isdisjoint(_ANYWHERE)
