"""Tests of csv_preflight.consent."""
