"""Put findings into words.  Only here does text of the list get into a message, masked unless show_values is set.

A str parameter that its rule does not declare as a column name or a fact counts as a cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from csv_preflight.model.finding import Excerpt
from csv_preflight.model.rule import Parameters, Rule

MASK = "•"
LONGEST_VALUE = 80
MOST_NAMES, MOST_ALTERNATIVES = 12, 5


def mask(value: str) -> str:
    """Return value with every character as a bullet, except for its last two letters or digits.

    >>> mask("(202) 555-0143")
    '••••••••••••43'
    """
    shown = [index for index, character in enumerate(value) if character.isalnum()][-2:]
    return "".join(character if index in shown else MASK for index, character in enumerate(value))


def shown(value: str | Excerpt, *, show_values: bool) -> str:
    """Return a text of the list for display: short, and masked unless show_values is set."""
    if isinstance(value, Excerpt):
        end = value.end
        value = value.text if show_values else value.text[max(0, end - LONGEST_VALUE // 2) : end]
    short = value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
    return short if show_values else mask(short)


def worded(rule: Rule, parameters: Parameters, *, show_values: bool = False) -> str:
    """Return the message of a finding."""
    values = {name: _value(rule, name, value, show_values=show_values) for name, value in parameters.items()}
    for name, texts in rule.words.items():
        values[name] = texts[str(parameters[name])].format_map(values)
    return rule.message.format_map(values)


def data(rule: Rule, parameters: Parameters, *, show_values: bool = False) -> dict[str, object]:
    """Return the parameters of a rule's finding as plain data, with cells masked unless show_values is set."""
    as_they_are = {*rule.columns, *rule.facts, *rule.regions, *rule.words}
    declared = {*rule.parameters, *as_they_are}
    return {
        name: list(value)
        if name in rule.columns | rule.regions and isinstance(value, tuple)
        else value
        if isinstance(value, int | float) or name in as_they_are
        else _value(rule, name, value, show_values=show_values)
        for name, value in parameters.items()
        if name in declared
    }


def alternatives(texts: Sequence[str]) -> str:
    """Return texts as alternatives in a sentence.

    >>> alternatives(["a"]), alternatives(["a", "b", "c"])
    ('a', 'a, b or c')
    """
    return " or ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def example(rule: Rule) -> str:
    """Return the message of a rule for its example."""
    return worded(rule, rule.parameters, show_values=True)


class Names(tuple[str, ...]):
    """Column names that format as quoted names; the format "or" lists them as alternatives, a number the first of them.

    >>> f"{Names(('Name', 'Phone number'))}; {Names(('a', 'b')):or}; {Names('abcd'):2}"
    "'Name', 'Phone number'; 'a' or 'b'; 'a', 'b' and 2 more"
    """

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        most = int(spec) if spec.isdecimal() else MOST_ALTERNATIVES if spec == "or" else MOST_NAMES
        quoted, more = [f"'{name}'" for name in self[:most]], len(self) - most
        if spec == "or":
            return alternatives([*quoted, f"one of {more:,} more"] if more > 0 else quoted)
        return ", ".join(quoted) + (f" and {more:,} more" if more > 0 else "")


def _value(rule: Rule, name: str, value: object, *, show_values: bool) -> object:
    if isinstance(value, int | float) or value is None or name in rule.facts or name in rule.words:
        return value
    if name in rule.regions:
        from csv_preflight.country_names import in_sentence

        return alternatives([*map(in_sentence, value if isinstance(value, tuple) else (str(value),))])
    if name in rule.columns:
        return Names(value if isinstance(value, tuple) else (str(value),))
    if isinstance(value, tuple):
        return ", ".join(shown(one, show_values=show_values) for one in value)
    return shown(value if isinstance(value, Excerpt) else str(value), show_values=show_values)
