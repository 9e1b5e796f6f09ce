"""The form of a list -> the user's choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csv_preflight.config.values import prompt_of
from csv_preflight.destinations import built_in_profiles
from csv_preflight.model.settings import DEFAULT_PROFILE
from csv_preflight.web.choices import AddedList, Choices
from csv_preflight.web.fields import Fields
from csv_preflight.web.held import HeldList

MOST_LINES = 1000
NONE: Mapping[str, Sequence[AddedList]] = {}


def chosen(form: Fields, held: HeldList, added: Mapping[str, Sequence[AddedList]] = NONE) -> Choices:
    """Return the choices in a form.  added: lists that were sent with it, by field.

    Columns are identified by number, since a browser may not send back every name unchanged.
    """
    names = [column.name for column in held.look.columns] if held.look else []

    def column(field: str) -> str:
        number = _number(form.text(field))
        return names[number - 1] if 0 < number <= len(names) else ""

    profile = form.text("profile") or DEFAULT_PROFILE
    forgotten = form.texts("forget")

    def kept(others: Sequence[AddedList]) -> tuple[AddedList, ...]:
        return tuple(other for other in others if other.path.name not in forgotten)

    return Choices(
        phone_column=column("phone_column"),
        second_phone_column=column("second_phone_column"),
        identifier_column=column("identifier_column"),
        region=form.text("region"),
        region_column=column("region_column"),
        profile=profile,
        variables=_variables(form.text("variables"), profile),
        opt_out_column=column("opt_out_column"),
        encoding=form.text("encoding"),
        skip_lines=min(_number(form.text("skip_lines")), MOST_LINES),
        split=form.text("split") == "yes",
        suppress=(*kept(held.choices.suppress), *added.get("suppress", ())),
        existing=(*kept(held.choices.existing), *added.get("existing", ())),
        corrections=kept(held.choices.corrections),
    )


def _variables(text: str, profile: str) -> str:
    """Return the names in a text, joined by commas: names as they are, or those in braces in a script."""
    if "{" not in text:
        return text.strip()
    script, known = prompt_of("script", text), built_in_profiles().get(profile)
    names = script.in_single if known is not None and known.variables == "{name}" else script.in_double
    return ",".join(names)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
