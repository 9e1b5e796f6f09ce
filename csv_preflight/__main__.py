"""``python -m csv_preflight``."""

from csv_preflight.cli import main

if __name__ == "__main__":
    main()
