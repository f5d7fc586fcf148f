"""Fictional people for an empty database, so that every page has something on it. Never beside real ones."""
