"""The search over everything: what was asked, what it means, and what is found."""
