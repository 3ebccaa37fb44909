"""Full dumps of a sealed observation: every table that may leave the house, in open formats, with a signed list of the files."""
