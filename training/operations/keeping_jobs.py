"""The process beside the server that does the jobs, and the one that starts it again when it dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess

from flask import Flask

from training.jobs.running import Runner

# A piece of work in hand is ended; one that takes longer is somebody else's when its lease runs out.
STOP_WITHIN = 3
LOOK_SECONDS = 0.5


class Keeping:
    """A process that keeps the jobs going beside the server, so that no page waits for a mail server.

    It is forked before the server has threads, shares the memory of what is loaded already, and forks the
    process of the jobs whenever that dies. Should it die itself, a thread of the server forks another.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._keeper = self._start()
        self._watching = threading.Thread(target=self._watch, name="keeping", daemon=True)
        self._watching.start()

    def stop(self) -> None:
        """End what is in hand and everything that does jobs."""
        with self._lock:
            self._stopping.set()
        self._keeper.terminate()
        self._watching.join(STOP_WITHIN)

    def _start(self) -> BaseProcess:
        return _forked(keep_jobs_going, self.app, os.getpid(), name="keeper")

    def _watch(self) -> None:
        while True:
            self._keeper.join()
            if self._stopping.wait(LOOK_SECONDS):
                return
            self.app.logger.error("the process that keeps the jobs going died; starting another")
            with self._lock:
                if self._stopping.is_set():
                    return
                self._keeper = self._start()


def keep_jobs_going(app: Flask, parent: int) -> None:
    """Until told to stop, or until the server is gone."""
    stop = threading.Event()
    _stop_by_signal(stop)
    while not stop.is_set() and os.getppid() == parent:
        child = _forked(do_jobs, app, os.getpid(), name="jobs")
        while child.is_alive() and not stop.wait(LOOK_SECONDS) and os.getppid() == parent:
            pass
        if not stop.is_set() and os.getppid() == parent:
            app.logger.error("the process that does the jobs died; starting another")
            stop.wait(LOOK_SECONDS)
        child.terminate()
        child.join(STOP_WITHIN)


def do_jobs(app: Flask, parent: int) -> None:
    """Do what is due until told to stop, or until whoever started this is gone."""
    runner = Runner(app)
    _stop_by_signal(runner.stopping)
    runner.run_until_stopped(lambda: os.getppid() == parent)


def _forked(target: Callable[[Flask, int], None], app: Flask, parent: int, *, name: str) -> BaseProcess:
    process = multiprocessing.get_context("fork").Process(target=target, args=(app, parent), name=name)
    process.start()
    return process


def _stop_by_signal(stop: threading.Event) -> None:
    signal.signal(signal.SIGTERM, lambda *_signal: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches everybody; the server tells us when
