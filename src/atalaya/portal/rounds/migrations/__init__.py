"""The migrations of rounds."""
