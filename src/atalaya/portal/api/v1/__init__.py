"""The JSON API: everything public, with its description as OpenAPI."""
