"""Shared fixtures; the database and the broker are started by tools/embedded.py, never from here."""
