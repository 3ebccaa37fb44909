"""What published bytes are: true format, encoding, dialect, tables, columns and defects of any file."""
