"""What is said of a run: pure functions of its report, a module for each format."""
