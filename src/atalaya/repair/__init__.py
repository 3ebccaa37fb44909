"""The open version of a messy file: tidy tables, what they mean, and a log of every change."""
