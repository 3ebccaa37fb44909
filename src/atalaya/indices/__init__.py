"""Composite indices as data: a methodology and measures in, scores with their uncertainty and explanation out.

Pure: knows no store, no check and no network, and works alone with a YAML file and rows from anywhere.
"""
