"""Line types and countries: which numbers the user, or the destination, wants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import PhoneColumn
from csv_preflight.model.distinct import among
from csv_preflight.model.settings import Settings
from csv_preflight.stages.phones.readings import region_of

# In countries such as the US, mobile and fixed-line numbers look alike.
_EITHER = "fixed-line-or-mobile"


def outside_policy(phones: PhoneColumn, rows: NDArray[np.intp], settings: Settings) -> dict[str, NDArray[np.intp]]:
    """Return by rule the rows outside --line-types (P011) or --countries (P012), each row under one rule."""
    types = {name: code for code, name in e164.LINE_TYPES.items()}
    places = {name: index for index, name in enumerate(phones.regions)}
    result = {}
    for rule, values, index in (("P011", phones.line_type, types), ("P012", phones.region, places)):
        names, _ = _wanted(rule, settings)
        if not names:
            continue
        left_out = _left_out(names)
        listed = {name.lstrip("!") for name in names}
        if left_out and listed & {"mobile", "fixed-line"}:
            listed.add(_EITHER)  # it may be one of the excluded ones
        outside = among(values[rows], (index[name] for name in listed if name in index)) == left_out
        if rule == "P012" and left_out:
            outside |= _may_be_of(phones, rows, listed)
        result[rule] = rows[outside]
        rows = rows[~outside]
    return result


def _may_be_of(phones: PhoneColumn, rows: NDArray[np.intp], regions: Iterable[str]) -> NDArray[np.bool_]:
    """Return whether each number has no certain region, and the calling code of one of these."""
    result: NDArray[np.bool_] = phones.region[rows] == 0
    codes = e164.calling_codes(phones.e164.take(rows[result]))
    result[result] = among(codes, map(e164.calling_code_of_region, regions))
    return result


def kinds(phones: PhoneColumn, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return a key for each row, the same for rows with the same details: its line type and country."""
    place = phones.region[rows].astype(np.int64)
    none = np.flatnonzero(place == 0)  # its calling code has a country
    place[none] = [-e164.calling_code_of(number) for number in phones.e164.take(rows[none]).tolist()]
    return place * (int(phones.line_type.max(initial=0)) + 1) + phones.line_type[rows]


def details(rule: str, phones: PhoneColumn, row: int, settings: Settings) -> dict[str, object]:
    """Return the parameters of a row's finding."""
    names, by = _wanted(rule, settings)
    line_type = e164.LINE_TYPES[int(phones.line_type[row])]
    either = "either" if _left_out(names) else "either-alone"
    return {
        "line_type": line_type,
        "hint": either if line_type == _EITHER else "",
        "region": region_of(phones, row),
        "by": by if phones.region[row] else "uncertain",
        "profile": settings.profile.name,
    }


def _wanted(rule: str, settings: Settings) -> tuple[Sequence[str], str]:
    """Return the names that the user wants, else the destination, and which of the two."""
    option, own = (settings.line_types, settings.profile.line_types)
    if rule == "P012":
        option, own = (settings.countries, settings.profile.countries)
    return (option, "option") if option else (own, "profile")


def _left_out(names: Sequence[str]) -> bool:
    return names[0].startswith("!")
