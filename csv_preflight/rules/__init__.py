"""The catalogue of rules: a module for each stage; each rule has all texts about it."""

from csv_preflight.rules.catalogue import BY_CODE, RULES

__all__ = ["BY_CODE", "RULES"]
