"""Who may be called, according to the list: columns of opt-outs and of consent, in any language."""

from csv_preflight.consent.answers import Answer, answer, asks, is_about_messages, opts_out

__all__ = ["Answer", "answer", "asks", "is_about_messages", "opts_out"]
