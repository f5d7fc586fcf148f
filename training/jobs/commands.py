"""`flask jobs …`: for whoever runs the site."""

import signal
import sys

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from training.clock import now
from training.database import db, serving_problem
from training.jobs.job import jobs_of
from training.jobs.queries import list_standings
from training.jobs.running import Runner

jobs = AppGroup("jobs", help="What is done again and again: mail, reminders, housekeeping.")


@jobs.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, then stop: for cron and timers.")
def run(once: bool) -> None:
    """Do what is due, until told to stop (SIGTERM). Any number of these may run, on any number of hosts."""
    app = _app()
    if problem := serving_problem(db.session().connection()):
        sys.exit(problem)
    db.session.remove()
    runner = Runner(app)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: runner.stopping.set())
    if not once:
        runner.run_until_stopped()
        return
    done = set(runner.run_due())
    for standing in list_standings(db.session(), jobs_of(app), now()):
        if standing.name in done:
            click.echo(f"{standing.name}: {standing.said or 'done'}")


@jobs.command("list")
def list_jobs() -> None:
    """Each job: when it was done, when it is due, and which are late or fail. Times are UTC."""
    for standing in list_standings(db.session(), jobs_of(_app()), now()):
        click.echo(str(standing))


def _app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001  # werkzeug's public name
