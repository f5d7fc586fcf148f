"""Copies of the database that are known to work, and the way back from one."""
