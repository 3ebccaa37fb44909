"""The language of methodologies: any composite index as one YAML file, read into frozen objects or refused with the line."""
