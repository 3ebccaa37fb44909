"""Verdicts on legal duties as people and machines take them: rows in their language, and their files."""
