"""A process that has the site loaded and forks a fresh server from it for each line it reads: a port.

Loading takes a second and a half, forking a few milliseconds: so a server can be killed hundreds of times.
Prints the server's process id when it listens. No database connection is open before the fork.
"""

from __future__ import annotations

import os
import sys
import threading
import time

from werkzeug.serving import make_server

from training import create_app


def go_with(parent: int) -> None:
    """End this process when `parent` has gone, so that a test that is stopped leaves no server behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> None:
    app, own = create_app(), os.getpid()
    go_with(os.getppid())
    print("ready", flush=True)
    for line in sys.stdin:
        server = make_server("127.0.0.1", int(line), app, threaded=True)
        child = os.fork()
        if child == 0:
            go_with(own)
            server.serve_forever()
        server.server_close()
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main()
