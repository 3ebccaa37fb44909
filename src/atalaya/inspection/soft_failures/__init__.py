"""Answers that say "here it is" and bring something else: error pages, filters, forms, shells; one file a kind."""
