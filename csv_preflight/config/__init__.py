"""One table of options, through which files, the command line and keywords become Settings."""
