"""What institutions answer to findings and duties, and how analysts rule on it."""
