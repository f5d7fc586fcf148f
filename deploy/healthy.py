"""Is the site in this container alive? Asks under its own name: it answers to no other."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    """0 where `/healthz` says ok."""
    name = urlsplit(os.environ.get("TRAINING_BASE_URL", "http://127.0.0.1:8000")).netloc
    port = os.environ.get("TRAINING_BIND", "127.0.0.1:8000").rpartition(":")[2]
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": name})
    try:
        with urllib.request.urlopen(request, timeout=4) as reply:  # noqa: S310  # always http, always here
            return 0 if reply.read(2) == b"ok" else 1
    except urllib.error.URLError:
        return 1


if __name__ == "__main__":
    sys.exit(main())
