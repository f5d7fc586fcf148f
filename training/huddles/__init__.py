"""The huddle: ten minutes of a team on one hard line, voted on together, and what came of it."""
