"""Work that nobody waits for: what features ask to have done again and again, by any number of processes."""

from training.jobs.job import Job, add_job, in_transaction, jobs_of

__all__ = ["Job", "add_job", "in_transaction", "jobs_of"]
