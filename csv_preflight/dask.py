"""Clean a Dask DataFrame; needs the extra ``dask``."""

from csv_preflight.engines.dask import PARTITIONS, Cleaned, Order, clean

__all__ = ["PARTITIONS", "Cleaned", "Order", "clean"]
