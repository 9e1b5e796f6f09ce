"""A loopback stand-in for the destination: what its documents say that it takes and refuses.

``rules`` decides about a file, reading CSV with Python's own module; ``server`` speaks HTTP around it.  To try an
upload out: ``python -m tests.service``.
"""
