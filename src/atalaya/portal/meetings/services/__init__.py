"""What changes bodies, sessions, minutes and agreements: each a rule, a transaction, and an entry in the trail.

One module a noun; refusals are `accounts.services.RefusedError`.
"""
