"""What every page has: its language, its words, its frame, its headers."""
