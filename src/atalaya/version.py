"""The version of Atalaya, as pyproject.toml states it; a test compares."""

__version__ = "0.1.0"
