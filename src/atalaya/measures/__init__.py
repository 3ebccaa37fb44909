"""Measures: outcomes, attributions and sources → one number for one institution, each with its counts and bounds."""
