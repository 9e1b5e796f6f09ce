"""The catalogue of rules: a module for each stage, each rule with all that is ever said of it."""

from csv_preflight.rules.catalogue import BY_CODE, RULES

__all__ = ["BY_CODE", "RULES"]
