"""Option values, as text or Python objects -> checked values; SettingsError for anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from csv_preflight.errors import SettingsError
from csv_preflight.model.prompt import Prompt
from csv_preflight.suggest import did_you_mean

UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "kib": 2**10, "mib": 2**20, "gib": 2**30}


def parse_size(value: object, option: str) -> int:
    """Return a number of bytes, from an int or a spelling such as ``5MB`` (5,000,000) or ``5MiB``.

    >>> parse_size("5MB", "max-bytes"), parse_size("1.5 KiB", "max-bytes")
    (5000000, 1536)
    """
    match = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,6})?) ?([a-z]{0,3})", str(value).replace(",", "").strip().lower())
    if isinstance(value, bool) or not match or match[2] not in UNITS:
        raise SettingsError(f"{option}: {value!r} is not a size; write a number of bytes, 5MB or 5MiB")
    size = int(float(match[1]) * UNITS[match[2]])
    if size < 1:
        raise SettingsError(f"{option}: must be at least 1")
    return size


def parse_count(value: object, option: str, least: int = 1) -> int:
    """Return a whole number of at least ``least``."""
    text = str(value).replace(",", "").replace("_", "").strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,15}", text) or int(text) < least:
        raise SettingsError(f"{option}: {value!r} is not a whole number of at least {least}")
    return int(text)


def parse_text(value: object, option: str) -> str:
    """Return a non-empty text."""
    if value == "":
        wanted = "name a column" if option.endswith("column") else "give a value"
        raise SettingsError(f"{option} is empty: leave it out, or {wanted}")
    if not isinstance(value, str):
        raise SettingsError(f"{option}: {value!r} is not a text")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # bytes of the command line that are not UTF-8
        raise SettingsError(f"{option}: {value!r} is not a text") from error
    return value


def parse_texts(value: object, option: str) -> tuple[str, ...]:
    """Return one text, or several, as a tuple without repeats."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, Iterable):
        raise SettingsError(f"{option}: {value!r} is not a text")
    return tuple(dict.fromkeys(parse_text(text, option) for text in values))


def parse_phone_columns(value: object, option: str) -> str | tuple[str, ...]:
    """Return the name of a column, or a tuple of several.

    >>> parse_phone_columns(["Mobile"], "phone-column"), parse_phone_columns(["Mobile", "Home"], "phone-column")
    ('Mobile', ('Mobile', 'Home'))
    """
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not names:
        raise SettingsError(f"{option}: {value!r} is neither the name of a column nor a list of names")
    for name in names:
        if names.count(parse_text(name, option)) > 1:
            raise SettingsError(f"{option}: {name!r} is named twice; name each column once, the first to count first")
    return tuple(names) if len(names) > 1 else str(names[0])


def parse_flag(value: object, option: str) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise SettingsError(f"{option}: {value!r} is neither true nor false")
    return value


def choice_of(*choices: str) -> Callable[[object, str], str]:
    """Return a parser for a choice of words."""

    def parse(value: object, option: str) -> str:
        if value not in choices:
            raise SettingsError(f"{option}: {value!r} is not one of {', '.join(choices)}")
        return str(value)

    return parse


def parse_paths(value: object, option: str) -> tuple[str, ...]:
    """Return one path, or several, as a tuple without repeats."""
    values = [value] if isinstance(value, str | Path) else value
    if not isinstance(values, Iterable):
        raise SettingsError(f"{option}: {value!r} is not a list of files")
    return tuple(dict.fromkeys(parse_path(path, option) for path in values))  # a list given twice is read once


def parse_path(value: object, option: str) -> str:
    """Return a path as text."""
    if not isinstance(value, str | Path) or "\0" in str(value):
        raise SettingsError(f"{option}: {value!r} is not a file name")
    if not value:
        raise SettingsError(f"{option}: the file name is empty")
    return str(value)


def parse_max_rejects(value: object, option: str) -> str:
    """Return a number of rows, or a share such as 5%."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{1,6})?%", text):
        raise SettingsError(f"{option}: {value!r} is neither a number of rows nor a share such as 5%")
    return text


def parse_region(value: object, option: str = "region") -> str:
    """Return the ISO 3166 region for a code, a calling code with +, or a name in any language."""
    from csv_preflight.countries import find_region, listed_regions, possible_regions

    text = value.strip() if isinstance(value, str) else ""
    if region := find_region(text):
        return region
    if len(listed := listed_regions(text)) > 1:
        raise SettingsError(
            f"{option}: {value!r} means {' and '.join(listed)}, but one country is meant here; give --region-column "
            "with the column that holds each row's country, or clean a list for each country"
        )
    if possible := possible_regions(text):
        raise SettingsError(f"{option}: {value!r} may mean {' or '.join(possible)}; give the one that you want")
    raise SettingsError(f"{option}: {value!r} is not a region code such as US, GB or IN, nor a country{_near(text)}")


def parse_country_names(value: object, option: str = "country-names") -> tuple[tuple[str, str], ...]:
    """Return pairs of the user's word for a country and its region, from a table or such pairs."""
    pairs = list(value.items()) if isinstance(value, Mapping) else value
    if not isinstance(pairs, list | tuple) or not all(
        isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs
    ):
        raise SettingsError(f'{option}: {value!r} is not a table of countries, such as "Head office" = "DE"')
    return tuple((parse_text(name, option), parse_region(region, f"{option}: {name}")) for name, region in pairs)


def _near(text: str) -> str:
    """Return a hint with the country that was probably meant."""
    from difflib import get_close_matches

    from csv_preflight.country_names import english_names

    names = {name.casefold(): region for region, name in english_names().items()}
    near = get_close_matches(text.casefold(), names, n=1, cutoff=0.75)
    return f"; did you mean {names[near[0]]}?" if near else ""


def parse_line_type(value: str, option: str) -> str:
    """Return the name of a line type."""
    from csv_preflight.e164 import LINE_TYPES

    names = list(LINE_TYPES.values())
    name = value.strip().lower().replace("_", "-").replace(" ", "-")
    if name not in names:
        hint = did_you_mean(name, names) or f"; there are {', '.join(names)}"
        raise SettingsError(f"{option}: {value!r} is not a line type{hint}")
    return name


def policy_of(one: Callable[[str, str], str]) -> Callable[[object, str], tuple[str, ...]]:
    """Return a parser for names to keep or, if they begin with "!", to leave out."""

    def parse(value: object, option: str) -> tuple[str, ...]:
        if isinstance(value, str):
            value = value.split(",")
        if not isinstance(value, Iterable):
            raise SettingsError(f"{option}: {value!r} is not a list of names")
        items = [str(item).strip() for item in value if str(item).strip()]
        excludes = bool(items) and items[0].startswith("!")
        if not excludes and any(item.startswith("!") for item in items):
            raise SettingsError(f"{option}: give names to keep, or names to leave out (!NAME), not both")
        return tuple("!" * excludes + one(item.removeprefix("!"), option) for item in items)

    return parse


# A name in braces; only words, so that JSON in a prompt is not taken for variables.
_VARIABLE = r"[^\W\d][\w.-]*(?: [\w.-]+)*"
_IN_DOUBLE = re.compile(rf"\{{\{{\s*({_VARIABLE})\s*\}}\}}")
_IN_SINGLE = re.compile(rf"(?<!\{{)\{{\s*({_VARIABLE})\s*\}}(?!\}})")


def parse_prompt(value: object, option: str) -> Prompt:
    """Read the file of a prompt.  Raises OSError if it cannot be read."""
    if isinstance(value, Prompt):
        return value
    path = parse_path(value, option)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{option}: {path} is not UTF-8 text; save it as UTF-8") from error
    return prompt_of(path, text)


def prompt_of(path: str, text: str) -> Prompt:
    """Return the variables of a prompt's text.

    >>> prompt_of("p.txt", "Hi {{ first_name }}, {{first_name}}! {due}").in_double
    ('first_name',)
    """
    single, double = (tuple(dict.fromkeys(pattern.findall(text))) for pattern in (_IN_SINGLE, _IN_DOUBLE))
    return Prompt(path, single, double)


def parse_names(value: object, option: str) -> tuple[str, ...]:
    """Return names, from text with commas between them or a list."""
    items = value.split(",") if isinstance(value, str) else value
    if not isinstance(items, Iterable):
        raise SettingsError(f"{option}: {value!r} is not a list of names")
    names = tuple(dict.fromkeys(name for item in items if (name := parse_text(item, option).strip())))
    if not names:
        raise SettingsError(f"{option}: {value!r} names nothing")
    return tuple(name.removeprefix("{{").removesuffix("}}").strip() for name in names)


def parse_renames(value: object, option: str) -> tuple[str, ...]:
    """Return OLD=NEW pairs, from one, several or a table, without repeated names."""
    if isinstance(value, Mapping):
        value = [f"{old}={parse_text(new, option)}" for old, new in value.items()]
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, Iterable):
        raise SettingsError(f"{option}: {value!r} is not OLD=NEW")
    pairs = tuple(dict.fromkeys(parse_text(item, option) for item in items))
    split = [pair.rpartition("=") for pair in pairs]
    for pair, (old, _, new) in zip(pairs, split, strict=True):
        if not old.strip() or not new.strip() or new != " ".join(new.split()):
            raise SettingsError(f"{option}: {pair!r} is not OLD=NEW, the column's name and the one to be written")
    if chained := next((old for old, _, _ in split if old in {new for _, _, new in split}), None):
        raise SettingsError(f"{option}: {chained!r} is an old name and a new one; rename it once, in the list")
    for names in ([old for old, _, _ in split], [new for _, _, new in split]):
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise SettingsError(f"{option}: {twice!r} is named twice")
    return pairs
