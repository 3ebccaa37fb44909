"""Addresses of files."""
