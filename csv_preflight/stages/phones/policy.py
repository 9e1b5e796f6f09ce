"""Line types and countries: which numbers the user, or the destination, wants."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from csv_preflight import e164
from csv_preflight.model.batch import Batch, PhoneColumn
from csv_preflight.model.finding import Findings
from csv_preflight.model.layout import Layout
from csv_preflight.model.settings import Settings
from csv_preflight.stages.phones.readings import region_of

# In countries such as the US, where mobile numbers look like others.
_EITHER = "fixed-line-or-mobile"


def within_policy(
    batch: Batch, layout: Layout, settings: Settings, findings: Findings, phones: PhoneColumn, kept: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Whether each of the kept rows is within --line-types and --countries; the others are reported."""
    stays = np.ones(len(kept), bool)
    types = {name: code for code, name in e164.LINE_TYPES.items()}
    places = {name: index for index, name in enumerate(phones.regions)}
    for rule, names, values, index in (
        ("P011", settings.line_types, phones.line_type, types),
        ("P012", settings.countries or settings.profile.countries, phones.region, places),
    ):
        if not names:
            continue
        left_out = names[0].startswith("!")
        listed = {name.lstrip("!") for name in names}
        if left_out and listed & {"mobile", "fixed-line"}:
            listed.add(_EITHER)  # it may be one of those that are left out
        outside = np.isin(values[kept], [index[name] for name in listed if name in index]) == left_out
        rows = kept[outside & stays]
        stays &= ~outside
        findings.rows(
            rule,
            batch,
            rows,
            column=layout.phone,
            parameters=[_details(phones, row, settings, left_out=left_out) for row in rows.tolist()],
        )
    return stays


def _details(phones: PhoneColumn, row: int, settings: Settings, *, left_out: bool) -> dict[str, object]:
    line_type = e164.LINE_TYPES[int(phones.line_type[row])]
    either = "either" if left_out else "either-alone"
    return {
        "line_type": line_type,
        "hint": either if line_type == _EITHER else "",
        "region": region_of(phones, row),
        "by": "option" if settings.countries else "profile",
        "profile": settings.profile.name,
    }
