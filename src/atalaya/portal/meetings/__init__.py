"""Bodies, their members, sessions, minutes and agreements."""
