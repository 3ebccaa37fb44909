"""Bounded SPARQL over the DCAT of the federation and of the observatory's own data."""
