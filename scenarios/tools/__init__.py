"""The command line: check, prove, play, map, format, rename, new."""
