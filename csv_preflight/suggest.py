"""Find the name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def simplified(name: str) -> str:
    """Return a name without case, spaces and punctuation, which people often get wrong.

    >>> simplified("First_Name"), simplified("UTF-8")
    ('firstname', 'utf8')
    """
    return "".join(filter(str.isalnum, name.casefold()))


def nearest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Return up to ``most`` of ``names`` that resemble ``name``, best first.

    Case, spaces and punctuation are ignored; then the spelling decides.

    >>> nearest("phone number", ["Name", "phoneNumber", "Phone"])
    ['phoneNumber', 'Phone']
    """
    from difflib import SequenceMatcher

    wanted = simplified(name)
    scored = []
    for index, candidate in enumerate(names):
        folded = simplified(candidate)
        score = 1.0 if folded == wanted else SequenceMatcher(None, wanted, folded).ratio()
        if folded != wanted and min(len(wanted), len(folded)) > 1 and (wanted in folded or folded in wanted):
            score = max(score, 0.8)
        if score >= 0.6:
            scored.append((-score, index, candidate))
    return [candidate for _, _, candidate in sorted(scored)[:most]]


def rename_of(near: Sequence[str], wanted: str) -> str:
    """Return the value of --rename that gives the nearest column the name that is wanted, "" if no column is near."""
    return f"{near[0]}={wanted}" if near else ""


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return "; did you mean X?" for the nearest name, "" without one.

    >>> did_you_mean("regoin", ["region", "profile"])
    '; did you mean region?'
    """
    found = nearest(name, names, most=1)
    return f"; did you mean {found[0]}?" if found else ""
