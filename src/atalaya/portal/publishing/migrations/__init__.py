"""The migrations of publishing."""
