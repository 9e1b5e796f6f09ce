"""One table of options, and what it makes of files, the command line and keywords: Settings."""
