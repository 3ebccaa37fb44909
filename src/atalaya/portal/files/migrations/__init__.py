"""The migrations of files."""
