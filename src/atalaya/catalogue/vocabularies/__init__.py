"""Controlled words of catalogues: one module and one data table a vocabulary."""
