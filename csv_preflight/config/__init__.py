"""One table of options; files, the command line and keywords become Settings through it."""
