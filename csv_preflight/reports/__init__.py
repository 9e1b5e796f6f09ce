"""Reports: pure functions of a run's Report, one module for each format."""
