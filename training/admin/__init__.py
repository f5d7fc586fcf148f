"""The administrator's pages: people one by one and in bulk, teams, settings, the audit log."""
