"""The migrations of post."""
