"""The clean and the rejects file: all of them or none."""
