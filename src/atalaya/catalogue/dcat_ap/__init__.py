"""Application profiles of DCAT: what a graph must hold, as a table, and what it breaks of it."""
