"""Semantic types, one file each; `inspection.semantic.registry` lists them in order of precedence."""
