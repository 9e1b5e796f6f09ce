"""All benchmarks: ``python -m tests.benchmarks``.  Ratios of what ran side by side; single times mean little."""

from __future__ import annotations

from tests.benchmarks import dask, encodings, hostile, memory, phones, process

if __name__ == "__main__":
    phones.main()
    process.main()
    encodings.main()
    memory.main()
    dask.main([])
    hostile.main()
