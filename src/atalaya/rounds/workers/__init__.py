"""Several machines fetch and inspect for one round: what is to be done stands in a database, what was done in shared storage."""
