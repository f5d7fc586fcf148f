"""The outbox and its delivery. Knows addresses and templates, no feature."""
