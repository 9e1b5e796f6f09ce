"""The template's variables: each must be a column of exactly that name, and filled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from csv_preflight.destinations import folded, sendable_name
from csv_preflight.model.batch import Batch
from csv_preflight.model.blank import blank
from csv_preflight.model.finding import Findings, Stop
from csv_preflight.model.layout import Column, Layout, source_index
from csv_preflight.model.settings import Settings
from csv_preflight.suggest import nearest, rename_of


def resolve(names: dict[int, str], layout: Layout, line: int, settings: Settings) -> tuple[Layout, Findings] | Stop:
    """Return the layout with the columns of the variables, and findings about them.

    names: column names in the list, by index; line: of the header.
    """
    findings = Findings()
    profile = settings.profile
    written = layout.columns
    by_name: dict[str, Column] = {folded(name, profile): index for index, name in names.items() if index in written}
    by_name |= {folded(name, profile): index for index, name in written.items()}
    reserved = {folded(name, profile) for name in profile.reserved}
    for name in written.values():
        if folded(name, profile) in reserved:
            findings.whole_file("V003", line=line, column=name, variable=name, use="there", profile=profile.name)
    result = []
    missing = False
    for variable in settings.template_variables:
        index = by_name.get(folded(variable, profile))
        if index is None:  # the name that clean gives a column of this name
            index = by_name.get(folded(sendable_name(variable, profile), profile))
        if index is not None:
            result.append((variable, index))
        elif folded(variable, profile) in reserved:
            if variable in settings.variables:  # otherwise a prompt names it, and no column is needed
                findings.whole_file("V003", line=line, variable=variable, use="none", profile=profile.name)
        else:
            missing = True
            known = tuple(dict.fromkeys(names[index] for index in names if index in written))
            near = tuple(nearest(variable, known))
            findings.whole_file(
                "V001",
                line=line,
                problem="near" if near else "none",
                variable=variable,
                near=near,
                rename=rename_of(near, variable),
                names=known,
            )
    return Stop(findings) if missing else (replace(layout, variables=tuple(result)), findings)


def check(batch: Batch, layout: Layout, settings: Settings) -> tuple[Batch, Findings]:
    """Return the rows whose variables are filled, or all rows if that is not required; report V002 for empty ones."""
    findings = Findings()
    profile = settings.profile
    for variable, index in layout.variables:
        empty = blank(batch.written(index))
        parameters = {
            "variable": variable,
            "needed": "profile" if profile.variables_filled else "",
            "profile": profile.name,
        }
        findings.rows("V002", batch, np.flatnonzero(empty), column=source_index(index), parameters=parameters)
        if rejects_empty(settings) and empty.any():
            batch = batch.take(~empty)
    return batch, findings


def rejects_empty(settings: Settings) -> bool:
    """Whether a row with an empty variable is rejected."""
    return settings.require_variables or settings.profile.variables_filled
