"""The migrations of reviews."""
