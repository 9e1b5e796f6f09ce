"""The configuration file that sets an option for a missing column, since the user may not know that it is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from csv_preflight.model.report import Report, RuleFindings, Sample
from csv_preflight.model.rule import Outcome
from csv_preflight.reports.commands import wrong_value
from csv_preflight.rules import BY_CODE


def with_origins(report: Report, saved: Mapping[str, str]) -> Report:
    """Return a report whose stops name the configuration file that sets the faulty option.

    saved: the options that a configuration file sets, by name, with the path of that file.
    """

    def told(found: RuleFindings, sample: Sample) -> Sample:
        rule = BY_CODE[found.code]
        for option in dict.fromkeys([*rule.ways.values(), *rule.at_fault.values()]):
            value = report.settings.get(option)
            if option in saved and wrong_value(sample.parameters) in (value if isinstance(value, list) else [value]):
                return replace(
                    sample,
                    detail=f"{sample.detail} ({option} is set in {saved[option]})",
                    parameters={**sample.parameters, "option": option, "set_in": saved[option]},
                )
        return sample

    findings = (
        replace(found, samples=tuple(told(found, sample) for sample in found.samples))
        if found.outcome is Outcome.STOP
        else found
        for found in report.findings
    )
    return replace(report, findings=tuple(findings))
