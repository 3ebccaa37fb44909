"""How long a test waits for a process that may hang: long enough for a busy machine, since it bounds no speed."""

PATIENCE = 600
"""Seconds."""
