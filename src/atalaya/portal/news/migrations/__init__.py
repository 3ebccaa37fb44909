"""The migrations of communiqués."""
