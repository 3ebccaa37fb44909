"""What the columns of a table mean: one file a type under `types`, judged together by `judging`."""
