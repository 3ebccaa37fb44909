"""The steps that bring the tables of accounts to the shape that the models have."""
