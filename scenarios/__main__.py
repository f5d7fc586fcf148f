"""`python -m scenarios COMMAND PATH…`: the tools of the scenario language."""

from __future__ import annotations

import sys

from scenarios.tools.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
