"""Plans, commitments, readings and sessions: what was promised, what was done, who says so."""
