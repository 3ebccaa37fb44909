"""Whether a table conforms to a schema that was agreed on: Table Schema, Table Dialect and Data Package."""
