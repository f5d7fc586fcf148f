"""A process that has the site loaded and forks a fresh server from it for each line it reads: a port.

Loading takes a second and a half, forking a few milliseconds: so a server can be killed hundreds of times.
Prints the server's process id when it listens. No database connection is open before the fork.
"""

from __future__ import annotations

import os
import sys

from werkzeug.serving import make_server

from training import create_app


def main() -> None:
    app = create_app()
    print("ready", flush=True)
    for line in sys.stdin:
        server = make_server("127.0.0.1", int(line), app, threaded=True)
        child = os.fork()
        if child == 0:
            server.serve_forever()
        server.server_close()
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
