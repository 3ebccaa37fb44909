"""The pages of rounds: what runs, for everybody; and to run them and publish what comes of it."""
