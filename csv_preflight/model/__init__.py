"""The nouns: frozen dataclasses that the stages are given, hand on and report.  No input or output."""
