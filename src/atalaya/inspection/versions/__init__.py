"""Two versions of a table: what changed in its columns and rows, and which figures that had been published were rewritten."""
