"""What is written: the clean and the rejects CSV, and the report in several forms."""
