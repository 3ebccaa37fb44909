"""Pages of accounts: one page, one file. What signing in is made of comes from allauth."""
