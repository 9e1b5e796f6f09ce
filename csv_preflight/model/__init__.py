"""The nouns: immutable values that the stages take, pass on and report.  No input or output."""
