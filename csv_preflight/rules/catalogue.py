"""Every rule, in the order of the stages.

A code is public and never changes its meaning: hundreds 0xx are faults, 1xx are fixes.
"""

from __future__ import annotations

from csv_preflight.model.rule import Rule
from csv_preflight.rules import (
    file,
    header,
    identifiers,
    limits,
    lists,
    opt_outs,
    phone_fixes,
    phones,
    records,
    sent,
    variables,
)

RULES: tuple[Rule, ...] = (
    *file.RULES,
    *header.RULES,
    *opt_outs.RULES,
    *sent.RULES,
    *records.RULES,
    *phones.RULES,
    *phone_fixes.RULES,
    *identifiers.RULES,
    *variables.RULES,
    *lists.RULES,
    *limits.RULES,
)
BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULES}
